"""Camps' contents page: everything it answers, and everything it reacts to."""

from datetime import timedelta
from typing import Any

from nameko import config
from nameko.extensions import DependencyProvider

from chassis.persistence.claims import Claims
from chassis.persistence.repository import Repository
from chassis.runtime.capability_keys import capability_keys
from chassis.runtime.service import PROCESS_NAME, Service
from chassis.runtime.timers import timer
from services.camps import views
from services.camps.model.answer import Periods
from services.camps.model.reply_link import ReplyLinks
from services.camps.repository import (
    Camps,
    EligiblePartners,
    Initiatives,
    Invitations,
    Milestones,
    PendingReasons,
    People,
    SeatLedgers,
    Sessions,
)
from services.camps.settings import SECTIONS
from services.camps.use_cases import (
    answer,
    by_hand,
    camp,
    initiative,
    invitation,
    partner,
    person,
    reachability,
    seats,
    waitlist,
    withdrawal,
)


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
    """Injects what reads the links by which invitations are answered."""

    def bind(self, container: Any, attr_name: str) -> "LinksProvider":
        """Take the settings before anything starts; raises InvalidSettings without a secret."""
        bound: LinksProvider = super().bind(container, attr_name)
        bound.links = ReplyLinks(keys=capability_keys("LINK_SECRET"))
        return bound

    def get_dependency(self, worker_ctx: Any) -> ReplyLinks:
        """Inject the same for all."""
        return self.links


class CampsService(Service):
    """When everybody meets, and what comes out of it."""

    name = "camps"
    settings = SECTIONS
    repositories = (
        Camps,
        SeatLedgers,
        EligiblePartners,
        Milestones,
        Initiatives,
        Invitations,
        Sessions,
        PendingReasons,
        People,
    )
    periods = PeriodsProvider()
    links = LinksProvider()

    reactions = (
        partner.make_eligible,
        partner.pass_over_while_paused,
        partner.call_again_when_resumed,
        invitation.invite_partner,
        withdrawal.withdraw_reason,
        initiative.invite_to_present,
        initiative.withdraw_presentation,
        withdrawal.withdraw_open_invitations,
        invitation.keep_delivery_state,
        person.keep_person,
        person.keep_departure,
        reachability.pass_over_while_unreachable,
        reachability.call_again_when_reachable,
        seats.offer_freed_seats,
    )
    commands = (
        camp.announce_camp,
        camp.open_invitations,
        camp.change_camp,
        camp.cancel_camp,
        answer.accept_invitation,
        answer.answer_tentatively,
        answer.decline_invitation,
        answer.undo_answer,
        answer.answer_by_link,
        by_hand.issue_invitation,
        by_hand.issue_invitations,
        by_hand.reissue_invitation,
        withdrawal.withdraw_invitation,
        answer.take_fewer_seats,
        answer.wait_on,
        answer.leave_waitlist,
        answer.rejoin_waitlist,
        waitlist.offer_fewer_seats,
    )
    queries = (
        views.show_camp,
        views.list_camps,
        views.show_seats,
        views.show_waitlist,
        views.show_waitlist_place,
        views.show_invitation,
        views.list_invitations,
        views.show_reply_form,
        views.list_sessions,
    )

    @timer("SEAT_LOOP_SECONDS")
    def apply_pending_reasons(self) -> None:
        """Invite the partners for which reasons are pending, once a camp is inviting."""
        invitation.apply_pending_reasons(store=self.store, claims=self._claims(PendingReasons), periods=self.periods)

    @timer("SEAT_LOOP_SECONDS")
    def give_up_seats(self) -> None:
        """Free the seats whose time is over."""
        seats.give_up_seats(store=self.store, claims=self._claims(Invitations))
        seats.close_waitlists(store=self.store)

    def _claims(self, repository: type[Repository[Any]]) -> Claims:
        lease = config["SEAT_LEASE_SECONDS"]
        return Claims(self.store, collection=repository.collection, owner=PROCESS_NAME, lease_seconds=lease)
