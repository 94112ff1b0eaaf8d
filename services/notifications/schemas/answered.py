"""What notifications answers."""

from marshmallow import fields

from chassis.schemas.fields import Count, Day, Email, Id, Instant, Language, one_of
from chassis.schemas.messages import Resource, Response
from services.notifications.model.follow_up import FollowUpState
from services.notifications.model.letter import Category, LetterState


class FollowUp(Resource):
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


class Step(Response):
    """Something that happened to a letter."""

    at = Instant()
    state = one_of(*LetterState)
    detail = fields.String()


class Origin(Response):
    """What made us write: a request, who acted, the event that came of it, and what was done about that."""

    correlation_id = fields.String()
    causation_id = fields.String(allow_none=True)
    actor = fields.String()
    reaction = fields.String(allow_none=True)


class Delivery(Resource):
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


class Why(Response):
    """Why a letter was written and what came of it, in plain words and in order."""

    delivery_id = Id("dlv")
    correlation_id = fields.String()
    event_id = fields.String(allow_none=True)
    event_type = fields.String(allow_none=True)
    reaction = fields.String(allow_none=True)
    actor = fields.String()
    told = fields.List(fields.String())
