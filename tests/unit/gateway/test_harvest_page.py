"""The page of what came out of a camp: what it says to whom, in each language, with and without the picture."""

import re
from typing import Any

import pytest

from gateway.pages.languages import ENGLISH, LANGUAGES, Language
from gateway.pages.linked_page import CAMP_OUTCOMES
from gateway.pages.page import Pages
from gateway.pages.public_pages import PUBLIC_ROUTES
from tests.unit.gateway.test_reply_page import INSTITUTE, Elements, text_of

EXPERIENCE = {
    "title": "Read out at night", "partner_name": "Region Jönköping County", "kind": "innovation",
    "story": "We began on <one> ward", "evidence_withdrawn": False,
    "credits": [{"title": "A checklist", "partner_name": "Qulturum"}, {"title": None, "partner_name": "Dallas"}],
}  # fmt: skip
PROMISE = {"what": "A huddle", "partner_name": "Qulturum", "due_on": "2026-10-15", "state": "made", "outcome": None}
HARVEST: dict[str, Any] = {
    "nothing_to_publish": None, "commitments": {"made": 2, "reported": 1}, "promises": [PROMISE],
    "experiences": [EXPERIENCE], "sessions": [{"title": "Huddles", "partner_name": "Qulturum"}],
    "industry_lessons": [{"organisation": "An airline", "industry": "aviation", "lesson": "Hear it said back",
                          "hypothesis": "Doses read back"}],
}  # fmt: skip
SHOWN: dict[str, Any] = {
    "kind": "partners", "camp_title": "Summer Camp 2026", "place": "Boston", "starts_on": "2026-07-13",
    "ends_on": "2026-07-15", "is_closed": True, "harvest": HARVEST, "experiences": [],
    "everybodys_token": "cmp_1.everybody.everybody.seal", "token": "cmp_1.per_1.digest.seal",
    "picture": {"svg": "<svg/>"},
    "outcomes": {"camps": [{"title": "Summer Camp 2026", "starts_on": "2026-07-13", "made": 2, "reported": 1}],
                 "verdict": {"centre": 0.5}},
}  # fmt: skip
PUBLIC = SHOWN | {"kind": "public", "harvest": None, "experiences": [EXPERIENCE], "everybodys_token": "t"}
STATES = {
    ("made", None): "Nothing is reported yet",
    ("overdue", None): "Its day is over, and nothing is reported yet",
    ("reported", "adopted"): "the change was adopted",
    ("reported", "adapted"): "the change was adapted",
    ("reported", "abandoned"): "the change was abandoned",
    ("released", None): "the partner was released from it",
}


def answer(language: Language = ENGLISH, **shown: Any) -> Any:
    return Pages(INSTITUTE).show("harvest.html", language, {**SHOWN, **shown}, refused=None)


def page(language: Language = ENGLISH, **shown: Any) -> str:
    return str(answer(language, **shown).get_data(as_text=True))


def test_it_says_what_was_learned_by_whom_and_on_whose_experience_it_builds() -> None:
    text = text_of(page())

    assert "Read out at night</h3> <p> An innovation of Region Jönköping County" in text
    assert "It builds on “A checklist” of Qulturum." in text
    assert "It builds on an experience of Dallas." in text
    assert "We began on &lt;one&gt; ward" in text


@pytest.mark.parametrize(("stands", "sentence"), STATES.items(), ids=str)
def test_it_says_what_was_promised_and_what_became_of_it(stands: tuple[str, str | None], sentence: str) -> None:
    state, outcome = stands
    promises = [PROMISE | {"state": state, "outcome": outcome}]

    text = text_of(page(harvest=HARVEST | {"promises": promises}))

    assert "Reported back until now: 1 of 2." in text
    assert "Qulturum, by 15 October 2026" in text
    assert sentence in text


def test_the_picture_is_on_the_page_itself_and_what_it_shows_is_written_too() -> None:
    shown = answer()
    (image,) = Elements(shown.get_data(as_text=True)).all("img")
    text = text_of(shown.get_data(as_text=True))

    assert (image["src"] or "").startswith("data:image/svg+xml;base64,")
    assert image["alt"]
    assert "; img-src data:" in shown.headers["Content-Security-Policy"]
    assert "Summer Camp 2026, 13 July 2026: 1 of 2" in text
    assert "50 % of the promises were reported back" in text


@pytest.mark.parametrize("beside", [{"picture": None}, {"picture": None, "outcomes": None}], ids=["picture", "all"])
def test_without_what_draws_the_page_is_there_and_says_so(beside: dict[str, None]) -> None:
    shown = answer(**beside)

    assert "cannot be drawn at this moment" in text_of(shown.get_data(as_text=True))
    assert "img-src" not in shown.headers["Content-Security-Policy"]


def test_whoever_it_was_passed_on_to_reads_what_is_everybodys_and_no_more() -> None:
    text = text_of(page(**{**PUBLIC, "picture": None, "outcomes": None}))

    assert "These experiences are shared with everybody." in text
    assert "Read out at night" in text
    for other in ("promise", "Huddles", "airline", "To be passed on", "/harvest/"):
        assert other not in text


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda each: each.tag)
@pytest.mark.parametrize("shown", [SHOWN, PUBLIC | {"picture": None, "outcomes": None}], ids=["partners", "everybody"])
def test_it_says_so_in_each_language(language: Language, shown: dict[str, Any]) -> None:
    text = re.sub("<[^>]*>", " ", text_of(page(language, **shown)))

    assert "None" not in text
    assert ("What was learned" in text) == (language is ENGLISH)


def test_where_there_is_nothing_it_says_so() -> None:
    empty = HARVEST | {"experiences": [], "promises": [], "commitments": {"made": 0, "reported": 0}}

    text = text_of(page(harvest=empty | {"nothing_to_publish": "A storm"}, is_closed=False))

    assert "The reason that was given: A storm" in text
    assert "There is nothing here to read yet" in text
    assert "No promise counts" in text
    assert "still being gathered" in text


@pytest.mark.parametrize(("kind", "beside"), [("partners", dict(CAMP_OUTCOMES)), ("public", {})])
def test_what_became_of_promises_is_asked_for_partners_alone(kind: str, beside: dict[str, str]) -> None:
    (route,) = [each for each in PUBLIC_ROUTES if each.path == "/harvest/<token>"]

    assert route.beside_of({"kind": kind}) == beside
