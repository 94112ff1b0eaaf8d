"""What goes over the wire: what clients ask and are answered, and what is read of the events heard."""

from marshmallow import fields

from chassis.schemas import (
    Answered,
    Asked,
    Count,
    Day,
    Email,
    Heard,
    Id,
    Instant,
    Kept,
    Language,
    Paged,
    Text,
    Version,
    Zone,
    one_of,
)
from services.notifications.model.follow_up import FollowUpState
from services.notifications.model.letter import Category, LetterState


class ShowFollowUp(Asked):
    """One coaching follow-up."""

    follow_up_id = Id("fup", required=True)


class ListFollowUps(Paged):
    """Coaching follow-ups, of one partner or milestone, or in one state."""

    partner_id = Id("prt")
    milestone_id = Id("mst")
    state = one_of(*FollowUpState)


class ConfirmFollowUp(Asked):
    """Say that the coach has followed up, and how."""

    follow_up_id = Id("fup", required=True)
    version = Version()
    reason = Text(longest=500, required=True, example="We spoke on the telephone")


class SkipFollowUp(ConfirmFollowUp):
    """Decide that nobody will follow up, and say why."""


class ShowDelivery(Asked):
    """One letter."""

    delivery_id = Id("dlv", required=True)


class ExplainDelivery(ShowDelivery):
    """Why one letter was written, and what happened to it."""


class ListDeliveries(Paged):
    """Letters, about one partner or thing, of one category, or in one state."""

    partner_id = Id("prt")
    category = one_of(*Category)
    state = one_of(*LetterState)
    about_id = Text(longest=60, example="inv_01k9x3q0w5m8k4t7v2z9y6c1d3")


class PersonJoined(Heard):
    """Heard of `partners.person.joined`."""

    person_id = Id("per", required=True)
    partner_id = Id("prt", required=True, allow_none=True)
    name = Text(required=True)
    email = Email(required=True)
    role = Text(required=True)
    language = Language(required=True)
    zone = Zone(required=True)


class PersonChanged(PersonJoined):
    """Heard of `partners.person.changed`."""


class PersonLeft(Heard):
    """Heard of `partners.person.left`."""

    person_id = Id("per", required=True)
    left_on = Day(required=True)


class PartnerProfileChanged(Heard):
    """Heard of `partners.partner.profile_changed`: what letters say of a partner."""

    partner_id = Id("prt", required=True)
    name = Text(required=True)


class PartnerDeparted(Heard):
    """Heard of `partners.partner.departed`."""

    partner_id = Id("prt", required=True)
    departed_on = Day(required=True)


class PartnerKnown(PartnerProfileChanged):
    """Heard of `partners.partner.admitted`: what letters say of a partner, and who leads it."""

    leader_ids = fields.List(Id("per"), required=True)


class PartnerAdmitted(PartnerKnown):
    """Heard of `partners.partner.admitted`: what its leaders are welcomed with."""

    term_starts_on = Day(required=True)
    term_ends_on = Day(required=True)


class MilestoneReached(Heard):
    """Heard of `engagements.milestone.reached`: what its leaders are told."""

    milestone_id = Id("mst", required=True)
    partner_id = Id("prt", required=True)
    title = Text(required=True)
    reached_on = Day(required=True)


class MilestoneToCoach(MilestoneReached):
    """Heard of `engagements.milestone.reached`: what a coach needs to follow up on it."""

    engagement_id = Id("eng", required=True)
    kind = Text(required=True)
    coach_id = Id("per", required=True)


class MilestoneReopened(Heard):
    """Heard of `engagements.milestone.reopened`."""

    milestone_id = Id("mst", required=True)
    partner_id = Id("prt", required=True)
    title = Text(required=True)


class MilestoneMissed(MilestoneReopened):
    """Heard of `engagements.milestone.missed`: what the coach is told."""

    due_on = Day(required=True)
    coach_id = Id("per", required=True)


