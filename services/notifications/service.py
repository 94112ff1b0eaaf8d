"""Notifications' contents page: everything it answers, and everything it reacts to."""

from collections.abc import Iterable
from datetime import datetime
from email.headerregistry import Address
from typing import Any

from nameko import config
from nameko.extensions import DependencyProvider

from chassis.persistence.claims import Claims
from chassis.persistence.repository import Repository
from chassis.persistence.unit_of_work import Store
from chassis.runtime.capability_keys import capability_keys
from chassis.runtime.config import InvalidSettings
from chassis.runtime.service import PROCESS_NAME, Service
from chassis.runtime.timers import timer
from chassis.schemas.operations import declared
from services.notifications import views
from services.notifications.mail_server import MailServer, NotTrusted
from services.notifications.mailer import HandOverLimits, Mailer
from services.notifications.model.letter_lifecycle import written_by
from services.notifications.reference import FOLLOW_UP_POLICIES
from services.notifications.repository import (
    CoachingSessions,
    DataWatches,
    Engagements,
    EquityGaps,
    FollowUps,
    Initiatives,
    Invitations,
    Letters,
    Milestones,
    Partners,
    Reachabilities,
    Recipients,
    Signals,
)
from services.notifications.repository.calendars import CalendarEntries, Camps, Delegates
from services.notifications.repository.commitment import Commitments
from services.notifications.repository.fit import KnownFits
from services.notifications.repository.guests import GuestInvitations
from services.notifications.repository.harvest import HarvestsTold
from services.notifications.repository.inquiry import InquiriesTold
from services.notifications.repository.latest_news import LatestNewsHeard
from services.notifications.repository.learning import HelpMatches, KnownConnections
from services.notifications.repository.programme import CampSessions, ProgrammesTold
from services.notifications.repository.term import KnownTerms
from services.notifications.settings import SECTIONS
from services.notifications.templates import Institute, LetterTemplates
from services.notifications.use_cases import (
    camp,
    camp_session,
    candidacy,
    coach_conflict,
    coach_introduction,
    coaching_session,
    commitment,
    connection,
    engagement,
    engagement_standing,
    equity_gap,
    erasure,
    faculty_request,
    fit,
    follow_up,
    follow_up_reopening,
    guest,
    harvest,
    help_match,
    initiative,
    inquiry,
    invitation,
    invitation_end,
    late_data,
    letter,
    measurement,
    milestone,
    partner,
    people,
    programme,
    session_coach,
    term,
    waitlist,
    will,
)
from services.notifications.use_cases.calendars import delegate

LETTERS_AT_ONCE = 5
"""Of one process: a mail server that takes its time over a letter does not hold up the others."""


class LetterTemplatesProvider(DependencyProvider):
    """Injects the templates that letters are rendered from."""

    def setup(self) -> None:
        """Have them name the institute and its contact."""
        institute = Institute(
            name=config["ORGANISATION_NAME"],
            contact_name=config["CONTACT_NAME"],
            contact_email=config["CONTACT_EMAIL"],
            mail_domain=config["MAIL_FROM"].rpartition("@")[2],
            public_url=config["PUBLIC_URL"].rstrip("/"),
        )
        self.letter_templates = LetterTemplates(institute)

    def get_dependency(self, worker_ctx: Any) -> LetterTemplates:
        """Inject the same for all."""
        return self.letter_templates


class MailerProvider(DependencyProvider):
    """Injects the way to the mail server."""

    def bind(self, container: Any, attr_name: str) -> "MailerProvider":
        """Take the secrets before anything starts; raises InvalidSettings without one."""
        bound: MailerProvider = super().bind(container, attr_name)
        bound.keys = capability_keys("LINK_SECRET")
        return bound

    def setup(self) -> None:
        """Write as the institute; whoever answers reaches its contact."""
        name = config["MAIL_FROM_NAME"] or config["ORGANISATION_NAME"]
        self.mailer = Mailer(
            server=_mail_server(),
            keys=self.keys,
            sender=Address(name, addr_spec=config["MAIL_FROM"]),
            reply_to=Address(config["CONTACT_NAME"], addr_spec=config["CONTACT_EMAIL"]),
            limits=_limits(),
        )

    def get_dependency(self, worker_ctx: Any) -> Mailer:
        """Inject the same for all: it keeps nothing between letters."""
        return self.mailer


def _limits() -> HandOverLimits:
    data, block, final = (config[f"SMTP_{stage}_SECONDS"] for stage in ("DATA", "BLOCK", "FINAL"))
    return HandOverLimits(data=data, block=block, final=final)


def _mail_server() -> MailServer:
    server = MailServer(
        uri=config["SMTP_URI"],
        needs_tls=config["SMTP_TLS"] == "required",
        ca_bundle=config["SMTP_CA_BUNDLE"],
        timeout_seconds=config["SMTP_COMMAND_SECONDS"],
    )
    try:
        _ = server.trusted  # not with the first letter
    except NotTrusted as error:
        raise InvalidSettings(str(error)) from None
    return server


def _names_of_those_who_write(reactions: Iterable[Any]) -> list[str]:
    return [each.name for each in map(declared, reactions) if "letter_templates" in each.given]


