"""Camps' contents page: everything it answers, and everything it hears."""

from typing import Any

from chassis.envelope import Envelope
from chassis.rpc_server import command, question
from chassis.schemas import page_of
from chassis.scope import Scope
from chassis.service import Service
from chassis.store import Work
from chassis.subscription import reacts_to
from services.camps import schemas, use_cases, views
from services.camps.repository import Camps, EligiblePartners, Invitations, KeptReasons, SeatLedgers, Sessions

Answer = dict[str, Any]


class CampsService(Service):
    """When everybody meets, and what comes out of it."""

    name = "camps"
    repositories = (Camps, SeatLedgers, EligiblePartners, Invitations, Sessions, KeptReasons)

    @reacts_to("partners.partner.admitted", schemas.PartnerAdmitted)
    def make_eligible(self, work: Work, event: Envelope, **heard: Any) -> None:
        """A partner was admitted: it may be invited."""
        use_cases.make_eligible(work=work, sequence=event.sequence, **heard)

    @reacts_to("engagements.milestone.reached", schemas.MilestoneReached)
    def invite_partner(self, work: Work, event: Envelope, **heard: Any) -> None:
        """A milestone was reached: a reason to invite its partner."""
        use_cases.invite_partner(work=work, **heard)

    @reacts_to("camps.camp.invitations_opened", schemas.InvitationsOpened)
    def apply_kept_reasons(self, work: Work, event: Envelope) -> None:
        """A camp is inviting: reasons need not wait any longer."""
        use_cases.apply_kept_reasons(work=work)

    @reacts_to("notifications.delivery.settled", schemas.DeliveryNews)
    def keep_delivery_state(self, work: Work, event: Envelope, **heard: Any) -> None:
        """A letter was sent or failed: its invitation shows it."""
        use_cases.keep_delivery_state(work=work, **heard)

    @reacts_to("notifications.delivery.uncertain", schemas.DeliveryNews)
    def keep_uncertain_delivery(self, work: Work, event: Envelope, **heard: Any) -> None:
        """Nobody knows whether a letter was sent: its invitation shows that, too."""
        use_cases.keep_delivery_state(work=work, **heard)

    @command(schemas.AnnounceCamp, answers=schemas.Camp)
    def announce_camp(self, work: Work, scope: Scope, **wanted: Any) -> Answer:
        """Announce a camp."""
        return use_cases.announce_camp(work=work, scope=scope, **wanted)

    @command(schemas.OpenInvitations, answers=schemas.Camp)
    def open_invitations(self, work: Work, scope: Scope, **wanted: Any) -> Answer:
        """Begin to invite."""
        return use_cases.open_invitations(work=work, scope=scope, **wanted)

    @question(schemas.ShowCamp, answers=schemas.Camp)
    def show_camp(self, work: Work, scope: Scope, **asked: Any) -> Answer:
        """One camp."""
        return views.show_camp(work=work, scope=scope, **asked)

    @question(schemas.ListCamps, answers=page_of(schemas.Camp))
    def list_camps(self, work: Work, scope: Scope, **asked: Any) -> Answer:
        """A page of camps."""
        return views.list_camps(work=work, scope=scope, **asked)

    @question(schemas.ShowSeats, answers=schemas.Seats)
    def show_seats(self, work: Work, scope: Scope, **asked: Any) -> Answer:
        """The seats of one camp."""
        return views.show_seats(work=work, scope=scope, **asked)

    @question(schemas.ShowInvitation, answers=schemas.Invitation)
    def show_invitation(self, work: Work, scope: Scope, **asked: Any) -> Answer:
        """One invitation."""
        return views.show_invitation(work=work, scope=scope, **asked)

    @question(schemas.ListInvitations, answers=page_of(schemas.Invitation))
    def list_invitations(self, work: Work, scope: Scope, **asked: Any) -> Answer:
        """A page of invitations."""
        return views.list_invitations(work=work, scope=scope, **asked)

    @question(schemas.ListSessions, answers=page_of(schemas.Session))
    def list_sessions(self, work: Work, scope: Scope, **asked: Any) -> Answer:
        """A page of sessions."""
        return views.list_sessions(work=work, scope=scope, **asked)
