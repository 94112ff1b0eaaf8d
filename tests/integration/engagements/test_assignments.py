"""Which partners a coach is assigned to, on the real database."""

from tests.integration.engagements.harness import EngagementsHarness


def test_a_coach_is_assigned_to_the_partners_whose_engagements_they_lead(engagements: EngagementsHarness) -> None:
    for partner_id in ("prt_2", "prt_1"):
        engagements.active(partner_id)
    engagements.draft("prt_3")

    assert engagements.command("show_assignment", person_id="per_coach")["partner_ids"] == ["prt_1", "prt_2"]
    assert engagements.command("show_assignment", person_id="per_other")["partner_ids"] == []
