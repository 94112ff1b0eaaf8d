"""A measure and its data points, for tests to act on."""

from datetime import date, timedelta
from typing import Any

from tests.integration.engagements.harness import Answer, EngagementsHarness

WORKED = (12, 14, 13, 15, 14, 16, 12, 9, 8, 10, 7, 9, 8)
"""The first thirteen points of the reference's first worked example; the six last ones are below the median."""
FIRST_WEEK = date(2026, 1, 12)
PARTNER_LEAD = {"subject": "lead", "organisation": "prt_2", "roles": ["partner_lead"]}


def defined(engagements: EngagementsHarness, engagement: Answer, **described: Any) -> Answer:
    usual = {
        "title": "Infections",
        "kind": "outcome",
        "improvement": "decrease",
        "unit": "infections",
        "frequency": "weekly",
        "definition": {"numerator": "Infections"},
    }
    return engagements.command("define_measure", engagement_id=engagement["id"], **usual | described)


def recorded(engagements: EngagementsHarness, measure: Answer, *values: int, **facts: Any) -> list[Answer]:
    """One value a week; each is heard by the service itself."""
    points = []
    for number, value in enumerate(values):
        on = (FIRST_WEEK + timedelta(weeks=number)).isoformat()
        asked = {"measure_id": measure["id"], "on": on, "value": value, **facts}
        points.append(engagements.command("record_data_point", **asked))
    hear_all(engagements)
    return points


def hear_all(engagements: EngagementsHarness) -> None:
    """Let the service hear what it has published itself and has not heard yet, until nothing is new."""
    engagements.hear_its_own()


def milestone(engagements: EngagementsHarness, engagement: Answer, **rule: Any) -> Answer:
    planned = engagements.planned(engagement, evidence_rule=rule)
    hear_all(engagements)
    return planned


def signals(engagements: EngagementsHarness, measure: Answer) -> list[Answer]:
    found: list[Answer] = engagements.call("list_signals", measure_id=measure["id"], limit=100)["ok"]["items"]
    return found
