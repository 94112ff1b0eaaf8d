"""Load in the background of a test: writers plan milestones and reach them."""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import cycle
from threading import Event
from typing import Any

from cli.connection.api import Refused
from tests.journeys.platform_driver import PlatformDriver

WRITERS = 4
PARTNERS = 16


class BackgroundLoad:
    """What the writers have done so far, by their own record of the answers."""

    def __init__(self, platform: PlatformDriver, *, writers: int = WRITERS) -> None:
        platform.camp_inviting()
        self._engagements = [an_active_engagement(platform) for _ in range(PARTNERS)]
        self._platform, self._stop, self._begun = platform, Event(), time.monotonic()
        self._writers = writers
        self.answers: Counter[str] = Counter()
        self.reached: list[str] = []

    @property
    def seconds(self) -> float:
        """Seconds since the load began."""
        return time.monotonic() - self._begun

    @property
    def rate(self) -> float:
        """Commands accepted in a second."""
        return self.answers["accepted"] / self.seconds

    @contextmanager
    def running(self) -> Iterator[None]:
        """Let the writers write while the block runs."""
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
            planned = self._counted(lambda id=engagement: self._platform.planned_milestone(id))
            if planned and self._counted(lambda milestone=planned: self._platform.reach(milestone)):
                self.reached.append(planned["id"])

    def _counted(self, command: Any) -> Any:
        try:
            answer = command()
        except (Refused, OSError) as error:
            self.answers[str(error)[:100]] += 1
            return None
        self.answers["accepted"] += 1
        return answer


def an_active_engagement(platform: PlatformDriver) -> str:
    id: str = platform.active_engagement(platform.admitted_partner()["id"])["id"]
    return id
