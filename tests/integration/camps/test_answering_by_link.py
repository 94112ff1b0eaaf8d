"""The link in a letter answers for whom it was sent to, at the address it was sent to, while they lead the partner."""

from datetime import UTC, datetime

import pytest

from chassis.rpc import references
from tests.integration.camps.harness import Answer, CampsHarness

NOBODY: Answer = {"subject": "link", "organisation": "none", "roles": []}
NEW_ADDRESS = "anna@elsewhere.example"


@pytest.fixture
def camp(camps: CampsHarness) -> Answer:
    """A camp to which `prt_1` is invited, with four seats; `per_1` and `per_2` lead the partner."""
    camp = camps.inviting(capacity=10)
    camps.invite("prt_1")
    camps.person("per_1")
    camps.person("per_2", email="bo@region.example")
    return camp


def shown(camps: CampsHarness, token: str) -> Answer:
    return camps.call("show_reply_form", NOBODY, token=token)


def by_link(camps: CampsHarness, token: str | None = None, *, answer: str) -> Answer:
    """Answer by a link, that of the leader unless told otherwise, as its form is shown."""
    token = token or camps.token()
    nonce = shown(camps, token)["ok"]["nonce"]
    return camps.call("answer_by_link", NOBODY, token=token, nonce=nonce, answer=answer)


def code_of(answer: Answer) -> tuple[str, str]:
    """Give the kind and the code of a refusal."""
    return answer["fault"]["kind"], answer["fault"]["code"]


def test_who_has_the_link_sees_what_is_needed_to_answer(camps: CampsHarness, camp: Answer) -> None:
    form = shown(camps, camps.token())["ok"]

    assert (form["partner_name"], form["camp_title"], form["seats"]) == ("Region prt_1", "Summer Camp 2026", 4)
    assert form["due_at"] == "2026-06-30T00:00:00-04:00"
    assert form["zone"] == "America/New_York"
    assert form["answers"] == ["accepted", "tentative", "declined"]


def test_the_page_is_asked_for_in_the_language_of_whom_the_link_was_sent_to(camps: CampsHarness, camp: Answer) -> None:
    camps.person("per_1", language="sv", sequence=2)

    assert shown(camps, camps.token())["ok"]["language"] == "sv"


def test_who_has_the_link_is_told_why_the_partnership_rests_or_has_ended(camps: CampsHarness, camp: Answer) -> None:
    camps.pause("prt_1")
    resting = shown(camps, camps.token())["ok"]
    camps.hear("withdraw_open_invitations", sequence=3, partner_id="prt_1", reason="Merged")
    ended = shown(camps, camps.token())["ok"]

    assert (resting["state"], resting["standing_reason"]) == ("issued", "Elections")
    assert (ended["withdrawal"]["kind"], ended["standing_reason"]) == ("partner_departed", "Merged")


@pytest.mark.parametrize("state", ["accepted", "tentative", "declined"])
def test_who_has_the_link_answers_for_the_partner(camps: CampsHarness, camp: Answer, state: str) -> None:
    assert by_link(camps, answer=state)["ok"] == {"state": state}
    assert by_link(camps, answer="undone")["ok" if state == "declined" else "fault"]

    (said,) = camps.published(f"camps.invitation.{state}")
    assert said["data"]["via"] == "rsvp"


def test_after_the_day_to_answer_by_no_link_answers(camps: CampsHarness, camp: Answer) -> None:
    camps.it_becomes(datetime(2026, 6, 30, 4, 0, tzinfo=UTC))

    assert by_link(camps, answer="accepted")["fault"]["code"] == "answers_are_over"
    assert camps.invitation_of("prt_1")["state"] == "issued"


def test_the_invitation_says_by_whose_link_it_was_answered(camps: CampsHarness, camp: Answer) -> None:
    by_link(camps, camps.token(person_id="per_2", email="bo@region.example"), answer="accepted")

    answer = camps.invitation_of("prt_1")["answer"]
    assert (answer["by"], answer["via"]) == ("per_2", "rsvp")


