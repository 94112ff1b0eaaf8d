"""Runs the checks that must pass before a commit, besides the tests."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from cli.local.process import REPOSITORY

CODE = ("chassis", "services", "gateway", "cli", "dev", "bench", "tests", "partnerships")
TYPED = ("chassis", "services", "gateway", "cli", "dev", "bench")
STRICT = ("--quiet", "--skip-suppressed", "--strict-config", "--fail-on=low")
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
    "docs/licences.md": ["dev", "dependencies", "licences", "--check"],
    "known vulnerabilities": ["dev", "dependencies", "audit"],
}


def run_checks() -> int:
    """Run every check, print a line for each, and give 0 if all pass."""
    failed = [name for name, command in CHECKS.items() if not _holds(name, command)]
    print(f"checks: {len(CHECKS) - len(failed)} hold, {len(failed)} do not" + "".join(f"; {name}" for name in failed))
    return 1 if failed else 0


def _holds(name: str, command: Sequence[str]) -> bool:
    print(f"--- {name}", flush=True)
    # Not all can be run as a module; their scripts are beside the interpreter.
    script = Path(sys.executable).with_name(command[0])
    if not script.exists():
        return _python("-m", *command) == 0
    return subprocess.run([script, *command[1:]], cwd=REPOSITORY, check=False).returncode == 0


def _python(*arguments: str) -> int:
    return subprocess.run([sys.executable, *arguments], cwd=REPOSITORY, check=False).returncode
