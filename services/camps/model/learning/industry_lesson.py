"""An industry lesson: what another industry taught, and what of it might transfer."""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from typing import Any, TypedDict, Unpack

from chassis.domain.aggregate import INTERNAL, Aggregate
from chassis.domain.errors import Invalid
from chassis.domain.transitions import Transition, refuse_unless_possible
from services.camps.events import industry_lesson as events
from services.camps.model.learning.statement import Statement
from services.camps.model.programme.session import Session
from services.camps.model.programme.session_content import SessionKind


class SessionOfOurIndustry(Invalid):
    """What another industry taught was taught in a session of another industry, at the camp that is named."""


class LessonState(StrEnum):
    """Whether a lesson is offered to partners."""

    CAPTURED = "captured"
    WITHDRAWN = "withdrawn"


CAPTURED, WITHDRAWN = LessonState
_row = partial(Transition, aggregate="industry_lesson")
TRANSITIONS = (
    _row(operation="capture_industry_lesson", from_states=(), to=(CAPTURED,), way_back="withdraw_industry_lesson"),
    _row(
        operation="correct_industry_lesson",
        from_states=(CAPTURED,),
        to=(CAPTURED,),
        way_back="correct_industry_lesson",
    ),
    _row(
        operation="withdraw_industry_lesson",
        from_states=(CAPTURED,),
        to=(WITHDRAWN,),
        needs_reason=True,
        way_back="restore_industry_lesson",
    ),
    _row(
        operation="restore_industry_lesson",
        from_states=(WITHDRAWN,),
        to=(CAPTURED,),
        way_back="withdraw_industry_lesson",
    ),
)


class LessonChanges(TypedDict, total=False):
    """What a lesson says: the members that are to be corrected."""

    organisation: str
    industry: str
    lesson: str
    hypothesis: str
    topics: list[str]


@dataclass(kw_only=True)
class IndustryLesson(Aggregate):
    """What an organisation of another industry taught; everybody's to read, for whoever may test it."""

    lifecycle = TRANSITIONS

    partner_id: str | None
    """The partner that captured it; None where the institute did."""
    organisation: str
    industry: str
    lesson: str
    hypothesis: str
    topics: list[str]
    camp_id: str | None = None
    session_id: str | None = None
    state: LessonState = LessonState.CAPTURED
    withdrawn_because: str | None = None
    """Why it is withdrawn, while it is."""
    statements: list[Statement] = field(default_factory=list, metadata=INTERNAL)
    """Why it was withdrawn, each time it was, and who said so, which is not for everybody to see."""

    @classmethod
    def capture(cls, *, session: Session | None, **said: Any) -> "IndustryLesson":
        """Write down what another industry taught, perhaps in a session; raises SessionOfOurIndustry."""
        lesson = cls(**said)
        if session is not None:
            lesson._refuse_another_session(session)
            lesson.session_id, lesson.camp_id = session.id, session.camp_id
        lesson.record(events.IndustryLessonCaptured(**lesson._said()))
        return lesson

    def correct(self, **changes: Unpack[LessonChanges]) -> bool:
        """Say it as it was; gives whether anything differs. Raises NotFromThisState."""
        self._must_allow("correct_industry_lesson")
        differing = sorted(name for name, value in changes.items() if getattr(self, name) != value)
        for name in differing:
            setattr(self, name, changes[name])  # type: ignore[literal-required]
        if differing:
            self.record(events.IndustryLessonCorrected(**self._said(), members=differing))
        return bool(differing)

    def withdraw(self, statement: Statement) -> None:
        """Offer it no more, for a reason; raises NotFromThisState."""
        self._must_allow("withdraw_industry_lesson")
        self.state, self.withdrawn_because = LessonState.WITHDRAWN, statement.reason
        self.statements.append(statement)
        self.record(events.IndustryLessonWithdrawn(**self._said(), reason=statement.reason))

    def restore(self) -> None:
        """Offer it again; raises NotFromThisState."""
        self._must_allow("restore_industry_lesson")
        self.state, self.withdrawn_because = LessonState.CAPTURED, None
        self.record(events.IndustryLessonRestored(**self._said()))

    def _refuse_another_session(self, session: Session) -> None:
        if session.kind is not SessionKind.OTHER_INDUSTRY or self.camp_id not in (None, session.camp_id):
            detail = f"A session of kind other_industry at the camp of the lesson is expected; got '{session.id}'"
            raise SessionOfOurIndustry.at("/session_id", "not_of_another_industry", detail)

    def _must_allow(self, operation: str) -> None:
        about = f"industry lesson {self.id} is {self.state}"
        refuse_unless_possible(TRANSITIONS, operation, state=self.state, about=about)

    def _said(self) -> dict[str, Any]:
        where = {"lesson_id": self.id, "camp_id": self.camp_id, "session_id": self.session_id}
        who = {"organisation": self.organisation, "industry": self.industry, "topics": self.topics}
        return {**where, **who, "lesson": self.lesson, "hypothesis": self.hypothesis}
