"""This machine and its settings: what can be seen without broker and database."""

import shutil
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from platform import python_version
from typing import Any

from chassis.runtime import config
from chassis.runtime.setting_names import nearly_named_variables
from cli.local.process import REPOSITORY
from cli.operations.doctor.finding import Finding, judged
from cli.operations.doctor.support import version

MEGABYTE = 1024 * 1024
LITTLE_DISK, NO_DISK = 1024 * MEGABYTE, 200 * MEGABYTE
LITTLE_MEMORY = 512 * MEGABYTE
"""About what all services, the gateway, a broker and a database take together."""
MEMORY = Path("/proc/meminfo")


def machine(*, today: date) -> Iterator[Finding]:
    """Look at Python, disk and memory."""
    yield version("Python", python_version(), today=today)
    yield disk("disk here", shutil.disk_usage(REPOSITORY).free)
    if MEMORY.exists():
        available = _available_memory(MEMORY.read_text())
        seen = f"{available // MEGABYTE} MB available"
        to_do = f"the whole platform takes about {LITTLE_MEMORY // MEGABYTE} MB: stop something, or run fewer replicas"
        yield judged("memory", seen, warn=available < LITTLE_MEMORY, to_do=to_do)


def disk(what: str, free: int) -> Finding:
    """Judge how many bytes are free: a broker stops taking messages before a disk is full."""
    to_do = "give it room; docs/operations.md, “The disk is full”"
    return judged(what, f"{free // MEGABYTE} MB free", warn=free < LITTLE_DISK, bad=free < NO_DISK, to_do=to_do)


def settings(found: Mapping[str, Any]) -> Iterator[Finding]:
    """Look at every setting, as each process does before it starts, and at variables that are nearly one."""
    try:
        config.validated(dict(found))
    except config.InvalidSettings as wrong:
        for line in str(wrong).splitlines():
            yield judged("settings", line, bad=True, to_do="docs/configuration.md says what is right")
    else:
        yield judged("settings", f"{len(found)} are right")
    for variable, setting in nearly_named_variables(found).items():
        seen = f"the environment has {variable}, which is no setting"
        yield judged("settings", seen, warn=True, to_do=f"if {setting} is meant, name it so")


def _available_memory(meminfo: str) -> int:
    line = next(line for line in meminfo.splitlines() if line.startswith("MemAvailable:"))
    return int(line.split()[1]) * 1024
