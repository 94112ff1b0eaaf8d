"""The page on which a partner says who comes: what it shows, what it offers, and what it keeps to itself."""

import re
from typing import Any

import pytest

from chassis.domain.faults import Fault
from gateway.pages.languages import ENGLISH, LANGUAGES, Language
from gateway.pages.page import Pages
from tests.unit.gateway.test_reply_page import INSTITUTE, Elements, text_of

BO = {"id": "dlg_1", "name": "Bo <b>", "role": "Nurse", "attends": "in_person", "state": "named"}
SHOWN: dict[str, Any] = {
    "partner_name": "Region Jönköping County", "camp_title": "Summer Camp 2026", "place": "Boston",
    "mode": "in_person", "venue": None,
    "starts_on": "2026-07-13", "ends_on": "2026-07-15", "has_seats": True, "is_open": True, "seats": 2,
    "seats_left": 1, "delegates": [BO], "nonce": "a-nonce", "token": "inv_1.per_1.digest.seal",
}  # fmt: skip


def page(refused: Fault | None = None, *, language: Language = ENGLISH, **shown: Any) -> str:
    pages = Pages(INSTITUTE)
    return pages.show("delegates.html", language, {**SHOWN, **shown}, refused=refused).get_data(as_text=True)


def actions(page: str) -> set[str | None]:
    return {button.get("value") for button in Elements(page).all("button")}


def test_it_offers_what_can_be_done_with_who_comes_and_with_seats_without_a_name() -> None:
    assert actions(page()) == {"name", "confirm", "substitute", "withdraw", "needs"}
    assert actions(page(delegates=[BO | {"state": "confirmed"}], seats_left=0)) == {"substitute", "withdraw", "needs"}


@pytest.mark.parametrize("shown", [{"is_open": False}, {"is_open": False, "has_seats": False, "delegates": []}])
def test_it_offers_nothing_once_who_comes_is_settled_or_before_the_partner_comes(shown: dict[str, Any]) -> None:
    assert Elements(page(**shown)).all("form") == []


def test_every_form_is_sent_by_post_with_the_nonce_and_every_field_has_a_label() -> None:
    found = Elements(page())
    labelled = {each.get("for") for each in found.all("label")}
    asked = [each for each in (*found.all("input"), *found.all("select")) if each.get("type") != "hidden"]

    assert {each.get("method") for each in found.all("form")} == {"post"}
    nonces = [each for each in found.all("input") if each.get("name") == "nonce"]
    assert len(nonces) == len(found.all("form"))
    assert {each["id"] for each in asked} == labelled
    ids = [attributes["id"] for _, attributes in found.found if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_what_people_wrote_is_shown_as_text() -> None:
    assert "Bo &lt;b&gt;" in page()


def test_there_is_no_script_and_nothing_from_elsewhere() -> None:
    assert not re.search(r"<script|src=|@import|url\(|\son\w+=", page())


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("no_seat_left", "All of your seats have names"),
        ("already_comes", "Somebody with this mail address comes already"),
        ("camp_frozen", "Who comes is settled now"),
        ("form_outdated", "something has changed in the meantime"),
    ],
)
def test_it_says_why_something_was_not_taken(code: str, sentence: str) -> None:
    assert sentence in text_of(page(Fault(kind="conflict", code=code, message="")))


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda each: each.tag)
def test_it_speaks_each_language_from_its_own_side(language: Language) -> None:
    shown = page(language=language)

    assert f'<html lang="{language.tag}" dir="{language.direction}">' in shown
    assert ("Who comes" in shown) == (language is ENGLISH)
