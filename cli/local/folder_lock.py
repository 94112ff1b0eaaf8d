"""One user at a time for a folder of state."""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from cli.local.errors import CannotStart

PATIENCE = 15.0


@contextmanager
def only_user_of(folder: Path, *, say: Callable[[str], None]) -> Iterator[None]:
    """Hold the folder, made if need be. Raises CannotStart, naming the process that has it, if somebody else does."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "user.pid").open("a+") as file:
        _take(file, folder, say)
        file.truncate(0)
        print(os.getpid(), file=file, flush=True)
        # For the orphan guard alone: every other child is started with its files closed.
        os.set_inheritable(file.fileno(), True)
        yield


def _take(file: TextIO, folder: Path, say: Callable[[str], None]) -> None:
    if _taken(file):
        return
    owner = _owner(file)
    if _lives(owner) or not _taken_from_orphans(file, owner, say):
        raise CannotStart(f"{folder} is in use by process {owner}: stop that one, or use another folder.")


def _taken_from_orphans(file: TextIO, owner: int, say: Callable[[str], None]) -> bool:
    say(f"waiting for what the killed process {owner} left running to end…")
    deadline = time.monotonic() + PATIENCE
    while not _taken(file) and time.monotonic() < deadline:
        time.sleep(0.1)
    return _taken(file)


def _taken(file: TextIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _owner(file: TextIO) -> int:
    file.seek(0)
    # Empty for the moment until its very first owner has written itself.
    return int(file.read() or 0)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
