"""A promised test: what a partner promised at a camp to test, and the PDSA cycle that is planned for it by itself."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import partial
from itertools import accumulate
from typing import Any

from chassis.domain.aggregate import INTERNAL, Aggregate
from chassis.domain.errors import Conflict, Invalid
from chassis.domain.replica import newest
from chassis.domain.transitions import Transition, refuse_unless_possible
from services.engagements.model.engagement import Engagement
from services.engagements.model.improvement.driver_diagram import (
    AIM,
    ChangeIdea,
    DriverDiagram,
    DriverLevel,
    DriverLink,
    Strength,
)
from services.engagements.model.improvement.initiative import Initiative
from services.engagements.model.improvement.pdsa_cycle import PdsaCycle
from services.engagements.model.improvement.pdsa_lifecycle import PdsaState

LONGEST_CODE = 50
"""Of a change idea that is named by its first words."""


class PromiseState(StrEnum):
    """What became of a promised test."""

    WAITING = "waiting"
    PLANNED = "planned"
    RELEASED = "released"


WAITING, PLANNED, RELEASED = PromiseState
_row = partial(Transition, aggregate="promised_test")
TRANSITIONS = (
    _row(operation="plan_pdsa_cycle", from_states=(RELEASED,), to=(WAITING, PLANNED), way_back="drop_promised_test"),
    _row(operation="plan_pdsa_cycle", from_states=(), to=(WAITING, PLANNED), way_back="drop_promised_test"),
    _row(operation="plan_pdsa_cycle", from_states=(WAITING,), to=(WAITING, PLANNED), way_back="drop_promised_test"),
    _row(operation="plan_waiting_tests", from_states=(WAITING,), to=(PLANNED,), way_back="place_promised_test"),
    _row(
        operation="place_promised_test", from_states=(WAITING, PLANNED), to=(PLANNED,), way_back="place_promised_test"
    ),
    _row(operation="drop_promised_test", from_states=(WAITING, PLANNED), to=(RELEASED,), way_back="plan_pdsa_cycle"),
    _row(operation="drop_promised_test", from_states=(), to=(RELEASED,), way_back="plan_pdsa_cycle"),
)


class WaitsFor(StrEnum):
    """What a promised test waits for."""

    ENGAGEMENT = "engagement_not_active"
    NAMED_INITIATIVE = "named_initiative_not_active"
    INITIATIVE = "no_initiative_active"
    CHOICE = "several_initiatives_active"


class PromiseIsPlanned(Conflict):
    """A promised test is planned in one PDSA cycle, and in another one once that is cancelled."""


class InitiativeOfAnotherEngagement(Invalid):
    """What is promised is tested in an initiative of the engagement of who promised it."""


@dataclass(kw_only=True)
class PromisedTest(Aggregate):
    """Engagements' copy of a commitment, under its id, with the cycle that is planned for it, or what it waits for."""

    lifecycle = TRANSITIONS
    camp_id: str
    partner_id: str
    engagement_id: str
    what: str
    owner_id: str
    due_on: date
    initiative_id: str | None = None
    """The initiative that was named for it, if one was."""
    state: PromiseState = PromiseState.WAITING
    waits_for: WaitsFor | None = None
    cycle_id: str | None = None
    is_reported: bool = False
    """Whether it is reported what came of it, by its cycle or by a person."""
    described_sequence: int = field(default=0, metadata=INTERNAL)
    report_sequence: int = field(default=0, metadata=INTERNAL)

    def keep_report(self, *, sequence: int, is_reported: bool) -> None:
        """Keep whether it is reported what came of it; raises Superseded when a later event is known."""
        self.report_sequence = newest(self.report_sequence, sequence)
        self.is_reported = is_reported

    def describe(self, *, sequence: int, **promised: Any) -> None:
        """Keep what an event says was promised; raises Superseded when a later event is known."""
        self.described_sequence = newest(self.described_sequence, sequence)
        for name, value in promised.items():
            setattr(self, name, value)

    def choose(self, engagement: Engagement, active: Sequence[Initiative]) -> Initiative | None:
        """Give the initiative to test it in: the one that was named, else the only one under way.

        Where there is none, None, and it says what it waits for.
        """
        named = [each for each in active if self.initiative_id in (None, each.id)]
        found = named[0] if engagement.is_under_way and len(named) == 1 else None
        self.waits_for = None if found else self._reason_to_wait(engagement, named)
        return found

    def place(self, initiative: Initiative, cycle: PdsaCycle | None) -> None:
        """Have it tested in an initiative; raises PromiseIsPlanned, NotFromThisState and InitiativeOfAnotherEngagement.

        `cycle` is the one that was planned for it before.
        """
        about = f"promised test {self.id} is {self.state}"
        refuse_unless_possible(TRANSITIONS, "place_promised_test", state=self.state, about=about)
        if cycle is not None and cycle.state is not PdsaState.CANCELLED:
            raise PromiseIsPlanned(f"cycle {cycle.id} tests it, and is {cycle.state}: cancel that first")
        if initiative.engagement_id != self.engagement_id:
            detail = f"An initiative of engagement {self.engagement_id} is expected; got '{initiative.id}'"
            raise InitiativeOfAnotherEngagement.at("/initiative_id", "another_engagement", detail)

    def be_planned(self, cycle: PdsaCycle) -> None:
        """Keep which cycle tests it."""
        self.state, self.waits_for, self.cycle_id = PromiseState.PLANNED, None, cycle.id

    def wait(self) -> None:
        """Wait, as `waits_for` says, until it can be planned."""
        self.state = PromiseState.WAITING

    def release(self) -> None:
        """Not be tested any more because of the promise."""
        self.state, self.waits_for = PromiseState.RELEASED, None

    def idea_code(self, diagram: DriverDiagram) -> str:
        """Give the code of the change idea that it is about in a diagram: its first words, whatever their accents."""
        drivers = {AIM, *(each.code for each in diagram.drivers)}
        code = _code_of(self.what)
        return f"promised_{self.id.rpartition('_')[2]}" if not code or code in drivers else code

    def _reason_to_wait(self, engagement: Engagement, named: Sequence[Initiative]) -> WaitsFor:
        if not engagement.is_under_way:
            return WaitsFor.ENGAGEMENT
        if named:
            return WaitsFor.CHOICE
        return WaitsFor.NAMED_INITIATIVE if self.initiative_id else WaitsFor.INITIATIVE


def _code_of(text: str) -> str:
    """Give the first words of a text as a code: `A checklist, at night` is a_checklist_at_night."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.findall("[a-z0-9]+", plain)
    lengths = accumulate(len(word) + 1 for word in words)
    return "_".join(word for word, length in zip(words, lengths, strict=True) if length <= LONGEST_CODE)


def with_promised_idea(diagram: DriverDiagram, test: PromisedTest) -> DriverDiagram:
    """Give a diagram with the change idea that a promised test brings, if it is not there.

    On which driver it acts nobody has said: a weak link leads to each secondary one until the team draws it anew.
    """
    code = test.idea_code(diagram)
    if diagram.idea(code):
        return diagram
    idea = ChangeIdea(code=code, title=test.what)
    drivers = [each.code for each in diagram.drivers if each.level is DriverLevel.SECONDARY]
    links = [DriverLink(source=idea.code, target=code, strength=Strength.WEAK) for code in drivers]
    return replace(diagram, ideas=[*diagram.ideas, idea], links=[*diagram.links, *links])
