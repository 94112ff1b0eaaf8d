"""Every public page, in every language, on a phone and on a desk: all of it can be read, hit and heard.

A picture of each is kept in `.local/pages`, to be looked at.
"""

from pathlib import Path
from typing import Any

import pytest

from cli.local.instance import Instance
from cli.local.process import REPOSITORY
from tests.pages.axe import findings
from tests.pages.conftest import Played
from tests.pages.measures import UNFOLDED, hard_to_use
from tests.pages.public_pages import HARVEST, LANGUAGES, PROGRAMME, PUBLIC_PAGES, PublicPage, in_language
from tests.pages.tab import DESKTOP, PAPER, PHONE, Screen, Tab

pytestmark = pytest.mark.slow
PICTURES = REPOSITORY / ".local/pages"
FROM_LEFT, FROM_RIGHT = (
    f"[...document.querySelectorAll('button:first-of-type')].filter(each => each.checkVisibility())"
    f".map(each => Math.round({distance}))"
    for distance in ("each.getBoundingClientRect().left", "innerWidth - each.getBoundingClientRect().right")
)
"""Where the first button of each row begins, which is not moved by how long a word is."""
BEGINNINGS = """
new Set([...document.querySelectorAll("header, main, footer")].map(each => each.getBoundingClientRect().left)).size
"""
every_page = pytest.mark.parametrize("page", PUBLIC_PAGES, ids=lambda page: page.name)
every_language = pytest.mark.parametrize("language", LANGUAGES)
every_screen = pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=lambda screen: screen.name)


def picture_of(page: PublicPage, language: str, screen: Screen) -> Path:
    return PICTURES / screen.name / f"{page.name.replace(', ', ' ').replace(' ', '_')}.{language}.png"


@every_page
@every_language
@every_screen
def test_a_page_fits_its_screen_and_everybody_can_use_it(
    tab: Tab, played: Played, axe: str, page: PublicPage, language: str, screen: Screen
) -> None:
    tab.show_on(screen)

    tab.open(in_language(played(page), language))
    tab.evaluate(UNFOLDED)

    tab.keep_picture(picture_of(page, language, screen))
    assert hard_to_use(tab) == {}
    assert findings(tab, axe) == []
    assert (tab.complaints, tab.statuses) == ([], [page.status])


@every_page
def test_a_page_is_what_its_name_says_and_has_no_script(tab: Tab, played: Played, page: PublicPage) -> None:
    tab.open(in_language(played(page), "en"))

    assert page.says in tab.text
    assert tab.evaluate("document.scripts.length") == 0
    assert tab.evaluate("document.querySelectorAll('h1').length") == 1
    assert tab.evaluate("document.title").startswith(tab.evaluate("document.querySelector('h1').innerText.trim()")[:10])


@every_page
@every_language
def test_a_page_is_in_the_language_that_the_browser_asks_for(
    tab: Tab, played: Played, page: PublicPage, language: str
) -> None:
    tab.open(in_language(played(page), language))

    root: Any = tab.evaluate("[document.documentElement.lang, document.documentElement.dir]")
    assert root == [language, LANGUAGES[language]]
    here = tab.evaluate("[...document.querySelectorAll('nav [aria-current]')].map(each => each.lang)")
    assert here == [language]


@every_page
def test_in_arabic_a_page_is_mirrored(tab: Tab, played: Played, page: PublicPage) -> None:
    tab.show_on(DESKTOP)
    tab.open(in_language(played(page), "en"))
    from_left = tab.evaluate(FROM_LEFT)

    tab.open(in_language(played(page), "ar"))

    assert tab.evaluate(FROM_RIGHT) == from_left


@every_language
@pytest.mark.parametrize("page", [PROGRAMME, HARVEST], ids=lambda page: page.name)
def test_what_is_read_is_printed_on_a4_without_what_paper_cannot_do(
    tab: Tab, played: Played, page: PublicPage, language: str
) -> None:
    tab.show_on(PAPER)
    tab.print_from_now_on()

    tab.open(in_language(played(page), language))

    tab.keep_picture(picture_of(page, language, PAPER))
    assert "wide" not in hard_to_use(tab)
    assert not tab.evaluate("document.querySelector('nav').checkVisibility()")
    assert tab.evaluate(BEGINNINGS) == 1


def test_who_has_no_language_of_their_own_is_answered_in_that_of_their_browser(tab: Tab, instance: Instance) -> None:
    tab.prefer("pt-BR, en;q=0.5")

    tab.open(f"{instance.gateway}/rsvp/made_up")

    assert tab.evaluate("document.documentElement.lang") == "pt"