class NotificationsService(Service):
    """Writes to the people concerned, and records whether each letter was sent."""

    name = "notifications"
    settings = SECTIONS
    repositories = (
        Recipients,
        Partners,
        Reachabilities,
        KnownFits,
        KnownTerms,
        Milestones,
        Signals,
        EquityGaps,
        DataWatches,
        Initiatives,
        HelpMatches,
        KnownConnections,
        LatestNewsHeard,
        Engagements,
        CoachingSessions,
        CampSessions,
        ProgrammesTold,
        HarvestsTold,
        GuestInvitations,
        InquiriesTold,
        Invitations,
        FollowUps,
        CalendarEntries,
        Camps,
        Delegates,
        Letters,
        Commitments,
    )
    letter_templates = LetterTemplatesProvider()
    mailer = MailerProvider()
    follow_up_policies = FOLLOW_UP_POLICIES
    reactions = (
        *people.REACTIONS,
        *erasure.REACTIONS,
        follow_up.plan_coaching_follow_up,
        follow_up.complete_answered_follow_up,
        follow_up.cancel_follow_up,
        follow_up_reopening.open_what_was_not_held,
        follow_up.cancel_coaching,
        partner.tell_the_leaders_that_it_rests,
        partner.tell_the_leaders_that_it_goes_on,
        partner.say_goodbye,
        engagement_standing.keep_the_lead_coach,
        engagement_standing.rest_coaching,
        engagement_standing.take_up_coaching,
        engagement_standing.end_coaching,
        *engagement.REACTIONS,
        *will.REACTIONS,
        coach_introduction.introduce_the_lead_coach,
        coach_introduction.introduce_the_new_coach,
        *coach_conflict.REACTIONS,
        *coaching_session.REACTIONS,
        *session_coach.REACTIONS,
        *milestone.REACTIONS,
        *measurement.REACTIONS,
        *help_match.REACTIONS,
        *connection.REACTIONS,
        *candidacy.REACTIONS,
        *faculty_request.REACTIONS,
        equity_gap.tell_of_the_gap,
        late_data.ask_for_late_data,
        late_data.stop_asking_for_late_data,
        *initiative.REACTIONS,
        *fit.REACTIONS,
        *term.REACTIONS,
        invitation.write_the_invitation,
        *waitlist.REACTIONS,
        invitation.write_the_offer,
        invitation.confirm_the_answer,
        invitation.confirm_the_answer_no,
        invitation.confirm_the_answer_perhaps,
        invitation.confirm_what_holds_again,
        invitation_end.announce_expiry,
        camp.announce_the_change,
        commitment.remind_of_the_promise,
        commitment.stop_reminding_of_the_promise,
        commitment.tell_its_owner_that_it_is_overdue,
        commitment.tell_the_coach_that_it_is_overdue,
        invitation_end.announce_withdrawal,
        delegate.tell_who_is_named,
        delegate.tell_who_is_expected,
        delegate.tell_who_is_replaced,
        delegate.tell_who_is_withdrawn,
        delegate.follow_the_delegate,
        delegate.follow_the_camp,
        delegate.tell_who_comes_that_it_is_postponed,
        *guest.REACTIONS,
        *inquiry.REACTIONS,
        *camp_session.REACTIONS,
        programme.tell_what_the_programme_says,
        harvest.tell_where_to_read_the_harvest,
    )
    removals = (erasure.remove_from_letters,)
    further_transitions = written_by(_names_of_those_who_write(reactions))
    commands = (follow_up.complete_follow_up, follow_up.skip_follow_up, follow_up_reopening.reopen_follow_up)
    queries = (
        views.show_follow_up,
        views.list_follow_ups,
        views.explain_follow_up,
        views.show_delivery,
        views.explain_delivery,
        views.list_deliveries,
        views.list_reachability,
    )

    @timer("MAIL_LOOP_SECONDS", at_once=LETTERS_AT_ONCE)
    def post_letters(self) -> None:
        """Send what is due."""
        limits = _limits()
        seconds = config["MAIL_LEASE_SECONDS"] + limits.data + limits.block + limits.final
        letter.post_letters(
            store=self.store, claims=self._claims(Letters), mailer=self.mailer, hand_over_seconds=seconds
        )

    @timer("DUE_LOOP_SECONDS")
    def remind(self) -> None:
        """Remind coaches of what is due, leaders to answer, and owners of what was promised."""
        follow_up.fall_due(store=self.store, claims=self._claims(FollowUps), letter_templates=self.letter_templates)
        invitation.remind_of_answers(
            store=self.store, claims=self._claims(Invitations), letter_templates=self.letter_templates
        )
        commitment.remind_of_promises(
            store=self.store, claims=self._claims(Commitments), letter_templates=self.letter_templates
        )

    @classmethod
    def restored(cls, store: Store, *, taken_at: datetime) -> str:
        """Letters that waited then may have left since: they are not sent again by themselves."""
        uncertain = letter.mark_unsettled_uncertain(store=store, since=taken_at)
        return f"{cls.name}: {uncertain} letters that waited then may have been sent since, and are uncertain now"

    def _claims(self, repository: type[Repository[Any]]) -> Claims:
        lease = config["MAIL_LEASE_SECONDS"]
        return Claims(self.store, collection=repository.collection, owner=PROCESS_NAME, lease_seconds=lease)
