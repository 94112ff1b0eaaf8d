"""Letters on their way out: each is sent once, whoever dies on the way, and nobody pretends to know."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from chassis.domain.scope import PLATFORM
from services.notifications.mailer import Mailer
from services.notifications.model.letter import Answer, Letter, Outcome
from services.notifications.repository import Letters, due
from services.notifications.service import NotificationsService
from tests.integration.notifications.harness import CAUSE, NotificationsHarness
from tests.integration.notifications.scripted_server import CONTENT, HANG_UP, a_mail_server
from tests.waiting import eventually

SETTLED, UNCERTAIN = "notifications.delivery.settled", "notifications.delivery.uncertain"
SHORT_LEASE = 1.0


def begin_sending(notifications: NotificationsHarness, id: str) -> None:
    def begin(uow: Any) -> None:
        letter = Letters(uow).get(id, scope=PLATFORM)
        letter.begin_sending(at=uow.now)
        Letters(uow).save(letter)

    notifications.store.transact(begin, cause=CAUSE)


def take_answer(notifications: NotificationsHarness, id: str, answer: Answer) -> None:
    def step(uow: Any) -> None:
        letter = Letters(uow).get(id, scope=PLATFORM)
        letter.take_answer(answer, at=uow.now)
        Letters(uow).save(letter)

    notifications.store.transact(step, cause=CAUSE)


def dead_after_claiming(notifications: NotificationsHarness) -> Letter:
    (letter,) = notifications.letters_ready(1)
    claimed = notifications.claims("dead", lease_seconds=SHORT_LEASE).next(due(notifications.store.clock()))
    assert claimed
    assert claimed.id == letter.id
    return letter


def dead_while_sending(notifications: NotificationsHarness) -> Letter:
    letter = dead_after_claiming(notifications)
    begin_sending(notifications, letter.id)
    return letter


def posted(notifications: NotificationsHarness) -> set[str]:
    """The states of all letters, once another process has looked for what is due."""
    notifications.post("living")
    return notifications.states()


def test_a_letter_that_is_due_arrives_and_is_settled(notifications: NotificationsHarness) -> None:
    (letter,) = notifications.letters_ready(1)

    notifications.post()

    (mail,) = notifications.arrived()
    (settled,) = notifications.published(SETTLED)
    assert mail["Message-ID"] == letter.message_id
    assert notifications.states() == {"sent"}
    assert (settled["subject"], settled["sequence"], settled["data"]["state"]) == (letter.id, 1, "sent")


def test_what_is_said_of_a_letter_carries_the_cause_it_was_written_for(notifications: NotificationsHarness) -> None:
    notifications.letters_ready(1)

    notifications.post()

    (settled,) = notifications.published(SETTLED)
    assert settled["correlation_id"] == "req_test"
    assert settled["causation_id"] == "evt_milestone_reached"
    assert settled["actor"] == "anna"


def test_two_hundred_letters_are_sent_once_each_by_four_processes(notifications: NotificationsHarness) -> None:
    letters = notifications.letters_ready(200)

    notifications.post_by_many(4)

    assert Counter(str(mail["Message-ID"]) for mail in notifications.arrived()) == Counter(
        letter.message_id for letter in letters
    )
    assert notifications.states() == {"sent"}
    assert len(notifications.published(SETTLED)) == 200
    assert notifications.published(UNCERTAIN) == []


def test_a_process_sends_so_few_at_a_time_that_it_can_soon_stop(notifications: NotificationsHarness) -> None:
    notifications.letters_ready(11)

    notifications.post()

    assert len(notifications.arrived()) == 10


def test_even_processes_that_lose_every_lease_at_once_send_nothing_twice(notifications: NotificationsHarness) -> None:
    letters = notifications.letters_ready(40)

    notifications.post_by_many(4, lease_seconds=0)

    assert Counter(str(mail["Message-ID"]) for mail in notifications.arrived()) == Counter(
        letter.message_id for letter in letters
    )
    assert notifications.states() == {"sent"}


def test_a_letter_claimed_by_a_process_that_died_is_sent_by_another(notifications: NotificationsHarness) -> None:
    letter = dead_after_claiming(notifications)
    notifications.post("living")
    assert notifications.states() == {"ready"}

    def sent() -> bool:
        notifications.post("living")
        return notifications.states() == {"sent"}

    eventually(sent)
    assert [mail["Message-ID"] for mail in notifications.arrived()] == [letter.message_id]


def test_a_letter_whose_process_died_while_sending_is_uncertain_and_never_sent_again(
    notifications: NotificationsHarness,
) -> None:
    letter = dead_while_sending(notifications)
    notifications.post("living")
    assert notifications.states() == {"sending"}

    eventually(lambda: posted(notifications) == {"uncertain"})
    notifications.store.clock.move(timedelta(days=30))  # type: ignore[attr-defined]
    notifications.post("living")
    (uncertain,) = notifications.published(UNCERTAIN)
    assert notifications.arrived() == []
    assert notifications.states() == {"uncertain"}
    assert (uncertain["subject"], uncertain["data"]["state"]) == (letter.id, "uncertain")
    assert uncertain["correlation_id"] == "req_test"


def test_a_process_that_was_only_slow_still_settles_what_was_thought_lost(notifications: NotificationsHarness) -> None:
    letter = dead_while_sending(notifications)

    eventually(lambda: posted(notifications) == {"uncertain"})
    take_answer(notifications, letter.id, Answer(outcome=Outcome.ACCEPTED, detail="250 taken"))

    (settled,) = notifications.published(SETTLED)
    assert notifications.states() == {"sent"}
    assert (settled["data"]["state"], settled["sequence"]) == ("sent", 2)


def test_a_refused_letter_has_failed_and_does_not_hold_up_the_others(notifications: NotificationsHarness) -> None:
    notifications.letters_ready(3)

    with a_mail_server(RCPT="550 no such mailbox") as server:
        notifications.post(smtp_uri=server.uri)

    assert notifications.states() == {"failed"}
    assert [said["data"]["state"] for said in notifications.published(SETTLED)] == ["failed"] * 3


def test_a_letter_that_is_not_wanted_now_waits_its_turn_and_is_sent_then(notifications: NotificationsHarness) -> None:
    notifications.letters_ready(1)
    with a_mail_server(RCPT="451 greylisted") as server:
        notifications.post(smtp_uri=server.uri)
    assert notifications.states() == {"ready"}

    notifications.post()
    assert notifications.arrived() == []
    notifications.store.clock.move(timedelta(seconds=73))  # type: ignore[attr-defined]
    notifications.post()

    (letter,) = notifications.letters()
    assert len(notifications.arrived()) == 1
    assert (letter["state"], letter["attempts"]) == ("sent", 2)
    assert [step["detail"] for step in letter["trail"]][:3] == ["written", "postponed: 451 greylisted", "attempt 2"]


def test_while_no_mail_server_can_be_reached_one_letter_at_a_time_tries_it(notifications: NotificationsHarness) -> None:
    notifications.letters_ready(5)

    notifications.post(smtp_uri="smtp://127.0.0.1:1")

    attempts = sorted(letter["attempts"] for letter in notifications.letters())
    assert attempts == [0, 0, 0, 0, 1]
    assert notifications.states() == {"ready"}
    notifications.store.clock.move(timedelta(seconds=6))  # type: ignore[attr-defined]
    notifications.post()
    assert notifications.states() == {"sent"}


def test_a_letter_without_an_answer_is_uncertain_at_once(notifications: NotificationsHarness) -> None:
    notifications.letters_ready(2)

    with a_mail_server(**{CONTENT: HANG_UP}) as server:
        notifications.post(smtp_uri=server.uri)

    assert sorted(letter["state"] for letter in notifications.letters()) == ["ready", "uncertain"]


@pytest.mark.parametrize("address", ["åsa@{domain}", "asa@jönköping.{domain}"])
def test_addresses_outside_ascii_are_reached(notifications: NotificationsHarness, address: str) -> None:
    (letter,) = notifications.letters_ready(1)
    domain = letter.to.partition("@")[2]
    readdressed = {"$set": {"to": address.format(domain=domain)}}
    notifications.store.database[Letters.collection].update_one({"_id": letter.id}, readdressed)

    notifications.post()

    assert notifications.states() == {"sent"}
    assert len(notifications.arrived()) == 1


def test_letters_that_waited_when_a_backup_was_taken_are_uncertain_and_not_sent(
    notifications: NotificationsHarness,
) -> None:
    sent, waiting = notifications.letters_ready(2)
    begin_sending(notifications, sent.id)
    take_answer(notifications, sent.id, Answer(outcome=Outcome.ACCEPTED, detail="250"))

    told = NotificationsService.restored(notifications.store, taken_at=notifications.store.clock())
    notifications.post()

    assert told.startswith("notifications: 1 letters that waited then may have been sent since")
    assert notifications.arrived() == []
    states = {letter["id"]: letter["state"] for letter in notifications.letters()}
    assert states == {sent.id: "sent", waiting.id: "uncertain"}
    (said,) = notifications.published(UNCERTAIN)
    assert said["subject"] == waiting.id


def test_a_letter_whose_address_changes_while_the_server_listens_goes_to_the_new_one(
    notifications: NotificationsHarness,
) -> None:
    notifications.partner()
    notifications.person("per_leader")
    notifications.tell()
    mailer_send = Mailer.send

    def moving(self: Mailer, letter: Letter, *, begin: Any) -> Answer | None:
        if not letter.to.startswith("per_leader.moved"):
            notifications.move("per_leader")
        return mailer_send(self, letter, begin=begin)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Mailer, "send", moving)
        notifications.post()
        notifications.post()

    (mail,) = notifications.arrived()
    assert mail["To"].addresses[0].addr_spec.startswith("per_leader.moved")


@pytest.mark.parametrize("uri", ["smtp://127.0.0.1:99999", "smtp://127.0.0.1:1"])
def test_a_letter_that_was_never_handed_over_is_ready_again_not_uncertain(
    notifications: NotificationsHarness, uri: str
) -> None:
    notifications.letters_ready(1)

    notifications.post(smtp_uri=uri, lease_seconds=0)
    notifications.post(smtp_uri=uri, lease_seconds=0)

    (letter,) = notifications.letters()
    assert (letter["state"], letter["attempts"]) == ("ready", 1)
    assert notifications.published(UNCERTAIN) == []
