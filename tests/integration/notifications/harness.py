"""Notifications on the real database and the real mail server, but called directly."""

import json
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, date, datetime
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
from chassis.messaging.inbox import inbox_key
from chassis.persistence.claims import Claims
from chassis.persistence.documents import to_public
from chassis.persistence.unit_of_work import INBOX, Store, UnitOfWork
from chassis.schemas.messages import Paging
from chassis.schemas.operations import declared
from services.notifications import views
from services.notifications.mail_server import MailServer
from services.notifications.mailer import Mailer
from services.notifications.model.letter import Letter
from services.notifications.model.reachability import ReachabilityState
from services.notifications.reference import FOLLOW_UP_POLICIES
from services.notifications.repository import Letters
from services.notifications.service import NotificationsService
from services.notifications.templates import LetterTemplates
from services.notifications.use_cases import follow_up, follow_up_reopening, invitation, milestone, people
from services.notifications.use_cases.letter import post_letters
from tests.builders.notifications import CONTACT, INSTITUTE, KEYS, SENDER, a_letter, a_reached_milestone, a_trigger
from tests.service_harness import ServiceHarness, an_event

CAUSE = Cause(correlation_id="req_test", causation_id="evt_milestone_reached", actor="anna")
Heard = Callable[[], None]


class NotificationsHarness(ServiceHarness):
    """Notifications with a mail server; it is 1 June 2026 unless told otherwise."""

    def __init__(self, store: Store, *, smtp_uri: str, mail_folder: Path) -> None:
        self.letter_templates = LetterTemplates(INSTITUTE)
        super().__init__(NotificationsService, store, letter_templates=self.letter_templates,
                         follow_up_policies=FOLLOW_UP_POLICIES)  # fmt: skip
        self.smtp_uri = smtp_uri
        self._mail_folder = mail_folder
        self._domain = f"{uuid4().hex}.example"
        self._names, self._events = count(1), count(1)

    # --- what it hears ---

    def do(
        self, use_case: Callable[..., object], *, sequence: int = 1, scope: Scope = PLATFORM, **arguments: Any
    ) -> None:
        """Have a command carried out, or hear the event of that sequence; raises Superseded when that was too late."""
        operation = declared(use_case)
        if not operation.types:
            self.store.transact(lambda uow: self.done(uow, use_case, scope=scope, **arguments), cause=CAUSE)
            return
        event_id = f"evt_{next(self._events)}"
        self.hear(operation.name, id=event_id, sequence=sequence, **_on_the_wire(arguments))
        row = self.store.database[INBOX].find_one({"_id": inbox_key(f"{self.name}.{operation.name}", event_id)})
        if row and row.get("superseded"):
            raise Superseded(row["superseded"])

    def heard_by(self, reaction: str) -> str:
        """Give the id of the one event that a reaction has processed."""
        (row,) = self.store.database[INBOX].find({"reaction": f"{self.name}.{reaction}"})
        return str(row["event_id"])

    def done(
        self, uow: UnitOfWork, use_case: Callable[..., object], *, sequence: int = 1, scope: Scope = PLATFORM,
        **asked: Any,
    ) -> None:  # fmt: skip
        """Do it in a transaction that is open."""
        given = {"uow": uow, "scope": scope, "event": an_event(sequence=sequence)}
        use_case(**declared(use_case).given_by(self.instance, given), **asked)

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
            camp_id="cmp_1", begins_at=datetime(2026, 7, 13, 13, tzinfo=UTC),
            ends_at=datetime(2026, 7, 15, 21, tzinfo=UTC),
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

    def move_away(self, id: str = "per_leader", *, sequence: int = 3, **shown: Any) -> None:
        """Somebody of `prt_1` leads `prt_2` from now on."""
        usual = {"partner_id": "prt_2", "former_partner_id": "prt_1", "name": f"Person {id}", "role": "leader",
                 "email": f"{id}@other.example", "language": "en", "zone": "Europe/Stockholm"}  # fmt: skip
        self.do(people.write_for_the_new_partner, sequence=sequence, person_id=id, **{**usual, **shown})

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


def text_of(mail: EmailMessage) -> str:
    """What people read in a mail, whatever it carries beside that."""
    body = mail.get_body(("plain",))
    assert body
    return str(body.get_content())


def _on_the_wire(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """What a test gives as days and instants, as an event has it."""
    text: dict[str, Any] = json.loads(json.dumps(arguments, default=lambda moment: moment.isoformat()))
    return text


def _is_settled(heard: Heard) -> bool:
    try:
        with suppress(Superseded):
            heard()
    except NotYetKnown:
        return False
    return True
