"""What other industries taught is an idea that initiatives may take up, and stays one only as long as it holds."""

from collections.abc import Sequence
from typing import Unpack

from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import reaction
from services.engagements.model.improvement.driver_diagram import ChangeIdea, DriverDiagram
from services.engagements.model.improvement.industry_lesson import IndustryLesson
from services.engagements.repository.improvement import Initiatives
from services.engagements.repository.industry_lessons import IndustryLessons
from services.engagements.schemas.improvement import LessonId, LessonTaught


@reaction("camps.industry_lesson.captured", "camps.industry_lesson.corrected", "camps.industry_lesson.restored")
def make_change_idea(uow: UnitOfWork, event: Envelope, *, lesson_id: LessonId, **taught: Unpack[LessonTaught]) -> None:
    """Keep what another industry taught as an idea that initiatives may take up, and tell those that have.

    Raises Superseded when a later event of the lesson is known.
    """
    lesson = IndustryLessons(uow).about(lesson_id)
    is_news = lesson.version > 0
    lesson.describe(sequence=event.sequence, **taught)
    IndustryLessons(uow).save(lesson)
    if is_news:
        _tell_who_took_it_up(uow, lesson)


@reaction("camps.industry_lesson.withdrawn")
def withdraw_change_idea(
    uow: UnitOfWork, event: Envelope, *, lesson_id: LessonId, reason: str, **taught: Unpack[LessonTaught]
) -> None:
    """Offer what another industry taught no more, and tell the initiatives that have taken it up.

    Raises Superseded when a later event of the lesson is known.
    """
    lesson = IndustryLessons(uow).about(lesson_id)
    lesson.describe(sequence=event.sequence, **taught)
    lesson.withdraw()
    IndustryLessons(uow).save(lesson)
    _tell_who_took_it_up(uow, lesson, reason=reason)


def lessons_named(uow: UnitOfWork, ideas: Sequence[ChangeIdea]) -> list[IndustryLesson]:
    """Give the lessons that change ideas are taken from; raises PerhapsNotKnownYet at the idea."""
    named = {f"ideas/{at}/source_id": each.source_id for at, each in enumerate(ideas) if each.source_id}
    return [IndustryLessons(uow).referenced(id, by=member) for member, id in named.items()]


def refuse_withdrawn(lessons: Sequence[IndustryLesson], *, before: DriverDiagram) -> None:
    """Raise LessonWithdrawn for a lesson that is taken up now, though it is offered no more; what has it keeps it."""
    known = {each.source_id for each in before.ideas}
    for lesson in lessons:
        if lesson.id not in known:
            lesson.refuse_if_withdrawn()


def _tell_who_took_it_up(uow: UnitOfWork, lesson: IndustryLesson, *, reason: str | None = None) -> None:
    for initiative in Initiatives(uow).that_took_up(lesson.id):
        initiative.hear_of_source(lesson_id=lesson.id, organisation=lesson.organisation, reason=reason,
                                  is_withdrawn=lesson.is_withdrawn)  # fmt: skip
        Initiatives(uow).save(initiative)
