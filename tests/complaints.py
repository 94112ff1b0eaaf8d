"""For tests only: what the processes of an instance said of troubles, beside a test that failed on it."""

import json
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any

LEVELS = ("warning", "error", "critical")
EVENTS = ("reaction_retried",)
ARRIVED = "accepted"
MOST_LINES, LENGTH = 25, 300


def complaints(logs: Path) -> str:
    """Give the last troubles that stand in the logs of a folder, the latest last: a line each, cut to its length."""
    lines = sorted(line for log in logs.glob("*.log") for line in _troubles(log))
    return "\n".join(line[:LENGTH] for line in lines[-MOST_LINES:]) or "of nothing"


def _troubles(log: Path) -> Iterator[str]:
    for line in log.read_text(errors="replace").splitlines():
        said = _read(line)
        if _is_trouble(said):
            rest = {name: value for name, value in said.items() if name not in ("timestamp", "level", "trace_id")}
            yield f"{said.get('timestamp')} {rest}"


def _is_trouble(said: Mapping[str, Any]) -> bool:
    is_unanswered = said.get("status", HTTPStatus.OK) >= HTTPStatus.INTERNAL_SERVER_ERROR
    is_not_sent = said.get("outcome", ARRIVED) != ARRIVED
    return said.get("level") in LEVELS or said.get("event") in EVENTS or is_unanswered or is_not_sent


def _read(line: str) -> Mapping[str, Any]:
    try:
        said: Mapping[str, Any] = json.loads(line)
    except ValueError:
        return {"level": "error", "said": line}  # a traceback
    return said
