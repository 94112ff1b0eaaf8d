"""The link by which a letter's recipient answers: in the letter as it arrives, and in nothing that is kept."""

from datetime import UTC, date, datetime
from typing import Any

from chassis.domain.capabilities import Capability
from chassis.schemas.mail_addresses import address_digest
from services.notifications.use_cases import invitation
from tests.builders.notifications import KEYS
from tests.integration.notifications.harness import NotificationsHarness, text_of

LINK = "https://partnerships.example/rsvp/"


def link_of(leader: str, *, email: str) -> str:
    """The link in a letter about `inv_1`, as camps reads it."""
    held = Capability(thing_id="inv_1", holder_id=leader, address_digest=address_digest(email, of=leader))
    return LINK + KEYS.token(held)


def links_in(notifications: NotificationsHarness) -> dict[str, list[str]]:
    """The links in each letter as it arrived, by the address it arrived at."""
    return {
        mail["To"].addresses[0].addr_spec: [line for line in text_of(mail).splitlines() if LINK in line]
        for mail in notifications.arrived()
    }


def test_each_leader_gets_a_link_of_their_own_and_nothing_that_is_kept_has_one(known: NotificationsHarness) -> None:
    known.person("per_second")
    known.invite()

    known.post()

    to = {letter["recipient_id"]: letter["to"] for letter in known.letters()}
    assert links_in(known) == {email: [link_of(leader, email=email)] for leader, email in to.items()}
    assert len(to) == 2
    database: Any = known.store.database
    kept = [document for name in database.list_collection_names() for document in database[name].find()]
    codes = [link_of(leader, email=email).rpartition(".")[2] for leader, email in to.items()]
    assert not [code for code in codes if code in str(kept)]


def test_what_is_seen_of_a_letter_shows_where_its_link_is_and_not_the_link(known: NotificationsHarness) -> None:
    known.invite()

    (letter,) = known.letters()

    assert f"{LINK}…\n" in letter["body"]


def test_a_letter_that_is_sent_elsewhere_has_a_link_of_that_address(known: NotificationsHarness) -> None:
    known.invite()
    elsewhere = known.move("per_leader")

    known.post()

    assert links_in(known) == {elsewhere: [link_of("per_leader", email=elsewhere)]}


def test_a_letter_that_is_tried_again_has_its_link(known: NotificationsHarness) -> None:
    known.invite()
    known.post(smtp_uri="smtp://127.0.0.1:1")
    known.it_is(datetime(2026, 6, 1, 9, 1, tzinfo=UTC))

    known.post()

    (letter,) = known.letters()
    assert letter["attempts"] == 2
    assert links_in(known) == {letter["to"]: [link_of("per_leader", email=letter["to"])]}


def test_no_text_of_peoples_gets_a_link(known: NotificationsHarness) -> None:
    said = "Answer at https://elsewhere.example/rsvp/… or /rsvp/dlv_1"
    known.about_the_invitation(
        invitation.write_the_invitation, camp_title="Summer Camp 2026", place="Boston", zone="America/New_York",
        starts_on=date(2026, 7, 13), ends_on=date(2026, 7, 15), answer_by=date(2026, 6, 29), seats=4,
        reasons=[{"kind": "milestone", "title": said}],
    )  # fmt: skip

    known.post()

    (mail,) = known.arrived()
    assert said in text_of(mail)
