"""Camps' contents page: everything it answers, and everything it hears."""

from datetime import timedelta
from typing import Any

from nameko import config
from nameko.extensions import DependencyProvider

from chassis.domain.scope import Scope
from chassis.messaging.envelope import Envelope
from chassis.messaging.subscription import reacts_to
from chassis.persistence.claims import Claims
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.rpc.server import command, query
from chassis.runtime.config import InvalidSettings
from chassis.runtime.service import PROCESS_NAME, Service
from chassis.runtime.timers import timer
from chassis.schemas.messages import page_of
from services.camps import schemas, views
from services.camps.model.answer import Periods
from services.camps.model.reply_link import ReplyLinks
from services.camps.repository import (
    Camps,
    EligiblePartners,
    Invitations,
    KeptReasons,
    Milestones,
    SeatLedgers,
    Sessions,
)
from services.camps.use_cases import answer, camp, invitation, partner, seats

Answer = dict[str, Any]
SHORTEST_SECRET = 32


class PeriodsProvider(DependencyProvider):
    """Injects how long seats are kept for whom."""

    def setup(self) -> None:
        """Take the settings."""
        self.periods = Periods(
            grace=timedelta(seconds=config["DECLINE_GRACE_SECONDS"]), offer=timedelta(seconds=config["OFFER_SECONDS"])
        )

    def get_dependency(self, worker_ctx: Any) -> Periods:
        """Inject the same for all."""
        return self.periods


class LinksProvider(DependencyProvider):
    """Injects what makes and reads the links by which invitations are answered."""

    def bind(self, container: Any, attr_name: str) -> "LinksProvider":
        """Take the settings before anything starts; raises InvalidSettings without a secret."""
        bound: LinksProvider = super().bind(container, attr_name)
        bound.links = ReplyLinks(secret=_secret(), public_url=config["PUBLIC_URL"])
        return bound

    def get_dependency(self, worker_ctx: Any) -> ReplyLinks:
        """Inject the same for all."""
        return self.links


def _secret() -> str:
    secret: str = config["LINK_SECRET"]
    if len(secret) < SHORTEST_SECRET:
        raise InvalidSettings(
            f"setting LINK_SECRET: at least {SHORTEST_SECRET} characters are expected, got {len(secret)}: "
            "camps does not start without a secret nobody can guess."
        )
    return secret


