"""Notifications' contents page: everything it answers, and everything it hears."""

from datetime import datetime
from typing import Any

from nameko import config
from nameko.extensions import DependencyProvider

from chassis.domain.scope import Scope
from chassis.messaging.envelope import Envelope
from chassis.messaging.subscription import reacts_to
from chassis.persistence.claims import Claims
from chassis.persistence.repository import Repository
from chassis.persistence.unit_of_work import Store, UnitOfWork
from chassis.rpc.server import command, query
from chassis.runtime.config import InvalidSettings
from chassis.runtime.service import PROCESS_NAME, Service
from chassis.runtime.timers import timer
from chassis.schemas.messages import page_of
from services.notifications import views
from services.notifications.mail_server import MailServer, NotTrusted
from services.notifications.mailer import Mailer
from services.notifications.model.follow_up import ReachedMilestone
from services.notifications.reference import FOLLOW_UP_POLICIES
from services.notifications.repository import FollowUps, Invitations, Letters, Milestones, Partners, Recipients
from services.notifications.schemas import answered, asked, heard
from services.notifications.templates import Institute, Stationery
from services.notifications.use_cases import follow_up, invitation, letter, milestone, people

Answer = dict[str, Any]


class StationeryProvider(DependencyProvider):
    """Injects what letters are written on."""

    def setup(self) -> None:
        """Print the institute's name and contact on it."""
        institute = Institute(
            name=config["ORGANISATION_NAME"],
            contact_name=config["CONTACT_NAME"],
            contact_email=config["CONTACT_EMAIL"],
            mail_domain=config["MAIL_FROM"].rpartition("@")[2],
        )
        self.stationery = Stationery(institute)

    def get_dependency(self, worker_ctx: Any) -> Stationery:
        """Inject the same for all."""
        return self.stationery


class MailerProvider(DependencyProvider):
    """Injects the way to the mail server."""

    def setup(self) -> None:
        """One answer may take half of the time a process has for a letter."""
        self.mailer = Mailer(server=_mail_server(), sender=config["MAIL_FROM"], sender_name=config["ORGANISATION_NAME"])

    def get_dependency(self, worker_ctx: Any) -> Mailer:
        """Inject the same for all: it keeps nothing between letters."""
        return self.mailer


def _mail_server() -> MailServer:
    server = MailServer(
        uri=config["SMTP_URI"],
        needs_tls=config["SMTP_TLS"] == "required",
        ca_bundle=config["SMTP_CA_BUNDLE"],
        timeout_seconds=config["MAIL_LEASE_SECONDS"] / 2,
    )
    try:
        _ = server.trusted  # not with the first letter
    except NotTrusted as error:
        raise InvalidSettings(str(error)) from None
    return server


