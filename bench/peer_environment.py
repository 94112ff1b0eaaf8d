"""The peer's libraries, in an environment of their own: nothing of them ever comes into ours."""

import hashlib
import re
import subprocess
import sys
from pathlib import Path

from bench.results import say
from cli.local.errors import CannotStart
from cli.local.process import REPOSITORY

LOCK = REPOSITORY / "requirements-bench.lock"
ENVIRONMENT = REPOSITORY / ".local" / "bench-venv"
PYTHON = ENVIRONMENT / "bin" / "python"
_STAMP = ENVIRONMENT / "made-from"
_SHOWN = ("fastapi", "faststream", "aio-pika", "uvicorn", "uvloop")


def peer_python() -> Path:
    """Give the interpreter that has the peer's libraries, making its environment when the lock has changed.

    Raises CannotStart when it cannot be made.
    """
    made_from = f"{sys.version_info[:2]} {hashlib.sha256(LOCK.read_bytes()).hexdigest()}"
    if not _STAMP.exists() or _STAMP.read_text() != made_from:
        say(f"making the peer's environment in {ENVIRONMENT.relative_to(REPOSITORY)} (once, from {LOCK.name})…")
        _run(sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT))
        pip = (str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        _run(*pip, "--only-binary=:all:", "--require-hashes", "--requirement", str(LOCK))
        _STAMP.write_text(made_from)
    return PYTHON


def peer_versions() -> dict[str, str]:
    """Say which libraries the peer is made of."""
    locked = dict(re.findall(r"^([\w-]+)==([\w.]+)", LOCK.read_text(), re.MULTILINE))
    return {name: locked[name] for name in _SHOWN}


def _run(*command: str) -> None:
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode:
        said = " ".join(done.stdout.splitlines()[-3:])
        raise CannotStart(f"the peer's environment cannot be made (is the network there?): {said}")
