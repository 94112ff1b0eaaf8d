"""Compares the writers' record with the observed consequences: what was lost, and what was applied twice."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dev.chaos.observation import (
    COACHS_LETTER,
    DATA_POINT,
    FOLLOW_UP,
    JUDGED,
    LEADERS_LETTERS,
    PLANNED,
    PUBLISHED,
    REASON,
    SESSION,
    STORED,
    Observation,
    hearers,
)
from dev.chaos.record import AcceptedMilestone, Record


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A consequence of an accepted milestone whose count differs from the expected one."""

    milestone: AcceptedMilestone
    consequence: str
    expected: int
    found: int

    def __str__(self) -> str:
        return f"{self.milestone.id} ({self.milestone.title}): {self.consequence}: {self.found}, not {self.expected}"


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """All differences between record and observation."""

    differences: tuple[Difference, ...]
    mailed_twice: tuple[str, ...]
    never_mailed: tuple[str, ...]
    """Message-IDs of letters in state `sent` that the mail server did not get."""

    @property
    def lost(self) -> set[str]:
        """The milestones with a missing consequence."""
        return {each.milestone.id for each in self.differences if each.found < each.expected}

    @property
    def applied_twice(self) -> set[str]:
        """The milestones with a duplicated consequence."""
        return {each.milestone.id for each in self.differences if each.found > each.expected}


def compare(record: Record, found: Observation) -> Comparison:
    """Expect each consequence of each accepted milestone exactly once, and at most one mail for each letter."""
    return Comparison(
        differences=(*_differences(record.accepted, found), *_wrong_sessions(record, found)),
        mailed_twice=tuple(id for id, times in found.mails.items() if times > 1),
        never_mailed=tuple(sorted(found.sent - found.mails.keys())),
    )


def _differences(milestones: Iterable[AcceptedMilestone], found: Observation) -> Iterator[Difference]:
    reactions = hearers()
    for milestone in milestones:
        expected = {
            **dict.fromkeys([PLANNED, STORED, PUBLISHED, *reactions, FOLLOW_UP, REASON, COACHS_LETTER], 1),
            **dict.fromkeys([DATA_POINT, JUDGED], 1),
            LEADERS_LETTERS: milestone.partner.leaders,
        }
        for consequence, times in expected.items():
            there = found.consequences[consequence][_name_in(consequence, milestone)]
            if there != times:
                yield Difference(milestone=milestone, consequence=consequence, expected=times, found=there)


def _name_in(consequence: str, milestone: AcceptedMilestone) -> str:
    """Give what a consequence is counted by."""
    by = {PLANNED: milestone.title, DATA_POINT: milestone.data_point, JUDGED: milestone.data_point}
    return by.get(consequence, milestone.id)


def _wrong_sessions(record: Record, found: Observation) -> Iterator[Difference]:
    """A partner's first milestone causes its invitation, each other one a speaking slot (docs/events.md)."""
    slots = found.consequences[SESSION]
    of_partner: dict[str, list[AcceptedMilestone]] = defaultdict(list)
    for milestone in record.accepted:
        of_partner[milestone.partner.id].append(milestone)
        if slots[milestone.id] > 1:
            yield Difference(milestone=milestone, consequence=SESSION, expected=1, found=slots[milestone.id])
    for milestones in of_partner.values():
        without = [each for each in milestones if not slots[each.id]]
        for each in without[1:]:
            yield Difference(milestone=each, consequence=SESSION, expected=1, found=0)
        # A milestone without an answer may have been applied, and have caused the invitation.
        if not without and not record.unanswered and not record.refused:
            yield Difference(milestone=milestones[0], consequence=SESSION, expected=0, found=1)
