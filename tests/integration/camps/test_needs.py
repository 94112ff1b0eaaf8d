"""What delegates need is read by the institute alone, is nowhere else, and is removed after the camp."""

import json
import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.camps.use_cases.delegations.needs import remove_needs
from tests.integration.camps.harness import STAFF, CampsHarness

EDITOR = {"subject": "editor", "organisation": "prt_1", "roles": ["partner_editor"]}
STRANGER = EDITOR | {"organisation": "prt_2"}
DIET, ACCESS = "no hazelnuts whatsoever", "a ramp of two metres"
KEPT = timedelta(days=30)
THIRTY_DAYS_AFTER = datetime(2026, 8, 14, 21, 0, tzinfo=UTC)
"""The camp ends at 17:00 in Boston on 15 July: 21:00 UTC."""


@pytest.fixture
def delegate(camps: CampsHarness) -> dict[str, Any]:
    """Somebody of `prt_1` who comes to a camp."""
    camps.inviting(capacity=10)
    camps.invite("prt_1")
    invitation = camps.answer("accept_invitation", "prt_1", seats=2)["ok"]
    somebody = {"name": "Bo", "email": "bo@region.example", "role": "Nurse"}
    return camps.command("name_delegate", invitation_id=invitation["id"], **somebody)


def state(camps: CampsHarness, delegate: dict[str, Any], who: dict[str, Any] = EDITOR, **needs: Any) -> Any:
    return camps.call("state_needs", who, delegate_id=delegate["id"], **needs)


def listed(camps: CampsHarness, delegate: dict[str, Any]) -> list[Any]:
    return [(each["diet"], each["access"]) for each in camps.all("list_needs", camp_id=delegate["camp_id"])]


def places(camps: CampsHarness, text: str) -> set[str]:
    """The collections in which a text is, in whatever document."""
    database = camps.store.database
    return {
        name for name in database.list_collection_names() if text in json.dumps([*database[name].find()], default=str)
    }


def test_what_somebody_needs_is_in_one_collection_and_in_no_event_answer_or_log(
    camps: CampsHarness, delegate: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)

    stated = state(camps, delegate, diet=DIET, access=ACCESS)["ok"]
    camps.command("withdraw_delegate", delegate_id=delegate["id"], version=delegate["version"])

    assert stated == {"delegate_id": delegate["id"], "is_kept": True}
    assert places(camps, DIET) == places(camps, ACCESS) == {"delegate_needs"}
    assert DIET not in caplog.text
    assert ACCESS not in caplog.text


def test_the_partners_editors_state_it_and_the_institute_alone_reads_it(
    camps: CampsHarness, delegate: dict[str, Any]
) -> None:
    state(camps, delegate, diet=DIET)

    assert listed(camps, delegate) == [(DIET, None)]
    assert camps.call("list_needs", EDITOR, camp_id=delegate["camp_id"])["fault"]["kind"] == "forbidden"
    assert state(camps, delegate, STRANGER, diet="anything")["fault"]["kind"] == "not_found"


def test_what_is_stated_later_holds_and_nothing_removes_it(camps: CampsHarness, delegate: dict[str, Any]) -> None:
    state(camps, delegate, diet=DIET, access=ACCESS)
    state(camps, delegate, access="a quiet room")
    then = listed(camps, delegate)

    assert state(camps, delegate)["ok"]["is_kept"] is False
    assert (then, listed(camps, delegate)) == ([(None, "a quiet room")], [])


def test_who_does_not_come_needs_nothing(camps: CampsHarness, delegate: dict[str, Any]) -> None:
    state(camps, delegate, diet=DIET)

    camps.command("withdraw_delegate", delegate_id=delegate["id"], version=delegate["version"])

    assert listed(camps, delegate) == []


@pytest.mark.parametrize(("late", "left"), [(timedelta(seconds=-1), [(DIET, None)]), (timedelta(0), [])])
def test_what_was_needed_is_removed_thirty_days_after_the_camp(
    camps: CampsHarness, delegate: dict[str, Any], late: timedelta, left: list[Any]
) -> None:
    state(camps, delegate, diet=DIET)
    camps.it_becomes(THIRTY_DAYS_AFTER + late)

    remove_needs(store=camps.store, kept=KEPT)

    assert listed(camps, delegate) == left
    assert bool(places(camps, DIET)) == bool(left)


def test_what_is_needed_at_a_camp_that_is_postponed_is_kept_until_thirty_days_after_its_other_days(
    camps: CampsHarness, delegate: dict[str, Any]
) -> None:
    state(camps, delegate, diet=DIET)
    camp = camps.call("show_camp", camp_id=delegate["camp_id"])["ok"]
    camp = camps.command("postpone_camp", camp_id=camp["id"], version=camp["version"], reason="Elections that week")
    camps.it_becomes(THIRTY_DAYS_AFTER)

    remove_needs(store=camps.store, kept=KEPT)

    assert listed(camps, delegate) == [(DIET, None)]
    september = {"starts_on": "2026-09-14", "ends_on": "2026-09-16", "answer_by": "2026-08-31"}
    camps.command("reschedule_camp", camp_id=camp["id"], version=camp["version"], **september)
    remove_needs(store=camps.store, kept=KEPT)
    assert places(camps, DIET) == {"delegate_needs"}
    camps.it_becomes(datetime(2026, 10, 16, 21, 0, tzinfo=UTC))
    remove_needs(store=camps.store, kept=KEPT)
    assert places(camps, DIET) == set()


def test_what_was_needed_at_a_cancelled_camp_is_removed_at_once(camps: CampsHarness, delegate: dict[str, Any]) -> None:
    state(camps, delegate, STAFF, diet=DIET)
    camp = camps.call("show_camp", camp_id=delegate["camp_id"])["ok"]
    camps.command("cancel_camp", camp_id=camp["id"], version=camp["version"], reason="A storm")

    remove_needs(store=camps.store, kept=KEPT)

    assert places(camps, DIET) == set()
