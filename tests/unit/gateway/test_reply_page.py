"""The page on which an invitation is answered: what it says, what it asks, and what it lets nobody smuggle in."""

import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from chassis.domain.faults import Fault
from gateway.pages import page as page_module
from gateway.pages.languages import ENGLISH
from gateway.pages.page import Pages

SHOWN: dict[str, Any] = {
    "partner_name": "Region Jönköping County", "camp_title": "Summer Camp 2026", "place": "Boston",
    "mode": "in_person", "venue": None,
    "starts_on": "2026-07-13", "ends_on": "2026-07-15", "state": "issued", "seats": 4, "zone": "America/New_York",
    "due_at": "2026-06-30T00:00:00-04:00", "undone_until": None, "answers": ["accepted", "tentative", "declined"],
    "nonce": "a-nonce", "waited_for": None, "position": 3, "passed_over": [], "standing_reason": None,
    "token": "inv_1.per_1.digest.seal",
    "postponement": None, "moves": [],
    "withdrawal": {"kind": "by_staff", "reason": "The camp is <smaller>", "at": "2026-06-01T09:00:00.000Z"},
}  # fmt: skip
INSTITUTE = {
    "ORGANISATION_NAME": "Our Institute",
    "CONTACT_NAME": "Yaël Gill",
    "CONTACT_EMAIL": "yael@institute.example",
}


