"""What goes wrong when: drawn from a seed, so that a run can be repeated."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random

SPACING_SECONDS = 3.6
FIRST_AFTER_SECONDS = 4.0
CALM_AT_THE_END_SECONDS = 8.0
"""So that the last fault, too, is followed by commands."""
FREEZES_LAST_SECONDS = (1.0, 8.0)
"""Up to longer than a lease, and than the deadlines of a command and of a confirm."""
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


STANDSTILLS = (Kind.KILL_BROKER, Kind.KILL_DATABASE)
"""Until these are over little else happens, so that there are not more of them than must be."""
FREEZES = (Kind.FREEZE, Kind.FREEZE_CONNECTIONS)


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing that goes wrong, `at` so many seconds after the writing began.

    `target` is a process, the service whose relay is meant, the broker or the database;
    what is frozen thaws after `lasts` seconds.
    """

    at: float
    kind: Kind
    target: str
    lasts: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Targets:
    """What there is to harm, besides the broker and the database."""

    processes: Sequence[str]
    services: Sequence[str]

    def of(self, kind: Kind) -> Sequence[str]:
        """Give everything that a fault of this kind can meet."""
        special: dict[Kind, Sequence[str]] = {
            Kind.KILL_RELAY_LEADER: self.services,
            Kind.KILL_BROKER: (BROKER,),
            Kind.KILL_DATABASE: (DATABASE,),
            Kind.CUT_CONNECTIONS: (BROKER, DATABASE),
            Kind.FREEZE_CONNECTIONS: (BROKER, DATABASE),
        }
        return special.get(kind, self.processes)


def draw(*, seed: int, seconds: float, targets: Targets) -> list[Fault]:
    """Draw the faults of a run, in order of time: for the same arguments always the same."""
    chance = Random(seed)
    span = seconds - FIRST_AFTER_SECONDS - CALM_AT_THE_END_SECONDS
    kinds = list(_kinds(chance, count=max(len(Kind), int(span / SPACING_SECONDS))))
    chance.shuffle(kinds)
    return [_fault(chance, kind, _moment(chance, number), targets) for number, kind in enumerate(kinds)]


def _kinds(chance: Random, *, count: int) -> Iterator[Kind]:
    """Two thirds are dealt out evenly, each kind at least once; the others are no standstills."""
    others = [kind for kind in Kind if kind not in STANDSTILLS]
    evenly = max(len(Kind), count * 2 // 3)
    for number in range(count):
        yield list(Kind)[number % len(Kind)] if number < evenly else chance.choice(others)


def _moment(chance: Random, number: int) -> float:
    return round(FIRST_AFTER_SECONDS + (number + chance.random()) * SPACING_SECONDS, 2)


def _fault(chance: Random, kind: Kind, at: float, targets: Targets) -> Fault:
    lasts = round(chance.uniform(*FREEZES_LAST_SECONDS), 2) if kind in FREEZES else 0.0
    return Fault(at=at, kind=kind, target=chance.choice(targets.of(kind)), lasts=lasts)
