"""What a local instance does with the log lines of its services: all are kept, and what needs somebody is shown."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from cli.local.process import Say, written_to

SHOWN = ("warning", "error", "critical")
SAID_ELSEWHERE = ("service", "event", "level", "timestamp", "exception")


def kept_and_shown(name: str, *, folder: Path, say: Say) -> Callable[[str], None]:
    """A `hear` that appends each line to `{folder}/{name}.log`, and says those that are warnings or worse."""
    folder.mkdir(parents=True, exist_ok=True)
    keep, show = written_to(folder / f"{name}.log"), partial(say, name)

    def hear(line: str) -> None:
        keep(line)
        shown = for_people(line)
        if shown:
            show(shown)

    return hear


def tells_of_a_start(line: str) -> bool:
    """Whether with this line a process says that it has started."""
    return '"event": "started"' in line


def for_people(line: str) -> str | None:
    """Give a log line as one reads it if somebody should; a line that is no JSON is somebody's last words."""
    try:
        said: dict[str, Any] = json.loads(line)
    except ValueError:
        return line or None
    if said.get("level") not in SHOWN:
        return None
    facts = " ".join(f"{name}={value}" for name, value in said.items() if name not in SAID_ELSEWHERE)
    return f"{said['level']}: {said['event']} {facts}"
