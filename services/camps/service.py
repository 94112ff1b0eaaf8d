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
from services.camps.model.invitations.answer import Periods
from services.camps.model.invitations.reply_link import ReplyLinks
from services.camps.repository.asks_and_offers import Asks, Matches, Offers
from services.camps.repository.camp import Camps, EligiblePartners, People
from services.camps.repository.delegations import Attendances, Delegates, NeedsOfDelegates
from services.camps.repository.harvest import HarvestMailings
from services.camps.repository.industry_lessons import IndustryLessons
from services.camps.repository.invitations import Invitations, PendingReasons, SeatLedgers, SeatMoves
from services.camps.repository.learning import Commitments, Experiences, HeardCycles, KnownInitiatives
from services.camps.repository.programme import OF_RESULTS, Sessions
from services.camps.repository.programme_releases import OF_PROGRAMMES, ProgrammeMailings
from services.camps.settings import SECTIONS
from services.camps.use_cases import camp, camp_life, erasure, partner, person, zone_law
from services.camps.use_cases.delegations import attendance, by_link, delegate, needs
from services.camps.use_cases.invitations import (
    answer,
    by_hand,
    by_name,
    initiative,
    invitation,
    reachability,
    seats,
    waitlist,
    withdrawal,
)
from services.camps.use_cases.learning import (
    ask,
    commitment,
    experience,
    harvest,
    industry_lesson,
    match,
    matching,
    partner_standing,
)
from services.camps.use_cases.learning import offer as offers
from services.camps.use_cases.programme import adopted_change, evidence, telling
from services.camps.use_cases.programme import commands as on_programmes
from services.camps.use_cases.programme import zone_law as programme_law
from services.camps.views import (
    asks_and_offers,
    delegates_form,
    delegations,
    guests,
    invitations,
    of_learning,
    of_programmes,
    reply_form,
)
from services.camps.views import camp as camps


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
    addresses_in_events = ("email",)
    settings = SECTIONS
    repositories = (
        Camps,
        SeatLedgers,
        SeatMoves,
        EligiblePartners,
        *OF_RESULTS,
        Invitations,
        Sessions,
        *OF_PROGRAMMES,
        PendingReasons,
        People,
        KnownInitiatives,
        Commitments,
        Delegates,
        HeardCycles,
        Experiences,
        HarvestMailings,
        IndustryLessons,
        Asks,
        Offers,
        Matches,
        Attendances,
        NeedsOfDelegates,
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
        erasure.forget_person,
        reachability.pass_over_while_unreachable,
        reachability.call_again_when_reachable,
        seats.offer_freed_seats,
        adopted_change.propose_what_was_adopted,
        adopted_change.withdraw_what_was_adopted,
        programme_law.release_by_another_law,
        *evidence.REACTIONS,
        commitment.keep_initiative,
        commitment.follow_promised_cycle,
        commitment.release_with_partner,
        commitment.release_of_earlier_admission,
        experience.offer_experience_draft,
        experience.withdraw_experience_draft,
        matching.suggest_offers,
        matching.suggest_asks,
        matching.suggest_another,
        partner_standing.rest_matches,
        partner_standing.suggest_after_rest,
        partner_standing.withdraw_with_partner,
        partner_standing.withdraw_of_earlier_admission,
        telling.give_the_programme,
    )
    commands = (
        camp.announce_camp,
        camp.plan_camp,
        camp_life.announce_planned_camp,
        camp_life.open_invitations,
        camp.change_camp,
        camp_life.freeze_camp,
        camp_life.unfreeze_camp,
        camp_life.postpone_camp,
        camp_life.reschedule_camp,
        camp_life.close_camp,
        camp_life.reopen_camp,
        camp_life.cancel_camp,
        answer.accept_invitation,
        answer.answer_tentatively,
        answer.decline_invitation,
        answer.undo_answer,
        answer.answer_by_link,
        by_hand.issue_invitation,
        by_hand.issue_invitations,
        by_hand.reissue_invitation,
        by_name.invite_guest,
        by_name.change_guest,
        withdrawal.withdraw_invitation,
        answer.take_fewer_seats,
        answer.wait_on,
        answer.leave_waitlist,
        answer.rejoin_waitlist,
        waitlist.offer_fewer_seats,
        *on_programmes.COMMANDS,
        commitment.make_commitment,
        commitment.change_commitment,
        commitment.report_commitment,
        commitment.withdraw_report,
        commitment.release_commitment,
        commitment.resume_commitment,
        delegate.name_delegate,
        delegate.change_delegate,
        delegate.confirm_delegate,
        delegate.substitute_delegate,
        delegate.withdraw_delegate,
        delegate.restore_delegate,
        experience.capture_experience,
        experience.change_experience,
        experience.review_experience,
        experience.share_experience,
        experience.take_experience_back,
        experience.retire_experience,
        experience.restore_experience,
        industry_lesson.capture_industry_lesson,
        industry_lesson.correct_industry_lesson,
        industry_lesson.withdraw_industry_lesson,
        industry_lesson.restore_industry_lesson,
        *ask.COMMANDS,
        *offers.COMMANDS,
        matching.suggest_match,
        match.accept_match,
        match.decline_match,
        match.reconsider_match,
        attendance.record_attendance,
        attendance.correct_attendance,
        needs.state_needs,
        by_link.change_delegates_by_link,
    )
    queries = (
        camps.show_camp,
        camps.list_camps,
        invitations.show_seats,
        invitations.show_waitlist,
        invitations.show_waitlist_place,
        invitations.list_seat_moves,
        invitations.show_invitation,
        invitations.list_invitations,
        guests.show_guest,
        guests.list_guests,
        reply_form.show_reply_form,
        *of_learning.QUERIES,
        *of_programmes.QUERIES,
        delegations.show_delegate,
        delegations.list_delegates,
        asks_and_offers.show_ask,
        asks_and_offers.list_asks,
        asks_and_offers.show_offer,
        asks_and_offers.list_offers,
        asks_and_offers.show_match,
        asks_and_offers.list_matches,
        asks_and_offers.list_matches_of_ask,
        delegations.show_attendance,
        delegations.list_attendances,
        delegations.count_attendance,
        delegations.list_needs,
        delegates_form.show_delegates_form,
    )

    @timer("SEAT_LOOP_SECONDS")
    def apply_pending_reasons(self) -> None:
        """Invite the partners for which reasons are pending, once a camp is inviting."""
        invitation.apply_pending_reasons(store=self.store, claims=self._claims(PendingReasons), periods=self.periods)

    @timer("SEAT_LOOP_SECONDS")
    def follow_the_calendar(self) -> None:
        """Freeze the camps whose day for that has come, and let camps begin and end, by the present law of zones."""
        zone_law.follow_the_law_of_zones(store=self.store, claims=self._claims(Camps))
        camp_life.follow_the_calendar(store=self.store, claims=self._claims(Camps))

    @timer("SEAT_LOOP_SECONDS")
    def give_up_seats(self) -> None:
        """Free the seats whose time is over."""
        seats.give_up_seats(store=self.store, claims=self._claims(Invitations))
        seats.close_waitlists(store=self.store)

    @timer("SEAT_LOOP_SECONDS")
    def note_overdue_commitments(self) -> None:
        """Note which commitments are overdue."""
        commitment.note_overdue_commitments(store=self.store, claims=self._claims(Commitments))

    @timer("NEEDS_LOOP_SECONDS")
    def remove_needs(self) -> None:
        """Remove what delegates needed, some time after their camp."""
        needs.remove_needs(store=self.store, kept=timedelta(seconds=config["NEEDS_KEPT_SECONDS"]))

    @timer("SEAT_LOOP_SECONDS")
    def tell_of_releases(self) -> None:
        """Tell the delegates whom a released programme concerns, and who may read what came out of a camp."""
        telling.tell_of_releases(store=self.store, claims=self._claims(ProgrammeMailings))
        harvest.tell_of_harvests(store=self.store, claims=self._claims(HarvestMailings))

    def _claims(self, repository: type[Repository[Any]]) -> Claims:
        lease = config["SEAT_LEASE_SECONDS"]
        return Claims(self.store, collection=repository.collection, owner=PROCESS_NAME, lease_seconds=lease)
