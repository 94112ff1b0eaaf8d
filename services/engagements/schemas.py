"""What goes over the wire: what clients ask and are answered, and what is read of the events heard."""

from marshmallow import fields

from chassis.schemas.fields import Count, Day, Id, Instant, Line, Text, Version, Zone, one_of
from chassis.schemas.messages import EventData, PageRequest, Request, Resource, Response
from services.engagements.model.coaching_session import CoachingState
from services.engagements.model.engagement import EngagementState, KeyArea, PausedFor
from services.engagements.model.milestone import MilestoneKind, MilestoneState


class ActivateEngagement(Request):
    """Activate an engagement: its work begins."""

    engagement_id = Id("eng", required=True)
    version = Version()
    lead_coach_id = Id("per", required=True)
    activated_on = Day(required=True)


class AgreeEngagement(Request):
    """Agree an engagement: who agrees to it for either side."""

    engagement_id = Id("eng", required=True)
    version = Version()
    for_partner = Line(longest=200, required=True, example="Åsa Lindqvist")
    for_institute = Line(longest=200, required=True, example="Ngozi Okonkwo")
    agreed_on = Day(required=True)


class SuspendEngagement(Request):
    """Pause an engagement."""

    engagement_id = Id("eng", required=True)
    version = Version()


class TakeUpEngagement(Request):
    """Resume a paused engagement."""

    engagement_id = Id("eng", required=True)
    version = Version()


class EndEngagement(Request):
    """Close an engagement, for a reason."""

    engagement_id = Id("eng", required=True)
    version = Version()
    reason = Text(longest=1000, required=True, example="Its aim is reached")


class PlanMilestone(Request):
    """Plan a milestone of an engagement."""

    engagement_id = Id("eng", required=True)
    kind = one_of(*MilestoneKind, required=True)
    title = Line(longest=200, required=True, example="Infections halved")
    due_on = Day(example="2030-09-01", required=True)
    owner_id = Id("per", load_default=None, allow_none=True)


class ReachMilestone(Request):
    """Confirm, with evidence, that a milestone is reached."""

    milestone_id = Id("mst", required=True)
    version = Version()
    reached_on = Day(required=True)
    evidence = Text(longest=2000, required=True, example="A shift of nine points below the median")


class ReopenMilestone(Request):
    """Reopen a milestone: its evidence is withdrawn."""

    milestone_id = Id("mst", required=True)
    version = Version()
    reason = Text(longest=1000, required=True, example="The measure was defined in another way")


class RescheduleMilestone(Request):
    """Reschedule a milestone, with a reason."""

    milestone_id = Id("mst", required=True)
    version = Version()
    due_on = Day(example="2030-12-01", required=True)
    reason = Text(longest=1000, required=True, example="The new ward opens in autumn")


class PutMilestoneAtRisk(Request):
    """Mark a milestone as at risk of missing its day, with a reason."""

    milestone_id = Id("mst", required=True)
    version = Version()
    reason = Text(longest=1000, required=True, example="The team has lost its data analyst")


class DropMilestone(Request):
    """Drop a milestone, with a reason."""

    milestone_id = Id("mst", required=True)
    version = Version()
    reason = Text(longest=1000, required=True, example="The aim has changed")


class ShowEngagement(Request):
    """One engagement."""

    engagement_id = Id("eng", required=True)


class ListEngagements(PageRequest):
    """Engagements, of one partner, led by one coach, or in one state."""

    partner_id = Id("prt")
    lead_coach_id = Id("per")
    state = one_of(*EngagementState)


class ListDepth(PageRequest):
    """The depth of the engagements under way."""


class ShowMilestone(Request):
    """One milestone."""

    milestone_id = Id("mst", required=True)


class ListMilestones(PageRequest):
    """Milestones, of one partner or engagement, or in one state."""

    partner_id = Id("prt")
    engagement_id = Id("eng")
    state = one_of(*MilestoneState)


class ScheduleCoaching(Request):
    """Schedule a coaching session, with the lead coach unless another coach is named."""

    engagement_id = Id("eng", required=True)
    coach_id = Id("per", load_default=None, allow_none=True)
    held_at = Instant(required=True)
    zone = Zone(required=True)
    milestone_id = Id("mst", load_default=None, allow_none=True)


