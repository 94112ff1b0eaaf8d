"""Who leads an engagement or holds a session: replaced by a person, and waited for when they leave."""

from datetime import date

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
    for session in CoachingSessions(uow).scheduled_with(former_id, engagement_id=engagement.id):
        session.hand_over(coach=coach, with_engagement=True)
        CoachingSessions(uow).save(session)
    return Engagements(uow).save(engagement)


def follow(uow: UnitOfWork, person: Person) -> None:
    """Have the engagements that somebody leads, and sessions in those of others, wait as long as they cannot coach."""
    for engagement in Engagements(uow).led_by(person.id):
        _follow(engagement, person, today=engagement.today(uow.now))
        if engagement.recorded:
            Engagements(uow).save(engagement)
    for session in CoachingSessions(uow).scheduled_with(person.id):
        engagement = Engagements(uow).get(session.engagement_id, scope=PLATFORM)
        _follow_a_session(session, engagement, person, today=engagement.today(uow.now))
        if session.recorded:
            CoachingSessions(uow).save(session)


def wait_if_its_coach_has_left(uow: UnitOfWork, engagement: Engagement) -> None:
    """Have one engagement wait for a successor if whoever leads it cannot coach."""
    if engagement.lead_coach_id is not None:
        person = _relied_on(uow, engagement.lead_coach_id)
        _follow(engagement, person, today=engagement.today(uow.now))


def have_a_session_wait_if_its_coach_has_left(
    uow: UnitOfWork, session: CoachingSession, engagement: Engagement
) -> None:
    """Have one session wait for a successor if whoever is to hold it cannot coach, and does not lead its engagement."""
    person = _relied_on(uow, session.coach_id)
    _follow_a_session(session, engagement, person, today=engagement.today(uow.now))


def _relied_on(uow: UnitOfWork, person_id: str) -> Person:
    """Give a person of whom nothing else may be heard at the same time."""
    person = People(uow).known(person_id, scope=PLATFORM)
    People(uow).touch(person)
    return person


def _follow_a_session(session: CoachingSession, engagement: Engagement, person: Person, *, today: date) -> None:
    """The lead coach's sessions wait with the engagement: they go to whoever leads it next."""
    if engagement.lead_coach_id != person.id:
        _follow(session, person, today=today)


def _follow(coached: Engagement | CoachingSession, person: Person, *, today: date) -> None:
    if person.can_coach:
        coached.keep_its_coach()
    else:
        left_on = None if person.is_present else person.left_on
        coached.wait_for_a_successor(since=left_on or today)
