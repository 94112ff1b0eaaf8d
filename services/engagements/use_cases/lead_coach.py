"""Who leads an engagement or holds a session: replaced by a person, and waited for when they leave."""

from datetime import date, timedelta

from chassis.domain.scope import PLATFORM, Scope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import command
from services.engagements.model.coaching_session import CoachingSession
from services.engagements.model.engagement import Engagement
from services.engagements.model.person import Person
from services.engagements.repository.engagement import CoachingSessions, Engagements, People
from services.engagements.schemas.engagement import EngagementId, ExpectedVersion, PersonId, Reason


@command
def replace_lead_coach(
    uow: UnitOfWork,
    scope: Scope,
    former_employer_period: timedelta,
    *,
    engagement_id: EngagementId,
    version: ExpectedVersion,
    coach_id: PersonId,
    reason: Reason | None = None,
) -> Engagement:
    """Have another coach lead an engagement, and hold the sessions that are scheduled with the former one."""
    coach = People(uow).referenced(coach_id, by="coach_id")
    engagement = Engagements(uow).get(engagement_id, scope=scope, version=version)
    former_id = engagement.replace_lead_coach(coach=coach, by=scope.subject, at=uow.now, reason=reason)
    engagement.refuse_who_has_an_interest(coach, at=uow.now, period=former_employer_period)
    for session in CoachingSessions(uow).scheduled_with(former_id, engagement_id=engagement.id):
        session.hand_over(coach=coach, with_engagement=True)
        CoachingSessions(uow).save(session)
    return Engagements(uow).save(engagement)


def follow(uow: UnitOfWork, person: Person, period: timedelta) -> None:
    """Have what somebody leads or is to hold wait as long as they cannot coach, and say whether they have an interest.

    `period` is how long who left a partner does not coach it.
    """
    for engagement in Engagements(uow).led_by(person.id):
        _follow(engagement, person, today=engagement.today(uow.now), period=period)
        if engagement.recorded:
            Engagements(uow).save(engagement)
    for session in CoachingSessions(uow).scheduled_with(person.id):
        engagement = Engagements(uow).get(session.engagement_id, scope=PLATFORM)
        _follow_a_session(session, engagement, person, today=engagement.today(uow.now), period=period)
        if session.recorded:
            CoachingSessions(uow).save(session)


def follow_its_coach(uow: UnitOfWork, engagement: Engagement, period: timedelta) -> None:
    """Have one engagement wait for a successor if whoever leads it cannot coach, or say that they have an interest."""
    if engagement.lead_coach_id is not None:
        person = _relied_on(uow, engagement.lead_coach_id)
        _follow(engagement, person, today=engagement.today(uow.now), period=period)


def follow_the_coach_of_a_session(
    uow: UnitOfWork, session: CoachingSession, engagement: Engagement, period: timedelta
) -> None:
    """Do the same for one session of which the coach does not lead its engagement."""
    person = _relied_on(uow, session.coach_id)
    _follow_a_session(session, engagement, person, today=engagement.today(uow.now), period=period)


def _relied_on(uow: UnitOfWork, person_id: str) -> Person:
    """Give a person of whom nothing else may be heard at the same time."""
    person = People(uow).known(person_id, scope=PLATFORM)
    People(uow).touch(person)
    return person


def _follow_a_session(
    session: CoachingSession, engagement: Engagement, person: Person, *, today: date, period: timedelta
) -> None:
    """The lead coach's sessions wait with the engagement: they go to whoever leads it next."""
    if engagement.lead_coach_id != person.id:
        _follow(session, person, today=today, period=period)


def _follow(coached: Engagement | CoachingSession, person: Person, *, today: date, period: timedelta) -> None:
    coached.face_conflict(person.conflict_of_interest(coached.partner_id, on=today, period=period))
    if person.can_coach:
        coached.keep_its_coach()
    else:
        left_on = None if person.is_present else person.left_on
        coached.wait_for_a_successor(since=left_on or today)