class NotificationsService(Service):
    """Who must hear of it, and did they."""

    name = "notifications"
    repositories = (Recipients, Partners, Milestones, Invitations, FollowUps, Letters)
    stationery = StationeryProvider()
    mailer = MailerProvider()

    @reacts_to("partners.person.joined", heard.PersonJoined)
    def register_recipient(self, work: UnitOfWork, event: Envelope, **heard: Any) -> None:
        """Somebody is on record: they can be written to."""
        people.register_recipient(work=work, sequence=event.sequence, **heard)

    @reacts_to("partners.person.changed", heard.PersonChanged)
    def re_route_letters(self, work: UnitOfWork, event: Envelope, **heard: Any) -> None:
        """Somebody is written to elsewhere: what is still here goes there, too."""
        people.re_route_letters(work=work, sequence=event.sequence, **heard)

    @reacts_to("partners.person.left", heard.PersonLeft)
    def stop_letters(self, work: UnitOfWork, event: Envelope, **heard: Any) -> None:
        """Somebody has left: they are not written to again."""
        people.stop_letters(work=work, **heard)

    @reacts_to("partners.partner.admitted", heard.PartnerKnown)
    def register_partner(self, work: UnitOfWork, event: Envelope, **heard: Any) -> None:
        """A partner was admitted: letters name it, and go to those who lead it."""
        people.register_partner(work=work, sequence=event.sequence, **heard)

    @reacts_to("partners.partner.profile_changed", heard.PartnerProfileChanged)
    def refresh_partner(self, work: UnitOfWork, event: Envelope, **heard: Any) -> None:
        """A partner has another name: letters call it so."""
        people.refresh_partner(work=work, sequence=event.sequence, **heard)

    @reacts_to("partners.partner.admitted", heard.PartnerAdmitted)
    def welcome_the_leaders(self, work: UnitOfWork, event: Envelope, **heard: Any) -> None:
        """A partner was admitted: those who lead it are welcome."""
        people.welcome_the_leaders(work=work, stationery=self.stationery, sequence=event.sequence, **heard)

    @reacts_to("partners.partner.departed", heard.PartnerDeparted)
    def cancel_coaching(self, work: UnitOfWork, event: Envelope, **heard: Any) -> None:
        """A partner has left the programme: nobody needs to coach it."""
        follow_up.cancel_coaching(work=work, **heard)

    @reacts_to("engagements.milestone.reached", heard.MilestoneToCoach)
    def plan_coaching_follow_up(self, work: UnitOfWork, event: Envelope, **heard: Any) -> None:
        """A milestone was reached: a coach should ask what comes next."""
        reached = ReachedMilestone(sequence=event.sequence, **heard)
        follow_up.plan_coaching_follow_up(
            work=work, stationery=self.stationery, policies=FOLLOW_UP_POLICIES, milestone=reached
        )

    @reacts_to("engagements.milestone.reached", heard.MilestoneReached)
    def tell_the_leaders(self, work: UnitOfWork, event: Envelope, **heard: Any) -> None:
        """A milestone was reached: those who lead the partner are congratulated."""
        milestone.tell_the_leaders(work=work, stationery=self.stationery, sequence=event.sequence, **heard)

    @reacts_to("engagements.milestone.reopened", heard.MilestoneReopened)
    def cancel_follow_up(self, work: UnitOfWork, event: Envelope, **heard: Any) -> None:
        """A milestone is not reached after all: whoever was told is told so."""
        follow_up.cancel_follow_up(work=work, stationery=self.stationery, sequence=event.sequence, **heard)

    @reacts_to("engagements.coaching.held", heard.CoachingHeld)
    def complete_follow_up(self, work: UnitOfWork, event: Envelope, **heard: Any) -> None:
        """A coaching session was held: the follow-up it answers is done."""
        follow_up.complete_follow_up(work=work, **heard)

    @reacts_to("engagements.milestone.at_risk", heard.MilestoneAtRisk)
    def alert_the_coach(self, work: UnitOfWork, event: Envelope, **heard: Any) -> None:
        """A milestone is at risk: its coach should know."""
        milestone.alert_the_coach(work=work, stationery=self.stationery, sequence=event.sequence, **heard)

    @reacts_to("engagements.milestone.missed", heard.MilestoneMissed)
    def alert_the_coach_of_a_miss(self, work: UnitOfWork, event: Envelope, **heard: Any) -> None:
        """A milestone is missed: its coach should know."""
        milestone.alert_the_coach_of_a_miss(work=work, stationery=self.stationery, sequence=event.sequence, **heard)

    @reacts_to("camps.invitation.link_made", heard.InvitationLinkMade)
    def keep_reply_link(self, work: UnitOfWork, event: Envelope, **heard: Any) -> None:
        """An invitation can be answered by a link: letters about it carry the link."""
        invitation.keep_reply_link(work=work, **heard)

    @reacts_to("camps.invitation.issued", heard.InvitationIssued)
    def write_the_invitation(self, work: UnitOfWork, event: Envelope, **heard: Any) -> None:
        """A partner is invited to a camp: those who lead it get the invitation."""
        invitation.write_the_invitation(work=work, stationery=self.stationery, sequence=event.sequence, **heard)

    @reacts_to("camps.waitlist.promoted", heard.WaitlistPromoted)
    def write_the_offer(self, work: UnitOfWork, event: Envelope, **heard: Any) -> None:
        """There are seats for a partner that waited: those who lead it get the offer."""
        invitation.write_the_offer(work=work, stationery=self.stationery, sequence=event.sequence, **heard)

    @reacts_to("camps.invitation.accepted", heard.InvitationAccepted)
    def confirm_the_answer(self, work: UnitOfWork, event: Envelope, **heard: Any) -> None:
        """A partner comes: those who lead it know that we know."""
        invitation.confirm_the_answer(work=work, stationery=self.stationery, sequence=event.sequence, **heard)

    @reacts_to("camps.invitation.declined", heard.InvitationDeclined)
    def confirm_the_answer_no(self, work: UnitOfWork, event: Envelope, **heard: Any) -> None:
        """A partner does not come: those who lead it know that we know."""
        invitation.confirm_the_answer_no(work=work, stationery=self.stationery, sequence=event.sequence, **heard)

    @reacts_to("camps.invitation.tentative", heard.InvitationTentative)
    def confirm_the_answer_perhaps(self, work: UnitOfWork, event: Envelope, **heard: Any) -> None:
        """A partner may come: those who lead it know until when we wait."""
        invitation.confirm_the_answer_perhaps(work=work, stationery=self.stationery, sequence=event.sequence, **heard)

    @reacts_to("camps.invitation.answer_undone", heard.InvitationAnswerUndone)
    def confirm_what_holds_again(self, work: UnitOfWork, event: Envelope, **heard: Any) -> None:
        """A partner took its no back: those who lead it know what holds again."""
        invitation.confirm_what_holds_again(work=work, stationery=self.stationery, sequence=event.sequence, **heard)

    @reacts_to("camps.invitation.expired", heard.InvitationEnded)
    def tell_that_it_expired(self, work: UnitOfWork, event: Envelope, **heard: Any) -> None:
        """A partner did not answer in time: whoever knows of the invitation is told."""
        invitation.tell_that_it_expired(work=work, stationery=self.stationery, sequence=event.sequence, **heard)

    @reacts_to("camps.invitation.withdrawn", heard.InvitationEnded)
    def tell_of_the_withdrawal(self, work: UnitOfWork, event: Envelope, **heard: Any) -> None:
        """An invitation holds no longer: whoever knows of it is told."""
        invitation.tell_of_the_withdrawal(work=work, stationery=self.stationery, sequence=event.sequence, **heard)

    @timer("MAIL_LOOP_SECONDS")
    def post_letters(self) -> None:
        """Send what is due."""
        letter.post_letters(store=self.store, claims=self._claims(Letters), mailer=self.mailer)

    @timer("DUE_LOOP_SECONDS")
    def remind(self) -> None:
        """Remind coaches of what is due, and leaders to answer."""
        follow_up.fall_due(store=self.store, claims=self._claims(FollowUps), stationery=self.stationery)
        invitation.remind_of_answers(store=self.store, claims=self._claims(Invitations), stationery=self.stationery)

    @classmethod
    def restored(cls, store: Store, *, taken_at: datetime) -> str:
        """Letters that waited then may have left since: they are not sent again by themselves."""
        doubted = letter.doubt_what_waits(store=store, since=taken_at)
        return f"{cls.name}: {doubted} letters that waited then may have been sent since, and are uncertain now"

    def _claims(self, repository: type[Repository[Any]]) -> Claims:
        lease = config["MAIL_LEASE_SECONDS"]
        return Claims(self.store, collection=repository.collection, owner=PROCESS_NAME, lease_seconds=lease)

    @command(asked.ConfirmFollowUp, answers=answered.FollowUp)
    def confirm_follow_up(self, work: UnitOfWork, scope: Scope, **wanted: Any) -> Answer:
        """Complete a coaching follow-up."""
        return follow_up.confirm_follow_up(work=work, scope=scope, **wanted)

    @command(asked.SkipFollowUp, answers=answered.FollowUp)
    def skip_follow_up(self, work: UnitOfWork, scope: Scope, **wanted: Any) -> Answer:
        """Skip a coaching follow-up."""
        return follow_up.skip_follow_up(work=work, scope=scope, **wanted)

    @query(asked.ShowFollowUp, answers=answered.FollowUp)
    def show_follow_up(self, work: UnitOfWork, scope: Scope, **asked: Any) -> Answer:
        """Show a coaching follow-up."""
        return views.show_follow_up(work=work, scope=scope, **asked)

    @query(asked.ListFollowUps, answers=page_of(answered.FollowUp))
    def list_follow_ups(self, work: UnitOfWork, scope: Scope, **asked: Any) -> Answer:
        """List coaching follow-ups."""
        return views.list_follow_ups(work=work, scope=scope, **asked)

    @query(asked.ShowDelivery, answers=answered.Delivery)
    def show_delivery(self, work: UnitOfWork, scope: Scope, **asked: Any) -> Answer:
        """Show a letter and its delivery."""
        return views.show_delivery(work=work, scope=scope, **asked)

    @query(asked.ExplainDelivery, answers=answered.Why)
    def explain_delivery(self, work: UnitOfWork, scope: Scope, **asked: Any) -> Answer:
        """Explain why a letter was written and what happened to it."""
        return views.explain_delivery(work=work, scope=scope, **asked)

    @query(asked.ListDeliveries, answers=page_of(answered.Delivery))
    def list_deliveries(self, work: UnitOfWork, scope: Scope, **asked: Any) -> Answer:
        """List letters."""
        return views.list_deliveries(work=work, scope=scope, **asked)
