"""A partner sees who coaches it, and how to reach them."""

from typing import Any

from tests.integration.engagements.harness import Answer, EngagementsHarness

COACH = {"partner_id": None, "role": "coach", "zone": "Europe/Stockholm"}


def leader_of(partner_id: str) -> dict[str, Any]:
    return {"subject": "leader", "organisation": partner_id, "roles": ["partner_lead"]}


def coaches(engagements: EngagementsHarness, *, seen_by: str, partner_id: str = "prt_1") -> list[Answer]:
    answer: Answer = engagements.call("show_coaches", leader_of(seen_by), partner_id=partner_id)["ok"]
    return answer["items"]


def describe(engagements: EngagementsHarness, sequence: int) -> None:
    who = COACH | {"person_id": "per_coach", "name": "Coach Okonkwo", "email": "okonkwo@institute.example"}
    engagements.hear("keep_person", **who, sequence=sequence)


def test_a_leader_sees_who_coaches_their_partner_and_how_to_reach_them(engagements: EngagementsHarness) -> None:
    engagements.active()
    describe(engagements, sequence=2)

    assert coaches(engagements, seen_by="prt_1") == [
        {
            "person_id": "per_coach",
            "name": "Coach Okonkwo",
            "email": "okonkwo@institute.example",
            "zone": "Europe/Stockholm",
        }
    ]


def test_another_partner_does_not_see_them(engagements: EngagementsHarness) -> None:
    engagements.active()
    describe(engagements, sequence=2)

    asked = engagements.call("show_coaches", leader_of("prt_2"), partner_id="prt_1")
    assert asked["fault"]["kind"] == "not_found"


def test_who_has_left_coaches_nobody(engagements: EngagementsHarness) -> None:
    engagements.active()
    engagements.hear("keep_departure", person_id="per_coach", partner_id=None, left_on="2026-05-01", sequence=2)

    assert coaches(engagements, seen_by="prt_1") == []
