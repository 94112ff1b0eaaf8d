"""What the tests of the local machinery share: small programs to run, and waiting without sleeping."""

import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.local.environment import plain_environment
from cli.local.process import Program

WAITS_TO_BE_ENDED = "import time; print('here', flush=True); time.sleep(60)"


@pytest.fixture
def program() -> Callable[..., Program]:
    """Make a program out of Python text."""

    def make(text: str = WAITS_TO_BE_ENDED, **changes: object) -> Program:
        command = [sys.executable, "-u", "-c", text]
        defaults = {
            "name": "sample",
            "environment": plain_environment(),
            "on_line": lambda _: None,
            "stops_within": 5.0,
        }
        return Program(command=command, **{**defaults, **changes})

    return make


@pytest.fixture
def eventually() -> Callable[..., bool]:
    """Tell whether a condition comes true in time."""

    def wait(condition: Callable[[], bool], *, within: float = 10.0) -> bool:
        deadline = time.monotonic() + within
        pause = threading.Event()
        while not condition():
            if time.monotonic() > deadline:
                return False
            pause.wait(0.02)
        return True

    return wait


@pytest.fixture
def lives() -> Callable[[int], bool]:
    """Tell whether a process runs, the dead whom nobody has buried yet not counted."""

    def look(pid: int) -> bool:
        try:
            return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
        except FileNotFoundError:
            return False

    return look
