"""The report of a fault run: its table, and its failures."""

import os
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dev.chaos.comparison import Comparison
from dev.chaos.injection import InjectedFault
from dev.chaos.observation import PUBLISHED, STORED, Observation, hearers
from dev.chaos.record import Record, median
from dev.chaos.schedule import Kind

FULL_RUN_SECONDS = 180.0
FULL_RUN_FAULTS, FULL_RUN_OF_EACH_KIND = 40, 3
SHOWN_AT_MOST = 20


@dataclass(frozen=True, kw_only=True)
class Report:
    """The results of a run of `seconds` that was to record `milestones`."""

    milestones: int
    seconds: float
    record: Record
    found: Observation
    comparison: Comparison
    injected: Sequence[InjectedFault]
    under_way: Mapping[str, int]
    """The unfinished work when the waiting time was over."""
    load_averages: Sequence[float]
    """The machine's load average, at intervals."""

    def table(self) -> Iterator[tuple[str, str]]:
        """Give the rows of the table: name and value."""
        accepted, differing = self.record.accepted, self.comparison
        yield "milestones accepted", f"{len(accepted)}, {self.milestones} asked for"
        yield "applied", str(self._observed(STORED))
        yield "events said", str(self._observed(PUBLISHED))
        yield "events heard", f"{sum(map(self._observed, hearers()))} by {len(hearers())} reactions"
        yield "duplicates suppressed", str(self.found.duplicates_suppressed)
        yield "lost", str(len(differing.lost))
        yield "applied twice", str(len(differing.applied_twice))
        yield "dead letters", str(self.found.dead_letters)
        yield "mails to people", f"{_counted(self.found.letters)}; {len(differing.mailed_twice)} mailed twice"
        yield from self._commands()
        yield from self._recoveries()
        yield "faults", f"{len(self.injected)}: {_counted(self.kinds)}"
        yield (
            "load of the machine",
            f"{median(self.load_averages):.1f}, at most {max(self.load_averages):.1f}; {os.cpu_count()} cores",
        )

    @property
    def is_whole(self) -> bool:
        """Whether it was long enough for the required number of faults."""
        return self.seconds >= FULL_RUN_SECONDS

    @property
    def kinds(self) -> Counter[str]:
        """The number of injected faults, by kind."""
        return Counter(each.fault.kind.value for each in self.injected)

    def failures(self) -> list[str]:
        """Give the reasons why the run has failed; empty if it has passed."""
        faults, of_each = self._demanded()
        rare = [kind.value for kind in Kind if self.kinds[kind.value] < of_each]
        few = len(self.record.accepted) < self.milestones
        wrongs = {
            f"{len(self.comparison.lost)} lost": self.comparison.lost,
            f"{len(self.comparison.applied_twice)} applied twice": self.comparison.applied_twice,
            f"{len(self.comparison.mailed_twice)} letters mailed twice": self.comparison.mailed_twice,
            f"{len(self.comparison.never_mailed)} letters sent that nobody got": self.comparison.never_mailed,
            f"{self.found.dead_letters} dead letters": self.found.dead_letters,
            f"{len(self.record.refused)} commands refused": self.record.refused,
            f"not quiet in time: {_counted(self.under_way)}": self.under_way,
            f"{len(self.record.accepted)} accepted, not {self.milestones}": few,
            f"{len(self.injected)} faults, not {faults}": len(self.injected) < faults,
            f"less than {of_each} of {', '.join(rare)}": rare,
        }
        return [words for words, wrong in wrongs.items() if wrong]

    def details(self) -> Iterator[str]:
        """Give each single failure, up to a limit."""
        yield from map(str, self.comparison.differences[:SHOWN_AT_MOST])
        yield from (f"mailed twice: {id}" for id in self.comparison.mailed_twice[:SHOWN_AT_MOST])
        yield from (f"never mailed: {id}" for id in self.comparison.never_mailed[:SHOWN_AT_MOST])
        yield from (f"refused: {each}" for each in self.record.refused[:SHOWN_AT_MOST])

    def _commands(self) -> Iterator[tuple[str, str]]:
        commands, repeats = self.record.commands, Counter(self.record.repeats)
        slowest = max((each.accepted_at - each.sent_at for each in commands), default=0.0)
        yield "commands accepted", f"{len(commands)}, {len(commands) / self.seconds:.1f}/s; the slowest {slowest:.1f} s"
        yield "commands repeated", f"{repeats.total()}: {_counted(repeats)}; {len(self.record.unanswered)} given up"

    def _recoveries(self) -> Iterator[tuple[str, str]]:
        by_kind: dict[str, list[float]] = defaultdict(list)
        for each in self.injected:
            if (after := self.record.recovery_after(each.at)) is not None:
                by_kind[each.fault.kind.value].append(after)
        every = [seconds for some in by_kind.values() for seconds in some]
        worst = ", ".join(f"{kind} {max(some):.1f}" for kind, some in sorted(by_kind.items()))
        yield "recovery", f"median {median(every):.2f} s, worst {max(every, default=0.0):.2f} s ({worst}): from a fault"
        yield "", "until a command that was sent after it, for the first time, was accepted"

    def _observed(self, consequence: str) -> int:
        """How often a consequence was observed for the accepted milestones."""
        return sum(self.found.consequences[consequence][each.id] for each in self.record.accepted)

    def _demanded(self) -> tuple[int, int]:
        """How many faults, and how many of each kind, a run needs; a short run needs fewer."""
        return (FULL_RUN_FAULTS, FULL_RUN_OF_EACH_KIND) if self.is_whole else (len(Kind), 1)


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{what} {count}" for what, count in sorted(counts.items())) or "none"
