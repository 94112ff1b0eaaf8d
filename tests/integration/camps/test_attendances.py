"""Who was there, on the real database: several at once, each day and session once, and corrected."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest

from chassis.domain.causation import Cause
from services.camps.repository.delegations import Attendances
from tests.integration.camps.harness import STAFF, CampsHarness
from tests.integration.camps.test_concurrency import at_once

LEADER = {"subject": "leader", "organisation": "prt_1", "roles": ["partner_lead"]}
STRANGER = LEADER | {"organisation": "prt_2"}
SECOND_DAY = datetime(2026, 7, 14, 15, 0, tzinfo=UTC)


@pytest.fixture
def camp(camps: CampsHarness) -> dict[str, Any]:
    """The second day of a camp to which `prt_1` and `prt_2` come with two people each."""
    camp = camps.inviting(capacity=10)
    for partner_id in ("prt_1", "prt_2"):
        camps.invite(partner_id)
        invitation = camps.answer("accept_invitation", partner_id, seats=2)["ok"]
        for number in (1, 2):
            address = f"n{number}@{partner_id.replace('_', '-')}.example"
            somebody = {"name": f"N{number}", "email": address, "role": "Nurse"}
            camps.command("name_delegate", invitation_id=invitation["id"], **somebody)
    camps.it_becomes(SECOND_DAY)
    return camp


def delegates(camps: CampsHarness, partner_id: str = "prt_1") -> list[str]:
    return [each["id"] for each in camps.all("list_delegates", partner_id=partner_id)]


def record(camps: CampsHarness, camp: dict[str, Any], *ids: str, scope: Any = STAFF, **said: Any) -> Any:
    said = {"presence": "present", "on": "2026-07-13", **said}
    return camps.call("record_attendance", scope, camp_id=camp["id"], delegate_ids=list(ids), **said)


def attended(camps: CampsHarness, camp: dict[str, Any], partner_id: str = "prt_1") -> bool:
    reading = camps.store.reading(cause=Cause(correlation_id="req_test"))
    return Attendances(reading).attended(camp["id"], partner_id)


def test_several_are_recorded_at_once_each_with_a_result(camps: CampsHarness, camp: dict[str, Any]) -> None:
    one, two = delegates(camps)
    away = camps.call("show_delegate", delegate_id=two)["ok"]
    camps.command("withdraw_delegate", delegate_id=two, version=away["version"])

    results = record(camps, camp, one, two, "dlg_unknown")["ok"]["results"]

    assert [each["code"] for each in results] == [None, "not_a_delegate", "not_a_delegate"]
    (told,) = camps.published("camps.attendance.recorded")
    assert told["data"] == {
        "attendance_id": results[0]["attendance_id"], "camp_id": camp["id"], "delegate_id": one, "partner_id": "prt_1",
        "on": "2026-07-13", "session_id": None, "presence": "present", "corrects": None,
    }  # fmt: skip


def test_the_same_said_again_is_one_row_and_another_is_a_correction(camps: CampsHarness, camp: dict[str, Any]) -> None:
    one, _ = delegates(camps)
    (first,) = record(camps, camp, one)["ok"]["results"]

    (again,) = record(camps, camp, one)["ok"]["results"]
    (otherwise,) = record(camps, camp, one, presence="absent")["ok"]["results"]

    assert again["attendance_id"] == first["attendance_id"]
    assert otherwise["code"] == "already_recorded"
    assert first["attendance_id"] in otherwise["message"]
    assert len(camps.published("camps.attendance.recorded")) == 1


def test_a_partner_attended_when_somebody_of_it_was_there_by_what_counts_now(
    camps: CampsHarness, camp: dict[str, Any]
) -> None:
    one, two = delegates(camps)
    record(camps, camp, two, presence="excused")
    excused_alone = attended(camps, camp)
    (row,) = record(camps, camp, one, presence="left_early")["ok"]["results"]
    with_one = attended(camps, camp)

    camps.command("correct_attendance", attendance_id=row["attendance_id"], version=1, presence="absent")

    assert (excused_alone, with_one, attended(camps, camp)) == (False, True, False)
    assert not attended(camps, camp, "prt_2")


def test_what_was_corrected_stays_on_record_and_what_corrects_it_can_be_corrected(
    camps: CampsHarness, camp: dict[str, Any]
) -> None:
    one, _ = delegates(camps)
    (row,) = record(camps, camp, one)["ok"]["results"]
    wrong = camps.command("correct_attendance", attendance_id=row["attendance_id"], version=1, presence="absent")

    camps.command("correct_attendance", attendance_id=wrong["corrected_by"], version=1, presence="remote")

    rows = camps.all("list_attendances", delegate_id=one)
    assert [(each["presence"], each["state"]) for each in rows] == [
        ("present", "corrected"), ("absent", "corrected"), ("remote", "recorded"),
    ]  # fmt: skip
    assert [each["corrects"] for each in rows] == [None, rows[0]["id"], rows[1]["id"]]


def test_a_session_is_recorded_beside_the_day_if_it_is_one_of_the_camp(
    camps: CampsHarness, camp: dict[str, Any]
) -> None:
    one, _ = delegates(camps)
    other_camp = camps.announce(season="winter", starts_on="2026-12-07", ends_on="2026-12-09")
    here, elsewhere = (
        camps.command("draft_session", camp_id=each["id"], title="Huddles")["id"] for each in (camp, other_camp)
    )
    record(camps, camp, one)

    assert record(camps, camp, one, on=None, session_id=here)["ok"]["results"][0]["code"] is None
    assert record(camps, camp, one, on=None, session_id=elsewhere)["fault"]["code"] == "session_of_another_camp"


def test_how_many_were_there_is_counted_for_each_day_and_who_is_still_expected(
    camps: CampsHarness, camp: dict[str, Any]
) -> None:
    one, two = delegates(camps)
    record(camps, camp, one)
    record(camps, camp, two, presence="excused")

    counted = camps.call("count_attendance", camp_id=camp["id"])["ok"]

    none = {"session_id": None, "present": 0, "remote": 0, "left_early": 0, "absent": 0, "excused": 0}
    assert counted["days"] == [
        none | {"on": "2026-07-13", "expected": 2, "present": 1, "excused": 1},
        none | {"on": "2026-07-14", "expected": 4},
        none | {"on": "2026-07-15", "expected": 4},
    ]
    assert counted["sessions"] == []


def test_who_was_there_is_recorded_by_the_institute_and_seen_by_the_partner(
    camps: CampsHarness, camp: dict[str, Any]
) -> None:
    one, _ = delegates(camps)
    record(camps, camp, one)

    assert record(camps, camp, one, scope=LEADER)["fault"]["kind"] == "forbidden"
    assert len(camps.call("list_attendances", LEADER)["ok"]["items"]) == 1
    assert camps.call("list_attendances", STRANGER)["ok"]["items"] == []
    assert camps.call("count_attendance", LEADER, camp_id=camp["id"])["fault"]["kind"] == "forbidden"


def test_somebody_recorded_at_several_desks_at_once_is_one_row(camps: CampsHarness, camp: dict[str, Any]) -> None:
    ids = delegates(camps)

    at_once([partial(record, camps, camp, *ids) for _ in range(8)])

    assert len(camps.all("list_attendances")) == len(camps.published("camps.attendance.recorded")) == 2


def test_who_walks_in_is_named_by_the_institute_while_the_camp_takes_place(
    camps: CampsHarness, camp: dict[str, Any]
) -> None:
    _, two = delegates(camps)
    first = camps.call("show_delegate", delegate_id=two)["ok"]
    camps.command("withdraw_delegate", delegate_id=two, version=first["version"])
    invitation_id = camps.invitation_of("prt_1")["id"]
    somebody = {"name": "Di", "email": "di@region.example", "role": "Nurse"}

    walked_in = camps.command("name_delegate", invitation_id=invitation_id, **somebody)

    assert record(camps, camp, walked_in["id"])["ok"]["results"][0]["code"] is None
