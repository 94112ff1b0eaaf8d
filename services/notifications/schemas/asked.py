"""What clients ask of notifications."""

from chassis.schemas.fields import Id, Line, Text, Version, one_of
from chassis.schemas.messages import PageRequest, Request
from services.notifications.model.follow_up import FollowUpState
from services.notifications.model.letter import Category, LetterState


class ShowFollowUp(Request):
    """One coaching follow-up."""

    follow_up_id = Id("fup", required=True)


class ListFollowUps(PageRequest):
    """Coaching follow-ups, of one partner or milestone, or in one state."""

    partner_id = Id("prt")
    milestone_id = Id("mst")
    state = one_of(*FollowUpState)


class ConfirmFollowUp(Request):
    """Complete a follow-up: how the coach has followed up."""

    follow_up_id = Id("fup", required=True)
    version = Version()
    reason = Text(longest=500, required=True, example="We spoke on the telephone")


class SkipFollowUp(ConfirmFollowUp):
    """Skip a follow-up, with the reason."""


class ShowDelivery(Request):
    """One letter."""

    delivery_id = Id("dlv", required=True)


class ExplainDelivery(ShowDelivery):
    """Explain why a letter was written and what happened to it."""


class ListDeliveries(PageRequest):
    """Letters, about one partner or thing, of one category, or in one state."""

    partner_id = Id("prt")
    category = one_of(*Category)
    state = one_of(*LetterState)
    about_id = Line(longest=60, example="inv_01k9x3q0w5m8k4t7v2z9y6c1d3")
