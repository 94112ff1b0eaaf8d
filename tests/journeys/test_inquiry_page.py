"""The link in a letter to who made an inquiry: it shows how far that is, takes more, withdraws, and leaks nothing."""

from typing import Any

import pytest

from tests.journeys.inquiries import made_inquiry
from tests.journeys.platform_driver import PlatformDriver
from tests.journeys.test_answer_by_link import browse
from tests.pages.guests import links_to
from tests.pages.inquirers import LINK_TO_INQUIRY
from tests.waiting import eventually

LONGEST = "أ😀" * 2500
"""As many characters as a message may have, which take nine bytes each in a form."""


@pytest.fixture
def inquiry(platform: PlatformDriver) -> Any:
    """An inquiry whose letter has arrived, so that nothing becomes of it by itself any more."""
    made = made_inquiry(platform)
    eventually(lambda: now(platform, made)["state"] == "acknowledged")
    return made


@pytest.fixture
def link(platform: PlatformDriver, inquiry: Any) -> str:
    return eventually(lambda: links_to(platform, LINK_TO_INQUIRY, to=inquiry["inquirer"]["email"]))[0]


def now(platform: PlatformDriver, inquiry: Any) -> Any:
    return platform.api.get(f"/v1/inquiries/{inquiry['id']}")


def test_an_inquirer_says_more_once_by_each_form_and_withdraws(
    platform: PlatformDriver, inquiry: Any, link: str
) -> None:
    nonce = browse(link).nonce

    browse(link, {"nonce": nonce, "action": "inform", "message": LONGEST})
    again = browse(link, {"nonce": nonce, "action": "inform", "message": "Once more <b>"})

    assert [each["text"] for each in now(platform, inquiry)["messages"]][1:] == [LONGEST]
    assert (again.status, "Once more &lt;b&gt;</textarea>" in again.text) == (409, True)
    withdrawn = browse(f"{link}?lang=en", {"nonce": browse(link).nonce, "action": "withdraw"})
    assert "It was withdrawn" in withdrawn.says
    assert now(platform, inquiry)["state"] == "withdrawn"


def test_looking_at_an_inquiry_changes_nothing_of_it_and_a_link_that_was_guessed_shows_nothing(
    platform: PlatformDriver, inquiry: Any, link: str
) -> None:
    before = now(platform, inquiry)

    shown, guessed = browse(link), browse(f"{link[:-4]}AAAA")
    browse(link, method="HEAD")

    assert now(platform, inquiry) == before
    assert (shown.status, inquiry["organisation"] in shown.says) == (200, True)
    assert (guessed.status, inquiry["organisation"] in guessed.says) == (404, False)
    for page in (shown, guessed):
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert page.headers["Cache-Control"] == "no-store"
        assert "noindex" in page.headers["X-Robots-Tag"]
    assert inquiry["inquirer"]["email"] not in shown.text
