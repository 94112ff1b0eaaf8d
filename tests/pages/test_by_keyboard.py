"""Who uses the keys alone gets everywhere, sees where they are, and hears what was not taken. No script runs."""

from itertools import pairwise

import pytest

from tests.pages.conftest import Played
from tests.pages.guests import Guests
from tests.pages.measures import FOCUS, FOCUSABLE
from tests.pages.public_pages import PUBLIC_PAGES, PublicPage, in_language
from tests.pages.tab import Tab

pytestmark = pytest.mark.slow
LEAST_OUTLINE_PIXELS = 2
IN_ONE_ROW_PIXELS = 8
"""A field is higher than the button beside it."""
ACCEPT, DECLINE, UNDO = ("#seats", "[value=declined]", "[value=undone]")


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("page", PUBLIC_PAGES, ids=lambda page: page.name)
def test_tab_leads_through_everything_in_the_order_of_reading_and_back(
    tab: Tab, played: Played, page: PublicPage, language: str
) -> None:
    tab.open(in_language(played(page), language))
    expected = tab.evaluate(FOCUSABLE)

    reached = []
    for _ in expected:
        tab.press("Tab")
        reached.append(tab.evaluate(FOCUS))

    assert [each["number"] for each in reached] == expected
    assert [each for each in reached if each["outline"] < LEAST_OUTLINE_PIXELS] == []
    assert [pair for pair in pairwise(each["top"] for each in reached) if pair[0] > pair[1] + IN_ONE_ROW_PIXELS] == []
    tab.press("Tab", back=True)
    assert tab.evaluate(FOCUS)["number"] == expected[-2]


def test_enter_in_the_field_sends_the_form_it_is_in(tab: Tab, guests: Guests) -> None:
    tab.open(guests.invited().link)

    tab.focus(ACCEPT)
    tab.type("3")
    tab.submit()

    assert "will attend, with 3 people" in tab.text
    assert tab.statuses == [200, 303, 200] or tab.statuses == [200, 200]


@pytest.mark.parametrize("key", ["Enter", " "])
def test_a_no_is_said_and_taken_back_by_keys(tab: Tab, guests: Guests, key: str) -> None:
    tab.open(guests.invited().link)

    tab.focus(DECLINE)
    tab.submit(key)
    assert "cannot attend: that is the answer" in tab.text
    tab.focus(UNDO)
    tab.submit(key)

    assert "4 seats are kept for you" in tab.text


def test_what_was_not_taken_is_announced_and_has_the_focus(tab: Tab, guests: Guests) -> None:
    guest = guests.invited()
    tab.open(guest.link)
    guest.answer(answer="tentative")

    tab.focus(DECLINE)
    tab.submit()

    assert tab.statuses[-1] == 409
    focused = tab.evaluate("[document.activeElement.getAttribute('role'), document.activeElement.innerText]")
    assert focused[0] == "alert"
    assert "something had changed in the meantime" in focused[1]
    assert tab.evaluate(FOCUS)["outline"] >= LEAST_OUTLINE_PIXELS
    tab.press("Tab")
    assert tab.evaluate("document.activeElement.form !== null")  # and goes on to the form from there


def test_more_seats_than_there_are_do_not_leave_the_page(tab: Tab, guests: Guests) -> None:
    tab.open(guests.invited().link)

    tab.focus(ACCEPT)
    tab.type("5")
    tab.press("Enter")

    assert tab.evaluate("document.activeElement.matches(':invalid')")
    assert tab.evaluate("document.activeElement.id") == "seats"


def test_somebody_is_named_confirmed_and_withdrawn_by_keys(tab: Tab, guests: Guests) -> None:
    guest = guests.invited()
    guest.answer(answer="accepted", seats=1)
    tab.open(f"{guest.link}/delegates")

    for field, text in (("name", "Nils Åkesson"), ("email", "nils@partner.example"), ("role", "Nurse")):
        tab.focus(f"#{field}-new")
        tab.type(text)
    tab.submit()
    assert "Nils Åkesson" in tab.text
    tab.focus("[value=confirm]")
    tab.submit(" ")
    assert "not confirmed yet" not in tab.text
    tab.focus("[value=withdraw]")
    tab.submit()

    assert "Nils Åkesson" not in tab.text


def test_what_is_folded_is_unfolded_by_enter_and_filled_in(tab: Tab, guests: Guests) -> None:
    guest = guests.invited()
    guest.answer(answer="accepted", seats=1)
    guest.name("Nils Åkesson")
    tab.open(f"{guest.link}/delegates")

    tab.focus("summary")
    tab.press("Enter")
    tab.press("Tab")
    tab.type("Astrid Ek")
    tab.press("Tab")
    tab.type("astrid@partner.example")
    tab.submit()

    assert ("Astrid Ek" in tab.text, "Nils Åkesson" in tab.text) == (True, False)


def test_who_cannot_be_named_any_more_is_announced_and_the_focus_is_there(tab: Tab, guests: Guests) -> None:
    guest = guests.invited()
    guest.answer(answer="accepted", seats=1)
    tab.open(f"{guest.link}/delegates")
    guest.name("Astrid Ek")

    for field, text in (("name", "Nils Åkesson"), ("email", "nils@partner.example"), ("role", "Nurse")):
        tab.focus(f"#{field}-new")
        tab.type(text)
    tab.submit()

    assert (tab.statuses[-1], "Nils Åkesson" in tab.text) == (409, False)
    assert tab.evaluate("document.activeElement.getAttribute('role')") == "alert"
