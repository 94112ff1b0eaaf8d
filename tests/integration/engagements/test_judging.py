"""When the series of a measure are judged, and how its signals follow, on the real database."""

import pytest

from services.engagements.use_cases.measurement import judging
from tests.integration.engagements.harness import Answer, EngagementsHarness
from tests.integration.engagements.measuring import WORKED, defined, hear_all, recorded, signals

UP_AND_DOWN = (1, 2, 3, 4, 5, 4, 3, 2, 1, 2, 3, 4, 5, 4, 3, 2, 1)
"""Four trends of five points; a turning point belongs to both (Perla 2011)."""


def test_events_that_come_twice_or_in_another_order_leave_what_would_be_there(engagements: EngagementsHarness) -> None:
    measure = defined(engagements, engagements.active())
    points = recorded(engagements, measure, *WORKED)
    before = signals(engagements, measure)

    for point in reversed(points):
        engagements.hear("await_judgement", measure_id=measure["id"], sequence=point["version"])
    hear_all(engagements)

    assert signals(engagements, measure) == before


def test_many_data_points_at_once_are_judged_once(engagements: EngagementsHarness) -> None:
    measure = defined(engagements, engagements.active())

    recorded(engagements, measure, *WORKED)

    assert [row["data"]["points"] for row in engagements.said("chart.judged")] == [len(WORKED)]


def test_signals_that_are_too_many_for_one_transaction_are_all_there_in_the_end(
    engagements: EngagementsHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging, "MOST_AT_ONCE", 2)
    measure = defined(engagements, engagements.active())

    recorded(engagements, measure, *UP_AND_DOWN)

    assert [spans(each) for each in signals(engagements, measure) if each["rule"] == "trend"] == [
        ("2026-01-12", "2026-02-09"), ("2026-02-09", "2026-03-09"), ("2026-03-09", "2026-04-06"),
        ("2026-04-06", "2026-05-04"),
    ]  # fmt: skip
    assert len(engagements.said("signal.detected")) == 4
    assert len(engagements.said("chart.judged")) == 1


def spans(signal: Answer) -> tuple[str, str]:
    return signal["first"], signal["last"]
