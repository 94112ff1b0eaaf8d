"""Who leads the coaching of an engagement: replaced by a person, and waited for when they leave."""

from datetime import date

from chassis.domain.scope import PLATFORM, Scope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import command
from services.engagements.model.engagement import Engagement
from services.engagements.model.person import Person
from services.engagements.repository import CoachingSessions, Engagements, People
from services.engagements.schemas import EngagementId, ExpectedVersion, PersonId, Reason


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
    """Have the engagements that somebody leads wait for a successor as long as they cannot coach."""
    for engagement in Engagements(uow).led_by(person.id):
        _follow(engagement, person, today=engagement.today(uow.now))
        if engagement.recorded:
            Engagements(uow).save(engagement)


def wait_if_its_coach_has_left(uow: UnitOfWork, engagement: Engagement) -> None:
    """Have one engagement wait for a successor if whoever leads it cannot coach."""
    if engagement.lead_coach_id is not None:
        person = People(uow).known(engagement.lead_coach_id, scope=PLATFORM)
        People(uow).touch(person)
        _follow(engagement, person, today=engagement.today(uow.now))


def _follow(engagement: Engagement, person: Person, *, today: date) -> None:
    if person.can_coach:
        engagement.keep_its_coach()
    else:
        left_on = None if person.is_present else person.left_on
        engagement.wait_for_a_successor(since=left_on or today)
