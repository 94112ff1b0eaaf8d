"""The schedule of faults, drawn from a seed, so that a run can be repeated."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random

SPACING_SECONDS = 3.6
FIRST_AFTER_SECONDS = 4.0
FAULT_FREE_TAIL_SECONDS = 8.0
"""The last fault must be followed by commands."""
FREEZE_DURATION_SECONDS = (1.0, 8.0)
"""Up to more than the duration of a lease, and the deadlines of a command and of a confirm."""
BROKER, DATABASE = "broker", "database"


class Kind(StrEnum):
    """The kinds of faults."""

    KILL = "kill"
    TERMINATE = "terminate"
    FREEZE = "freeze"
    KILL_RELAY_LEADER = "kill_relay_leader"
    KILL_BROKER = "kill_broker"
    KILL_DATABASE = "kill_database"
    CUT_CONNECTIONS = "cut_connections"
    FREEZE_CONNECTIONS = "freeze_connections"


OUTAGES = (Kind.KILL_BROKER, Kind.KILL_DATABASE)
"""Faults that stop everything for a while; no more of them than required are drawn."""
FREEZES = (Kind.FREEZE, Kind.FREEZE_CONNECTIONS)


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One fault, `at` so many seconds after the start.

    `target` is a process, a service whose relay's leader is killed, the broker or the database; a freeze ends after
    `lasts` seconds.
    """

    at: float
    kind: Kind
    target: str
    lasts: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Targets:
    """The possible targets of faults, besides the broker and the database."""

    processes: Sequence[str]
    services: Sequence[str]

    def of(self, kind: Kind) -> Sequence[str]:
        """Give the possible targets of a kind of fault."""
        special: dict[Kind, Sequence[str]] = {
            Kind.KILL_RELAY_LEADER: self.services,
            Kind.KILL_BROKER: (BROKER,),
            Kind.KILL_DATABASE: (DATABASE,),
            Kind.CUT_CONNECTIONS: (BROKER, DATABASE),
            Kind.FREEZE_CONNECTIONS: (BROKER, DATABASE),
        }
        return special.get(kind, self.processes)


def draw(*, seed: int, seconds: float, targets: Targets) -> list[Fault]:
    """Draw the faults of a run, in order of time; the same for the same arguments."""
    chance = Random(seed)
    span = seconds - FIRST_AFTER_SECONDS - FAULT_FREE_TAIL_SECONDS
    kinds = list(_kinds(chance, count=max(len(Kind), int(span / SPACING_SECONDS))))
    chance.shuffle(kinds)
    return [_fault(chance, kind, _moment(chance, number), targets) for number, kind in enumerate(kinds)]


def _kinds(chance: Random, *, count: int) -> Iterator[Kind]:
    """Two thirds are spread evenly over the kinds, each at least once; the rest are no outages."""
    others = [kind for kind in Kind if kind not in OUTAGES]
    evenly = max(len(Kind), count * 2 // 3)
    for number in range(count):
        yield list(Kind)[number % len(Kind)] if number < evenly else chance.choice(others)


def _moment(chance: Random, number: int) -> float:
    return round(FIRST_AFTER_SECONDS + (number + chance.random()) * SPACING_SECONDS, 2)


def _fault(chance: Random, kind: Kind, at: float, targets: Targets) -> Fault:
    lasts = round(chance.uniform(*FREEZE_DURATION_SECONDS), 2) if kind in FREEZES else 0.0
    return Fault(at=at, kind=kind, target=chance.choice(targets.of(kind)), lasts=lasts)
