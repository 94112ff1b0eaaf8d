"""What partners share with each other, on the real database: drafts, credit, and who sees what."""

from typing import Any

import pytest

from chassis.domain.errors import NotYetKnown
from tests.integration.camps.harness import STAFF, Answer, CampsHarness
from tests.integration.camps.test_commitments import OF_ANOTHER, OF_PARTNER, at_the_camp, promise

__all__ = ["at_the_camp"]
CYCLE = {"cycle_id": "pds_1", "partner_id": "prt_1", "idea": "night_checklist"}


def captured(camps: CampsHarness, scope: Answer = OF_PARTNER, **told: Any) -> Answer:
    usual = {"partner_id": scope["organisation"], "kind": "improvement", "title": "Read out at night"}
    experience: Answer = camps.call("capture_experience", scope, **usual | told)["ok"]
    return experience


def do(camps: CampsHarness, operation: str, experience: Answer, scope: Answer = OF_PARTNER, **said: Any) -> Answer:
    asked = {"experience_id": experience["id"], "version": experience["version"], **said}
    done: Answer = camps.call(operation, scope, **asked)["ok"]
    return done


def shared(camps: CampsHarness, scope: Answer = OF_PARTNER, **told: Any) -> Answer:
    reviewed = do(camps, "review_experience", captured(camps, scope, **told), STAFF)
    return do(camps, "share_experience", reviewed, scope, visibility="partners")


def acted(camps: CampsHarness, *, sequence: int = 5, decision: str = "adopt", **about: Any) -> None:
    camps.hear("offer_experience_draft", sequence=sequence, decision=decision, **CYCLE | about)


def drafts(camps: CampsHarness) -> list[Answer]:
    return camps.all("list_experiences", partner_id="prt_1")


def test_a_draft_is_its_authors_and_what_is_shared_is_everybodys(at_the_camp: CampsHarness) -> None:
    draft = captured(at_the_camp)
    unseen = at_the_camp.call("show_shared_experience", OF_ANOTHER, experience_id=draft["id"])

    reviewed = do(at_the_camp, "review_experience", draft, STAFF)
    do(at_the_camp, "share_experience", reviewed, visibility="partners")

    seen = at_the_camp.call("show_shared_experience", OF_ANOTHER, experience_id=draft["id"])["ok"]
    assert unseen["fault"]["kind"] == "not_found"
    assert at_the_camp.call("show_experience", OF_ANOTHER, experience_id=draft["id"])["fault"]["kind"] == "not_found"
    assert (seen["title"], seen["partner_name"], seen["credits"]) == ("Read out at night", "Region prt_1", [])


def test_what_is_taken_back_is_seen_by_nobody_else_and_shared_again(at_the_camp: CampsHarness) -> None:
    experience = shared(at_the_camp)

    back = do(at_the_camp, "take_experience_back", experience, reason="A number in it is wrong")
    camp_id = at_the_camp.invitation_of("prt_1")["camp_id"]
    unseen = at_the_camp.call("show_shared_experience", OF_ANOTHER, experience_id=experience["id"])
    do(at_the_camp, "share_experience", back, visibility="public", camp_id=camp_id)

    assert unseen["fault"]["kind"] == "not_found"
    assert [each["data"]["visibility"] for each in at_the_camp.published("camps.experience.shared")] == [
        "partners",
        "public",
    ]
    assert [each["data"]["reason"] for each in at_the_camp.published("camps.experience.withdrawn")] == [
        "A number in it is wrong"
    ]


def test_whom_an_experience_builds_on_is_credited_through_the_whole_chain(at_the_camp: CampsHarness) -> None:
    first = shared(at_the_camp, OF_ANOTHER, title="A checklist")
    second = shared(at_the_camp, OF_PARTNER, title="A checklist at night", based_on_id=first["id"])
    third = shared(at_the_camp, OF_ANOTHER, title="A checklist in ambulances", based_on_id=second["id"])

    seen = at_the_camp.call("show_shared_experience", OF_PARTNER, experience_id=third["id"])["ok"]
    assert [(each["title"], each["partner_name"]) for each in seen["credits"]] == [
        ("A checklist at night", "Region prt_1"),
        ("A checklist", "Region prt_2"),
    ]
    assert at_the_camp.published("camps.experience.shared")[-1]["data"]["credited_partner_ids"] == ["prt_1", "prt_2"]


