"""What goes over the wire: what clients ask and are answered, and what is read of the events heard."""

from marshmallow import fields

from chassis.schemas.fields import Count, Day, Id, Instant, Line, Text, Version, Zone, one_of
from chassis.schemas.messages import EventData, PageRequest, Request, Resource, Response
from services.camps.model.answer import Via
from services.camps.model.camp import CampState, Season
from services.camps.model.delivery import DeliveryState
from services.camps.model.invitation import InvitationState
from services.camps.model.session import SessionKind, SessionState

MOST_SEATS = 10_000
ANSWERS = ("accepted", "tentative", "declined", "undone")
"""What can be answered by a link."""


class AnnounceCamp(Request):
    """Announce a camp: when and where it is."""

    season = one_of(*Season, required=True)
    year = Count(least=1900, most=2199, example=2030, required=True)
    title = Line(longest=200, required=True, example="Summer Camp 2030")
    place = Line(longest=200, required=True, example="Jönköping")
    zone = Zone(required=True)
    starts_on = Day(example="2030-07-14", required=True)
    ends_on = Day(example="2030-07-17", required=True)
    capacity = Count(least=1, most=MOST_SEATS, example=200, required=True)
    seats_per_invitation = Count(least=1, most=MOST_SEATS, example=4)


class OpenInvitations(Request):
    """Open invitations to a camp."""

    camp_id = Id("cmp", required=True)
    version = Version()
    answer_by = Day(example="2030-05-31", required=True)


class ShowCamp(Request):
    """One camp."""

    camp_id = Id("cmp", required=True)


class ListCamps(PageRequest):
    """Camps, of one season or year, or in one state."""

    season = one_of(*Season)
    year = Count(least=1900, most=2199, example=2030)
    state = one_of(*CampState)


class ShowSeats(Request):
    """The seats of one camp."""

    camp_id = Id("cmp", required=True)


class ShowInvitation(Request):
    """One invitation."""

    invitation_id = Id("inv", required=True)


class ListInvitations(PageRequest):
    """Invitations, to one camp, of one partner or in one state."""

    camp_id = Id("cmp")
    partner_id = Id("prt")
    state = one_of(*InvitationState)


class Answering(Request):
    """Answer an invitation, as it was when last seen."""

    invitation_id = Id("inv", required=True)
    version = Version()


class AcceptInvitation(Answering):
    """Accept an invitation, with as many people as there are seats or with fewer."""

    seats = Count(least=1, most=MOST_SEATS)


class LeaveInvitationOpen(Answering):
    """Answer an invitation tentatively: the partner may attend."""


class DeclineInvitation(Answering):
    """Decline an invitation."""

    reason = Text(longest=500, example="An election that week")


class TakeBackAnswer(Answering):
    """Undo a declined answer within its grace period."""


class WithdrawInvitation(Answering):
    """Withdraw an invitation."""

    reason = Text(longest=500, required=True, example="It was meant for another partner")


class ShowReplyForm(Request):
    """Show an invitation by its link; `refused` is the code of the error by which an answer was refused before."""

    token = Line(longest=200, required=True)
    refused = Line(longest=100)


class AnswerByLink(Request):
    """Answer an invitation by its link, from a form that was shown."""

    token = Line(longest=200, required=True)
    nonce = Line(longest=200, required=True)
    answer = one_of(*ANSWERS, required=True)
    seats = Count(least=1, most=MOST_SEATS)


class ListSessions(PageRequest):
    """Sessions, at one camp, of one partner or in one state."""

    camp_id = Id("cmp")
    partner_id = Id("prt")
    state = one_of(*SessionState)


class PartnerKnown(EventData):
    """Heard of `partners.partner.admitted` and `.profile_changed`."""

    partner_id = Id("prt", required=True)
    name = Line(required=True)


