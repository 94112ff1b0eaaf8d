"""What one can see of engagements, their milestones and their coaching."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Annotated, Any

from chassis.domain.aggregate import PERSONAL
from chassis.domain.errors import NotFound
from chassis.domain.scope import PLATFORM, Scope
from chassis.persistence.queries import between, list_page
from chassis.persistence.unit_of_work import Reading
from chassis.schemas.external_ids import ExternalId
from chassis.schemas.messages import AlsoBy, Page, Paging
from chassis.schemas.operations import query
from services.engagements.model.coaching_session import CoachingSession, CoachingState
from services.engagements.model.engagement import Engagement, KeyArea
from services.engagements.model.engagement_lifecycle import EngagementState
from services.engagements.model.milestone import Milestone
from services.engagements.model.milestone_lifecycle import OPEN, MilestoneState
from services.engagements.model.person import Person
from services.engagements.repository.engagement import CoachingSessions, Engagements, Milestones, People
from services.engagements.schemas.engagement import EngagementId, MilestoneId, PartnerId, PersonId, Query, SessionId


@dataclass(frozen=True, kw_only=True)
class Depth:
    """How deep an engagement is: its key areas, its milestones, and coaching that took place."""

    engagement_id: str
    partner_id: str
    partner_name: str
    key_areas: list[KeyArea]
    milestones_reached: int
    milestones_open: int
    coaching_sessions_held: int


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """The partners that a coach may see: those whose engagements they lead, or led until some time ago."""

    person_id: str
    partner_ids: list[str]


@dataclass(frozen=True, kw_only=True)
class Coach:
    """Somebody who coaches a partner: what it calls them, and how it reaches them."""

    person_id: str
    name: str = field(metadata=PERSONAL)
    email: str = field(metadata=PERSONAL)
    zone: str


@dataclass(frozen=True, kw_only=True)
class Coaches:
    """Everybody who coaches a partner at present."""

    items: list[Coach]


@query
def show_assignment(reading: Reading, access_after_end: timedelta, *, person_id: PersonId) -> Assignment:
    """Show which partners a coach is assigned to."""
    since = (reading.now - access_after_end).date()
    person = People(reading).about(person_id, partner_id=None)
    seen = [] if person.left_before(since) else Engagements(reading).partners_seen_by(person_id, since=since)
    return Assignment(person_id=person_id, partner_ids=seen)


@query
def show_coaches(reading: Reading, scope: Scope, *, partner_id: PartnerId) -> Coaches:
    """Show who coaches a partner, and how to reach them: who leads an open engagement, or holds a session to come."""
    if Engagements(reading).first({"partner_id": partner_id}, scope=scope) is None:
        raise NotFound(f"there is no partner {partner_id!r} with an engagement")
    leading = {"partner_id": partner_id, "state": {"$ne": EngagementState.CLOSED}, "lead_coach_id": {"$ne": None}}
    meeting = {"partner_id": partner_id, "state": CoachingState.SCHEDULED}
    ids = {
        *Engagements(reading).counts("lead_coach_id", where=leading, scope=scope),
        *CoachingSessions(reading).counts("coach_id", where=meeting, scope=scope),
    }
    people = People(reading).each({"_id": {"$in": sorted(ids)}}, scope=PLATFORM)
    return Coaches(items=[_contact(person) for person in people if person.is_present])


def _contact(coach: Person) -> Coach:
    return Coach(person_id=coach.id, name=coach.name, email=coach.email, zone=coach.zone)


@query
def show_engagement(reading: Reading, scope: Scope, *, engagement_id: EngagementId) -> Engagement:
    """Show an engagement; only the institute's own people see why a coach was replaced."""
    return reasons_hidden(scope, Engagements(reading).get(engagement_id, scope=scope))


@query
def list_engagements(
    reading: Reading,
    scope: Scope,
    *,
    paging: Paging,
    partner_id: PartnerId | None = None,
    lead_coach_id: PersonId | None = None,
    state: EngagementState | None = None,
    awaits_coach: bool | None = None,
    q: Query | None = None,
) -> Page[Engagement]:
    """List engagements: of one partner or by its name, led by one coach, in one state, or awaiting a coach or not."""
    wanted = {"partner_id": partner_id, "lead_coach_id": lead_coach_id, "state": state, **_awaiting(awaits_coach)}
    page = list_page(Engagements(reading), paging, scope=scope, q=q, **wanted)
    return replace(page, items=[reasons_hidden(scope, engagement) for engagement in page.items])


