"""The logs of a local instance: all lines are written to files, warnings and errors are shown."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from cli.local.process import PrintFrom, append_to

SHOWN = ("warning", "error", "critical")
OMITTED = ("service", "event", "level", "timestamp", "exception")


def keep_and_show(name: str, *, folder: Path, print_from: PrintFrom) -> Callable[[str], None]:
    """Give an `on_line` that appends each line to `{folder}/{name}.log`, and shows warnings and errors."""
    folder.mkdir(parents=True, exist_ok=True)
    keep, show = append_to(folder / f"{name}.log"), partial(print_from, name)

    def on_line(line: str) -> None:
        keep(line)
        shown = readable(line)
        if shown:
            show(shown)

    return on_line


def reports_start(line: str) -> bool:
    """Whether a process logs with this line that it has started."""
    return '"event": "started"' in line


def readable(line: str) -> str | None:
    """Format a warning or error as text, None for other levels; a line that is not JSON is given as it is."""
    try:
        record: dict[str, Any] = json.loads(line)
    except ValueError:
        return line or None
    if record.get("level") not in SHOWN:
        return None
    facts = " ".join(f"{name}={value}" for name, value in record.items() if name not in OMITTED)
    return f"{record['level']}: {record['event']} {facts}"