class MilestoneReached(EventData):
    """Heard of `engagements.milestone.reached`."""

    milestone_id = Id("mst", required=True)
    partner_id = Id("prt", required=True)
    title = Line(required=True)


class MilestoneReopened(EventData):
    """Heard of `engagements.milestone.reopened`."""

    milestone_id = Id("mst", required=True)
    partner_id = Id("prt", required=True)


class PartnerDeparted(EventData):
    """Heard of `partners.partner.departed`."""

    partner_id = Id("prt", required=True)


class InvitationsOpened(EventData):
    """Heard of `camps.camp.invitations_opened`: that it happened says enough."""


class SeatsFreed(EventData):
    """Heard of `camps.seats.freed`."""

    camp_id = Id("cmp", required=True)


class DeliveryNews(EventData):
    """Heard of `notifications.delivery.settled` and `.uncertain`; what is not about an invitation may say anything."""

    delivery_id = Line(required=True)
    about_kind = Line(required=True)
    about_id = Line(required=True)
    state = Line(required=True)


class Camp(Resource):
    """A meeting of all partners, one each season of a year; `zone` is the time zone of its place."""

    season = one_of(*Season)
    year = Count()
    title = fields.String()
    place = fields.String()
    zone = Zone()
    starts_on = Day()
    ends_on = Day()
    capacity = Count()
    seats_per_invitation = Count()
    state = one_of(*CampState)
    answer_by = Day(allow_none=True)


class Seats(Response):
    """How the seats of a camp are spread."""

    camp_id = Id("cmp")
    capacity = Count()
    held = Count()
    confirmed = Count()
    cooling = Count()
    free = Count()
    waiting = Count()


class Reason(Response):
    """Why a partner is invited: `id` names the thing of this `kind`, `title` says it in words."""

    kind = fields.String()
    id = fields.String()
    title = fields.String()


class InvitationDelivery(Response):
    """How the letters about an invitation fare: each, by the id of its delivery, and all together."""

    state = one_of(*DeliveryState)
    letters = fields.Dict(keys=fields.String(), values=one_of(*DeliveryState))


class InvitationAnswer(Response):
    """Who answered an invitation, when and which way, and the reason given for a no."""

    by = fields.String()
    via = one_of(*Via)
    at = Instant()
    reason = fields.String(allow_none=True)


class Grace(Response):
    """Until when a no can be taken back, and what holds again then."""

    until = Instant()
    before = one_of(*InvitationState)


class Invitation(Resource):
    """One partner's invitation to one camp: there is never a second, only more reasons for it."""

    camp_id = Id("cmp")
    partner_id = Id("prt")
    seats = Count()
    reasons = fields.List(fields.Nested(Reason))
    state = one_of(*InvitationState)
    delivery = fields.Nested(InvitationDelivery)
    answer = fields.Nested(InvitationAnswer, allow_none=True)
    answers = Count()
    grace = fields.Nested(Grace, allow_none=True)
    answer_until = Instant(allow_none=True)
    offer_until = Instant(allow_none=True)


class ReplyForm(Response):
    """An invitation as the page shows it to whoever has its link; instants are as the clocks at the camp show them."""

    partner_name = fields.String()
    camp_title = fields.String()
    place = fields.String()
    starts_on = Day()
    ends_on = Day()
    state = one_of(*InvitationState)
    seats = Count()
    zone = Zone()
    due_at = Instant(allow_none=True)
    undone_until = Instant(allow_none=True)
    notice = fields.String(allow_none=True)
    answers = fields.List(one_of(*ANSWERS))
    nonce = fields.String()


class Standing(Response):
    """Where an invitation stands after an answer."""

    state = one_of(*InvitationState)


class Session(Resource):
    """A partner's speaking slot at a camp, about a milestone it reached."""

    camp_id = Id("cmp")
    partner_id = Id("prt")
    milestone_id = Id("mst")
    title = fields.String()
    kind = one_of(*SessionKind)
    state = one_of(*SessionState)
