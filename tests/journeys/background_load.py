"""People at work while something is done to the platform: they plan milestones and reach them."""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import cycle
from threading import Event
from typing import Any

from cli.connection.api import Refused
from tests.journeys.platform_driver import Programme

WRITERS = 4
PARTNERS = 16


class Work:
    """What some writers have done so far; their own record of what was answered."""

    def __init__(self, programme: Programme, *, writers: int = WRITERS) -> None:
        programme.camp_inviting()
        self._engagements = [an_active_engagement(programme) for _ in range(PARTNERS)]
        self._programme, self._stop, self._begun = programme, Event(), time.monotonic()
        self._writers = writers
        self.answers: Counter[str] = Counter()
        self.reached: list[str] = []

    @property
    def seconds(self) -> float:
        """How long they have been at it."""
        return time.monotonic() - self._begun

    @property
    def rate(self) -> float:
        """Commands accepted in a second."""
        return self.answers["accepted"] / self.seconds

    @contextmanager
    def going_on(self) -> Iterator[None]:
        """Have them write while something else happens."""
        with ThreadPoolExecutor(self._writers) as pool:
            shares = [self._engagements[number :: self._writers] for number in range(self._writers)]
            writing = [pool.submit(self._write, share) for share in shares]
            try:
                yield
            finally:
                self._stop.set()
            for each in writing:
                each.result()

    def _write(self, engagements: Sequence[str]) -> None:
        for engagement in cycle(engagements):
            if self._stop.is_set():
                break
            planned = self._counted(lambda id=engagement: self._programme.planned_milestone(id))
            if planned and self._counted(lambda milestone=planned: self._programme.reach(milestone)):
                self.reached.append(planned["id"])

    def _counted(self, command: Any) -> Any:
        try:
            answer = command()
        except (Refused, OSError) as error:
            self.answers[str(error)[:100]] += 1
            return None
        self.answers["accepted"] += 1
        return answer


def an_active_engagement(programme: Programme) -> str:
    id: str = programme.active_engagement(programme.admitted_partner()["id"])["id"]
    return id
