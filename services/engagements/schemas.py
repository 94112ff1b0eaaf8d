"""What comes in over the wire: what clients ask, and what is read of the events heard."""

from chassis.schemas import Asked, Day, Heard, Id, Instant, Paged, Text, Version, Zone, one_of
from services.engagements.model.coaching_session import CoachingState
from services.engagements.model.engagement import EngagementState
from services.engagements.model.milestone import MilestoneKind, MilestoneState


class ActivateEngagement(Asked):
    """Begin the work of an engagement."""

    engagement_id = Id("eng", required=True)
    version = Version()
    lead_coach_id = Id("per", required=True)
    activated_on = Day(required=True)


class AgreeEngagement(Asked):
    """Note who agrees on an engagement for either side."""

    engagement_id = Id("eng", required=True)
    version = Version()
    for_partner = Text(longest=200, required=True)
    for_institute = Text(longest=200, required=True)
    agreed_on = Day(required=True)


class SuspendEngagement(Asked):
    """Let the work of an engagement rest."""

    engagement_id = Id("eng", required=True)
    version = Version()


class TakeUpEngagement(Asked):
    """Take the work of an engagement up again."""

    engagement_id = Id("eng", required=True)
    version = Version()


class EndEngagement(Asked):
    """Close an engagement, for a reason."""

    engagement_id = Id("eng", required=True)
    version = Version()
    reason = Text(longest=1000, required=True)


class PlanMilestone(Asked):
    """Plan a step of an engagement."""

    engagement_id = Id("eng", required=True)
    kind = one_of(*MilestoneKind, required=True)
    title = Text(longest=200, required=True)
    due_on = Day(required=True)
    owner_id = Id("per", load_default=None, allow_none=True)


class ReachMilestone(Asked):
    """Confirm, with evidence, that a milestone is reached."""

    milestone_id = Id("mst", required=True)
    version = Version()
    reached_on = Day(required=True)
    evidence = Text(longest=2000, required=True)


class ReopenMilestone(Asked):
    """Withdraw the evidence of a milestone."""

    milestone_id = Id("mst", required=True)
    version = Version()
    reason = Text(longest=1000, required=True)


class RescheduleMilestone(Asked):
    """Give a milestone another day, with a reason."""

    milestone_id = Id("mst", required=True)
    version = Version()
    due_on = Day(required=True)
    reason = Text(longest=1000, required=True)


class PutMilestoneAtRisk(Asked):
    """Say, with a reason, that a milestone's day may not hold."""

    milestone_id = Id("mst", required=True)
    version = Version()
    reason = Text(longest=1000, required=True)


class DropMilestone(Asked):
    """Give a milestone up, with a reason."""

    milestone_id = Id("mst", required=True)
    version = Version()
    reason = Text(longest=1000, required=True)


class ShowEngagement(Asked):
    """One engagement."""

    engagement_id = Id("eng", required=True)


class ListEngagements(Paged):
    """Engagements, of one partner, led by one coach, or in one state."""

    partner_id = Id("prt")
    lead_coach_id = Id("per")
    state = one_of(*EngagementState)


class ListDepth(Paged):
    """How deep the engagements under way are."""


class ShowMilestone(Asked):
    """One milestone."""

    milestone_id = Id("mst", required=True)


class ListMilestones(Paged):
    """Milestones, of one partner or engagement, or in one state."""

    partner_id = Id("prt")
    engagement_id = Id("eng")
    state = one_of(*MilestoneState)


class ScheduleCoaching(Asked):
    """Agree a coaching session, with the lead coach unless another one is named."""

    engagement_id = Id("eng", required=True)
    coach_id = Id("per", load_default=None, allow_none=True)
    held_at = Instant(required=True)
    zone = Zone(required=True)
    milestone_id = Id("mst", load_default=None, allow_none=True)


class HoldCoaching(Asked):
    """Confirm that a coaching session took place."""

    session_id = Id("cos", required=True)
    version = Version()
    held_on = Day(required=True)
    notes = Text(longest=10_000, load_default=None, allow_none=True)


class ShowCoachingSession(Asked):
    """One coaching session."""

    session_id = Id("cos", required=True)


class ListCoachingSessions(Paged):
    """Coaching sessions, of one partner, engagement or coach, or in one state."""

    partner_id = Id("prt")
    engagement_id = Id("eng")
    coach_id = Id("per")
    state = one_of(*CoachingState)


class PartnerAdmitted(Heard):
    """Heard of `partners.partner.admitted`."""

    partner_id = Id("prt", required=True)
    name = Text(required=True)
    zone = Zone(required=True)


class PartnerProfileChanged(PartnerAdmitted):
    """Heard of `partners.partner.profile_changed`."""


class PartnerStanding(Heard):
    """Heard of `partners.partner.paused` and `resumed`."""

    partner_id = Id("prt", required=True)


class PartnerDeparted(Heard):
    """Heard of `partners.partner.departed`."""

    partner_id = Id("prt", required=True)
    reason = Text(longest=1000, required=True)
    departed_on = Day(required=True)
