"""Puts records on record through the gateway, as history: each request can be repeated, and refusals name a file."""

import hashlib
import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

from cli.connection.api import Api, Refused, Unreachable
from cli.imports.mistakes import CannotBeImported, Mistake
from cli.imports.records import Record

AS_HISTORY = {"Entered_As": "history"}
RETRIED = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE,
           HTTPStatus.GATEWAY_TIMEOUT)  # fmt: skip
TRIES = 6
NOT_KNOWN_YET = "unknown"
"""The code of a reference to what was put on record just now, and which the other service has not heard of."""
FILE_SECONDS = 300.0
BROKE_OFF = "the import broke off; what is on record stays so, and the same command goes on from there:"
LONGEST_KEY = 100
DISCARDED = "batch_not_arriving"
"""The code for a file of which a part was sent, and not the rest in time, or that was refused."""
MOST_DISCARDED = 100
ROW_IN_FILE_SENT = re.compile(r"^Row [0-9]+(, column [a-z]+)?: ")
"""How the detail of a mistake begins; its number is that of the rows that were sent, and not of those in the file."""


@dataclass(frozen=True, kw_only=True)
class HistoryApi:
    """The gateway, for one import; `pause` waits so many seconds between tries."""

    api: Api
    pause: Callable[[float], None] = time.sleep

    def find(self, path: str, **where: Any) -> Any:
        """Give the one thing that is so, or None; raises Refused and Unreachable."""
        items = self._patiently(lambda: self.api.get(path, **where, limit=1))["items"]
        return items[0] if items else None

    def get(self, path: str, **where: Any) -> Any:
        """Give what is there; raises Refused and Unreachable."""
        return self._patiently(lambda: self.api.get(path, **where))

    def create(self, path: str, body: Mapping[str, Any], *, record: Record) -> Any:
        """Put a record on record; raises CannotBeImported, which names where it stands."""
        headers = {**AS_HISTORY, "Idempotency_Key": key_of(path, body)}
        return self._asked(lambda: self.api.post(path, body, **headers), record, "").body

    def change(self, path: str, body: Mapping[str, Any], *, version: int, record: Record, section: str) -> Any:
        """Patch what was read at `version`; raises CannotBeImported, and Refused if it is another one now."""
        headers = self._of_version(path, body, version)
        return self._asked(lambda: self.api.call("PATCH", path, body=body, headers=headers), record, section).body

    def transition(
        self, path: str, to: str, facts: Mapping[str, Any], *, version: int, record: Record, section: str
    ) -> Any:
        """Have done what became of it; raises CannotBeImported, and Refused if it has another version now."""
        path, body = f"{path}/transitions", {"to": to, **facts}
        headers = self._of_version(path, body, version)
        return self._asked(lambda: self.api.call("POST", path, body=body, headers=headers), record, section).body

    def send_file(self, path: str, content: bytes, *, record: Record, rows: list[Record]) -> Any:
        """Send a CSV file of `rows`, which are on record all or none; raises CannotBeImported, which names them."""
        patient = replace(self.api, timeout_seconds=FILE_SECONDS)
        content_hash = hashlib.sha256(content).hexdigest()

        def send(number: int) -> Any:
            key = key_of(path, {"file": content_hash, "number": number})
            return patient.post_file(path, content, "text/csv", **AS_HISTORY, Idempotency_Key=key)

        return self._asked(lambda: _unless_discarded(send), record, "", rows=rows).body

    def _of_version(self, path: str, body: Mapping[str, Any], version: int) -> dict[str, str]:
        key = key_of(path, {"version": version, **body})
        return {**AS_HISTORY, "If_Match": f'"{version}"', "Idempotency_Key": key}

    def _asked(self, ask: Callable[[], Any], record: Record, section: str, *, rows: list[Record] | None = None) -> Any:
        try:
            return self._patiently(ask)
        except Refused as refused:
            if refused.status == HTTPStatus.PRECONDITION_FAILED:
                raise
            raise CannotBeImported(BROKE_OFF, told_of(refused, record, section, rows or [])) from refused
        except Unreachable as away:
            raise CannotBeImported(BROKE_OFF, [Mistake(place=record.at(""), detail=str(away))]) from away

    def _patiently(self, ask: Callable[[], Any]) -> Any:
        """Ask again after an outage, and while what was put on record just now is not known everywhere."""
        for number in range(TRIES - 1):
            try:
                return ask()
            except Refused as refused:
                if refused.status not in RETRIED and not _may_be_known_soon(refused):
                    raise
            self.pause(min(2.0, 0.2 * 2**number))
        return ask()


def _unless_discarded(send: Callable[[int], Any]) -> Any:
    """Send a file under its first key, or the next: what broke off for too long is discarded, and its key with it."""
    for number in range(MOST_DISCARDED):
        try:
            return send(number)
        except Refused as refused:
            if refused.problem.get("code") != DISCARDED:
                raise
    return send(MOST_DISCARDED)


def key_of(path: str, body: Mapping[str, Any]) -> str:
    """Give the same key for the same request, however often it is made."""
    return f"import-{hashlib.sha256(json.dumps([path, body], sort_keys=True).encode()).hexdigest()}"[:LONGEST_KEY]


def told_of(refused: Refused, record: Record, section: str, rows: list[Record]) -> list[Mistake]:
    """Say what the gateway refused where it stands in the files; what has no place is said of the record."""
    errors = refused.problem.get("errors") or []
    told = [_told(each, record, section, rows) for each in errors]
    return told or [Mistake(place=record.at(section), detail=str(refused))]


def _told(error: Mapping[str, Any], record: Record, section: str, rows: list[Record]) -> Mistake:
    pointer, detail = str(error.get("pointer", "")), str(error.get("detail", error.get("code", "")))
    if rows and pointer.startswith("/rows/"):
        _, _, number, column = f"{pointer}/".split("/", 3)
        if number.isdigit() and 1 < int(number) <= len(rows) + 1:
            return rows[int(number) - 2].mistake(column.strip("/"), ROW_IN_FILE_SENT.sub("", detail))
    return record.mistake(f"{section}{pointer}", detail)


def _may_be_known_soon(refused: Refused) -> bool:
    errors = refused.problem.get("errors") or []
    return refused.status == HTTPStatus.UNPROCESSABLE_ENTITY and any(
        each.get("code") == NOT_KNOWN_YET and str(each.get("pointer", "")).endswith("_id") for each in errors
    )
