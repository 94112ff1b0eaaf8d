"""What happens to industry lessons: what a guest, or a session of another industry, taught."""

from dataclasses import dataclass
from typing import Annotated

from chassis.domain.aggregate import Event


@dataclass(frozen=True, kw_only=True)
class IndustryLessonEvent(Event):
    """Something happened to a lesson of another industry. Each of its events says all of it, as it is by then."""

    audience = "all"

    lesson_id: Annotated[str, "the lesson; also the event's subject"]
    organisation: Annotated[str, "who taught it: an organisation of another industry"]
    industry: Annotated[str, "the industry of that organisation, in a word or two"]
    lesson: Annotated[str, "what they have learned"]
    hypothesis: Annotated[str, "what of it might transfer to health care, and how one would notice"]
    topics: Annotated[list[str], "what it is about, as tags of an open list"]
    camp_id: Annotated[str | None, "the camp at which it was taught; null where it was elsewhere"]
    session_id: Annotated[str | None, "the session in which it was taught; null where it was in none"]


@dataclass(frozen=True, kw_only=True)
class IndustryLessonCaptured(IndustryLessonEvent):
    """Somebody has written down what another industry taught. Published once for each lesson."""

    type = "camps.industry_lesson.captured"


@dataclass(frozen=True, kw_only=True)
class IndustryLessonCorrected(IndustryLessonEvent):
    """Something of a lesson is otherwise than it was written down."""

    type = "camps.industry_lesson.corrected"

    members: Annotated[list[str], "the names of what is otherwise"]


@dataclass(frozen=True, kw_only=True)
class IndustryLessonWithdrawn(IndustryLessonEvent):
    """A lesson is offered no more, for a reason: it was not said so, or does not hold."""

    type = "camps.industry_lesson.withdrawn"

    reason: Annotated[str, "why"]


@dataclass(frozen=True, kw_only=True)
class IndustryLessonRestored(IndustryLessonEvent):
    """A lesson that was withdrawn is offered again."""

    type = "camps.industry_lesson.restored"
