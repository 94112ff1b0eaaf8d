"""Checks of this machine and of the settings, which need neither broker nor database."""

import shutil
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from platform import python_version
from typing import Any

from chassis.runtime import config
from chassis.runtime.setting_names import nearly_named_variables
from cli.connection.settings import every_section
from cli.local.process import REPOSITORY
from cli.operations.doctor.finding import Finding, finding
from cli.operations.doctor.support import version

MEGABYTE = 1024 * 1024
LOW_DISK, NO_DISK = 1024 * MEGABYTE, 200 * MEGABYTE
LOW_MEMORY = 512 * MEGABYTE
"""What all services, the gateway, a broker and a database take together, approximately."""
MEMORY = Path("/proc/meminfo")


def machine(*, today: date) -> Iterator[Finding]:
    """Check Python, disk and memory."""
    yield version("Python", python_version(), today=today)
    yield disk("disk here", shutil.disk_usage(REPOSITORY).free)
    if MEMORY.exists():
        available = _available_memory(MEMORY.read_text())
        seen = f"{available // MEGABYTE} MB available"
        to_do = f"the whole platform takes about {LOW_MEMORY // MEGABYTE} MB: stop something, or run fewer replicas"
        yield finding("memory", seen, warn=available < LOW_MEMORY, to_do=to_do)


def disk(what: str, free: int) -> Finding:
    """Check the free bytes of a disk: a broker refuses messages before its disk is full."""
    to_do = "give it room; docs/operations.md, “The disk is full”"
    return finding(what, f"{free // MEGABYTE} MB free", warn=free < LOW_DISK, bad=free < NO_DISK, to_do=to_do)


def settings(found: Mapping[str, Any]) -> Iterator[Finding]:
    """Check the settings, as each process does before it starts, and variables whose names are similar to one."""
    try:
        config.validated(found, every_section())
    except config.InvalidSettings as wrong:
        for line in str(wrong).splitlines():
            yield finding("settings", line, bad=True, to_do="docs/configuration.md says what is right")
    else:
        yield finding("settings", f"{len(found)} are right")
    for variable, setting in nearly_named_variables(found).items():
        seen = f"the environment has {variable}, which is no setting"
        yield finding("settings", seen, warn=True, to_do=f"if {setting} is meant, name it so")


def _available_memory(meminfo: str) -> int:
    line = next(line for line in meminfo.splitlines() if line.startswith("MemAvailable:"))
    return int(line.split()[1]) * 1024