class HoldCoaching(Request):
    """Record that a coaching session took place."""

    session_id = Id("cos", required=True)
    version = Version()
    held_on = Day(required=True)
    notes = Text(longest=10_000, load_default=None, allow_none=True, example="Test on one ward first")


class ShowCoachingSession(Request):
    """One coaching session."""

    session_id = Id("cos", required=True)


class ListCoachingSessions(PageRequest):
    """Coaching sessions, of one partner, engagement or coach, or in one state."""

    partner_id = Id("prt")
    engagement_id = Id("eng")
    coach_id = Id("per")
    state = one_of(*CoachingState)


class PartnerAdmitted(EventData):
    """Heard of `partners.partner.admitted`."""

    partner_id = Id("prt", required=True)
    name = Line(required=True)
    zone = Zone(required=True)


class PartnerProfileChanged(PartnerAdmitted):
    """Heard of `partners.partner.profile_changed`."""


class PartnerStanding(EventData):
    """Heard of `partners.partner.paused` and `resumed`."""

    partner_id = Id("prt", required=True)


class PartnerDeparted(EventData):
    """Heard of `partners.partner.departed`."""

    partner_id = Id("prt", required=True)
    reason = Text(longest=1000, required=True)
    departed_on = Day(required=True)


class Agreement(Response):
    """Who agreed on an engagement for either side, and when."""

    for_partner = fields.String()
    for_institute = fields.String()
    on = Day()


class Engagement(Resource):
    """What one partner and the institute work on together, in four key areas, led by one coach."""

    partner_id = Id("prt")
    partner_name = fields.String()
    zone = Zone()
    key_areas = fields.List(one_of(*KeyArea))
    state = one_of(*EngagementState)
    lead_coach_id = Id("per", allow_none=True)
    agreement = fields.Nested(Agreement, allow_none=True)
    activated_on = Day(allow_none=True)
    closed_on = Day(allow_none=True)
    paused_for = fields.List(one_of(*PausedFor))
    resumes_to = one_of(*EngagementState, allow_none=True)
    heard_profile = Count()
    heard_standing = Count()


class Evidence(Response):
    """Why somebody says that a milestone is reached, and who it was."""

    statement = fields.String()
    confirmed_by = fields.String()
    confirmed_at = Instant()


class Word(Response):
    """What somebody gave as a reason, and when they said it."""

    reason = fields.String()
    by = fields.String()
    at = Instant()


class Turn(Response):
    """A turn that a milestone took by a person's word."""

    to = one_of(*MilestoneState)
    word = fields.Nested(Word)


class Slip(Response):
    """One day given up for another; all of them together are a milestone's slippage."""

    from_due_on = Day()
    due_on = Day()
    word = fields.Nested(Word)


class Milestone(Resource):
    """A step of an engagement that both sides will know to be reached when it is."""

    engagement_id = Id("eng")
    partner_id = Id("prt")
    kind = one_of(*MilestoneKind)
    title = fields.String()
    due_on = Day()
    owner_id = Id("per", allow_none=True)
    overdue_at = Instant(allow_none=True)
    state = one_of(*MilestoneState)
    reached_on = Day(allow_none=True)
    evidence = fields.List(fields.Nested(Evidence))
    slips = fields.List(fields.Nested(Slip))
    turns = fields.List(fields.Nested(Turn))


class CoachingSession(Resource):
    """A coach and a partner's team, at one instant; `notes` are seen by the institute's own."""

    engagement_id = Id("eng")
    partner_id = Id("prt")
    coach_id = Id("per")
    held_at = Instant()
    zone = Zone()
    milestone_id = Id("mst", allow_none=True)
    state = one_of(*CoachingState)
    held_on = Day(allow_none=True)
    notes = fields.String(allow_none=True)


class Depth(Response):
    """How deep the work with one partner is: areas, milestones, and coaching that took place."""

    engagement_id = Id("eng")
    partner_id = Id("prt")
    partner_name = fields.String()
    key_areas = fields.List(one_of(*KeyArea))
    milestones_reached = Count()
    milestones_open = Count()
    coaching_sessions_held = Count()
