"""Where a camp is, on the pages that letters link to: a house, online, or as each likes."""

from typing import Any

import pytest

from gateway.pages.languages import ENGLISH, LANGUAGES, Language
from gateway.pages.page import Pages
from tests.unit.gateway.test_delegates_page import SHOWN as DELEGATES
from tests.unit.gateway.test_guest_page import GUEST
from tests.unit.gateway.test_harvest_page import SHOWN as HARVEST
from tests.unit.gateway.test_reply_page import INSTITUTE, Elements, text_of
from tests.unit.gateway.test_reply_page import SHOWN as REPLY

PROGRAMME: dict[str, Any] = {
    **{name: REPLY[name] for name in ("camp_title", "place", "zone", "starts_on", "ends_on", "token")},
    "number": 1, "released_on": "2026-07-01", "days": [],
}  # fmt: skip
PAGES = {
    "reply.html": REPLY, "guest.html": GUEST, "delegates.html": DELEGATES, "programme.html": PROGRAMME,
    "harvest.html": HARVEST,
}  # fmt: skip
SPIRA = {"name": "Spira <b>", "address": "Kulturgatan 3"}
HERE, EITHER = ({"mode": mode, "venue": SPIRA} for mode in ("in_person", "hybrid"))
ONLINE = {"mode": "online", "venue": None}
ONE_CAN = "One can be there, or take part online."


def page(template: str, where: dict[str, Any], language: Language = ENGLISH) -> str:
    return Pages(INSTITUTE).show(template, language, {**PAGES[template], **where}, refused=None).get_data(as_text=True)


@pytest.mark.parametrize("template", PAGES)
def test_each_page_says_the_house_that_one_can_take_part_online_or_that_there_is_no_other_way(template: str) -> None:
    here, either, online = (text_of(page(template, where)) for where in (HERE, EITHER, ONLINE))

    assert "Boston, 13 July 2026 to 15 July 2026" in here
    assert "Spira &lt;b&gt;<br>Kulturgatan 3" in here
    assert ONE_CAN in either
    assert ONE_CAN not in here + online
    assert "Online, 13 July 2026 to 15 July 2026" in online
    assert "Boston" not in online


@pytest.mark.parametrize("template", PAGES)
def test_what_camps_of_an_earlier_release_say_is_shown_too(template: str) -> None:
    said = {name: value for name, value in PAGES[template].items() if name not in ("mode", "venue")}
    shown = Pages(INSTITUTE).show(template, ENGLISH, said, refused=None).get_data(as_text=True)

    assert "Boston, 13 July 2026 to 15 July 2026" in text_of(shown)


@pytest.mark.parametrize("template", PAGES)
def test_a_house_without_an_address_and_one_that_is_not_known_leave_nothing_behind(template: str) -> None:
    no_address, unknown = (
        text_of(page(template, {**HERE, "venue": venue})) for venue in ({"name": "Spira", "address": None}, None)
    )

    assert "<p>Spira</p>" in no_address
    assert "None" not in no_address + unknown


@pytest.mark.parametrize("language", [each for each in LANGUAGES if each is not ENGLISH], ids=lambda each: each.tag)
def test_in_each_language_it_is_said_in_that(language: Language) -> None:
    text = text_of(page("reply.html", EITHER, language)) + text_of(page("reply.html", ONLINE, language))

    assert ONE_CAN not in text
    assert "13 July" not in text


def test_how_somebody_takes_part_is_asked_where_there_are_two_ways() -> None:
    asked = {mode: Elements(page("delegates.html", where)).all("select") for mode, where in
             (("hybrid", EITHER), ("in_person", HERE), ("online", ONLINE))}  # fmt: skip

    names = {mode: {select["name"] for select in selects} for mode, selects in asked.items()}
    assert names == {"hybrid": {"language", "attends"}, "in_person": {"language"}, "online": {"language"}}
