"""Engagements' contents page: everything it answers, and everything it reacts to."""

from datetime import timedelta
from typing import Any

from nameko import config
from nameko.extensions import DependencyProvider

from chassis.persistence.claims import Claims
from chassis.runtime.service import PROCESS_NAME, Service
from chassis.runtime.timers import timer
from services.engagements.repository.engagement import CoachingSessions, Engagements, Milestones, People
from services.engagements.settings import SECTIONS
from services.engagements.use_cases import coaching_session, engagement, lead_coach, milestone, person
from services.engagements.views import engagement as views

MISSING_LEASE_SECONDS = 30
"""How long one process may take to miss one milestone."""


class AccessProvider(DependencyProvider):
    """Injects for how long faculty see an engagement that has ended."""

    def get_dependency(self, worker_ctx: Any) -> timedelta:
        """Take the setting."""
        return timedelta(days=config["ACCESS_AFTER_END_DAYS"])


class EngagementsService(Service):
    """What is being worked on, and is it getting better."""

    name = "engagements"
    settings = SECTIONS
    access_after_end = AccessProvider()
    repositories = (Engagements, Milestones, CoachingSessions, People)
    reactions = (
        engagement.draft_engagement,
        engagement.refresh_partner,
        engagement.pause_with_partner,
        engagement.resume_with_partner,
        engagement.close_with_partner,
        person.keep_person,
        person.keep_departure,
    )
    commands = (
        engagement.agree_engagement,
        engagement.redraft_engagement,
        engagement.activate_engagement,
        engagement.pause_engagement,
        engagement.resume_engagement,
        engagement.close_engagement,
        engagement.reopen_engagement,
        lead_coach.replace_lead_coach,
        milestone.plan_milestone,
        milestone.reach_milestone,
        milestone.reopen_milestone,
        milestone.reschedule_milestone,
        milestone.put_milestone_at_risk,
        milestone.drop_milestone,
        milestone.restore_milestone,
        coaching_session.schedule_coaching,
        coaching_session.hold_coaching,
        coaching_session.retract_coaching,
        coaching_session.move_coaching,
        coaching_session.cancel_coaching,
        coaching_session.hand_over_coaching,
    )
    queries = (
        views.show_assignment,
        views.show_coaches,
        views.show_engagement,
        views.list_engagements,
        views.list_depth,
        views.show_milestone,
        views.list_milestones,
        views.show_coaching_session,
        views.list_coaching_sessions,
    )

    @timer("DUE_LOOP_SECONDS")
    def miss_milestones(self) -> None:
        """Miss what nobody has confirmed by its day."""
        milestones = Milestones.collection
        claims = Claims(self.store, collection=milestones, owner=PROCESS_NAME, lease_seconds=MISSING_LEASE_SECONDS)
        milestone.miss_milestones(store=self.store, claims=claims)
