"""An experience: what a partner tried and found, shared with the others, with credit to whom it builds on."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from chassis.domain.aggregate import INTERNAL, Aggregate
from chassis.domain.errors import Invalid
from chassis.domain.replica import newest
from chassis.domain.transitions import refuse_unless_possible
from services.camps.events import experience as events
from services.camps.model.learning.experience_lifecycle import TRANSITIONS, ExperienceState
from services.camps.model.learning.statement import Statement


class ExperienceKind(StrEnum):
    """What an experience is of: the three things that camps are for, as the programme describes them."""

    INNOVATION = "innovation"
    IMPROVEMENT = "improvement"
    COLLABORATION = "collaboration"


class Visibility(StrEnum):
    """Who may see an experience once it is shared; until then it is its authors'.

    What is public is read by whoever the harvest of its camp was passed on to, and by guests of other industries.
    """

    PARTNERS = "partners"
    PUBLIC = "public"


class EvidenceOfAnotherPartner(Invalid):
    """What speaks for an experience is of the partner whose it is."""


class PublicWithoutACamp(Invalid):
    """What is shared with everybody is shared at a camp: they read it with what else came out of that."""


@dataclass(kw_only=True)
class HeardCycle(Aggregate):
    """A PDSA cycle that was decided: by which of its events, to recognise superseded ones."""

    partner_id: str
    heard_sequence: int = field(default=0, metadata=INTERNAL)

    def keep(self, *, sequence: int) -> None:
        """Keep that an event told of its decision; raises Superseded when a later one did."""
        self.heard_sequence = newest(self.heard_sequence, sequence)


@dataclass(kw_only=True)
class Experience(Aggregate):
    """What a partner tried and found; a draft is offered by itself when a change was adopted after a test."""

    lifecycle = TRANSITIONS

    partner_id: str
    kind: ExperienceKind
    title: str
    story: str | None = None
    """What was done, what came of it, and what others should know."""
    based_on_id: str | None = None
    """The experience of another partner that it builds on."""
    milestone_id: str | None = None
    initiative_id: str | None = None
    cycle_id: str | None = None
    """The evidence for it."""
    commitment_id: str | None = None
    """The promise at a camp that it comes from."""
    evidence_withdrawn: bool = False
    """Whether the decision after the test that speaks for it was taken back since."""
    visibility: Visibility = Visibility.PARTNERS
    camp_id: str | None = None
    """The camp at which it is shared."""
    state: ExperienceState = ExperienceState.CAPTURED
    reviewed_by: str | None = None
    statements: list[Statement] = field(default_factory=list)
    """Why it was taken back, retired or restored."""

    def change(self, **changes: Any) -> bool:
        """Tell it otherwise, so that it is reviewed again; gives whether anything differs. Raises NotFromThisState."""
        self._must_allow("change_experience")
        differing = {name: value for name, value in changes.items() if getattr(self, name) != value}
        for name, value in differing.items():
            setattr(self, name, value)
        if differing:
            self.state, self.reviewed_by = ExperienceState.CAPTURED, None
        return bool(differing)

    def review(self, by: str) -> None:
        """Agree that it can be shared as it is; raises NotFromThisState."""
        self._must_allow("review_experience")
        self.state, self.reviewed_by = ExperienceState.REVIEWED, by

    def share(self, *, visibility: Visibility, camp_id: str | None, credited: Sequence[str]) -> None:
        """Let others see it, perhaps at a camp; `credited` are the partners it builds on.

        Raises NotFromThisState, and PublicWithoutACamp.
        """
        self._must_allow("share_experience")
        if visibility is Visibility.PUBLIC and camp_id is None:
            detail = "The camp at which it is shared with everybody is expected; got none"
            raise PublicWithoutACamp.at("/camp_id", "required", detail)
        self.state, self.visibility, self.camp_id = ExperienceState.SHARED, visibility, camp_id
        about = {"kind": self.kind, "visibility": visibility, "based_on_id": self.based_on_id}
        self.record(events.ExperienceShared(**self._named() | about, credited_partner_ids=[*credited]))

    def is_shown_to(self, whom: Visibility) -> bool:
        """Whether all partners, or everybody, may see it now."""
        return self.state is ExperienceState.SHARED and whom in (Visibility.PARTNERS, self.visibility)

    def take_back(self, statement: Statement) -> None:
        """Share it no longer, to correct it; raises NotFromThisState."""
        self._must_allow("take_experience_back")
        self._be(ExperienceState.REVIEWED, statement)

    def retire(self, statement: Statement) -> None:
        """Let it be of no use any more; raises NotFromThisState."""
        self._must_allow("retire_experience")
        self._be(ExperienceState.RETIRED, statement)

    def restore(self, statement: Statement) -> None:
        """Have it be a draft again; raises NotFromThisState."""
        self._must_allow("restore_experience")
        self._be(ExperienceState.CAPTURED, statement)

    def offer_again(self, statement: Statement) -> None:
        """Have what its test speaks for hold again; a draft that ended with that is one again."""
        self.evidence_withdrawn = False
        if self.state is ExperienceState.RETIRED and self.statements[-1].by == statement.by:
            self._be(ExperienceState.CAPTURED, statement)

    def lose_evidence(self, statement: Statement) -> None:
        """Keep that its test speaks for it no longer; a draft ends by that, what is shared says so."""
        self.evidence_withdrawn = True
        if self.state is ExperienceState.CAPTURED:
            self._be(ExperienceState.RETIRED, statement)

    def _be(self, state: ExperienceState, statement: Statement) -> None:
        if self.state is ExperienceState.SHARED:
            self.record(events.ExperienceWithdrawn(**self._named(), reason=statement.reason))
        self.state = state
        self.statements.append(statement)

    def _must_allow(self, operation: str) -> None:
        refuse_unless_possible(TRANSITIONS, operation, state=self.state, about=f"experience {self.id} is {self.state}")

    def _named(self) -> dict[str, Any]:
        whose = {"experience_id": self.id, "partner_id": self.partner_id}
        return {**whose, "camp_id": self.camp_id, "title": self.title}
