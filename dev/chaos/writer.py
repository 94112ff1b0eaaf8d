"""The writers: clients of the gateway who do not take silence for an answer."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from http.client import HTTPException
from itertools import count
from threading import Event, Thread
from typing import Any
from uuid import uuid4

from cli.connection.api import Answer, Api, Refused
from cli.demo.story import PASSING
from dev.chaos.record import Accepted, Command, Partner, Record

WRITERS = 8
PATIENCE_SECONDS = 7.0
"""A little more than the gateway's own deadline: its 504 tells more than our giving up."""
HASTE_SECONDS = 0.01
HASTY_ONE_IN = 10
"""So many commands are sent once more before they can have been answered: their repeat overtakes or meets them."""
PAUSE_SECONDS = 0.2
LAST_WORDS_SECONDS = 40.0
"""How long, when the time is over, writers may go on asking for an answer to what they have begun."""


class NoAnswer(Exception):
    """The time was over before there was a definite answer."""


class Writer:
    """Records milestones at a steady pace, several at once, and keeps its own record of what was accepted."""

    def __init__(self, api: Api, *, partners: Sequence[Partner], per_second: float) -> None:
        """Write as `api` does, for all `partners` in turn; what an outage held up is made up for afterwards."""
        self.record = Record()
        self._api = replace(api, patience_seconds=PATIENCE_SECONDS)
        self._hasty = replace(api, patience_seconds=HASTE_SECONDS)
        self._partners = partners
        self._per_second = per_second
        self._numbers = count()
        self._over = Event()
        self._given_up_at = float("inf")
        self._run = uuid4().hex[:8]

    @contextmanager
    def at_work(self, *, begun: float) -> Iterator[None]:
        """Write from `begun` on; when it is left, what was begun is brought to an end, or given up after a while."""
        writers = [Thread(target=self._write, args=(begun,), name=f"writer {each}") for each in range(WRITERS)]
        for each in writers:
            each.start()
        try:
            yield
        finally:
            self._given_up_at = time.monotonic() + LAST_WORDS_SECONDS
            self._over.set()
            for each in writers:
                each.join()

    def _write(self, begun: float) -> None:
        for number in self._numbers:
            # All at once, and then a while nothing: a fault so meets many of them, or none, under way.
            due = begun + number // WRITERS * WRITERS / self._per_second
            if self._over.wait(max(0.0, due - time.monotonic())):
                return
            self._write_one(f"Milestone {number} of run {self._run}", self._partners[number % len(self._partners)])

    def _write_one(self, title: str, partner: Partner) -> None:
        today = datetime.now(UTC).date()
        milestone = {"engagement_id": partner.engagement_id, "kind": "aim_target", "title": title}
        evidence = "A shift of nine points below the median"
        try:
            planned = self._insist("/v1/milestones", {**milestone, "due_on": str(today)})
            path, version = f"/v1/milestones/{planned['id']}/transitions", f'"{planned["version"]}"'
            self._insist(path, {"to": "reached", "reached_on": str(today), "evidence": evidence}, If_Match=version)
        except NoAnswer:
            self.record.unanswered.append(title)
        except Refused as no:
            self.record.refused.append(f"{title}: {no}")
        else:
            self.record.accepted.append(Accepted(id=planned["id"], title=title, partner=partner))

    def _insist(self, path: str, body: Mapping[str, Any], **headers: str) -> Any:
        """Send a command until it is accepted, always under the same key; raises Refused and NoAnswer."""
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

    def _attempt(self, api: Api, path: str, body: Mapping[str, Any], **headers: str) -> Answer | None:
        """Send a command once; None when it must be repeated, which is noted. Raises Refused."""
        try:
            return api.post(path, body, **headers)
        except Refused as no:
            if no.status not in PASSING:
                raise
            self.record.repeats.append(f"{no.status} {no.problem.get('code')}")
        except (OSError, HTTPException) as error:
            self.record.repeats.append(type(error).__name__ if api is self._api else "in haste")
        return None