class CampsService(Service):
    """When everybody meets, and what comes out of it."""

    name = "camps"
    repositories = (Camps, SeatLedgers, EligiblePartners, Milestones, Invitations, Sessions, KeptReasons)
    periods = PeriodsProvider()
    links = LinksProvider()

    @reacts_to("partners.partner.admitted", schemas.PartnerKnown)
    def make_eligible(self, work: UnitOfWork, event: Envelope, **heard: Any) -> None:
        """A partner was admitted: it may be invited."""
        partner.make_eligible(work=work, sequence=event.sequence, **heard)

    @reacts_to("partners.partner.profile_changed", schemas.PartnerKnown)
    def refresh_partner(self, work: UnitOfWork, event: Envelope, **heard: Any) -> None:
        """A partner is called something else, if this is the newest that was heard."""
        partner.make_eligible(work=work, sequence=event.sequence, **heard)

    @reacts_to("partners.partner.departed", schemas.PartnerDeparted)
    def withdraw_open_invitations(self, work: UnitOfWork, event: Envelope, **heard: Any) -> None:
        """A partnership has ended: what is open is withdrawn."""
        invitation.withdraw_open_invitations(
            work=work, periods=self.periods, links=self.links, sequence=event.sequence, **heard
        )

    @reacts_to("engagements.milestone.reached", schemas.MilestoneReached)
    def invite_partner(self, work: UnitOfWork, event: Envelope, **heard: Any) -> None:
        """A milestone was reached: a reason to invite its partner."""
        invitation.invite_partner(work=work, links=self.links, sequence=event.sequence, **heard)

    @reacts_to("engagements.milestone.reopened", schemas.MilestoneReopened)
    def withdraw_reason(self, work: UnitOfWork, event: Envelope, **heard: Any) -> None:
        """A milestone was not reached after all: it is no reason to invite any longer."""
        invitation.withdraw_reason(work=work, periods=self.periods, links=self.links, sequence=event.sequence, **heard)

    @reacts_to("camps.camp.invitations_opened", schemas.InvitationsOpened)
    def apply_kept_reasons(self, work: UnitOfWork, event: Envelope) -> None:
        """A camp is inviting: reasons need not wait any longer."""
        invitation.apply_kept_reasons(work=work, links=self.links)

    @reacts_to("camps.seats.freed", schemas.SeatsFreed)
    def offer_freed_seats(self, work: UnitOfWork, event: Envelope, **heard: Any) -> None:
        """Seats are free: whoever waits is asked, in order."""
        seats.offer_freed_seats(work=work, periods=self.periods, links=self.links, **heard)

    @reacts_to("notifications.delivery.settled", schemas.DeliveryNews)
    def keep_delivery_state(self, work: UnitOfWork, event: Envelope, **heard: Any) -> None:
        """A letter was sent or failed: its invitation shows it."""
        invitation.keep_delivery_state(work=work, **heard)

    @reacts_to("notifications.delivery.uncertain", schemas.DeliveryNews)
    def keep_uncertain_delivery(self, work: UnitOfWork, event: Envelope, **heard: Any) -> None:
        """Nobody knows whether a letter was sent: its invitation shows that, too."""
        invitation.keep_delivery_state(work=work, **heard)

    @command(schemas.AnnounceCamp, answers=schemas.Camp)
    def announce_camp(self, work: UnitOfWork, scope: Scope, **wanted: Any) -> Answer:
        """Announce a camp."""
        return camp.announce_camp(work=work, scope=scope, **wanted)

    @command(schemas.OpenInvitations, answers=schemas.Camp)
    def open_invitations(self, work: UnitOfWork, scope: Scope, **wanted: Any) -> Answer:
        """Open invitations to a camp."""
        return camp.open_invitations(work=work, scope=scope, **wanted)

    @command(schemas.AcceptInvitation, answers=schemas.Invitation)
    def accept_invitation(self, work: UnitOfWork, scope: Scope, **wanted: Any) -> Answer:
        """Accept an invitation."""
        return answer.accept_invitation(work=work, scope=scope, **wanted)

    @command(schemas.LeaveInvitationOpen, answers=schemas.Invitation)
    def leave_invitation_open(self, work: UnitOfWork, scope: Scope, **wanted: Any) -> Answer:
        """Answer an invitation tentatively."""
        return answer.leave_invitation_open(work=work, scope=scope, **wanted)

    @command(schemas.DeclineInvitation, answers=schemas.Invitation)
    def decline_invitation(self, work: UnitOfWork, scope: Scope, **wanted: Any) -> Answer:
        """Decline an invitation."""
        return answer.decline_invitation(work=work, scope=scope, periods=self.periods, **wanted)

    @command(schemas.TakeBackAnswer, answers=schemas.Invitation)
    def take_back_answer(self, work: UnitOfWork, scope: Scope, **wanted: Any) -> Answer:
        """Undo a declined answer."""
        return answer.take_back_answer(work=work, scope=scope, **wanted)

    @command(schemas.AnswerByLink, answers=schemas.Standing)
    def answer_by_link(self, work: UnitOfWork, scope: Scope, **wanted: Any) -> Answer:
        """Answer an invitation by the link in its letter."""
        return answer.answer_by_link(work=work, periods=self.periods, links=self.links, **wanted)

    @command(schemas.WithdrawInvitation, answers=schemas.Invitation)
    def withdraw_invitation(self, work: UnitOfWork, scope: Scope, **wanted: Any) -> Answer:
        """Withdraw an invitation."""
        return invitation.withdraw_invitation(work=work, scope=scope, periods=self.periods, links=self.links, **wanted)

    @timer("SEAT_LOOP_SECONDS")
    def give_up_seats(self) -> None:
        """Free the seats whose time is over."""
        lease, invitations = config["SEAT_LEASE_SECONDS"], Invitations.collection
        claims = Claims(self.store, collection=invitations, owner=PROCESS_NAME, lease_seconds=lease)
        seats.give_up_seats(store=self.store, claims=claims)

    @query(schemas.ShowCamp, answers=schemas.Camp)
    def show_camp(self, work: UnitOfWork, scope: Scope, **asked: Any) -> Answer:
        """Show a camp."""
        return views.show_camp(work=work, scope=scope, **asked)

    @query(schemas.ListCamps, answers=page_of(schemas.Camp))
    def list_camps(self, work: UnitOfWork, scope: Scope, **asked: Any) -> Answer:
        """List camps."""
        return views.list_camps(work=work, scope=scope, **asked)

    @query(schemas.ShowSeats, answers=schemas.Seats)
    def show_seats(self, work: UnitOfWork, scope: Scope, **asked: Any) -> Answer:
        """Show the seats of a camp."""
        return views.show_seats(work=work, scope=scope, **asked)

    @query(schemas.ShowInvitation, answers=schemas.Invitation)
    def show_invitation(self, work: UnitOfWork, scope: Scope, **asked: Any) -> Answer:
        """Show an invitation."""
        return views.show_invitation(work=work, scope=scope, **asked)

    @query(schemas.ListInvitations, answers=page_of(schemas.Invitation))
    def list_invitations(self, work: UnitOfWork, scope: Scope, **asked: Any) -> Answer:
        """List invitations."""
        return views.list_invitations(work=work, scope=scope, **asked)

    @query(schemas.ShowReplyForm, answers=schemas.ReplyForm)
    def show_reply_form(self, work: UnitOfWork, scope: Scope, **asked: Any) -> Answer:
        """Show an invitation by the link in its letter."""
        return views.show_reply_form(work=work, links=self.links, **asked)

    @query(schemas.ListSessions, answers=page_of(schemas.Session))
    def list_sessions(self, work: UnitOfWork, scope: Scope, **asked: Any) -> Answer:
        """List sessions at camps."""
        return views.list_sessions(work=work, scope=scope, **asked)
