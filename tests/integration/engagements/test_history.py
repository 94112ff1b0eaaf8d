"""What is entered as history, and what becomes of it later, on the real database."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.integration.engagements.harness import Answer, EngagementsHarness
from tests.integration.engagements.test_measurement import WORKED, defined, hear_all, milestone, recorded, signals

LATER = datetime(2026, 9, 2, 5, 0, tzinfo=UTC)
"""When 1 September is over in Chicago; it is 1 June when a test begins."""


@pytest.fixture
def engagement(engagements: EngagementsHarness) -> Answer:
    return engagements.active()


def is_history(engagements: EngagementsHarness, key: str) -> list[bool]:
    """Of each event under a key, whether it says that it is history."""
    return [row["entered_as_history"] for row in engagements.said(key)]


def test_data_of_the_past_are_judged_and_propose_a_milestone_and_all_of_that_is_history(
    engagements: EngagementsHarness, engagement: Answer
) -> None:
    engagements.entering_history = True
    measure = defined(engagements, engagement)
    planned = milestone(engagements, engagement, kind="favourable_shift", measure_id=measure["id"])

    recorded(engagements, measure, *WORKED)

    assert [each["state"] for each in signals(engagements, measure) if each["rule"] == "shift"] == ["detected"]
    assert engagements.seen(planned)["state"] == "proposed"
    said = ("chart.judged", "signal.detected", "milestone.proposed")
    assert {key: set(is_history(engagements, key)) for key in said} == {key: {True} for key in said}


def test_the_same_data_of_today_are_no_history(engagements: EngagementsHarness, engagement: Answer) -> None:
    measure = defined(engagements, engagement)
    milestone(engagements, engagement, kind="favourable_shift", measure_id=measure["id"])

    recorded(engagements, measure, *WORKED)

    assert set(is_history(engagements, "signal.detected")) == {False}
    assert is_history(engagements, "milestone.proposed") == [False]


def test_a_milestone_of_the_past_is_not_missed_by_being_put_on_record_and_can_be_reached(
    engagements: EngagementsHarness, engagement: Answer
) -> None:
    refused = engagements.call("plan_milestone", engagement_id=engagement["id"], kind="spread", title="Ten wards",
                               due_on="2026-02-01")["fault"]  # fmt: skip
    engagements.entering_history = True
    planned = engagements.planned(engagement, due_on="2026-02-01")

    engagements.it_becomes(LATER)
    reached = engagements.move("reach_milestone", engagements.seen(planned), reached_on="2026-03-01", evidence="Seen")

    assert refused["fields"][0]["pointer"] == "/due_on"
    assert (reached["state"], reached["due_on"], engagements.said("milestone.missed")) == ("reached", "2026-02-01", [])
    assert is_history(engagements, "milestone.reached") == [True]


def test_a_milestone_of_history_whose_day_was_to_come_is_missed_later_and_that_is_news(
    engagements: EngagementsHarness, engagement: Answer
) -> None:
    engagements.entering_history = True
    planned = engagements.planned(engagement, due_on="2026-09-01")

    engagements.it_becomes(LATER)

    assert engagements.seen(planned)["state"] == "missed"
    assert [*is_history(engagements, "milestone.planned"), *is_history(engagements, "milestone.missed")] == [
        True,
        False,
    ]


def test_data_of_a_measure_of_history_that_are_late_later_are_news(
    engagements: EngagementsHarness, engagement: Answer
) -> None:
    engagements.entering_history = True
    measure = defined(engagements, engagement)
    recorded(engagements, measure, *WORKED)

    engagements.it_becomes(LATER)
    hear_all(engagements)

    assert is_history(engagements, "data.stale") == [False]


@pytest.mark.parametrize(
    ("month", "is_past"), [("2026-02", True), ("2026-06", False)], ids=["had stalled before", "stalls later"]
)
def test_an_initiative_of_history_stalls_as_history_only_if_it_had_when_that_was_put_on_record(
    engagements: EngagementsHarness, engagement: Answer, month: str, is_past: bool
) -> None:
    engagements.entering_history = True
    described = {"level": "local", "focus_areas": ["safer_care"], "settings": ["community"]}
    initiative = engagements.command("propose_initiative", engagement_id=engagement["id"], title="Fewer infections",
                                     intervention_focus="value", **described)  # fmt: skip
    asked = {"initiative_id": initiative["id"], "version": initiative["version"], "assessor_role": "faculty"}
    scored = engagements.command("score_initiative", month=month, score="2.5", justification="No shift yet", **asked)

    engagements.it_becomes(LATER)

    assert (datetime.fromisoformat(scored["stalls_at"]) < datetime(2026, 6, 1, tzinfo=UTC)) is is_past
    assert is_history(engagements, "initiative.stalled") == [is_past]


@pytest.mark.parametrize(("operation", "facts"), [
    ("reach_milestone", {"reached_on": "2026-06-02", "evidence": "It will be"}),
])  # fmt: skip
def test_what_has_happened_has_no_day_to_come_in_history_either(
    engagements: EngagementsHarness, engagement: Answer, operation: str, facts: dict[str, Any]
) -> None:
    planned = engagements.planned(engagement)
    engagements.entering_history = True

    refused = engagements.call(operation, milestone_id=planned["id"], version=1, **facts)["fault"]

    assert refused["fields"][0]["code"] == "in_the_future"


def test_the_audit_trail_says_what_was_entered_as_history(engagements: EngagementsHarness, engagement: Answer) -> None:
    engagements.planned(engagement)
    engagements.entering_history = True
    engagements.planned(engagement)

    asked = {"limit": 100, "resource": engagement["id"]}
    found = [each for each in engagements.call("list_audit_records", **asked)["ok"]["items"]
             if each["operation"] == "engagements.plan_milestone"]  # fmt: skip

    assert sorted(each["entered_as_history"] for each in found) == [False, True]
