"""What came out of a camp, on the real database, and that a camp is closed with it."""

from datetime import UTC, datetime

from tests.integration.camps.harness import STAFF, Answer, CampsHarness
from tests.integration.camps.test_commitments import OF_ANOTHER, at_the_camp, change, promise
from tests.integration.camps.test_experiences import captured, do

__all__ = ["at_the_camp"]
IT_IS_OVER = datetime(2026, 7, 20, 12, 0, tzinfo=UTC)


def harvest(camps: CampsHarness, scope: Answer = OF_ANOTHER) -> Answer:
    camp_id = camps.invitation_of("prt_1")["camp_id"]
    found: Answer = camps.call("show_harvest", scope, camp_id=camp_id)["ok"]
    return found


def closed(camps: CampsHarness, **said: str) -> Answer:
    """What becomes of closing the camp once it is over."""
    camps.it_becomes(IT_IS_OVER)
    camp_id = camps.invitation_of("prt_1")["camp_id"]
    camps.store.database["camps"].update_one({"_id": camp_id}, {"$set": {"state": "ended"}})
    version = camps.call("show_camp", camp_id=camp_id)["ok"]["version"]
    return camps.call("close_camp", camp_id=camp_id, version=version, **said)


def test_everybody_sees_who_promised_what_and_what_share_of_it_was_reported(at_the_camp: CampsHarness) -> None:
    promise(at_the_camp)
    change(at_the_camp, "report_commitment", outcome="adapted", learning="At night it is another matter")
    promise(at_the_camp, what="A huddle")
    given_up = promise(at_the_camp, what="Another")["ok"]
    at_the_camp.call("release_commitment", commitment_id=given_up["id"], version=1, reason="The ward is closed")

    found = harvest(at_the_camp)

    assert [(each["partner_name"], each["what"], each["outcome"]) for each in found["promises"]] == [
        ("Region prt_1", "A checklist", "adapted"),
        ("Region prt_1", "A huddle", None),
        ("Region prt_1", "Another", None),
    ]
    counts = found["commitments"]
    assert (counts["made"], counts["reported"], counts["adapted"], counts["released"]) == (2, 1, 1, 1)
    assert counts["share_reported"] == "0.50"


def test_of_a_camp_at_which_nothing_was_promised_there_is_no_share(at_the_camp: CampsHarness) -> None:
    found = harvest(at_the_camp)

    assert (found["promises"], found["commitments"]["share_reported"]) == ([], None)


def test_what_is_shared_at_the_camp_is_part_of_it_and_drafts_are_not(at_the_camp: CampsHarness) -> None:
    camp_id = at_the_camp.invitation_of("prt_1")["camp_id"]
    reviewed = do(at_the_camp, "review_experience", captured(at_the_camp), STAFF)
    do(at_the_camp, "share_experience", reviewed, visibility="partners", camp_id=camp_id)
    captured(at_the_camp, title="A draft")

    assert [each["title"] for each in harvest(at_the_camp)["experiences"]] == ["Read out at night"]


def test_a_camp_of_which_nothing_is_published_is_closed_only_with_the_reason_why(at_the_camp: CampsHarness) -> None:
    refused = closed(at_the_camp)["fault"]
    camp = closed(at_the_camp, nothing_to_publish="A storm sent everybody home")["ok"]

    assert refused["code"] == "nothing_published"
    assert (camp["state"], camp["nothing_to_publish"]) == ("closed", "A storm sent everybody home")
    assert harvest(at_the_camp)["nothing_to_publish"] == "A storm sent everybody home"


def test_a_camp_is_closed_with_what_was_promised_there(at_the_camp: CampsHarness) -> None:
    promise(at_the_camp)

    assert closed(at_the_camp)["ok"]["nothing_to_publish"] is None
    assert harvest(at_the_camp)["state"] == "closed"


def test_what_another_industry_taught_is_part_of_it_and_enough_to_close_with(at_the_camp: CampsHarness) -> None:
    camp_id = at_the_camp.invitation_of("prt_1")["camp_id"]
    taught = {"organisation": "An airline", "industry": "aviation", "lesson": "Call out, and hear it said back",
              "hypothesis": "Doses read back at night", "topics": ["communication"]}  # fmt: skip
    at_the_camp.command("capture_industry_lesson", camp_id=camp_id, **taught)

    assert [each["organisation"] for each in harvest(at_the_camp)["industry_lessons"]] == ["An airline"]
    assert closed(at_the_camp)["ok"]["nothing_to_publish"] is None