def test_who_is_credited_stays_so_when_it_shares_that_no_longer(at_the_camp: CampsHarness) -> None:
    first = shared(at_the_camp, OF_ANOTHER, title="A checklist")
    second = shared(at_the_camp, OF_PARTNER, based_on_id=first["id"])
    do(at_the_camp, "take_experience_back", first, OF_ANOTHER, reason="It is wrong")

    seen = at_the_camp.call("show_shared_experience", OF_PARTNER, experience_id=second["id"])["ok"]
    assert [(each["title"], each["partner_id"]) for each in seen["credits"]] == [(None, "prt_2")]


def test_nothing_builds_on_what_is_not_shared(at_the_camp: CampsHarness) -> None:
    draft = captured(at_the_camp, OF_ANOTHER)

    usual = {"partner_id": "prt_1", "kind": "improvement", "title": "Read out", "based_on_id": draft["id"]}
    refused = at_the_camp.call("capture_experience", OF_PARTNER, **usual)["fault"]

    assert refused["fields"][0]["pointer"] == "/based_on_id"
    assert promise(at_the_camp, experience_id=draft["id"])["fault"]["fields"][0]["pointer"] == "/experience_id"


def test_evidence_is_a_result_of_the_partner_itself(at_the_camp: CampsHarness) -> None:
    usual = {"partner_id": "prt_1", "kind": "improvement", "title": "Read out"}

    assert captured(at_the_camp, milestone_id="mst_prt_1")["milestone_id"] == "mst_prt_1"
    refused = at_the_camp.call("capture_experience", OF_PARTNER, **usual, milestone_id="mst_prt_2")["fault"]
    assert refused["fields"][0] | {"detail": ""} == {
        "pointer": "/milestone_id", "code": "another_organisation", "detail": "",
    }  # fmt: skip


def test_what_was_promised_because_of_another_partners_experience_is_offered_as_one_that_credits_it(
    at_the_camp: CampsHarness,
) -> None:
    origin = shared(at_the_camp, OF_ANOTHER, title="A checklist")
    commitment = promise(at_the_camp, experience_id=origin["id"])["ok"]

    acted(at_the_camp, commitment_id=commitment["id"])

    (draft,) = drafts(at_the_camp)
    assert (draft["state"], draft["title"], draft["based_on_id"]) == ("captured", "A checklist", origin["id"])
    assert (draft["cycle_id"], draft["commitment_id"]) == ("pds_1", commitment["id"])


def test_whatever_is_adopted_is_offered_once_and_nothing_else(at_the_camp: CampsHarness) -> None:
    acted(at_the_camp, decision="abandon", sequence=3)
    acted(at_the_camp, sequence=5)
    acted(at_the_camp, sequence=5)

    assert [each["title"] for each in drafts(at_the_camp)] == ["Night checklist"]


def test_a_draft_ends_when_the_decision_is_taken_back_in_whichever_order_that_is_heard(
    at_the_camp: CampsHarness,
) -> None:
    acted(at_the_camp, sequence=5)
    at_the_camp.hear("withdraw_experience_draft", sequence=6, cycle_id="pds_1", partner_id="prt_1")
    at_the_camp.hear("withdraw_experience_draft", sequence=6, cycle_id="pds_2", partner_id="prt_1")
    acted(at_the_camp, sequence=5, cycle_id="pds_2")

    assert [each["state"] for each in drafts(at_the_camp)] == ["retired"]
    acted(at_the_camp, sequence=9)
    assert [each["state"] for each in drafts(at_the_camp)] == ["captured"]


def test_a_draft_of_a_promise_waits_until_that_is_known(camps: CampsHarness) -> None:
    with pytest.raises(NotYetKnown):
        acted(camps, commitment_id="cmt_1")


def test_at_its_camp_an_experience_is_listed_for_everybody(at_the_camp: CampsHarness) -> None:
    camp_id = at_the_camp.invitation_of("prt_1")["camp_id"]
    reviewed = do(at_the_camp, "review_experience", captured(at_the_camp), STAFF)
    captured(at_the_camp, title="A draft")

    do(at_the_camp, "share_experience", reviewed, visibility="partners", camp_id=camp_id)

    listed = at_the_camp.all("list_shared_experiences", scope=OF_ANOTHER, camp_id=camp_id)
    assert [each["title"] for each in listed] == ["Read out at night"]
