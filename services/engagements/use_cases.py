"""What one can ask of engagements: each is one function that gets, asks the model, and saves."""

from datetime import date

from chassis.documents import to_public
from chassis.scope import PLATFORM, Scope
from chassis.store import Work
from services.engagements.model import Engagement, Evidence, Milestone, MilestoneKind
from services.engagements.repository import Engagements, Milestones


def draft_engagement(*, work: Work, partner_id: str, name: str) -> None:
    """Give a partner that was admitted an engagement to design together."""
    engagement = Engagement.draft(id=work.new_id("eng"), partner_id=partner_id, partner_name=name)
    Engagements(work).save(engagement)


def activate_engagement(
    *, work: Work, scope: Scope, engagement_id: str, version: int, lead_coach_id: str, activated_on: date
) -> dict[str, object]:
    """Begin the work of an engagement, led by a coach."""
    engagement = Engagements(work).get(engagement_id, scope=scope, version=version)
    engagement.activate(lead_coach_id=lead_coach_id, on=activated_on)
    return to_public(Engagements(work).save(engagement))


def plan_milestone(
    *, work: Work, scope: Scope, engagement_id: str, kind: str, title: str, due_on: date
) -> dict[str, object]:
    """Plan a step of an engagement that is under way."""
    engagement = Engagements(work).get(engagement_id, scope=scope)
    milestone = Milestone.plan(
        id=work.new_id("mst"), engagement=engagement, kind=MilestoneKind(kind), title=title, due_on=due_on
    )
    return to_public(Milestones(work).save(milestone))


def reach_milestone(
    *, work: Work, scope: Scope, milestone_id: str, version: int, reached_on: date, evidence: str
) -> dict[str, object]:
    """Take the caller's word that a milestone is reached."""
    milestone = Milestones(work).get(milestone_id, scope=scope, version=version)
    engagement = Engagements(work).get(milestone.engagement_id, scope=PLATFORM)
    word = Evidence(statement=evidence, confirmed_by=scope.subject, confirmed_at=work.now)
    milestone.reach(engagement=engagement, on=reached_on, evidence=word)
    return to_public(Milestones(work).save(milestone))
