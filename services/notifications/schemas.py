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


class ShowDelivery(Asked):
    """One letter."""

    delivery_id = Id("dlv", required=True)


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


class PartnerKnown(Heard):
    """Heard of `partners.partner.admitted`: what letters say of a partner, and who leads it."""

    partner_id = Id("prt", required=True)
    name = Text(required=True)
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


class Reason(Heard):
    """Why a partner is invited."""

    title = Text(required=True)


class InvitationIssued(Heard):
    """Heard of `camps.invitation.issued`."""

    invitation_id = Id("inv", required=True)
    partner_id = Id("prt", required=True)
    camp_title = Text(required=True)
    place = Text(required=True)
    starts_on = Day(required=True)
    ends_on = Day(required=True)
    answer_by = Day(required=True)
    seats = Count(required=True)
    reasons = fields.List(fields.Nested(Reason), required=True)


class FollowUp(Kept):
    """One coach's duty to follow up on one milestone."""

    partner_id = Id("prt")
    engagement_id = Id("eng")
    milestone_id = Id("mst")
    reached_sequence = Count()
    coach_id = Id("per")
    policy = fields.String()
    policy_version = Count()
    due_on = Day()
    state = one_of(*FollowUpState)


class Step(Answered):
    """Something that happened to a letter."""

    at = Instant()
    state = one_of(*LetterState)
    detail = fields.String()


class Delivery(Kept):
    """One letter to one recipient on one occasion, and what happened to it."""

    occasion = fields.String()
    category = one_of(*Category)
    about_kind = fields.String()
    about_id = fields.String()
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
    state = one_of(*LetterState)
    attempts = Count()
    trail = fields.List(fields.Nested(Step))
