"""What comes in over the wire: what clients ask, and what is read of the events heard."""

from chassis.schemas import Asked, Count, Day, Heard, Id, Paged, Text, Version, Zone, one_of
from services.camps.model.camp import CampState, Season
from services.camps.model.invitation import InvitationState
from services.camps.model.session import SessionState

MOST_SEATS = 10_000


class AnnounceCamp(Asked):
    """Say when and where a camp is."""

    season = one_of(*Season, required=True)
    year = Count(least=1900, most=2199, required=True)
    title = Text(longest=200, required=True)
    place = Text(longest=200, required=True)
    zone = Zone(required=True)
    starts_on = Day(required=True)
    ends_on = Day(required=True)
    capacity = Count(least=1, most=MOST_SEATS, required=True)
    seats_per_invitation = Count(least=1, most=MOST_SEATS)


class OpenInvitations(Asked):
    """Begin to invite partners to a camp."""

    camp_id = Id("cmp", required=True)
    version = Version()
    answer_by = Day(required=True)


class ShowCamp(Asked):
    """One camp."""

    camp_id = Id("cmp", required=True)


class ListCamps(Paged):
    """Camps, of one season or year, or in one state."""

    season = one_of(*Season)
    year = Count()
    state = one_of(*CampState)


class ShowSeats(Asked):
    """The seats of one camp."""

    camp_id = Id("cmp", required=True)


class ShowInvitation(Asked):
    """One invitation."""

    invitation_id = Id("inv", required=True)


class ListInvitations(Paged):
    """Invitations, to one camp, of one partner or in one state."""

    camp_id = Id("cmp")
    partner_id = Id("prt")
    state = one_of(*InvitationState)


class Answering(Asked):
    """Answer an invitation, as it was when last seen."""

    invitation_id = Id("inv", required=True)
    version = Version()


class AcceptInvitation(Answering):
    """Come, with as many people as there are seats or with fewer."""

    seats = Count(least=1, most=MOST_SEATS)


class LeaveInvitationOpen(Answering):
    """Come perhaps."""


class DeclineInvitation(Answering):
    """Not come."""

    reason = Text(longest=500)


class TakeBackAnswer(Answering):
    """Take a no back."""


class WithdrawInvitation(Answering):
    """Take an invitation back."""

    reason = Text(longest=500, required=True)


class ListSessions(Paged):
    """Sessions, at one camp, of one partner or in one state."""

    camp_id = Id("cmp")
    partner_id = Id("prt")
    state = one_of(*SessionState)


class PartnerKnown(Heard):
    """Heard of `partners.partner.admitted` and `.profile_changed`."""

    partner_id = Id("prt", required=True)
    name = Text(required=True)


class MilestoneReached(Heard):
    """Heard of `engagements.milestone.reached`."""

    milestone_id = Id("mst", required=True)
    partner_id = Id("prt", required=True)
    title = Text(required=True)


class MilestoneReopened(Heard):
    """Heard of `engagements.milestone.reopened`."""

    milestone_id = Id("mst", required=True)
    partner_id = Id("prt", required=True)


class PartnerDeparted(Heard):
    """Heard of `partners.partner.departed`."""

    partner_id = Id("prt", required=True)


class InvitationsOpened(Heard):
    """Heard of `camps.camp.invitations_opened`: that it happened says enough."""


class SeatsFreed(Heard):
    """Heard of `camps.seats.freed`."""

    camp_id = Id("cmp", required=True)


class DeliveryNews(Heard):
    """Heard of `notifications.delivery.settled` and `.uncertain`; what is not about an invitation may say anything."""

    delivery_id = Text(required=True)
    about_kind = Text(required=True)
    about_id = Text(required=True)
    state = Text(required=True)
