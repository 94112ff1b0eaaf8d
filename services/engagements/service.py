"""Engagements' contents page: everything it answers, and everything it hears."""

from typing import Any

from chassis.domain.scope import Scope
from chassis.messaging.envelope import Envelope
from chassis.messaging.subscription import reacts_to
from chassis.persistence.claims import Claims
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.rpc.server import command, query
from chassis.runtime.service import PROCESS_NAME, Service
from chassis.runtime.timers import timer
from chassis.schemas.messages import page_of
from services.engagements import schemas, use_cases, views
from services.engagements.repository import CoachingSessions, Engagements, Milestones

Answer = dict[str, Any]
MISSING_LEASE_SECONDS = 30
"""How long one process may take to miss one milestone."""


class EngagementsService(Service):
    """What is being worked on, and is it getting better."""

    name = "engagements"
    repositories = (Engagements, Milestones, CoachingSessions)

    @reacts_to("partners.partner.admitted", schemas.PartnerAdmitted)
    def draft_engagement(self, work: UnitOfWork, event: Envelope, **heard: Any) -> None:
        """A partner was admitted: there is something to design together."""
        use_cases.draft_engagement(work=work, sequence=event.sequence, **heard)

    @reacts_to("partners.partner.profile_changed", schemas.PartnerProfileChanged)
    def refresh_partner(self, work: UnitOfWork, event: Envelope, **heard: Any) -> None:
        """A partner has another name or another zone."""
        use_cases.refresh_partner(work=work, sequence=event.sequence, **heard)

    @reacts_to("partners.partner.paused", schemas.PartnerStanding)
    def pause_engagement(self, work: UnitOfWork, event: Envelope, **heard: Any) -> None:
        """A partner rests: so does the work."""
        use_cases.pause_engagement(work=work, sequence=event.sequence, **heard)

    @reacts_to("partners.partner.resumed", schemas.PartnerStanding)
    def resume_engagement(self, work: UnitOfWork, event: Envelope, **heard: Any) -> None:
        """A partner is back: so is the work."""
        use_cases.resume_engagement(work=work, sequence=event.sequence, **heard)

    @reacts_to("partners.partner.departed", schemas.PartnerDeparted)
    def close_engagement(self, work: UnitOfWork, event: Envelope, **heard: Any) -> None:
        """A partner has departed: nothing stays open."""
        use_cases.close_engagement(work=work, sequence=event.sequence, **heard)

    @command(schemas.AgreeEngagement, answers=schemas.Engagement)
    def agree_engagement(self, work: UnitOfWork, scope: Scope, **wanted: Any) -> Answer:
        """Agree an engagement."""
        return use_cases.agree_engagement(work=work, scope=scope, **wanted)

    @command(schemas.SuspendEngagement, answers=schemas.Engagement)
    def suspend_engagement(self, work: UnitOfWork, scope: Scope, **wanted: Any) -> Answer:
        """Pause an engagement."""
        return use_cases.suspend_engagement(work=work, scope=scope, **wanted)

    @command(schemas.TakeUpEngagement, answers=schemas.Engagement)
    def take_up_engagement(self, work: UnitOfWork, scope: Scope, **wanted: Any) -> Answer:
        """Resume an engagement."""
        return use_cases.take_up_engagement(work=work, scope=scope, **wanted)

    @command(schemas.EndEngagement, answers=schemas.Engagement)
    def end_engagement(self, work: UnitOfWork, scope: Scope, **wanted: Any) -> Answer:
        """Close an engagement."""
        return use_cases.end_engagement(work=work, scope=scope, **wanted)

    @command(schemas.ActivateEngagement, answers=schemas.Engagement)
    def activate_engagement(self, work: UnitOfWork, scope: Scope, **wanted: Any) -> Answer:
        """Activate an engagement."""
        return use_cases.activate_engagement(work=work, scope=scope, **wanted)

    @command(schemas.PlanMilestone, answers=schemas.Milestone)
    def plan_milestone(self, work: UnitOfWork, scope: Scope, **wanted: Any) -> Answer:
        """Plan a milestone."""
        return use_cases.plan_milestone(work=work, scope=scope, **wanted)

    @command(schemas.ReachMilestone, answers=schemas.Milestone)
    def reach_milestone(self, work: UnitOfWork, scope: Scope, **wanted: Any) -> Answer:
        """Confirm that a milestone is reached."""
        return use_cases.reach_milestone(work=work, scope=scope, **wanted)

    @command(schemas.ReopenMilestone, answers=schemas.Milestone)
    def reopen_milestone(self, work: UnitOfWork, scope: Scope, **wanted: Any) -> Answer:
        """Reopen a milestone."""
        return use_cases.reopen_milestone(work=work, scope=scope, **wanted)

    @command(schemas.RescheduleMilestone, answers=schemas.Milestone)
    def reschedule_milestone(self, work: UnitOfWork, scope: Scope, **wanted: Any) -> Answer:
        """Reschedule a milestone."""
        return use_cases.reschedule_milestone(work=work, scope=scope, **wanted)

    @command(schemas.PutMilestoneAtRisk, answers=schemas.Milestone)
    def put_milestone_at_risk(self, work: UnitOfWork, scope: Scope, **wanted: Any) -> Answer:
        """Mark a milestone as at risk."""
        return use_cases.put_milestone_at_risk(work=work, scope=scope, **wanted)

    @command(schemas.DropMilestone, answers=schemas.Milestone)
    def drop_milestone(self, work: UnitOfWork, scope: Scope, **wanted: Any) -> Answer:
        """Drop a milestone."""
        return use_cases.drop_milestone(work=work, scope=scope, **wanted)

    @command(schemas.ScheduleCoaching, answers=schemas.CoachingSession)
    def schedule_coaching(self, work: UnitOfWork, scope: Scope, **wanted: Any) -> Answer:
        """Schedule a coaching session."""
        return use_cases.schedule_coaching(work=work, scope=scope, **wanted)

    @command(schemas.HoldCoaching, answers=schemas.CoachingSession)
    def hold_coaching(self, work: UnitOfWork, scope: Scope, **wanted: Any) -> Answer:
        """Record that a coaching session took place."""
        return use_cases.hold_coaching(work=work, scope=scope, **wanted)

    @timer("DUE_LOOP_SECONDS")
    def miss_milestones(self) -> None:
        """Miss what nobody has confirmed by its day."""
        milestones = Milestones.collection
        claims = Claims(self.store, collection=milestones, owner=PROCESS_NAME, lease_seconds=MISSING_LEASE_SECONDS)
        use_cases.miss_milestones(store=self.store, claims=claims)

    @query(schemas.ShowEngagement, answers=schemas.Engagement)
    def show_engagement(self, work: UnitOfWork, scope: Scope, **asked: Any) -> Answer:
        """Show an engagement."""
        return views.show_engagement(work=work, scope=scope, **asked)

    @query(schemas.ListEngagements, answers=page_of(schemas.Engagement))
    def list_engagements(self, work: UnitOfWork, scope: Scope, **asked: Any) -> Answer:
        """List engagements."""
        return views.list_engagements(work=work, scope=scope, **asked)

    @query(schemas.ListDepth, answers=page_of(schemas.Depth))
    def list_depth(self, work: UnitOfWork, scope: Scope, **asked: Any) -> Answer:
        """List the depth of the engagements under way."""
        return views.list_depth(work=work, scope=scope, **asked)

    @query(schemas.ShowMilestone, answers=schemas.Milestone)
    def show_milestone(self, work: UnitOfWork, scope: Scope, **asked: Any) -> Answer:
        """Show a milestone."""
        return views.show_milestone(work=work, scope=scope, **asked)

    @query(schemas.ListMilestones, answers=page_of(schemas.Milestone))
    def list_milestones(self, work: UnitOfWork, scope: Scope, **asked: Any) -> Answer:
        """List milestones."""
        return views.list_milestones(work=work, scope=scope, **asked)

    @query(schemas.ShowCoachingSession, answers=schemas.CoachingSession)
    def show_coaching_session(self, work: UnitOfWork, scope: Scope, **asked: Any) -> Answer:
        """Show a coaching session."""
        return views.show_coaching_session(work=work, scope=scope, **asked)

    @query(schemas.ListCoachingSessions, answers=page_of(schemas.CoachingSession))
    def list_coaching_sessions(self, work: UnitOfWork, scope: Scope, **asked: Any) -> Answer:
        """List coaching sessions."""
        return views.list_coaching_sessions(work=work, scope=scope, **asked)
