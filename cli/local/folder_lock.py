"""A lock on a state folder: one process at a time may use it."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from cli.local.errors import CannotStart
from cli.local.waiting import wait_until

TIMEOUT_SECONDS = 15.0


@contextmanager
def exclusive_use_of(folder: Path, *, print_line: Callable[[str], None]) -> Iterator[None]:
    """Lock the folder, created if need be. Raises CannotStart naming the process that has locked it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "user.pid").open("a+") as file:
        _take(file, folder, print_line)
        file.truncate(0)
        print(os.getpid(), file=file, flush=True)
        # Inherited by the orphan guard only: other children are started with their files closed.
        os.set_inheritable(file.fileno(), True)
        yield


def _take(file: TextIO, folder: Path, print_line: Callable[[str], None]) -> None:
    if _taken(file):
        return
    owner = _owner(file)
    if _is_alive(owner) or not _taken_from_orphans(file, owner, print_line):
        raise CannotStart(f"{folder} is in use by process {owner}: stop that one, or use another folder.")


def _taken_from_orphans(file: TextIO, owner: int, print_line: Callable[[str], None]) -> bool:
    print_line(f"waiting for the remaining processes of the killed process {owner} to end…")
    return wait_until(lambda: _taken(file), within=TIMEOUT_SECONDS, every=0.1)


def _taken(file: TextIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _owner(file: TextIO) -> int:
    file.seek(0)
    # Empty until its first owner has written its process id.
    return int(file.read() or 0)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
