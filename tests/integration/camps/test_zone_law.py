"""The law of a camp's zone changes: its hours stay, every instant that was derived of them moves, and it is told once.

Played is a New York that gives up summer time, which Etc/GMT+5 is: 09:00 in July is 14:00 UTC there, and no more 13:00.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from chassis.domain.errors import NotYetKnown
from chassis.persistence.claims import Claims
from services.camps.use_cases.zone_law import follow_the_law_of_zones
from tests.integration.camps.harness import CampsHarness
from tests.integration.camps.test_camp_life import the_calendar_turns_to, told
from tests.integration.camps.test_programme import Planned
from tests.zone_laws import LATER_LAW, another_law

Answer = dict[str, Any]
BY_THE_LAW_BEFORE, BY_THE_LAW_NOW = datetime(2026, 7, 13, 13, tzinfo=UTC), datetime(2026, 7, 13, 14, tzinfo=UTC)


def follow(camps: CampsHarness, *, owner: str = "one") -> None:
    claims = Claims(camps.store, collection="camps", owner=owner, lease_seconds=30)
    follow_the_law_of_zones(store=camps.store, claims=claims)


def stored(camps: CampsHarness, collection: str, **where: Any) -> Answer:
    document: Answer = camps.store.database[collection].find_one(where) or {}
    return document


@pytest.fixture
def met(camps: CampsHarness) -> Answer:
    """A camp that one partner comes to and another may still answer; a third waits, and a fourth said no."""
    camp = camps.inviting(capacity=12)
    camps.invite("prt_1", "prt_2", "prt_4", "prt_3")
    camps.answer("accept_invitation", "prt_1", seats=4)
    camps.answer("decline_invitation", "prt_4")
    return camp


@pytest.fixture
def summer_time_is_given_up(tmp_path: Path) -> Iterator[None]:
    with another_law(tmp_path, "America/New_York", as_in="Etc/GMT+5"):
        yield


def moved(camps: CampsHarness, type: str) -> list[Answer]:
    return [row["data"] for row in camps.published(type) if row["data"].get("zone_law")]


def test_whoever_has_the_camp_in_a_diary_is_told_its_instants_once(
    camps: CampsHarness, met: Answer, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue("summer_time_is_given_up")

    follow(camps)
    follow(camps, owner="two")

    (of_camp,) = moved(camps, "camps.camp.changed")
    assert (of_camp["starts_on"], of_camp["opens_at"], of_camp["zone_law"]) == ("2026-07-13", "09:00", LATER_LAW)
    assert (of_camp["begins_at"], of_camp["ends_at"]) == ("2026-07-13T14:00:00.000Z", "2026-07-15T22:00:00.000Z")
    changes = moved(camps, "camps.invitation.camp_changed")
    assert [(each["partner_id"], each["state"]) for each in changes] == [("prt_1", "accepted"), ("prt_2", "issued")]
    assert {each["begins_at"] for each in changes} == {"2026-07-13T14:00:00.000Z"}
    assert camps.invitation_of("prt_1")["state"] == "accepted"


def test_nothing_happens_at_the_instants_of_the_law_before(
    camps: CampsHarness, met: Answer, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue("summer_time_is_given_up")
    follow(camps)

    assert camps.invitation_of("prt_2")["answer_until"] == "2026-06-30T05:00:00.000Z"
    the_calendar_turns_to(camps, BY_THE_LAW_BEFORE)
    assert camps.call("show_camp", camp_id=met["id"])["ok"]["state"] == "inviting"
    the_calendar_turns_to(camps, BY_THE_LAW_NOW)
    assert camps.call("show_camp", camp_id=met["id"])["ok"]["state"] == "running"


def test_a_step_that_comes_sooner_by_another_law_is_taken_then(
    camps: CampsHarness, met: Answer, tmp_path: Path
) -> None:
    with another_law(tmp_path, "America/New_York", as_in="Etc/GMT+3"):
        follow(camps)

        the_calendar_turns_to(camps, datetime(2026, 7, 13, 12, tzinfo=UTC))

        assert camps.call("show_camp", camp_id=met["id"])["ok"]["state"] == "running"


def test_a_law_that_moves_nothing_is_kept_and_told_to_nobody(camps: CampsHarness, met: Answer, tmp_path: Path) -> None:
    with another_law(tmp_path, "Asia/Qatar", as_in="Etc/GMT-4"):
        follow(camps)

    assert stored(camps, "camps")["derived"]["law"] == LATER_LAW
    assert moved(camps, "camps.camp.changed") == moved(camps, "camps.invitation.camp_changed") == []


def test_a_process_with_an_earlier_law_leaves_what_a_later_one_gave_and_what_it_stores_is_derived_anew(
    camps: CampsHarness, met: Answer, tmp_path: Path
) -> None:
    with another_law(tmp_path, "America/New_York", as_in="Etc/GMT+5"):
        follow(camps)
    follow(camps, owner="of an earlier release")
    assert stored(camps, "camps")["next_step_at"] == BY_THE_LAW_NOW
    told(camps, "change_camp", met, place="Cambridge")
    assert stored(camps, "camps")["next_step_at"] == BY_THE_LAW_BEFORE

    with another_law(tmp_path, "America/New_York", as_in="Etc/GMT+5"):
        follow(camps)

    assert stored(camps, "camps")["next_step_at"] == BY_THE_LAW_NOW
    assert len(moved(camps, "camps.camp.changed")) == 2


def test_what_is_stored_of_a_camp_before_its_instants_are_derived_anew_hides_nothing(
    camps: CampsHarness, met: Answer, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue("summer_time_is_given_up")
    told(camps, "change_camp", met, place="Cambridge")

    follow(camps)

    assert len(moved(camps, "camps.camp.changed")) == 1


def test_a_camp_that_is_postponed_is_told_no_instants_and_one_that_is_moved_is_told_them_with_its_days(
    camps: CampsHarness, met: Answer, request: pytest.FixtureRequest
) -> None:
    told(camps, "postpone_camp", met, reason="Elections that week")
    request.getfixturevalue("summer_time_is_given_up")
    follow(camps)

    august = {"starts_on": "2026-08-03", "ends_on": "2026-08-05", "answer_by": "2026-07-20"}
    told(camps, "reschedule_camp", met, **august)
    follow(camps)

    assert moved(camps, "camps.camp.changed") == []
    (other_days,) = camps.published("camps.camp.rescheduled")
    assert other_days["data"]["begins_at"] == "2026-08-03T14:00:00.000Z"


def test_a_released_programme_is_released_again_and_told_once_to_whoever_presents(
    camps: CampsHarness, request: pytest.FixtureRequest
) -> None:
    planned = Planned(camps)
    planned.arrange(planned.slot(planned.session(planned.delegates[0])))
    assert "ok" in planned.release()
    request.getfixturevalue("summer_time_is_given_up")
    follow(camps)
    with pytest.raises(NotYetKnown):
        camps.hear_its_own()
    planned.tell()
    camps._heard = ""

    camps.hear_its_own()
    planned.tell()
    planned.tell()

    releases = [row["data"] for row in camps.published("camps.programme.released")]
    assert [(each["number"], each["zone_law"], len(each["moved"])) for each in releases] == [
        (1, None, 0), (2, LATER_LAW, 1),
    ]  # fmt: skip
    again = [each for each in planned.told() if each["number"] == 2]
    assert [each["delegate_id"] for each in again] == planned.delegates[:1]
    (slot,) = again[0]["slots"]
    assert (slot["starts_at"], again[0]["zone_law"]) == ("2026-07-14T15:00:00.000Z", LATER_LAW)
