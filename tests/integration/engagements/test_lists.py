"""Lists of engagements, milestones and sessions: by coach, owner, day and name, in the order of their days."""

from typing import Any

import pytest

from tests.integration.engagements.harness import EngagementsHarness

DUE = {"Ten wards": "2026-09-01", "Infections halved": "2026-07-01", "Two teams trained": "2026-09-01",
       "A first aim": "2026-06-15"}  # fmt: skip


@pytest.fixture
def planned(engagements: EngagementsHarness) -> EngagementsHarness:
    """Four milestones of one engagement, led by `per_coach`; the last is seen to by `per_owner`."""
    engagement = engagements.active()
    engagements.person("per_owner")
    for title, due_on in DUE.items():
        owner = {"owner_id": "per_owner"} if title == "A first aim" else {}
        engagements.planned(engagement, title=title, due_on=due_on, **owner)
    return engagements


def titles(engagements: EngagementsHarness, **asked: Any) -> list[str]:
    """What is on all pages, as a client sees them that follows the cursors."""
    page = engagements.call("list_milestones", limit=1, **asked)["ok"]
    found = [each["title"] for each in page["items"]]
    return found + (titles(engagements, **asked | {"cursor": page["next_cursor"]}) if page["next_cursor"] else [])


def test_milestones_come_in_the_order_of_their_days_and_of_one_day_in_the_order_they_were_made(
    planned: EngagementsHarness,
) -> None:
    rising = ["A first aim", "Infections halved", "Ten wards", "Two teams trained"]

    assert titles(planned, sort="due_on") == rising
    assert titles(planned, sort="-due_on") == rising[::-1]
    assert titles(planned, sort="due_on", due_from="2026-06-16") == rising[1:]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"due_from": "2026-07-01", "due_until": "2026-08-31"}, ["Infections halved"]),
        ({"due_until": "2026-07-01"}, ["Infections halved", "A first aim"]),
        ({"due_from": "2026-07-02"}, ["Ten wards", "Two teams trained"]),
        ({"due_from": "2026-07-02", "due_until": "2026-07-01"}, []),
        ({"owner_id": "per_owner"}, ["A first aim"]),
        ({"owner_id": "per_coach"}, []),
        ({"coach_id": "per_coach"}, [*DUE]),
        ({"coach_id": "per_owner"}, []),
        ({"q": "infec"}, ["Infections halved"]),
    ],
    ids=str,
)
def test_milestones_are_found_by_their_days_owner_coach_and_title(
    planned: EngagementsHarness, asked: dict[str, str], found: list[str]
) -> None:
    assert titles(planned, **asked) == found


def test_a_partner_finds_only_its_own_milestones_by_a_coach(planned: EngagementsHarness) -> None:
    planned.planned(planned.active("prt_2"), title="Another’s")
    own = {"subject": "bo", "organisation": "prt_2", "roles": ["partner_lead"]}

    found = planned.call("list_milestones", own, coach_id="per_coach")["ok"]["items"]

    assert [each["title"] for each in found] == ["Another’s"]


def test_engagements_are_found_by_the_name_of_their_partner(engagements: EngagementsHarness) -> None:
    for partner_id in ("prt_1", "prt_2"):
        engagements.draft(partner_id)

    (found,) = engagements.call("list_engagements", q="region 2")["ok"]["items"]

    assert found["partner_name"] == "Region prt_2"


def test_coaching_sessions_come_in_the_order_in_which_they_take_place(engagements: EngagementsHarness) -> None:
    engagement = engagements.active()
    for day in ("2026-07-03", "2026-07-01", "2026-07-02"):
        at = {"held_at": f"{day}T14:00:00+02:00", "zone": "Europe/Stockholm"}
        engagements.command("schedule_coaching", engagement_id=engagement["id"], **at)

    first = engagements.call("list_coaching_sessions", sort="-held_at", limit=2)["ok"]
    rest = engagements.call("list_coaching_sessions", sort="-held_at", limit=2, cursor=first["next_cursor"])["ok"]

    assert [each["held_at"][8:10] for each in first["items"] + rest["items"]] == ["03", "02", "01"]


@pytest.mark.parametrize("operation", ["list_engagements", "list_milestones"])
def test_what_a_list_cannot_be_sorted_by_is_refused_with_what_it_can(
    engagements: EngagementsHarness, operation: str
) -> None:
    fault = engagements.call(operation, sort="name")["fault"]

    assert fault["fields"][0]["pointer"] == "/sort"
    assert ("due_on" in fault["message"]) is (operation == "list_milestones")
