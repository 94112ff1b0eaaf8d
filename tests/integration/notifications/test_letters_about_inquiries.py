"""Letters about inquiries: each once, true when it leaves, with a link for who made one, and forgotten in the end."""

from datetime import UTC, datetime
from itertools import permutations
from typing import Any

import pytest

from chassis.domain.errors import Superseded
from services.notifications.use_cases import inquiry
from tests.builders.notifications import INSTITUTE
from tests.integration.notifications.harness import NotificationsHarness

ORGANISATION = {"inquiry_id": "inq_1", "organisation": "Region Skåne"}
ANSWER_BY = datetime(2026, 6, 11, 9, tzinfo=UTC)
REMOVED_BY = datetime(2026, 12, 8, 9, tzinfo=UTC)


class Told:
    """What notifications hears of Åsa's inquiry."""

    def __init__(self, known: NotificationsHarness) -> None:
        self.known = known
        self.asa = {**ORGANISATION, "contact_name": "Åsa Påhittad", "contact_email": f"asa@{known._domain}",
                    "language": "sv"}  # fmt: skip

    def received(self, sequence: int = 1) -> None:
        self.known.do(inquiry.acknowledge_inquiry, sequence=sequence, answer_by=ANSWER_BY, **self.asa)
        about = {"answer_by": ANSWER_BY, "has_earlier": False, **ORGANISATION}
        self.known.do(inquiry.ask_contact_to_answer, sequence=sequence, **about)

    def asked_again(self, sequence: int) -> None:
        bo = {"asked_by_name": "Bo Ek", "asked_by_email": f"bo@{self.known._domain}", "asked_by_language": "en"}
        self.known.do(inquiry.tell_that_the_inquiry_is_known, sequence=sequence, **bo, **self.asa)

    def asked(self, sequence: int) -> None:
        self.known.do(inquiry.ask_the_inquirer, sequence=sequence, question="How many hospitals?", **self.asa)

    def discovering(self, sequence: int) -> None:
        self.known.do(inquiry.stop_asking_to_answer, sequence=sequence, inquiry_id="inq_1")

    def overdue(self, sequence: int) -> None:
        about = {"answer_by": ANSWER_BY, **ORGANISATION}
        self.known.do(inquiry.tell_the_contact_that_it_is_overdue, sequence=sequence, **about)

    def closed(self, sequence: int) -> None:
        said = {"outcome": "almost", "answer": "Ask again in a year.", "removed_by": REMOVED_BY}
        self.known.do(inquiry.tell_the_inquirer_what_was_decided, sequence=sequence, **said, **self.asa)

    def reopened(self, sequence: int) -> None:
        about = {"answer_by": ANSWER_BY, **self.asa}
        self.known.do(inquiry.tell_that_the_inquiry_goes_on, sequence=sequence, **about)

    def forgotten(self, sequence: int) -> None:
        self.known.do(inquiry.forget_the_inquirer, sequence=sequence, inquiry_id="inq_1")

    def letters(self) -> list[str]:
        return sorted(each for each in self.known.categories() if each.startswith("inquiry"))


@pytest.fixture
def told(known: NotificationsHarness) -> Told:
    return Told(known)


def test_who_asks_has_a_letter_with_the_link_to_their_inquiry(told: Told) -> None:
    told.received()
    told.known.post()

    (text,) = [mail.get_content() for mail in told.known.arrived() if "asa@" in str(mail["To"])]
    assert "/inquiry/inq_1.inq_1." in text
    assert "11 June 2026" in text


def test_the_contact_is_asked_to_answer_and_told_once_that_it_is_overdue(told: Told) -> None:
    told.received()
    told.known.post()
    told.overdue(2)

    (asked,) = told.known.letters(category="inquiry_to_answer")
    (overdue,) = told.known.letters(category="inquiry_overdue")
    assert {asked["to"], overdue["to"]} == {INSTITUTE.contact_email}
    assert "Åsa" not in asked["body"]


def test_who_asks_second_and_who_asked_first_learn_nothing_of_each_other(told: Told) -> None:
    told.received()
    told.asked_again(2)

    (known,) = told.known.letters(category="inquiry_known")
    (again,) = told.known.letters(category="inquiry_asked_again")
    assert (known["to"], again["to"]) == (f"bo@{told.known._domain}", f"asa@{told.known._domain}")
    assert "Åsa" not in known["body"]
    assert "/inquiry/" not in known["body"]
    assert "Bo" not in again["body"]


def test_nobody_is_asked_to_answer_what_is_answered(told: Told) -> None:
    told.received()
    told.discovering(2)

    assert told.letters() == ["inquiry_received: ready", "inquiry_to_answer: cancelled"]


def test_an_outcome_that_holds_no_longer_is_taken_back_from_who_may_have_it(told: Told) -> None:
    told.closed(2)
    told.known.post()
    told.reopened(3)

    assert "inquiry_reopened: ready" in told.letters()


def test_an_outcome_that_nobody_has_yet_is_not_sent_and_not_taken_back(told: Told) -> None:
    told.closed(2)
    told.reopened(3)

    assert told.letters() == ["inquiry_closed: cancelled", "inquiry_to_answer: ready"]


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_whatever_is_heard_first_only_the_end_is_told_in_the_end(told: Told, order: tuple[int, ...]) -> None:
    steps = (told.received, told.asked, told.discovering, told.closed)
    for index in order:
        try:
            steps[index](index + 1)
        except Superseded:
            continue

    waiting = {each for each in told.letters() if each.endswith(": ready")}
    assert waiting - {"inquiry_received: ready"} == {"inquiry_closed: ready"}


def test_who_is_forgotten_stands_in_no_letter_and_gets_none_that_comes_late(told: Told) -> None:
    told.received()
    told.known.post()
    told.closed(2)
    told.forgotten(3)

    with pytest.raises(Superseded):
        told.asked_again(4)

    kept: Any = str(list(told.known.store.database["letters"].find({"about_id": "inq_1"})))
    assert "Åsa" not in kept
    assert "asa@" not in kept
