"""What looks at pages sees what is wrong with one."""

from urllib.parse import quote

import pytest

from tests.pages.axe import findings
from tests.pages.measures import FOCUS, UNFOLDED, hard_to_use
from tests.pages.tab import DESKTOP, PHONE, Tab

SOUND = """<main><h1>A camp</h1><p>Who comes?</p>
<form><button style='font-size: 16px; padding: 8px'>We do, all of us</button></form></main>"""


def page(content: str, *, head: str = "<title>A camp</title>") -> str:
    viewport = '<meta name="viewport" content="width=device-width">'
    html = f'<!doctype html><html lang="en"><head>{viewport}{head}{content}</html>'
    return f"data:text/html;charset=utf-8,{quote(html)}"


def test_a_sound_page_is_left_alone(tab: Tab, axe: str) -> None:
    tab.show_on(PHONE)
    tab.open(page(SOUND))

    assert (hard_to_use(tab), findings(tab, axe), tab.complaints) == ({}, [], [])


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("<p style='width: 400px'>What is wider than a phone</p>", "wide"),
        ("<p style='margin-left: -9px; width: 400px'>What begins beside it</p>", "wide"),
        ("<p style='font-size: 15px'>What nobody can read</p>", "small texts"),
        ("<label>Seats <input style='font-size: 13px; height: 30px'></label>", "small texts"),
        ("<button style='font-size: 16px; height: 23px'>What nobody can hit</button>", "small targets"),
        ("<a href='/' style='font-size: 16px'>What is as high as its line</a>", "small targets"),
    ],
)
def test_what_is_hard_to_use_is_found(tab: Tab, content: str, fault: str) -> None:
    tab.show_on(PHONE)
    tab.open(page(SOUND + content))

    assert list(hard_to_use(tab)) == [fault]


def test_what_is_folded_is_measured_once_it_is_seen(tab: Tab) -> None:
    tab.open(page(f"{SOUND}<details><summary style='padding: 8px'>More of it</summary><button>Send</button></details>"))

    folded = hard_to_use(tab)
    tab.evaluate(UNFOLDED)

    assert "small targets" not in folded
    assert "Send" in str(hard_to_use(tab)["small targets"])


def test_what_fits_a_desk_is_not_wide_there(tab: Tab) -> None:
    tab.show_on(DESKTOP)
    tab.open(page(f"{SOUND}<p style='width: 400px'>What is wider than a phone</p>"))

    assert hard_to_use(tab) == {}


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        ("<main><h1>A camp</h1><input></main>", "label"),
        ("<main><h1>A camp</h1><p style='color: #999'>Who comes?</p></main>", "color-contrast"),
        ("<h1>A camp</h1>", "landmark-one-main"),
    ],
)
def test_axe_finds_what_not_everybody_can_use(tab: Tab, axe: str, content: str, rule: str) -> None:
    tab.open(page(content))

    assert f": {rule}: " in "".join(findings(tab, axe))


def test_a_focus_that_cannot_be_seen_is_told_from_one_that_can(tab: Tab) -> None:
    tab.open(page(f"<style>button {{ outline: none }}</style>{SOUND}<a href='/'>home</a>"))

    tab.press("Tab")
    unseen = tab.evaluate(FOCUS)["outline"]
    tab.press("Tab")

    assert (unseen, tab.evaluate(FOCUS)["outline"] > 0) == (0, True)


def test_scripts_of_a_page_do_not_run(tab: Tab, axe: str) -> None:
    tab.open(page(f"{SOUND}<script>document.title = 'ran'</script>"))
    findings(tab, axe)
    tab.open(page(f"{SOUND}<script>document.title = 'ran'</script>"))

    assert tab.evaluate("document.title") == "A camp"


def test_what_a_pages_own_rules_forbid_is_heard(tab: Tab) -> None:
    policy = "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'\"><title>A camp</title>"
    tab.open(page(f"{SOUND}<style>h1 {{ color: red }}</style>", head=policy))

    assert "Content Security Policy" in "".join(tab.complaints)
