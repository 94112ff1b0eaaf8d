"""Runs the checks that must pass before a commit, besides the tests."""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from cli.local.process import REPOSITORY

CODE = ("chassis", "services", "gateway", "cli", "dev", "bench", "tests", "partnerships")
TYPED = ("chassis", "services", "gateway", "cli", "dev", "bench")
STRICT = ("--quiet", "--skip-suppressed", "--strict-config", "--fail-on=low")
VULNERABILITIES = "known vulnerabilities"
CHECKS = {
    "style": ["ruff", "check", *CODE],
    "format": ["ruff", "format", "--check", *CODE],
    "types": ["mypy", *TYPED],
    "imports": ["lint-imports"],
    "Dockerfile": ["hadolint", "Dockerfile"],
    "docker-compose.yml": ["compose-lint", "check", *STRICT, "docker-compose.yml"],
    "docs/configuration.md": ["dev", "settings", "table", "--check"],
    "docs/events.md": ["dev", "events", "table", "--check"],
    "contracts": ["dev", "contracts", "--check"],
    "docs/roles.md": ["dev", "roles", "--check"],
    "gateway/pages/translations": ["dev", "translations", "--check"],
    "docs/licences.md": ["dev", "dependencies", "licences", "--check"],
    VULNERABILITIES: ["dev", "dependencies", "audit"],
}
NOT_ASKED = 3
"""The exit code of a check that needs somebody who could not be asked."""


def run_checks(*, may_be_unasked: bool = False) -> int:
    """Run every check, print a line for each, and give 0 if all pass, or could not be asked where that is allowed."""
    return judged({name: _exit_code(name, command) for name, command in CHECKS.items()}, may_be_unasked=may_be_unasked)


def judged(codes: Mapping[str, int], *, may_be_unasked: bool) -> int:
    """Print the result of each check by its exit code, and give the exit code of all together."""
    unasked = [name for name, code in codes.items() if code == NOT_ASKED]
    failed = [name for name, code in codes.items() if code not in (0, NOT_ASKED)]
    hold = len(codes) - len(failed) - len(unasked)
    said = [f"{hold} hold", f"{len(failed)} do not" + "".join(f"; {name}" for name in failed)]
    print(f"checks: {', '.join(said)}" + "".join(f"; not asked: {name}" for name in unasked))
    if unasked and not may_be_unasked:
        print("`check --allow-not-asked` lets that pass")
    return 1 if failed or (unasked and not may_be_unasked) else 0


def _exit_code(name: str, command: Sequence[str]) -> int:
    print(f"--- {name}", flush=True)
    # Not all can be run as a module; their scripts are beside the interpreter.
    script = Path(sys.executable).with_name(command[0])
    if not script.exists():
        return _python("-m", *command)
    return subprocess.run([script, *command[1:]], cwd=REPOSITORY, check=False).returncode


def _python(*arguments: str) -> int:
    return subprocess.run([sys.executable, *arguments], cwd=REPOSITORY, check=False).returncode
