"""Notifications on the real database and the real mail server, but called directly."""

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from datetime import date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

from chassis.domain.causation import Cause
from chassis.domain.errors import NotYetKnown, Superseded
from chassis.domain.identity import new_id
from chassis.domain.scope import PLATFORM, Scope
from chassis.messaging.envelope import Envelope
from chassis.persistence.claims import Claims
from chassis.persistence.documents import to_public
from chassis.persistence.unit_of_work import OUTBOX, Store, UnitOfWork
from chassis.schemas.messages import Paging
from chassis.schemas.operations import declared
from services.notifications import views
from services.notifications.mail_server import MailServer
from services.notifications.mailer import Mailer
from services.notifications.model.letter import Letter
from services.notifications.model.reachability import ReachabilityState
from services.notifications.reference import FOLLOW_UP_POLICIES
from services.notifications.repository import Letters
from services.notifications.templates import LetterTemplates
from services.notifications.use_cases import follow_up, follow_up_reopening, invitation, milestone, people
from services.notifications.use_cases.letter import post_letters
from tests.builders.notifications import CONTACT, INSTITUTE, KEYS, SENDER, a_letter, a_reached_milestone, a_trigger

CAUSE = Cause(correlation_id="req_test", causation_id="evt_milestone_reached", actor="anna")
Heard = Callable[[], None]


def an_event(sequence: int) -> Envelope:
    """An event of that number about its subject; what it carries is given to a reaction by name."""
    return Envelope(
        id=f"evt_{sequence}", source="/services/somebody", type="somebody.something.happened", subject="sub_1",
        time="2026-06-01T09:00:00.000Z", sequence=sequence, correlationid="req_test", actor="anna",
    )  # fmt: skip