class Elements(HTMLParser):
    """The elements of a page, with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


def page(refused: Fault | None = None, **shown: Any) -> str:
    return Pages(INSTITUTE).show("reply.html", ENGLISH, {**SHOWN, **shown}, refused=refused).get_data(as_text=True)


def text_of(page: str) -> str:
    """What a page says, without the marks that keep the directions of languages apart."""
    return " ".join(re.sub("</?bdi>", "", page).split())


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("issued", "is invited, and 4 seats are kept for you"),
        ("tentative", "may attend: that is the answer we have from you"),
        ("accepted", "will attend, with 4 people: that is the answer we have from you"),
        ("reconfirm", "was to attend on other days. Your seats are kept: please answer again for the days above."),
        ("declined", "cannot attend: that is the answer we have from you"),
        ("waitlisted", "is waiting for 4 seats, at place 3 of the waitlist. We will write to you"),
        ("left_waitlist", "is not on the waitlist any more"),
        ("expired", "the seats have gone to others"),
        ("withdrawn", "has been withdrawn, and no seats are kept"),
    ],
)
def test_the_page_says_how_the_invitation_stands(state: str, sentence: str) -> None:
    assert sentence in text_of(page(state=state))


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("issued", "is invited, and one seat is kept for you."),
        ("tentative", "the answer we have from you. One seat is kept for you."),
        ("accepted", "will attend, with one person: that is the answer we have from you."),
        ("expired", "the seat has gone to others."),
    ],
)
def test_a_single_seat_is_written_in_the_singular(state: str, sentence: str) -> None:
    text = text_of(page(state=state, seats=1))

    assert sentence in text
    assert "seats" not in text.replace('"seats"', "")


def test_who_can_answer_finds_a_button_for_each_answer_and_the_day_by_whose_end_to_answer() -> None:
    text = text_of(page())

    assert [each["value"] for each in Elements(text).all("button")] == ["accepted", "tentative", "declined"]
    assert {each["value"] for each in Elements(text).all("input") if each["name"] == "nonce"} == {"a-nonce"}
    assert "by the end of 29 June 2026 (America/New_York time)" in text


def test_a_declined_answer_can_be_undone_until_an_hour_in_the_zone_of_the_camp() -> None:
    text = text_of(page(state="declined", answers=["undone"], undone_until="2026-06-10T14:30:00-04:00"))

    assert [each["value"] for each in Elements(text).all("button")] == ["undone"]
    assert "until 14:30 on 10 June 2026 (America/New_York time)" in text


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("by_staff", "has been withdrawn, and no seats are kept for you. The reason that was given: A storm"),
        (
            "camp_cancelled",
            "Summer Camp 2026 has been cancelled, and with it the invitation of Region Jönköping County.",
        ),
    ],
)
def test_the_page_of_a_withdrawn_invitation_says_why(kind: str, sentence: str) -> None:
    text = text_of(page(state="withdrawn", withdrawal={"kind": kind, "reason": "A storm <b>"}))

    assert sentence in text
    assert "The reason that was given: A storm &lt;b&gt;" in text


def test_the_page_of_an_invitation_that_ended_with_the_partnership_says_why_that_ended() -> None:
    ended = {"kind": "partner_departed", "reason": "The partnership has ended"}

    told, untold = (
        text_of(page(state="withdrawn", withdrawal=ended, standing_reason=why)) for why in ("A merger <b>", None)
    )

    assert "The reason that was given: A merger &lt;b&gt;" in told
    assert "The partnership has ended" not in told
    assert "The reason that was given: The partnership has ended" in untold


@pytest.mark.parametrize("state", ["issued", "accepted", "waitlisted"])
def test_the_page_of_a_partnership_that_rests_says_why(state: str) -> None:
    resting, not_resting = (text_of(page(state=state, standing_reason=why)) for why in ("Elections <b>", None))

    assert "The partnership rests for now. The reason that was given: Elections &lt;b&gt;" in resting
    assert "rests" not in not_resting


def test_who_waits_reads_how_its_place_has_moved_and_why() -> None:
    moves = [
        {"on": "2026-06-01", "place": 4, "because": "joined"},
        {"on": "2026-06-02", "place": 3, "because": "another_got_seats"},
        {"on": "2026-06-03", "place": 4, "because": "another_came_back"},
        {"on": "2026-06-04", "place": 3, "because": "another_left"},
    ]
    text = text_of(page(state="waitlisted", answers=[], moves=moves))

    said = (
        "1 June 2026: you joined, at place 4.",
        "2 June 2026: place 3. One who waited before you was offered seats.",
        "3 June 2026: place 4. One came back to the place that it had before you.",
        "4 June 2026: place 3. One who waited before you waits no longer.",
    )
    assert re.findall("<li> (.*?) ?</li>", text) == list(said)
    assert "How your place has moved" not in page(state="issued")


@pytest.mark.parametrize(("state", "keeps"), [("accepted", True), ("waitlisted", True), ("expired", False)])
def test_the_page_of_a_postponed_camp_says_no_days_and_why(state: str, keeps: bool) -> None:
    text = text_of(page(state=state, answers=[], postponement={"reason": "Elections <b>"}))

    assert "Summer Camp 2026 is postponed, and its other days are not known yet." in text
    assert ("What is yours is kept" in text) is keeps
    assert "The reason that was given: Elections &lt;b&gt;" in text
    assert "13 July 2026" not in text


@pytest.mark.parametrize("state", ["expired", "withdrawn", "waitlisted", "declined", "accepted"])
def test_where_nothing_can_be_answered_nothing_is_asked(state: str) -> None:
    text = page(state=state, answers=[])

    assert Elements(text).all("form") == []
    assert "yael@institute.example" in text


def test_what_others_wrote_is_text_and_nothing_else() -> None:
    text = page(partner_name="<script>alert(1)</script>", camp_title='"><img src=x>', place="</style><b>")

    assert {tag for tag, _ in Elements(text).found}.isdisjoint({"script", "img", "b"})


def test_every_field_has_a_label_and_the_page_a_language_a_title_and_one_heading() -> None:
    elements = Elements(page())

    labelled = {each["for"] for each in elements.all("label")}
    assert {each.get("id") for each in elements.all("input") if each["type"] != "hidden"} == labelled
    assert elements.all("html") == [{"lang": "en", "dir": "ltr"}]
    assert len(elements.all("title")) == len(elements.all("h1")) == len(elements.all("main")) == 1


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("answers_are_over", "The time to answer is over."),
        ("more_seats_than_offered", "There are not that many seats for you."),
        ("not_fewer_seats", "Please choose fewer seats than you wait for."),
        ("camp_has_begun", "nobody joins its waitlist any more."),
        ("partner_not_invitable", "you cannot join the waitlist now."),
        ("not_on_the_waitlist", "You cannot join the waitlist by yourself any more."),
        ("form_outdated", "something had changed in the meantime."),
    ],
)
def test_why_an_answer_was_not_taken_stands_above_the_form(code: str, sentence: str) -> None:
    text = page(Fault(kind="conflict", code=code, message="inv_1 has been answered since"))

    assert 'role="alert"' in text
    assert text.index(sentence) < text.index("<form")
    assert "inv_1" not in text


def test_an_answer_that_none_of_the_buttons_sends_is_not_understood() -> None:
    assert "Please choose one of the answers below." in page(Fault(kind="invalid", code="seats", message="inner"))


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [("not_found", "copy all of it"), ("unavailable", "try the same link again"), ("unsupported", "open the link")],
)
def test_a_refusal_says_what_to_do(kind: str, sentence: str) -> None:
    response = Pages(INSTITUTE).refusal(Fault(kind=kind, code=kind, message="inner workings"), ENGLISH)

    text = response.get_data(as_text=True)
    assert sentence in text
    assert "inner workings" not in text
    assert response.headers["Content-Security-Policy"] == Pages(INSTITUTE).headers["Content-Security-Policy"]


def test_who_waits_can_take_fewer_seats_and_leave() -> None:
    found = Elements(page(state="waitlisted", answers=["fewer_seats", "left"], due_at=None))

    assert [each["value"] for each in found.all("button")] == ["fewer_seats", "left"]
    (number,) = [each for each in found.all("input") if each["name"] == "seats"]
    assert (number["min"], number["max"]) == ("1", "3")


def test_who_waits_while_the_partnership_rests_reads_that_seats_are_offered_to_others() -> None:
    text = text_of(page(state="waitlisted", answers=["left"], passed_over=["partner_paused"], due_at=None))

    assert "As long as the partnership rests you keep this place, and seats are offered to others." in text
    assert "We will write to you as soon as it is your turn" not in text


def test_who_waits_when_who_comes_is_settled_reads_that_nothing_is_offered_and_is_not_asked_for_fewer() -> None:
    shown = page(state="waitlisted", answers=["fewer_seats", "left"], offers_closed=True, due_at=None)

    assert "Who comes is settled, and no more seats are offered." in text_of(shown)
    assert "We will write to you as soon as it is your turn" not in text_of(shown)
    assert [each["value"] for each in Elements(shown).all("button")] == ["left"]


def test_who_has_left_the_waitlist_can_join_again_and_reads_that_it_is_then_behind_all() -> None:
    text = page(state="left_waitlist", answers=["rejoined"], due_at=None)

    assert [each["value"] for each in Elements(text).all("button")] == ["rejoined"]
    assert "behind all who are waiting now" in text


def test_who_is_offered_fewer_seats_than_it_waited_for_can_wait_on() -> None:
    text = text_of(page(waited_for=6, answers=["accepted", "tentative", "declined", "waiting"]))

    assert [each["value"] for each in Elements(text).all("button")] == ["accepted", "tentative", "waiting", "declined"]
    assert "You waited for 6 seats; so many are not free." in text


def test_the_page_of_a_running_gateway_does_not_change_with_the_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_module, "FOLDER", shutil.copytree(page_module.FOLDER, tmp_path / "templates"))
    running = Pages(INSTITUTE)
    shutil.rmtree(tmp_path / "templates")

    assert running.show("reply.html", ENGLISH, SHOWN, refused=None).status_code == 200
    assert running.refusal(Fault(kind="gone", code="gone", message="gone"), ENGLISH).status_code == 410
