"""The page on which an inquirer sees how far their inquiry is: what it says, and what can be done there."""

from typing import Any

import pytest

from chassis.domain.faults import Fault
from gateway.pages.languages import ENGLISH, LANGUAGES, Language
from gateway.pages.page import Pages
from gateway.pages.public_pages import PUBLIC_ROUTES
from tests.unit.gateway.test_reply_page import INSTITUTE, Elements, text_of

SHOWN: dict[str, Any] = {
    "organisation": "Region <Skåne>", "state": "received", "received_at": "2026-11-02T09:00:00.000Z",
    "answer_by": "2026-11-12T09:00:00.000Z", "question": None, "outcome": None, "answer": None, "removed_by": None,
    "can_inform": True, "can_withdraw": True, "nonce": "a-nonce", "token": "inq_1.inq_1.digest.seal", "typed": {},
}  # fmt: skip
OVER = {"can_inform": False, "can_withdraw": False, "answer_by": None, "removed_by": "2027-05-11T09:00:00.000Z"}
STATES: dict[str, tuple[dict[str, Any], str]] = {
    "received": ({}, "Nobody has looked at it yet. You will have an answer by 12 November 2026."),
    "acknowledged": ({}, "Nobody has looked at it yet."),
    "screening": ({}, "We are looking whether a partnership may come of it."),
    "more_information": ({"question": "How many hospitals?", "answer_by": None}, "We have asked you something"),
    "discovery": ({"answer_by": None}, "We are talking with you"),
    "determination": ({}, "We are deciding about it."),
    "withdrawn": (OVER, "It was withdrawn, and we do nothing more about it."),
    "closed": ({**OVER, "outcome": "almost", "answer": "Ask again."}, "We cannot become partners yet. Our answer"),
}


def page(language: Language = ENGLISH, *, refused: Fault | None = None, **shown: Any) -> str:
    answer = Pages(INSTITUTE).show("inquiry.html", language, {**SHOWN, **shown}, refused=refused)
    return answer.get_data(as_text=True)


def words_of(page: str) -> str:
    """What a page says, without its elements."""
    return text_of("".join(part.partition(">")[2] for part in page.split("<")))


@pytest.mark.parametrize("state", STATES)
def test_the_page_says_how_far_the_inquiry_is_and_what_is_next(state: str) -> None:
    facts, sentence = STATES[state]

    assert sentence in words_of(page(state=state, **facts))


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda each: each.tag)
@pytest.mark.parametrize("state", STATES)
def test_it_says_so_in_each_language(language: Language, state: str) -> None:
    facts, sentence = STATES[state]
    text = words_of(page(language, state=state, **facts))

    assert "None" not in text
    assert (sentence in text) == (language is ENGLISH)


def test_who_is_asked_something_reads_it_where_they_answer() -> None:
    text = words_of(page(state="more_information", question="How many hospitals?", answer_by=None))

    assert "What we asked you How many hospitals? Your answer (at most 5000 characters)" in text


def test_whose_words_are_removed_reads_when() -> None:
    assert "what you wrote are removed on 11 May 2027." in words_of(page(state="withdrawn", **OVER))


def test_more_is_said_and_the_inquiry_withdrawn_by_two_forms_with_a_nonce() -> None:
    elements = Elements(page())

    assert [each["value"] for each in elements.all("button")] == ["inform", "withdraw"]
    assert [each["value"] for each in elements.all("input") if each["name"] == "nonce"] == ["a-nonce", "a-nonce"]


def test_an_inquiry_that_is_over_has_no_form() -> None:
    assert Elements(page(state="withdrawn", **OVER)).all("form") == []


def test_what_was_typed_is_still_there_when_it_was_not_taken() -> None:
    outdated = Fault(kind="conflict", code="form_outdated", message="it is screening since")

    shown = page(refused=outdated, typed={"message": "Nine <hospitals>"})

    assert "something has changed in the meantime" in shown
    assert "Nine &lt;hospitals&gt;</textarea>" in shown


def test_what_others_wrote_is_text_and_no_element() -> None:
    assert "Region &lt;Skåne&gt;" in page()
    assert "<b>" not in page(state="closed", **{**OVER, "outcome": "declined", "answer": "<b>No</b>"})


def test_looking_at_it_is_one_operation_and_its_form_another() -> None:
    routes = {each.method: each.operation for each in PUBLIC_ROUTES if each.path == "/inquiry/<token>"}

    assert routes == {"GET": "partners.show_inquiry_by_link", "POST": "partners.answer_inquiry_by_link"}
