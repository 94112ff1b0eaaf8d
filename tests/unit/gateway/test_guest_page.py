"""The page on which somebody who is invited by name answers: it speaks to them, and never of a partner."""

from typing import Any

import pytest

from chassis.domain.faults import Fault
from gateway.pages.languages import ENGLISH, LANGUAGES, Language
from gateway.pages.page import Pages
from gateway.pages.public_pages import PUBLIC_ROUTES
from tests.unit.gateway.test_reply_page import INSTITUTE, SHOWN, Elements, text_of

GUEST = {**SHOWN, "kind": "guest", "partner_name": None, "seats": 1}
STATES = {
    "issued": "You are invited, and a seat is kept for you.",
    "tentative": "You may attend",
    "accepted": "You will attend",
    "declined": "You cannot attend",
    "waitlisted": "You are waiting for a seat, at place 3 of the waitlist. We will write to you",
    "left_waitlist": "You are not on the waitlist any more",
    "expired": "the seat has gone to others",
    "withdrawn": "Your invitation has been withdrawn",
}


def page(language: Language = ENGLISH, *, refused: Fault | None = None, **shown: Any) -> str:
    answer = Pages(INSTITUTE).show("guest.html", language, {**GUEST, **shown}, refused=refused)
    return answer.get_data(as_text=True)


@pytest.mark.parametrize(("state", "sentence"), STATES.items())
def test_the_page_says_how_the_invitation_stands(state: str, sentence: str) -> None:
    assert sentence in text_of(page(state=state))


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda each: each.tag)
@pytest.mark.parametrize("state", STATES)
def test_it_says_so_in_each_language_without_a_partner(language: Language, state: str) -> None:
    text = page(language, state=state, undone_until="2026-06-10T11:00:00-04:00")

    assert "None" not in text
    assert (STATES["issued"] in text) == (language is ENGLISH and state == "issued")


@pytest.mark.parametrize(
    ("answers", "buttons"),
    [
        (["accepted", "tentative", "declined"], ["accepted", "tentative", "declined"]),
        (["undone"], ["undone"]),
        (["left"], ["left"]),
        (["rejoined"], ["rejoined"]),
        ([], []),
    ],
    ids=["asked", "declined", "waiting", "left", "over"],
)
def test_there_is_a_button_for_each_answer_and_none_for_seats(answers: list[str], buttons: list[str]) -> None:
    elements = Elements(page(answers=answers, undone_until="2026-06-10T11:00:00-04:00"))

    assert [each["value"] for each in elements.all("button")] == buttons
    assert [each["name"] for each in elements.all("input")] == (["nonce"] if buttons else [])


def test_of_a_postponed_camp_no_days_are_said() -> None:
    text = text_of(page(postponement={"reason": "A strike"}, answers=[]))

    assert "is postponed, and its other days are not known yet. The reason that was given: A strike" in text
    assert "13 July 2026" not in text


def test_who_comes_in_another_seat_already_is_told_so() -> None:
    refused = Fault(kind="conflict", code="already_comes", message="They come")

    assert "comes to this camp already" in text_of(page(refused=refused))


@pytest.mark.parametrize(
    ("kind", "template"),
    [("partner", "reply.html"), ("guest", "guest.html"), ("faculty", "guest.html"), ("institute", "guest.html")],
)
def test_whom_an_invitation_is_for_decides_which_page_answers_it(kind: str, template: str) -> None:
    routes = [route for route in PUBLIC_ROUTES if route.path == "/rsvp/<token>"]

    assert {route.template_of({"kind": kind}) for route in routes} == {template}


def test_who_waits_sees_how_their_place_has_moved_and_why() -> None:
    moves = [{"on": "2026-06-01", "place": 4, "because": "joined"},
             {"on": "2026-06-03", "place": 3, "because": "another_got_seats"},
             {"on": "2026-06-04", "place": 2, "because": "another_left"},
             {"on": "2026-06-05", "place": 3, "because": "another_returned"}]  # fmt: skip

    text = text_of(page(state="waitlisted", moves=moves))

    assert "1 June 2026: you joined, at place 4." in text
    assert "3 June 2026: place 3. One who waited before you was offered seats." in text
    assert "4 June 2026: place 2. One who waited before you waits no longer." in text
    assert "5 June 2026: place 3. One came back" in text
    assert "How your place has moved" not in text_of(page(state="issued"))


def test_what_partners_are_told_in_the_same_words_is_translated_for_one_person() -> None:
    swedish = next(each for each in LANGUAGES if each.tag == "sv")
    moves = [{"on": "2026-06-01", "place": 4, "because": "joined"}]

    to_one = text_of(page(swedish, state="waitlisted", moves=moves))
    to_many = Pages(INSTITUTE).show("reply.html", swedish, {**SHOWN, "moves": moves}, refused=None)

    assert "1 juni 2026: du ställde dig i kö, på plats 4." in to_one
    assert "1 juni 2026: ni ställde er i kö, på plats 4." in text_of(to_many.get_data(as_text=True))
