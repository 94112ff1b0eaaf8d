"""One release of a programme: how long it takes to tell everybody, in how much memory, and what others notice."""

import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from threading import Event
from typing import Any, TypeVar

from bench.http_load import paced
from bench.processes import resident_megabytes
from bench.programme.large_camp import LargeCamp
from bench.reporting.figures import percentile
from bench.target import Target
from chassis.persistence.unit_of_work import OUTBOX
from cli.connection.services import services

TELLING = ("camps", "notifications")
"""Who tells of a release, and who writes the letters."""
READS_A_SECOND, REST_SECONDS = 50, 5.0
WATCH_SECONDS, POLL_SECONDS, TIMEOUT_SECONDS = 0.05, 0.1, 180
UNSENT = {"state": {"$in": ["ready", "sending"]}}
T = TypeVar("T")
IsOver = Callable[[], bool]


@dataclass(kw_only=True)
class Teller:
    """Releases the programme of a camp again and again: each time every session is moved, so that all are told."""

    target: Target
    camp: LargeCamp
    releases: int = 0

    def tell(self) -> Mapping[str, Any]:
        """Move every session, rest, release, and wait until each letter is sent; raises TimeoutError.

        Gives the seconds that took, the MB of who tells, and the 95th percentile of a read in milliseconds.
        """
        self.camp.arrange(self.camp.side_by_side(hours_later=self.releases % 2))
        wait_until(partial(is_quiet, self.target))
        with self._reading() as at_rest, self._watching() as before:
            time.sleep(REST_SECONDS)
        with self._reading() as meanwhile, self._watching() as telling:
            begun = time.monotonic()
            self.camp.release()
            self.releases += 1
            wait_until(self._is_told)
            seconds = time.monotonic() - begun
        memory = {name: [max(before.result()[name]), max(telling.result()[name])] for name in TELLING}
        reads = [1000 * percentile(each.result(), 0.95) for each in (at_rest, meanwhile)]
        return {"delegates": len(self.camp.delegate_ids), "seconds": seconds, "memory": memory, "reads": reads}

    def _is_told(self) -> bool:
        letters, about = self.target.client["notifications"]["letters"], {"about_id": self.camp.camp_id}
        told = {**about, "category": {"$in": ["programme_released", "programme_changed"]}}
        expected = len(self.camp.delegate_ids) * self.releases
        return letters.count_documents(told) == expected and not letters.count_documents({**told, **UNSENT})

    def _reading(self) -> AbstractContextManager[Future[list[float]]]:
        """Read a partner and the camp in turn, from the service that does nothing else and from one that tells."""
        paths = [f"/v1/partners/{self.camp.partner_id}", f"/v1/camps/{self.camp.camp_id}"]
        headers = {"Authorization": f"Bearer {self.camp.api.token}"}
        return aside(partial(paced, self.target.address, paths, headers=headers, per_second=READS_A_SECOND))

    def _watching(self) -> AbstractContextManager[Future[Mapping[str, list[float]]]]:
        pids = self.target.instance.parts.supervisor.pids()
        return aside(partial(_resident, {name: pids[name] for name in TELLING}))


@contextmanager
def aside(work: Callable[[IsOver], T]) -> Iterator[Future[T]]:
    """Do some work in a thread for the duration of the `with` statement, after which its result is there."""
    over = Event()
    with ThreadPoolExecutor(1) as thread:
        result = thread.submit(work, over.is_set)
        try:
            yield result
        finally:
            over.set()


def _resident(pids: Mapping[str, int], is_over: IsOver) -> Mapping[str, list[float]]:
    seen: Mapping[str, list[float]] = {name: [] for name in pids}
    while not (is_over() and all(seen.values())):
        for name, pid in pids.items():
            seen[name].append(resident_megabytes(pid))
        time.sleep(WATCH_SECONDS)
    return seen


def is_quiet(target: Target) -> bool:
    """Whether every event is published and heard, as far as anybody can see, and every letter is sent."""
    unpublished = any(target.client[name][OUTBOX].count_documents({"published_at": None}) for name in services())
    return not unpublished and not target.client["notifications"]["letters"].count_documents(UNSENT)


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait until something is so; raises TimeoutError."""
    end = time.monotonic() + TIMEOUT_SECONDS
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(f"still waiting after {TIMEOUT_SECONDS} s")
        time.sleep(POLL_SECONDS)
