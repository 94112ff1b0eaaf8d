"""Engagements and milestones for tests: each call shows only what matters to its test."""

from datetime import UTC, date, datetime

from services.engagements.model.coaching_session import CoachingSession
from services.engagements.model.engagement import Engagement, KeyArea
from services.engagements.model.engagement_lifecycle import EngagementState
from services.engagements.model.evidence import Evidence
from services.engagements.model.milestone import Milestone, MilestoneKind
from services.engagements.model.milestone_lifecycle import MilestoneState as State
from services.engagements.model.person import Person
from services.engagements.model.statement import Statement


def an_engagement(
    *, id: str = "eng_1", active: bool = True, coach: str = "per_1", zone: str = "America/Chicago"
) -> Engagement:
    """An engagement of partner `prt_1`, active since 12 January 2026 unless it is a draft."""
    return Engagement(
        id=id,
        version=1,
        partner_id="prt_1",
        partner_name="Bellin Health",
        zone=zone,
        key_areas=list(KeyArea),
        state=EngagementState.ACTIVE if active else EngagementState.DRAFT,
        lead_coach_id=coach if active else None,
        activated_on=date(2026, 1, 12) if active else None,
    )


def a_milestone(
    *,
    engagement_id: str = "eng_1",
    title: str = "Ten wards",
    kind: MilestoneKind = MilestoneKind.AIM_TARGET,
    reached_on: date | None = None,
) -> Milestone:
    """A milestone of `eng_1`, due on 1 September 2026; planned unless a day says that it is reached."""
    return Milestone(
        id="mst_1",
        version=1,
        engagement_id=engagement_id,
        partner_id="prt_1",
        kind=kind,
        title=title,
        due_on=date(2026, 9, 1),
        overdue_at=None if reached_on else datetime(2026, 9, 2, 5, 0, tzinfo=UTC),
        state=State.REACHED if reached_on else State.PLANNED,
        reached_on=reached_on,
    )


def evidence(*, by: str = "anna", at: datetime = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)) -> Evidence:
    """Somebody's word that something is reached."""
    return Evidence(statement="A shift of nine points below the median", confirmed_by=by, confirmed_at=at)


def statement(
    reason: str = "Said for a reason", *, by: str = "anna", at: datetime = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
) -> Statement:
    """What somebody gave as a reason."""
    return Statement(reason=reason, by=by, at=at)


def a_person(id: str = "per_1", *, partner_id: str | None = None, role: str = "coach", present: bool = True) -> Person:
    """One of the institute's coaches, unless told otherwise; whoever is not present left on 1 May 2026."""
    person = Person(id=id, partner_id=partner_id)
    person.describe(sequence=1, partner_id=partner_id, name="Ada Example", role=role, zone="Europe/Stockholm")
    if not present:
        person.leave(sequence=2, on=date(2026, 5, 1))
    return person


def a_session(
    *,
    engagement: Engagement | None = None,
    coach: Person | None = None,
    about: Milestone | None = None,
    held_at: datetime = datetime(2026, 6, 10, 12, 0, tzinfo=UTC),
) -> CoachingSession:
    """A session of `eng_1`, scheduled for 10 June 2026 at 14:00 in Stockholm unless told otherwise."""
    return CoachingSession.schedule(
        id="cos_1",
        engagement=engagement or an_engagement(),
        milestone=about,
        coach=coach or a_person(),
        held_at=held_at,
        zone="Europe/Stockholm",
    )
