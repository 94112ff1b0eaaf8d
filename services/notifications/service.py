"""Notifications' contents page: everything it answers, and everything it hears."""

from datetime import datetime
from typing import Any

from nameko import config
from nameko.extensions import DependencyProvider

from chassis.claims import Claims
from chassis.envelope import Envelope
from chassis.rpc_server import question
from chassis.scope import Scope
from chassis.service import PROCESS, Service
from chassis.store import Store, Work
from chassis.subscription import reacts_to
from chassis.timers import every
from services.notifications import schemas, use_cases, views
from services.notifications.mailer import Mailer
from services.notifications.model.follow_up import ReachedMilestone
from services.notifications.reference import FOLLOW_UP_POLICIES
from services.notifications.repository import FollowUps, Letters, Partners, Recipients
from services.notifications.templates import Institute, Stationery

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
        self.mailer = Mailer(
            smtp_uri=config["SMTP_URI"],
            sender=config["MAIL_FROM"],
            sender_name=config["ORGANISATION_NAME"],
            timeout_seconds=config["MAIL_LEASE_SECONDS"] / 2,
        )

    def get_dependency(self, worker_ctx: Any) -> Mailer:
        """Inject the same for all: it keeps nothing between letters."""
        return self.mailer


class NotificationsService(Service):
    """Who must hear of it, and did they."""

    name = "notifications"
    repositories = (Recipients, Partners, FollowUps, Letters)
    stationery = StationeryProvider()
    mailer = MailerProvider()

    @reacts_to("partners.person.joined", schemas.PersonJoined)
    def register_recipient(self, work: Work, event: Envelope, **heard: Any) -> None:
        """Somebody is on record: they can be written to."""
        use_cases.register_recipient(work=work, sequence=event.sequence, **heard)

    @reacts_to("partners.partner.admitted", schemas.PartnerKnown)
    def register_partner(self, work: Work, event: Envelope, **heard: Any) -> None:
        """A partner was admitted: letters name it, and go to those who lead it."""
        use_cases.register_partner(work=work, sequence=event.sequence, **heard)

    @reacts_to("partners.partner.admitted", schemas.PartnerAdmitted)
    def welcome_the_leaders(self, work: Work, event: Envelope, **heard: Any) -> None:
        """A partner was admitted: those who lead it are welcome."""
        use_cases.welcome_the_leaders(work=work, stationery=self.stationery, sequence=event.sequence, **heard)

    @reacts_to("engagements.milestone.reached", schemas.MilestoneToCoach)
    def plan_coaching_follow_up(self, work: Work, event: Envelope, **heard: Any) -> None:
        """A milestone was reached: a coach should ask what comes next."""
        milestone = ReachedMilestone(sequence=event.sequence, **heard)
        use_cases.plan_coaching_follow_up(
            work=work, stationery=self.stationery, policies=FOLLOW_UP_POLICIES, milestone=milestone
        )

    @reacts_to("engagements.milestone.reached", schemas.MilestoneReached)
    def tell_the_leaders(self, work: Work, event: Envelope, **heard: Any) -> None:
        """A milestone was reached: those who lead the partner are congratulated."""
        use_cases.tell_the_leaders(work=work, stationery=self.stationery, sequence=event.sequence, **heard)

    @reacts_to("camps.invitation.issued", schemas.InvitationIssued)
    def write_the_invitation(self, work: Work, event: Envelope, **heard: Any) -> None:
        """A partner is invited to a camp: those who lead it get the invitation."""
        use_cases.write_the_invitation(work=work, stationery=self.stationery, sequence=event.sequence, **heard)

    @every("MAIL_LOOP_SECONDS")
    def post_letters(self) -> None:
        """Send what is due."""
        lease, letters = config["MAIL_LEASE_SECONDS"], Letters.collection
        claims = Claims(self.store, collection=letters, owner=PROCESS, lease_seconds=lease)
        use_cases.post_letters(store=self.store, claims=claims, mailer=self.mailer)

    @classmethod
    def restored(cls, store: Store, *, taken_at: datetime) -> str:
        """Letters that waited then may have left since: they are not sent again by themselves."""
        doubted = use_cases.doubt_what_waits(store=store, since=taken_at)
        return f"{cls.name}: {doubted} letters waited then, may have been sent since, and are uncertain now"

    @question(schemas.ShowFollowUp)
    def show_follow_up(self, work: Work, scope: Scope, **asked: Any) -> Answer:
        """One coaching follow-up."""
        return views.show_follow_up(work=work, scope=scope, **asked)

    @question(schemas.ListFollowUps)
    def list_follow_ups(self, work: Work, scope: Scope, **asked: Any) -> Answer:
        """A page of coaching follow-ups."""
        return views.list_follow_ups(work=work, scope=scope, **asked)

    @question(schemas.ShowDelivery)
    def show_delivery(self, work: Work, scope: Scope, **asked: Any) -> Answer:
        """One letter, and what happened to it."""
        return views.show_delivery(work=work, scope=scope, **asked)

    @question(schemas.ListDeliveries)
    def list_deliveries(self, work: Work, scope: Scope, **asked: Any) -> Answer:
        """A page of letters."""
        return views.list_deliveries(work=work, scope=scope, **asked)
