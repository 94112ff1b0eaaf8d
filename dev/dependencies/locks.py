"""The lock files: one version of each package with the hashes of its files, made from pyproject.toml."""

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

from packaging.requirements import Requirement

from cli.local.errors import CannotStart
from cli.local.process import REPOSITORY
from dev.dependencies.environments import SHIPPING

LOCKS: Mapping[str, tuple[str, ...]] = {
    "requirements.lock": ("pyproject.toml",),
    "requirements-dev.lock": ("pyproject.toml", "--group", "dev"),
    "requirements-bench.lock": ("--group", "bench"),
    "requirements-shipping.lock": ("--group", "shipping"),
}
"""Each lock, and the part of pyproject.toml it is written from."""
PYTHONS = ("3.11", "3.12", "3.13")
"""The versions of Python on which the platform runs, the oldest first; it is the one that is shipped."""
RUNS_ON = {"sys_platform": "linux", "platform_machine": "x86_64", "platform_python_implementation": "CPython"}
_PINNED = re.compile(r"^[a-z0-9].*?(?= \\$)", re.MULTILINE)


def locked(lock: Path, *, python: str | None = None) -> dict[str, str]:
    """Give the packages of a lock for the supported platform, with their versions: for this Python or another one."""
    other = {"python_version": python, "python_full_version": f"{python}.0"} if python else {}
    pinned = [Requirement(line) for line in _PINNED.findall(lock.read_text(encoding="utf-8"))]
    here = [each for each in pinned if each.marker is None or each.marker.evaluate({**RUNS_ON, **other})]
    return {each.name: next(iter(each.specifier)).version for each in here}


def write_locks(*, upgrade: bool) -> None:
    """Write every lock, with its present versions unless `upgrade` is given; raises CannotStart."""
    compile = (str(SHIPPING.ensured().program("uv")), "pip", "compile", "--quiet", "--no-header", "--generate-hashes")
    # One lock for every platform and Python, with environment markers.
    everywhere = ("--universal", "--python-version", PYTHONS[0], *(["--upgrade"] if upgrade else []))
    for lock, part in LOCKS.items():
        done = subprocess.run([*compile, *everywhere, *part, "--output-file", lock], cwd=REPOSITORY, check=False)
        if done.returncode:
            raise CannotStart(f"{lock} cannot be written from pyproject.toml: uv has said why above.")
