"""What other industries taught is captured by the institute and by whoever was there, on the real database."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.integration.camps.harness import Answer, CampsHarness
from tests.service_harness import STAFF

TAUGHT: dict[str, Any] = {
    "organisation": "An airline", "industry": "aviation", "lesson": "Anybody may stop the crew",
    "hypothesis": "At insertion a nurse may stop a doctor", "topics": ["checklists"],
}  # fmt: skip
DURING_THE_SUMMER_CAMP = datetime(2026, 7, 14, 15, 0, tzinfo=UTC)


def editor(partner_id: str) -> Answer:
    return {"subject": f"editor of {partner_id}", "organisation": partner_id, "roles": ["partner_editor"]}


def capture(camps: CampsHarness, scope: Answer = STAFF, **about: Any) -> Answer:
    return camps.call("capture_industry_lesson", scope, **TAUGHT | about)


@pytest.fixture
def attended(camps: CampsHarness) -> Answer:
    """The summer camp, at which `prt_1` is and `prt_2` is not; it has begun."""
    camp = camps.inviting()
    camps.invite("prt_1")
    camps.admit("prt_2")
    invitation = camps.answer("accept_invitation", "prt_1")["ok"]
    somebody = {"name": "Bo", "email": "bo@region.example", "role": "Nurse"}
    delegate = camps.command("name_delegate", invitation_id=invitation["id"], **somebody)
    camps.it_becomes(DURING_THE_SUMMER_CAMP)
    there = {"delegate_ids": [delegate["id"]], "presence": "present", "on": "2026-07-13"}
    camps.command("record_attendance", camp_id=camp["id"], **there)
    return camp


def test_the_institute_captures_a_lesson_that_everybody_reads(camps: CampsHarness) -> None:
    lesson = capture(camps)["ok"]

    shown = camps.call("show_industry_lesson", editor("prt_2"), lesson_id=lesson["id"])["ok"]
    assert (shown["organisation"], shown["state"], shown["partner_id"]) == ("An airline", "captured", None)
    assert camps.all("list_industry_lessons", topic="checklists", industry="aviation", q="airl") == [shown]
    assert camps.all("list_industry_lessons", topic="falls") == []
    (said,) = camps.published("camps.industry_lesson.captured")
    assert said["data"] == {
        "lesson_id": lesson["id"], "camp_id": None, "session_id": None, **TAUGHT,
    }  # fmt: skip


def test_a_partner_captures_what_was_taught_where_it_was(camps: CampsHarness, attended: Answer) -> None:
    def said(scope: Answer, **about: Any) -> str:
        answer = capture(camps, scope, camp_id=attended["id"], **about)
        return str(answer.get("fault", {}).get("code") or answer["ok"]["partner_id"])

    assert said(editor("prt_1"), partner_id="prt_1") == "prt_1"
    assert said(editor("prt_2"), partner_id="prt_2") == "partner_did_not_attend"
    assert said(editor("prt_2"), partner_id="prt_1") == "unknown_reference"
    assert said(editor("prt_1")) == "captured_by_nobody"
    alone = capture(camps, editor("prt_1"), partner_id="prt_1")["fault"]
    assert (alone["code"], alone["fields"][0]["pointer"]) == ("captured_by_nobody", "/camp_id")


def test_nothing_is_taught_at_a_camp_that_has_not_begun(camps: CampsHarness) -> None:
    camp = camps.inviting()
    camps.invite("prt_1")
    camps.answer("accept_invitation", "prt_1")

    refused = capture(camps, editor("prt_1"), partner_id="prt_1", camp_id=camp["id"])["fault"]

    assert refused["code"] == "camp_not_begun"


def test_a_lesson_of_a_session_is_of_one_of_another_industry(camps: CampsHarness, attended: Answer) -> None:
    def session(kind: str) -> str:
        drafted = camps.command("draft_session", camp_id=attended["id"], partner_id="prt_1", kind=kind, title="Pilots")
        return str(drafted["id"])

    lesson = capture(camps, session_id=session("other_industry"))["ok"]
    refused = capture(camps, session_id=session("workshop"))["fault"]

    assert (lesson["camp_id"], refused["code"]) == (attended["id"], "session_of_our_industry")


def test_a_lesson_is_changed_by_who_captured_it_and_by_the_institute(camps: CampsHarness, attended: Answer) -> None:
    theirs = capture(camps, editor("prt_1"), partner_id="prt_1", camp_id=attended["id"])["ok"]
    ours = capture(camps)["ok"]

    def correct(lesson: Answer, scope: Answer) -> Answer:
        return camps.call("correct_industry_lesson", scope, lesson_id=lesson["id"], version=None, industry="aviation")

    assert correct(theirs, editor("prt_2"))["fault"]["kind"] == "not_found"
    assert correct(ours, editor("prt_1"))["fault"]["kind"] == "not_found"
    assert "ok" in correct(theirs, editor("prt_1"))
    assert "ok" in correct(theirs, STAFF)


def test_what_is_corrected_withdrawn_and_restored_is_said_each_time(camps: CampsHarness) -> None:
    lesson: dict[str, Any] = {"lesson_id": capture(camps)["ok"]["id"], "version": None}
    camps.command("correct_industry_lesson", **lesson, organisation="An airline", lesson="Everybody may")
    camps.command("correct_industry_lesson", **lesson, lesson="Everybody may")
    withdrawn = camps.command("withdraw_industry_lesson", **lesson, reason="It was misheard")
    refused = camps.call("correct_industry_lesson", **lesson, lesson="Nobody may")["fault"]
    camps.command("restore_industry_lesson", **lesson)

    (corrected,) = camps.published("camps.industry_lesson.corrected")
    (said,) = camps.published("camps.industry_lesson.withdrawn")
    assert (corrected["data"]["members"], corrected["data"]["lesson"]) == (["lesson"], "Everybody may")
    assert (said["data"]["reason"], withdrawn["withdrawn_because"]) == ("It was misheard", "It was misheard")
    assert "statements" not in withdrawn
    assert refused["code"] == "not_from_this_state"
    assert len(camps.published("camps.industry_lesson.restored")) == 1
