"""Who somebody was is erased from what is known of them and of what they came to, whatever is heard later."""

from contextlib import suppress
from datetime import date

import pytest

from chassis.domain.errors import Superseded
from services.notifications.use_cases import people
from services.notifications.use_cases.erasure import forget_person
from tests.integration.notifications.harness import NotificationsHarness

NAME = "Åsa Påhittad"


@pytest.fixture
def told(notifications: NotificationsHarness) -> NotificationsHarness:
    """The leader of a partner has a letter on the way."""
    notifications.partner()
    notifications.person("per_leader", name=NAME)
    notifications.tell()
    return notifications


def erase(told: NotificationsHarness) -> None:
    told.do(forget_person, sequence=4, person_id="per_leader", partner_id="prt_1", left_on=date(2026, 6, 1))


def kept(told: NotificationsHarness) -> tuple[str, str, bool]:
    row = told.store.database["recipients"].find_one({"_id": "per_leader"}) or {}
    return row["name"], row["email"], row["left_on"] is not None


def test_who_is_erased_is_written_to_no_more(told: NotificationsHarness) -> None:
    erase(told)
    told.post()

    assert told.arrived() == []
    assert kept(told) == ("erased", "per_leader@erased.example", True)


def test_what_is_heard_late_of_who_is_erased_brings_nothing_back(told: NotificationsHarness) -> None:
    erase(told)

    for late in (lambda: told.person("per_leader", name=NAME, sequence=2), lambda: told.move("per_leader", sequence=3)):
        with suppress(Superseded):
            late()

    assert kept(told) == ("erased", "per_leader@erased.example", True)


def test_who_is_erased_before_anything_was_heard_of_them_stays_unknown(notifications: NotificationsHarness) -> None:
    notifications.partner()
    erase(notifications)

    with pytest.raises(Superseded):
        notifications.person("per_leader", name=NAME)
    with pytest.raises(Superseded):
        notifications.do(people.stop_letters, sequence=3, person_id="per_leader", left_on=date(2026, 6, 1))

    assert kept(notifications) == ("erased", "per_leader@erased.example", True)


def test_what_was_written_to_who_is_erased_is_removed_and_their_name_from_what_others_were_told(
    told: NotificationsHarness,
) -> None:
    told.post()
    told.person("per_other", name="Bo")
    others = {"recipient_id": "per_other", "to": "bo@region.example", "body": f"{NAME} leads.\n\nBo knows."}
    (first,) = told.store.database["letters"].find()
    told.store.database["letters"].insert_one({**first, "_id": "dlv_other", "occasion": "another", **others})

    erase(told)
    told.instance.sweep_erasures()

    rows = {row["_id"]: row for row in told.store.database["letters"].find()}
    assert not [id for id, row in rows.items() if NAME in str(row) or "per_leader@" in str(row)]
    assert rows["dlv_other"]["body"] == "erased leads.\n\nBo knows."
    assert (rows[first["_id"]]["to"], rows[first["_id"]]["state"]) == ("", "sent")
