"""The writers: clients of the gateway that repeat each command until it is answered."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from itertools import count
from threading import Event, Thread
from typing import Any
from uuid import uuid4

from cli.connection.api import Api, Refused, Response
from cli.demo.story import TRANSIENT, come_everywhere
from dev.chaos.record import AcceptedMilestone, Command, Partner, Record

WRITERS = 8
TIMEOUT_SECONDS = 7.0
"""A little more than the gateway's deadline, so that its 504 arrives before the timeout."""
HASTY_TIMEOUT_SECONDS = 0.01
HASTY_ONE_IN = 10
"""One in so many commands is repeated before it can be answered, so that both run concurrently."""
PAUSE_SECONDS = 0.2
FINISH_TIMEOUT_SECONDS = 40.0
"""How long writers may repeat unanswered commands when the time is over."""
A_DAY = timedelta(days=1)
"""A day that is tomorrow in UTC is past nowhere."""


class NoAnswer(Exception):
    """The time was over before the command was answered."""


class Writer:
    """Records milestones and data points at a steady rate, by several threads, and notes what was accepted."""

    def __init__(self, api: Api, *, partners: Sequence[Partner], per_second: float) -> None:
        """Write through `api` for all `partners` in turn; after an outage it catches up."""
        self.record = Record()
        self._api = replace(api, timeout_seconds=TIMEOUT_SECONDS)
        self._hasty = replace(api, timeout_seconds=HASTY_TIMEOUT_SECONDS)
        self._partners = partners
        self._per_second = per_second
        self._numbers = count()
        self._over = Event()
        self._given_up_at = float("inf")
        self._run = uuid4().hex[:8]

    @contextmanager
    def running(self, *, begun: float) -> Iterator[None]:
        """Write from `begun` on; at the end, unfinished commands are repeated until FINISH_TIMEOUT_SECONDS."""
        writers = [Thread(target=self._write, args=(begun,), name=f"writer {each}") for each in range(WRITERS)]
        for each in writers:
            each.start()
        try:
            yield
        finally:
            self._given_up_at = time.monotonic() + FINISH_TIMEOUT_SECONDS
            self._over.set()
            for each in writers:
                each.join()

    def _write(self, begun: float) -> None:
        for number in self._numbers:
            # In bursts with pauses, so that a fault hits many concurrent commands, or none.
            due = begun + number // WRITERS * WRITERS / self._per_second
            if self._over.wait(max(0.0, due - time.monotonic())):
                return
            round_number, at = divmod(number, len(self._partners))
            self._write_one(f"Milestone {number} of run {self._run}", self._partners[at], days_ago=round_number + 2)

    def _write_one(self, title: str, partner: Partner, *, days_ago: int) -> None:
        today = datetime.now(UTC).date()
        day = str(today - days_ago * A_DAY)
        milestone = {"engagement_id": partner.engagement_id, "kind": "aim_target", "title": title}
        evidence = "A shift of nine points below the median"
        try:
            planned = self._send_until_accepted("/v1/milestones", {**milestone, "due_on": str(today + A_DAY)})
            path, version = f"/v1/milestones/{planned['id']}/transitions", f'"{planned["version"]}"'
            self._send_until_accepted(
                path,
                {"to": "reached", "reached_on": str(come_everywhere(today)), "evidence": evidence},
                If_Match=version,
            )
            self._send_until_accepted(
                f"/v1/measures/{partner.measure_id}/data-points", {"on": day, "value": days_ago % 7}
            )
        except NoAnswer:
            self.record.unanswered.append(title)
        except Refused as no:
            self.record.refused.append(f"{title}: {no}")
        else:
            self.record.accepted.append(AcceptedMilestone(id=planned["id"], title=title, partner=partner, day=day))

    def _send_until_accepted(self, path: str, body: Mapping[str, Any], **headers: str) -> Any:
        """Repeat a command with the same key until it is accepted; raises Refused and NoAnswer."""
        key, sent_at = uuid4().hex, time.monotonic()
        if int(key, 16) % HASTY_ONE_IN == 0:
            self._attempt(self._hasty, path, body, Idempotency_Key=key, **headers)
        while time.monotonic() < self._given_up_at:
            answer = self._attempt(self._api, path, body, Idempotency_Key=key, **headers)
            if answer is not None:
                self.record.commands.append(Command(sent_at=sent_at, accepted_at=time.monotonic()))
                return answer.body
            time.sleep(PAUSE_SECONDS)
        raise NoAnswer

    def _attempt(self, api: Api, path: str, body: Mapping[str, Any], **headers: str) -> Response | None:
        """Send a command once; None, and a record of the reason, when it must be repeated. Raises Refused."""
        try:
            return api.post(path, body, **headers)
        except Refused as no:
            if no.status not in TRANSIENT:
                raise
            self.record.repeats.append(f"{no.status} {no.problem.get('code')}")
        except (OSError, HTTPException) as error:
            self.record.repeats.append(type(error).__name__ if api is self._api else "in haste")
        return None
