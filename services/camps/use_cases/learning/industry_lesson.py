"""What other industries taught is captured, corrected and withdrawn."""

from typing import Unpack

from chassis.domain.errors import Invalid
from chassis.domain.scope import PLATFORM, Scope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import command
from services.camps.model.learning.industry_lesson import IndustryLesson
from services.camps.model.learning.statement import Statement
from services.camps.repository.camp import Camps, EligiblePartners
from services.camps.repository.industry_lessons import IndustryLessons
from services.camps.repository.programme import Sessions
from services.camps.schemas.camp import CampId, ExpectedVersion, PartnerId, Reason
from services.camps.schemas.industry_lessons import LessonCorrected, LessonId, LessonSaid
from services.camps.schemas.programme import SessionId
from services.camps.use_cases.learning.attendance import refuse_unless_attended


class CapturedByNobody(Invalid):
    """Who works for a partner captures for it, what was taught at a camp that it attended."""


@command
def capture_industry_lesson(
    uow: UnitOfWork,
    scope: Scope,
    *,
    partner_id: PartnerId | None = None,
    camp_id: CampId | None = None,
    session_id: SessionId | None = None,
    **said: Unpack[LessonSaid],
) -> IndustryLesson:
    """Write down what another industry taught: as the institute, or as a partner that was at the camp."""
    if partner_id:
        EligiblePartners(uow).referenced(partner_id, by="partner_id")
    _refuse_who_was_not_there(uow, scope, partner_id, camp_id)
    session = Sessions(uow).named(session_id, by="session_id", scope=PLATFORM) if session_id else None
    lesson = IndustryLesson.capture(
        id=uow.new_id("les"), session=session, partner_id=partner_id, camp_id=camp_id, **said
    )
    return IndustryLessons(uow).save(lesson)


@command
def correct_industry_lesson(
    uow: UnitOfWork,
    scope: Scope,
    *,
    lesson_id: LessonId,
    version: ExpectedVersion,
    **changes: Unpack[LessonCorrected],
) -> IndustryLesson:
    """Correct the given members of what was written down."""
    lesson = IndustryLessons(uow).get(lesson_id, scope=scope, version=version)
    return IndustryLessons(uow).save(lesson) if lesson.correct(**changes) else lesson


@command
def withdraw_industry_lesson(
    uow: UnitOfWork, scope: Scope, *, lesson_id: LessonId, version: ExpectedVersion, reason: Reason
) -> IndustryLesson:
    """Offer a lesson no more, with a reason."""
    lesson = IndustryLessons(uow).get(lesson_id, scope=scope, version=version)
    lesson.withdraw(Statement(reason=reason, by=scope.subject, at=uow.now))
    return IndustryLessons(uow).save(lesson)


@command
def restore_industry_lesson(
    uow: UnitOfWork, scope: Scope, *, lesson_id: LessonId, version: ExpectedVersion
) -> IndustryLesson:
    """Offer a lesson again that was withdrawn."""
    lesson = IndustryLessons(uow).get(lesson_id, scope=scope, version=version)
    lesson.restore()
    return IndustryLessons(uow).save(lesson)


def _refuse_who_was_not_there(uow: UnitOfWork, scope: Scope, partner_id: str | None, camp_id: str | None) -> None:
    """Raise unless it is the institute's, or a partner's own that attended the camp; the camp, if any, is on record."""
    camp = Camps(uow).named(camp_id, by="camp_id", scope=scope) if camp_id else None
    if partner_id:
        EligiblePartners(uow).named(partner_id, by="partner_id", scope=scope)
    if scope.is_unrestricted and not partner_id:
        return
    for member, given in (("partner_id", partner_id), ("camp_id", camp)):
        if not given:
            raise CapturedByNobody.at(
                f"/{member}", "missing", "The partner that captures it, and the camp, are expected"
            )
    if camp and partner_id:
        refuse_unless_attended(uow, camp, partner_id, at=uow.now)
