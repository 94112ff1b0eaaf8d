"""What partners promise at a camp to test, on the real database: made, reported by the cycle or by hand, released."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from chassis.domain.errors import NotYetKnown
from chassis.persistence.claims import Claims
from services.camps.use_cases.learning.commitment import note_overdue_commitments
from services.camps.use_cases.zone_law import follow_the_law_of_zones
from tests.integration.camps.harness import Answer, CampsHarness
from tests.zone_laws import another_law

OF_PARTNER: Answer = {"subject": "leader", "organisation": "prt_1", "roles": ["partner_lead"]}
OF_ANOTHER: Answer = {"subject": "leader", "organisation": "prt_2", "roles": ["partner_lead"]}
AT_THE_CAMP = datetime(2026, 7, 14, 16, 0, tzinfo=UTC)
DUE_ON = "2026-10-15"
ITS_DAY_IS_OVER = datetime(2026, 10, 16, 4, 0, tzinfo=UTC)
CYCLE = {"cycle_id": "pds_1", "engagement_id": "eng_1"}


@pytest.fixture
def at_the_camp(camps: CampsHarness) -> CampsHarness:
    """Two partners were invited to a camp, one of which accepted and was there on the first day."""
    camps.inviting()
    camps.invite("prt_1", "prt_2")
    camps.person()
    invitation = camps.answer("accept_invitation", "prt_1")["ok"]
    somebody = {"name": "Bo", "email": "bo@region.example", "role": "Nurse"}
    delegate = camps.command("name_delegate", invitation_id=invitation["id"], **somebody)
    camps.it_becomes(AT_THE_CAMP)
    there = {"delegate_ids": [delegate["id"]], "presence": "present", "on": "2026-07-13"}
    camps.command("record_attendance", camp_id=invitation["camp_id"], **there)
    return camps


def promise(camps: CampsHarness, scope: Answer = OF_PARTNER, **otherwise: object) -> Answer:
    """What becomes of a promise by the partner that is there."""
    camp_id = camps.invitation_of("prt_1")["camp_id"]
    usual = {"camp_id": camp_id, "partner_id": "prt_1", "what": "A checklist", "owner_id": "per_1", "due_on": DUE_ON}
    return camps.call("make_commitment", scope, **usual | otherwise)


def promised(camps: CampsHarness) -> Answer:
    commitment: Answer = promise(camps)["ok"]
    return commitment


def seen(camps: CampsHarness) -> Answer:
    (commitment,) = camps.all("list_commitments")
    return commitment


def change(camps: CampsHarness, operation: str, scope: Answer = OF_PARTNER, **said: object) -> Answer:
    known = seen(camps)
    changed: Answer = camps.call(operation, scope, commitment_id=known["id"], version=known["version"], **said)["ok"]
    return changed


def note_overdue(camps: CampsHarness) -> None:
    """Let the timer tick."""
    claims = Claims(camps.store, collection="commitments", owner="test", lease_seconds=30)
    note_overdue_commitments(store=camps.store, claims=claims)


def said(camps: CampsHarness, key: str) -> list[Answer]:
    return [each["data"] for each in camps.published(f"camps.commitment.{key}")]


def test_a_promise_is_overdue_when_its_day_is_over_by_the_present_law_of_zones(
    at_the_camp: CampsHarness, tmp_path: Path
) -> None:
    """Played is a New York that gives up summer time, which Etc/GMT+5 is: its days end an hour later in October."""
    promised(at_the_camp)
    with another_law(tmp_path, "America/New_York", as_in="Etc/GMT+5"):
        claims = Claims(at_the_camp.store, collection="camps", owner="test", lease_seconds=30)
        follow_the_law_of_zones(store=at_the_camp.store, claims=claims)

    at_the_camp.it_becomes(ITS_DAY_IS_OVER)
    note_overdue(at_the_camp)
    assert seen(at_the_camp)["state"] == "made"
    at_the_camp.it_becomes(ITS_DAY_IS_OVER + timedelta(hours=1))
    note_overdue(at_the_camp)
    assert seen(at_the_camp)["state"] == "overdue"


def test_a_partner_that_attended_promises_a_test_by_a_day(at_the_camp: CampsHarness) -> None:
    commitment = promised(at_the_camp)

    (made,) = said(at_the_camp, "made")
    assert (commitment["state"], commitment["made_on"], commitment["due_on"]) == ("made", "2026-07-14", DUE_ON)
    assert (made["what"], made["owner_id"], made["camp_title"]) == ("A checklist", "per_1", "Summer Camp 2026")


def test_who_did_not_attend_promises_nothing(at_the_camp: CampsHarness) -> None:
    at_the_camp.person("per_2", partner_id="prt_2")

    refused = promise(at_the_camp, OF_ANOTHER, partner_id="prt_2", owner_id="per_2")

    assert refused["fault"]["code"] == "partner_did_not_attend"


def test_who_accepted_and_was_not_there_promises_nothing(at_the_camp: CampsHarness) -> None:
    (there,) = at_the_camp.all("list_attendances")
    corrected = {"attendance_id": there["id"], "version": there["version"], "presence": "absent"}

    at_the_camp.command("correct_attendance", **corrected)

    assert promise(at_the_camp)["fault"]["code"] == "partner_did_not_attend"


def test_nothing_is_promised_before_the_camp_has_begun(camps: CampsHarness) -> None:
    camps.inviting()
    camps.invite("prt_1")
    camps.person()
    camps.answer("accept_invitation", "prt_1")

    assert promise(camps)["fault"]["code"] == "camp_not_begun"


def test_nobody_promises_for_another_partner(at_the_camp: CampsHarness) -> None:
    assert promise(at_the_camp, OF_ANOTHER)["fault"]["fields"][0]["pointer"] == "/partner_id"


def test_an_initiative_that_is_named_is_known_and_of_the_partner(at_the_camp: CampsHarness) -> None:
    at_the_camp.hear("keep_initiative", initiative_id="ini_2", partner_id="prt_2")

    unknown = promise(at_the_camp, initiative_id="ini_1")["fault"]
    of_another = promise(at_the_camp, initiative_id="ini_2")["fault"]

    assert [each["fields"][0]["pointer"] for each in (unknown, of_another)] == ["/initiative_id"] * 2
    at_the_camp.hear("keep_initiative", initiative_id="ini_1", partner_id="prt_1")
    assert promise(at_the_camp, initiative_id="ini_1")["ok"]["initiative_id"] == "ini_1"


def test_when_its_cycle_is_acted_on_it_is_reported_by_itself_and_taken_back_when_that_is_reconsidered(
    at_the_camp: CampsHarness,
) -> None:
    id = promised(at_the_camp)["id"]
    at_the_camp.hear("follow_promised_cycle", sequence=1, commitment_id=id, **CYCLE)
    planned = seen(at_the_camp)
    at_the_camp.hear("follow_promised_cycle", sequence=5, commitment_id=id, decision="adopt", **CYCLE)
    reported = seen(at_the_camp)
    at_the_camp.hear("follow_promised_cycle", sequence=6, commitment_id=id, **CYCLE)

    assert (planned["state"], planned["cycle_id"], planned["engagement_id"]) == ("made", "pds_1", "eng_1")
    assert (reported["state"], reported["reports"][0]["outcome"]) == ("reported", "adopted")
    at_the_camp.hear("follow_promised_cycle", sequence=5, commitment_id=id, decision="adopt", **CYCLE)
    assert seen(at_the_camp)["state"] == "made"
    assert [each["former_outcome"] for each in said(at_the_camp, "report_withdrawn")] == ["adopted"]


def test_a_cycle_that_nobody_promised_is_no_matter(at_the_camp: CampsHarness) -> None:
    promised(at_the_camp)

    at_the_camp.hear("follow_promised_cycle", sequence=5, decision="adopt", **CYCLE)

    assert seen(at_the_camp)["state"] == "made"


def test_it_is_reported_by_hand_and_taken_back_by_hand(at_the_camp: CampsHarness) -> None:
    promised(at_the_camp)

    reported = change(at_the_camp, "report_commitment", outcome="abandoned", learning="Nobody reads it out")
    open = change(at_the_camp, "withdraw_report", reason="It was another test")

    assert (reported["state"], open["state"]) == ("reported", "made")
    assert [each["outcome"] for each in said(at_the_camp, "reported")] == ["abandoned"]
    assert [each["reason"] for each in said(at_the_camp, "report_withdrawn")] == ["It was another test"]


def test_it_is_overdue_once_until_another_day_is_promised(at_the_camp: CampsHarness) -> None:
    promised(at_the_camp)
    at_the_camp.it_becomes(ITS_DAY_IS_OVER - timedelta(minutes=1))
    note_overdue(at_the_camp)
    assert said(at_the_camp, "overdue") == []

    at_the_camp.it_becomes(ITS_DAY_IS_OVER)
    for _ in range(2):
        note_overdue(at_the_camp)

    assert [each["due_on"] for each in said(at_the_camp, "overdue")] == [DUE_ON]
    assert change(at_the_camp, "change_commitment", due_on="2026-12-01")["state"] == "made"
    assert [each["members"] for each in said(at_the_camp, "changed")] == [["due_on"]]


def test_it_is_released_for_a_reason_and_taken_up_again(at_the_camp: CampsHarness) -> None:
    promised(at_the_camp)

    released = change(at_the_camp, "release_commitment", reason="The ward is closed")
    resumed = change(at_the_camp, "resume_commitment", reason="The ward is open again")

    assert (released["state"], resumed["state"]) == ("released", "made")
    assert [each["kind"] for each in said(at_the_camp, "released")] == ["by_hand"]
    assert resumed["statements"][0]["reason"] == "The ward is closed"


def test_a_partner_that_departs_is_released_from_what_it_promised(at_the_camp: CampsHarness) -> None:
    promised(at_the_camp)
    with pytest.raises(NotYetKnown):  # what it promises until the departure is kept here is released, too
        at_the_camp.hear("release_with_partner", partner_id="prt_1")

    at_the_camp.hear("withdraw_open_invitations", sequence=9, partner_id="prt_1", reason="Merged")
    at_the_camp.hear("release_with_partner", partner_id="prt_1")

    assert seen(at_the_camp)["state"] == "released"
    assert [each["kind"] for each in said(at_the_camp, "released")] == ["partner_departed"]
    assert promise(at_the_camp)["fault"]["code"] == "partner_has_departed"


def test_a_new_admission_releases_what_was_promised_before_it_though_the_departure_is_not_heard(
    at_the_camp: CampsHarness,
) -> None:
    promised(at_the_camp)
    with pytest.raises(NotYetKnown):
        at_the_camp.hear("release_of_earlier_admission", partner_id="prt_1", admission_number=2)

    at_the_camp.hear("make_eligible", sequence=9, partner_id="prt_1", name="Region", admission_number=2)
    at_the_camp.hear("release_of_earlier_admission", partner_id="prt_1", admission_number=2)

    assert seen(at_the_camp)["state"] == "released"


def test_each_partner_sees_its_own_and_the_institute_all(at_the_camp: CampsHarness) -> None:
    id = promised(at_the_camp)["id"]

    assert "ok" in at_the_camp.call("show_commitment", OF_PARTNER, commitment_id=id)
    assert at_the_camp.call("show_commitment", OF_ANOTHER, commitment_id=id)["fault"]["kind"] == "not_found"
    assert at_the_camp.call("list_commitments", OF_ANOTHER)["ok"]["items"] == []