class MilestoneAtRisk(MilestoneMissed):
    """Heard of `engagements.milestone.at_risk`: what the coach is told."""

    reason = Text(longest=2000, required=True)


class CoachingHeld(Heard):
    """Heard of `engagements.coaching.held`."""

    session_id = Text(longest=60, required=True)
    engagement_id = Id("eng", required=True)
    milestone_id = Id("mst", required=True, allow_none=True)
    held_on = Day(required=True)


class Reason(Heard):
    """Why a partner is invited."""

    title = Text(required=True)


class SeatsOffered(Heard):
    """What a partner is offered, whether at once or after it waited."""

    invitation_id = Id("inv", required=True)
    partner_id = Id("prt", required=True)
    camp_title = Text(required=True)
    place = Text(required=True)
    zone = Zone(required=True)
    starts_on = Day(required=True)
    ends_on = Day(required=True)
    seats = Count(required=True)
    reasons = fields.List(fields.Nested(Reason), required=True)


class InvitationIssued(SeatsOffered):
    """Heard of `camps.invitation.issued`."""

    answer_by = Day(required=True)


class WaitlistPromoted(SeatsOffered):
    """Heard of `camps.waitlist.promoted`."""

    offer_until = fields.AwareDateTime(format="iso", required=True)


class InvitationDeclined(Heard):
    """Heard of `camps.invitation.declined`."""

    invitation_id = Id("inv", required=True)
    partner_id = Id("prt", required=True)


class InvitationAccepted(InvitationDeclined):
    """Heard of `camps.invitation.accepted`."""

    seats = Count(required=True)


class InvitationTentative(InvitationDeclined):
    """Heard of `camps.invitation.tentative`."""


class InvitationAnswerUndone(InvitationDeclined):
    """Heard of `camps.invitation.answer_undone`."""

    state = Text(required=True)


class InvitationEnded(InvitationDeclined):
    """Heard of `camps.invitation.withdrawn` and `.expired`."""


class FollowUp(Kept):
    """One coach's duty to follow up on one milestone."""

    partner_id = Id("prt")
    engagement_id = Id("eng")
    milestone_id = Id("mst")
    reached_sequence = Count()
    title = fields.String()
    reached_on = Day()
    coach_id = Id("per")
    policy = fields.String()
    policy_version = Count()
    coach_should = fields.String()
    due_on = Day()
    due_at = Instant()
    state = one_of(*FollowUpState)
    session_id = Id("cos", allow_none=True)
    reason = fields.String(allow_none=True)
    closed_by = fields.String(allow_none=True)


class Step(Answered):
    """Something that happened to a letter."""

    at = Instant()
    state = one_of(*LetterState)
    detail = fields.String()


class Origin(Answered):
    """What made us write: a request, who acted, the event that came of it, and what was done about that."""

    correlation_id = fields.String()
    causation_id = fields.String(allow_none=True)
    actor = fields.String()
    reaction = fields.String(allow_none=True)


class Delivery(Kept):
    """One letter to one recipient on one occasion, and what happened to it."""

    occasion = fields.String()
    category = one_of(*Category)
    about_kind = fields.String()
    about_id = fields.String()
    about_sequence = Count()
    partner_id = Id("prt")
    organisation_id = Id("prt", allow_none=True)
    recipient_id = Id("per")
    to = Email()
    language = Language()
    subject = fields.String()
    body = fields.String()
    message_id = fields.String()
    written_at = Instant()
    next_attempt_at = Instant()
    origin = fields.Nested(Origin)
    state = one_of(*LetterState)
    unwanted = fields.String(allow_none=True)
    attempts = Count()
    trail = fields.List(fields.Nested(Step))


class Why(Answered):
    """Why a letter was written and what came of it, in plain words and in order."""

    delivery_id = Id("dlv")
    correlation_id = fields.String()
    event_id = fields.String(allow_none=True)
    event_type = fields.String(allow_none=True)
    reaction = fields.String(allow_none=True)
    actor = fields.String()
    told = fields.List(fields.String())
