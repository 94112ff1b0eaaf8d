"""How deep engagements are, on the real database: counted from what happened, and each partner's own."""

from tests.integration.engagements.harness import EngagementsHarness

PARTNER_LEAD = {"subject": "lead", "organisation": "prt_2", "roles": ["partner_lead"]}


def depth(engagements: EngagementsHarness, *, partner_id: str) -> dict[str, object]:
    rows = {row["partner_id"]: row for row in engagements.call("list_depth")["ok"]["items"]}
    found: dict[str, object] = rows[partner_id]
    return found


def test_what_was_reached_and_what_is_open_is_counted_apart(engagements: EngagementsHarness) -> None:
    engagement = engagements.active()
    reached, dropped, _ = (engagements.planned(engagement) for _ in range(3))
    engagements.move("reach_milestone", reached, reached_on="2026-05-30", evidence="Ten wards in May")
    engagements.move("drop_milestone", dropped, reason="Another hospital does it")

    found = depth(engagements, partner_id="prt_1")

    assert (found["milestones_reached"], found["milestones_open"]) == (1, 1)


def test_coaching_counts_once_it_took_place(engagements: EngagementsHarness) -> None:
    engagement = engagements.active()
    agreed = {"engagement_id": engagement["id"], "held_at": "2026-05-20T12:00:00Z", "zone": "Europe/Stockholm"}
    held, _ = (engagements.call("schedule_coaching", **agreed)["ok"] for _ in range(2))
    asked = {"session_id": held["id"], "version": held["version"], "held_on": "2026-05-20"}
    engagements.call("hold_coaching", **asked, notes="They fear the winter")

    assert depth(engagements, partner_id="prt_1")["coaching_sessions_held"] == 1


def test_only_engagements_under_way_have_depth(engagements: EngagementsHarness) -> None:
    engagements.draft("prt_1")
    engagements.active("prt_2")

    assert [row["partner_id"] for row in engagements.call("list_depth")["ok"]["items"]] == ["prt_2"]


def test_a_partner_sees_its_own_depth_alone(engagements: EngagementsHarness) -> None:
    engagements.planned(engagements.active("prt_1"))
    engagements.active("prt_2")

    (row,) = engagements.call("list_depth", PARTNER_LEAD)["ok"]["items"]

    assert (row["partner_id"], row["milestones_open"]) == ("prt_2", 0)