@query
def list_depth(reading: Reading, scope: Scope, *, paging: Paging) -> Page[Depth]:
    """List the depth of the engagements under way."""
    page = list_page(Engagements(reading), paging, scope=scope, state=EngagementState.ACTIVE)
    return Page(items=depths_of(reading, scope, page.items), next_cursor=page.next_cursor)


def depths_of(reading: Reading, scope: Scope, engagements: list[Engagement]) -> list[Depth]:
    """Give how deep each engagement is."""
    theirs = {"engagement_id": {"$in": [each.id for each in engagements]}}
    milestones, sessions = Milestones(reading), CoachingSessions(reading)
    reached = milestones.counts("engagement_id", where=theirs | {"state": MilestoneState.REACHED}, scope=scope)
    open = milestones.counts("engagement_id", where=theirs | {"state": {"$in": sorted(OPEN)}}, scope=scope)
    held = sessions.counts("engagement_id", where=theirs | {"state": CoachingState.HELD}, scope=scope)
    return [
        Depth(
            engagement_id=each.id,
            partner_id=each.partner_id,
            partner_name=each.partner_name,
            key_areas=each.key_areas,
            milestones_reached=reached.get(each.id, 0),
            milestones_open=open.get(each.id, 0),
            coaching_sessions_held=held.get(each.id, 0),
        )
        for each in engagements
    ]


@query
def show_milestone(reading: Reading, scope: Scope, *, milestone_id: MilestoneId) -> Milestone:
    """Show a milestone."""
    return Milestones(reading).get(milestone_id, scope=scope)


@query
def list_milestones(
    reading: Reading,
    scope: Scope,
    *,
    paging: Annotated[Paging, AlsoBy(["due_on"])],
    partner_id: PartnerId | None = None,
    engagement_id: EngagementId | None = None,
    coach_id: PersonId | None = None,
    owner_id: PersonId | None = None,
    due_from: date | None = None,
    due_until: date | None = None,
    state: MilestoneState | None = None,
    external_id: ExternalId | None = None,
    q: Query | None = None,
) -> Page[Milestone]:
    """List milestones: of one partner, engagement, lead coach or owner, due in some days, in one state, or by title."""
    wanted: dict[str, Any] = {"partner_id": partner_id, "engagement_id": engagement_id, "owner_id": owner_id}
    if coach_id:
        led = Engagements(reading).counts("_id", where={"lead_coach_id": coach_id}, scope=scope)
        wanted["$and"] = [{"engagement_id": {"$in": sorted(led)}}]
    wanted |= {"due_on": between(due_from, due_until), "state": state, "external_id": external_id}
    return list_page(Milestones(reading), paging, scope=scope, q=q, **wanted)


@query
def show_coaching_session(reading: Reading, scope: Scope, *, session_id: SessionId) -> CoachingSession:
    """Show a coaching session; only the institute's own people see its notes."""
    return as_seen_by(scope, CoachingSessions(reading).get(session_id, scope=scope))


@query
def list_coaching_sessions(
    reading: Reading,
    scope: Scope,
    *,
    paging: Annotated[Paging, AlsoBy(["held_at"])],
    partner_id: PartnerId | None = None,
    engagement_id: EngagementId | None = None,
    coach_id: PersonId | None = None,
    state: CoachingState | None = None,
    awaits_coach: bool | None = None,
    external_id: ExternalId | None = None,
) -> Page[CoachingSession]:
    """List coaching sessions: of one partner, engagement or coach, in one state, or awaiting a coach or not."""
    wanted: dict[str, Any] = {"partner_id": partner_id, "engagement_id": engagement_id, "coach_id": coach_id}
    wanted |= {"state": state, "external_id": external_id, **_awaiting(awaits_coach)}
    page = list_page(CoachingSessions(reading), paging, scope=scope, **wanted)
    return replace(page, items=[as_seen_by(scope, session) for session in page.items])


def _awaiting(coach: bool | None) -> dict[str, Any]:
    return {} if coach is None else {"coach_left_on": {"$ne" if coach else "$eq": None}}


def as_seen_by(scope: Scope, session: CoachingSession) -> CoachingSession:
    """Give a session as the caller may see it: only the institute's own people see its notes."""
    return session if scope.is_unrestricted else replace(session, notes=None)


def reasons_hidden(scope: Scope, engagement: Engagement) -> Engagement:
    """Give an engagement as the caller may see it: only the institute's own people see why a coach was replaced."""
    if scope.is_unrestricted:
        return engagement
    return replace(engagement, coach_changes=[replace(change, reason=None) for change in engagement.coach_changes])