class NotificationsHarness:
    """The service with a database of its own and nobody else about; it is 1 June 2026 unless told otherwise."""

    def __init__(self, store: Store, *, smtp_uri: str, mail_folder: Path) -> None:
        self.store = store
        self.smtp_uri = smtp_uri
        self._mail_folder = mail_folder
        self._domain = f"{uuid4().hex}.example"
        self.letter_templates = LetterTemplates(INSTITUTE)
        self.follow_up_policies = FOLLOW_UP_POLICIES
        self._names = count(1)

    # --- what it hears ---

    def do(
        self, use_case: Callable[..., object], *, sequence: int = 1, scope: Scope = PLATFORM, **arguments: Any
    ) -> None:
        """Have a command carried out, or react to the event of that sequence, in a transaction of its own."""
        self.store.transact(
            lambda uow: self.done(uow, use_case, sequence=sequence, scope=scope, **arguments), cause=CAUSE
        )

    def done(
        self, uow: UnitOfWork, use_case: Callable[..., object], *, sequence: int, scope: Scope = PLATFORM, **asked: Any
    ) -> None:
        operation = declared(use_case)
        given = {"uow": uow, "scope": scope, "event": an_event(sequence)}
        use_case(**operation.given_by(self, given), **asked)

    def person(self, id: str, *, sequence: int = 1, **shown: Any) -> None:
        usual = {
            "partner_id": "prt_1", "name": f"Person {id}", "email": f"{id}@{self._domain}", "role": "leader",
            "language": "en", "zone": "Europe/Stockholm",
        }  # fmt: skip
        self.do(people.register_recipient, sequence=sequence, person_id=id, **{**usual, **shown})

    def coach(self, id: str = "per_coach", **shown: Any) -> None:
        self.person(id, **{"partner_id": None, "role": "coach", "zone": "America/New_York", **shown})

    def partner(self, id: str = "prt_1", *, leader_ids: tuple[str, ...] = ("per_leader",)) -> None:
        name = f"Partner {id}"
        self.do(
            people.register_partner,
            sequence=1,
            partner_id=id,
            name=name,
            zone="Europe/Stockholm",
            leader_ids=leader_ids,
        )

    def welcome(self, id: str = "prt_1", *, leader_ids: tuple[str, ...] = ("per_leader",)) -> None:
        self.do(
            people.welcome_the_leaders, sequence=1, partner_id=id, name=f"Partner {id}",
            zone="Europe/Stockholm", leader_ids=leader_ids,
            term_starts_on=date(2026, 1, 1), term_ends_on=date(2028, 12, 31),
        )  # fmt: skip

    def coach_after(self, *, admission_number: int = 1, **reached: Any) -> None:
        about = asdict(a_reached_milestone(**reached))
        self.do(follow_up.plan_coaching_follow_up, **about, admission_number=admission_number)

    def tell(self, *, sequence: int = 2, milestone_id: str = "mst_1") -> None:
        self.do(
            milestone.congratulate_the_leaders, sequence=sequence, partner_id="prt_1",
            milestone_id=milestone_id, title="Infections halved", reached_on=date(2026, 6, 1),
        )  # fmt: skip

    def invite(self, *, sequence: int = 1, admission_number: int = 1) -> None:
        self.do(
            invitation.write_the_invitation, sequence=sequence, partner_id="prt_1",
            invitation_id="inv_1", camp_title="Summer Camp 2026", place="Boston", zone="America/New_York",
            starts_on=date(2026, 7, 13), ends_on=date(2026, 7, 15), answer_by=date(2026, 6, 29), seats=4,
            reasons=[{"kind": "milestone", "title": "Infections halved"}], admission_number=admission_number,
        )  # fmt: skip

    def reopen(self, *, sequence: int = 3, milestone_id: str = "mst_1") -> None:
        self.do(
            follow_up.cancel_follow_up, sequence=sequence, milestone_id=milestone_id,
            partner_id="prt_1", title="Infections halved",
        )  # fmt: skip

    def hold(
        self,
        *,
        session_id: str = "ses_1",
        milestone_id: str | None = "mst_1",
        held_on: date = date(2026, 6, 8),
        sequence: int = 2,
    ) -> None:
        self.do(
            follow_up.complete_answered_follow_up, sequence=sequence, session_id=session_id, engagement_id="eng_1",
            milestone_id=milestone_id, held_on=held_on,
        )  # fmt: skip

    def retract(self, *, session_id: str = "ses_1", milestone_id: str | None = "mst_1", sequence: int = 3) -> None:
        self.do(
            follow_up_reopening.open_what_was_not_held, sequence=sequence, session_id=session_id, engagement_id="eng_1",
            milestone_id=milestone_id, reason="The wrong day was recorded",
        )  # fmt: skip

    def depart(self) -> None:
        self.do(follow_up.cancel_coaching, partner_id="prt_1", departed_on=date(2026, 6, 2))

    def move(self, id: str = "per_leader", *, sequence: int = 2, **shown: Any) -> str:
        """Somebody changes to another address, which is given."""
        usual = {
            "email": f"{id}.moved@{self._domain}",
            "partner_id": "prt_1",
            "name": f"Person {id}",
            "role": "leader",
            "language": "en",
        }
        described = {**usual, "zone": "Europe/Stockholm", **shown}
        self.do(people.re_route_letters, sequence=sequence, person_id=id, **described)
        return str(described["email"])

    def leave(self, id: str = "per_leader", *, sequence: int = 5) -> None:
        self.do(people.stop_letters, sequence=sequence, person_id=id, left_on=date(2026, 6, 1))

    def about_the_invitation(self, use_case: Callable[..., None], *, sequence: int = 2, **said: Any) -> None:
        self.do(use_case, sequence=sequence, invitation_id="inv_1", partner_id="prt_1", **said)

    def hear_all(self, heard: list[Heard]) -> None:
        """Hear in this order; what is not yet known is heard again after the rest, as the wait queues do."""
        waiting = list(heard)
        while waiting:
            waiting = [each for each in waiting if not _is_settled(each)]

    # --- what its timers do ---

    def let_due_fall(self, owner: str = "process_1", *, lease_seconds: float = 60) -> None:
        claims = Claims(self.store, collection="follow_ups", owner=owner, lease_seconds=lease_seconds)
        follow_up.fall_due(store=self.store, claims=claims, letter_templates=self.letter_templates)

    def remind_of_answers(self, owner: str = "process_1") -> None:
        claims = Claims(self.store, collection="invitations", owner=owner, lease_seconds=60)
        invitation.remind_of_answers(store=self.store, claims=claims, letter_templates=self.letter_templates)

    def it_is(self, now: datetime) -> None:
        self.store.clock.now = now  # type: ignore[attr-defined]

    # --- letters ---

    def letters_ready(self, number: int) -> list[Letter]:
        """Write letters that are due, each to somebody else."""
        letters = [self._due_letter() for _ in range(number)]

        def write(uow: UnitOfWork) -> None:
            for letter in letters:
                Letters(uow).save(letter)

        self.store.transact(write, cause=CAUSE)
        return letters

    def _due_letter(self) -> Letter:
        id = new_id("dlv")
        letter = a_letter(id=id, trigger=a_trigger(about_id=f"mst_{next(self._names)}"))
        letter.to = f"{id}@{self._domain}"
        return letter

    def claims(self, owner: str, *, lease_seconds: float = 60) -> Claims:
        return Claims(self.store, collection=Letters.collection, owner=owner, lease_seconds=lease_seconds)

    def post(self, owner: str = "process_1", *, lease_seconds: float = 60, smtp_uri: str | None = None) -> None:
        """Send what is due, as a process does at each poke."""
        server = MailServer(uri=smtp_uri or self.smtp_uri, needs_tls=False, ca_bundle="", timeout_seconds=5)
        mailer = Mailer(server=server, keys=KEYS, sender=SENDER, reply_to=CONTACT)
        claims = self.claims(owner, lease_seconds=lease_seconds)
        post_letters(store=self.store, claims=claims, mailer=mailer, hand_over_seconds=lease_seconds)

    def categories(self, **where: Any) -> list[str]:
        return sorted(f"{letter['category']}: {letter['state']}" for letter in self.letters(**where))

    def post_by_many(self, processes: int, *, lease_seconds: float = 60) -> None:
        """Let several send at once, until each finds nothing that is due any more."""

        def process_ready(owner: str) -> None:
            while self.states() & {"ready"}:
                self.post(owner, lease_seconds=lease_seconds)

        threads = [threading.Thread(target=process_ready, args=(f"process_{number}",)) for number in range(processes)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    # --- what one sees ---

    def letters(self, scope: Scope = PLATFORM, **where: Any) -> list[dict[str, Any]]:
        reading = self.store.reading(cause=CAUSE)
        page = views.list_deliveries(reading, scope, paging=Paging(limit=100), **where)
        return list(to_public(page)["items"])

    def follow_ups(self, scope: Scope = PLATFORM, **where: Any) -> list[dict[str, Any]]:
        reading = self.store.reading(cause=CAUSE)
        page = views.list_follow_ups(reading, scope, paging=Paging(limit=100), **where)
        return list(to_public(page)["items"])

    def unreachable(self, scope: Scope = PLATFORM) -> list[dict[str, Any]]:
        """The partners of which nobody can be written to, as staff sees them."""
        page = views.list_reachability(
            self.store.reading(cause=CAUSE), scope, paging=Paging(limit=100), state=ReachabilityState.UNREACHABLE
        )
        return list(to_public(page)["items"])

    def arrived(self) -> list[EmailMessage]:
        """The mails that the mail server really got from this test."""
        files = sorted(self._mail_folder.glob("*.eml"))
        mails: list[Any] = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
        return [mail for mail in mails if self._domain in str(mail["To"])]

    def states(self) -> set[str]:
        return set(self.store.database[Letters.collection].distinct("state"))

    def said(self, type: str) -> list[dict[str, Any]]:
        return list(self.store.database[OUTBOX].find({"type": type}).sort("_id"))


def _is_settled(heard: Heard) -> bool:
    try:
        with suppress(Superseded):
            heard()
    except NotYetKnown:
        return False
    return True
