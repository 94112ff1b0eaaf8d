"""What the institute agreed to be missing of a partner is what its engagement might aim at first."""

import pytest

from tests.integration.engagements.harness import Answer, EngagementsHarness

OF_PARTNER: Answer = {"subject": "leader", "organisation": "prt_1", "roles": ["partner_lead"]}


def agree(engagements: EngagementsHarness, *gaps: str, sequence: int) -> None:
    assessments = [f"asm_{sequence}"]
    engagements.hear("keep_gaps_as_objectives", sequence=sequence, partner_id="prt_1", gaps=list(gaps),
                     assessment_ids=assessments)  # fmt: skip


def proposed(engagements: EngagementsHarness, engagement: Answer) -> list[tuple[str, list[str]]]:
    shown = engagements.call("show_proposed_objectives", engagement_id=engagement["id"])["ok"]
    return [(each["characteristic"], each["assessment_ids"]) for each in shown["proposed_objectives"]]


def test_gaps_agreed_on_before_the_engagement_began_are_proposed_to_it(engagements: EngagementsHarness) -> None:
    agree(engagements, "reach", "desire_to_test", sequence=1)

    engagement = engagements.draft()

    assert proposed(engagements, engagement) == [("reach", ["asm_1"]), ("desire_to_test", ["asm_1"])]


def test_a_gap_that_is_closed_is_proposed_no_more_in_whatever_order_that_is_heard(
    engagements: EngagementsHarness,
) -> None:
    engagement = engagements.draft()
    agree(engagements, "desire_to_test", sequence=3)
    agree(engagements, "reach", sequence=2)

    assert proposed(engagements, engagement) == [("desire_to_test", ["asm_3"])]


def test_to_an_engagement_that_is_closed_nothing_is_proposed(engagements: EngagementsHarness) -> None:
    engagement = engagements.draft()
    agree(engagements, "reach", sequence=1)
    asked = {"engagement_id": engagement["id"], "version": engagement["version"]}
    engagements.command("close_engagement", **asked, reason="Merged")

    assert proposed(engagements, engagement) == []


@pytest.mark.parametrize("gaps", [[], ["reach"]])
def test_only_the_institute_sees_what_is_proposed(engagements: EngagementsHarness, gaps: list[str]) -> None:
    engagement = engagements.draft()
    agree(engagements, *gaps, sequence=1)

    refused = engagements.call("show_proposed_objectives", OF_PARTNER, engagement_id=engagement["id"])

    assert refused["fault"]["kind"] == "forbidden"
