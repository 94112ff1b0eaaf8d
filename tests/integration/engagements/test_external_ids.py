"""What a partner's own system calls its milestones, measures, initiatives, tests and sessions, on the real database."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.integration.engagements.harness import Answer
from tests.integration.engagements.improving import QUESTION, Improving

NAME = "QI-2026/017"
DESCRIBED: Answer = {
    "plan_milestone": {"kind": "spread", "title": "Ten wards", "due_on": "2026-09-01"},
    "define_measure": {"title": "Infections", "kind": "outcome", "improvement": "decrease", "unit": "infections",
                       "frequency": "weekly", "definition": {"numerator": "Infections"}},
    "propose_initiative": {"title": "Fewer infections", "level": "local", "focus_areas": ["safer_care"],
                           "settings": ["community"], "intervention_focus": "value"},
    "schedule_coaching": {"held_at": "2026-06-10T14:00:00+02:00", "zone": "Europe/Stockholm"},
    "plan_cycle": {"idea": "bundle", "objective": "test", "setting": "health_care", "questions": [QUESTION]},
}  # fmt: skip
LISTS = {
    "plan_milestone": "list_milestones",
    "define_measure": "list_measures",
    "propose_initiative": "list_initiatives",
    "schedule_coaching": "list_coaching_sessions",
    "plan_cycle": "list_cycles",
}
Make = Callable[..., Answer]


@pytest.fixture(params=DESCRIBED)
def operation(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def make(improving: Improving, operation: str) -> Make:
    """Puts on record one more of what the operation creates, and gives its answer."""
    within = {"engagement_id": improving.engagement["id"]}
    if operation == "plan_cycle":
        within = {"initiative_id": improving.active()["id"]}

    def made(**more: Any) -> Answer:
        return improving.engagements.call(operation, **within, **DESCRIBED[operation], **more)

    return made


def test_it_is_shown_and_found_by_what_the_partners_system_calls_it(
    improving: Improving, operation: str, make: Make
) -> None:
    named, another, unnamed = make(external_id=NAME)["ok"], make(external_id="QI-18")["ok"], make()["ok"]

    found = improving.engagements.command(LISTS[operation], external_id=NAME)["items"]

    assert [each["external_id"] for each in (named, another, unnamed)] == [NAME, "QI-18", None]
    assert [each["id"] for each in found] == [named["id"]]


def test_a_second_one_of_the_same_name_is_refused_and_the_first_is_named(make: Make) -> None:
    first = make(external_id=NAME)["ok"]

    refused = make(external_id=NAME)["fault"]

    assert (refused["kind"], refused["code"]) == ("conflict", "external_id_taken")
    assert first["id"] in refused["message"]


def test_another_partner_may_call_its_own_the_same(improving: Improving) -> None:
    other = improving.engagements.active("prt_2")
    milestone = {**DESCRIBED["plan_milestone"], "external_id": NAME}

    planned = [
        improving.engagements.command("plan_milestone", engagement_id=engagement["id"], **milestone)
        for engagement in (improving.engagement, other)
    ]

    assert [each["external_id"] for each in planned] == [NAME, NAME]