ENDS = {
    "they left": lambda camps: camps.leave("per_1"),
    "another address": lambda camps: camps.person("per_1", email=NEW_ADDRESS, sequence=2),
    "they lead no longer": lambda camps: camps.person("per_1", role="data_lead", sequence=2),
}


@pytest.mark.parametrize("end", ENDS)
def test_a_link_ends_with_what_it_was_for_and_those_of_others_are_good(
    camps: CampsHarness, camp: Answer, end: str
) -> None:
    token = camps.token()
    nonce = shown(camps, token)["ok"]["nonce"]

    ENDS[end](camps)

    sent = camps.call("answer_by_link", NOBODY, token=token, nonce=nonce, answer="declined")
    assert code_of(sent) == code_of(shown(camps, token)) == ("gone", "link_ended")
    assert "Region" not in str(sent)
    assert camps.invitation_of("prt_1")["state"] == "issued"
    assert by_link(camps, camps.token(person_id="per_2", email="bo@region.example"), answer="accepted")["ok"]


def test_the_link_sent_to_a_new_address_is_good(camps: CampsHarness, camp: Answer) -> None:
    camps.person("per_1", email=NEW_ADDRESS, sequence=2)

    assert by_link(camps, camps.token(email=NEW_ADDRESS), answer="accepted")["ok"] == {"state": "accepted"}


def test_a_link_is_good_however_its_address_is_spelt(camps: CampsHarness, camp: Answer) -> None:
    camps.person("per_1", email="Anna@REGION.example", sequence=2)

    assert by_link(camps, answer="accepted")["ok"] == {"state": "accepted"}


def test_whoever_returns_to_the_same_address_answers_by_the_same_link(camps: CampsHarness, camp: Answer) -> None:
    camps.leave("per_1")
    camps.person("per_1", sequence=3)

    assert by_link(camps, answer="accepted")["ok"] == {"state": "accepted"}


def test_nobody_answers_for_a_partner_they_do_not_lead(camps: CampsHarness, camp: Answer) -> None:
    camps.person("per_3", partner_id="prt_2", email="cy@other.example")

    refused = shown(camps, camps.token(person_id="per_3", email="cy@other.example"))

    assert code_of(refused) == ("gone", "link_ended")


def test_a_link_to_nothing_answers_nothing(camps: CampsHarness, camp: Answer) -> None:
    assert code_of(shown(camps, "inv_1.made-up")) == ("not_found", "unknown_link")
    assert code_of(shown(camps, camps.token().replace("per_1", "per_2"))) == ("not_found", "unknown_link")


def test_a_form_is_good_for_one_answer_of_any_of_those_who_lead(camps: CampsHarness, camp: Answer) -> None:
    second = camps.token(person_id="per_2", email="bo@region.example")
    nonce = shown(camps, second)["ok"]["nonce"]
    by_link(camps, answer="accepted")

    late = camps.call("answer_by_link", NOBODY, token=second, nonce=nonce, answer="accepted")

    assert code_of(late) == ("conflict", "form_outdated")


def test_a_link_of_somebody_not_heard_of_yet_waits_for_the_news_of_them(
    camps: CampsHarness, camp: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = camps.token(person_id="per_new", email="new@region.example")
    monkeypatch.setattr(references, "sleep", lambda _: camps.person("per_new", email="new@region.example"))

    assert shown(camps, token)["ok"]["partner_name"] == "Region prt_1"


def test_when_that_news_does_not_come_it_is_said_to_be_our_fault(
    camps: CampsHarness, camp: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(references, "sleep", pauses.append)

    refused = shown(camps, camps.token(person_id="per_new", email="new@region.example"))

    assert code_of(refused) == ("unavailable", "holder_not_known_yet")
    assert sum(pauses) == pytest.approx(0.75)
