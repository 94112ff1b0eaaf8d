"""Who somebody was is erased from all that they came to, on the real database, whatever is heard later."""

from datetime import timedelta
from typing import Any

import pytest

from tests.integration.camps.guests import invite
from tests.integration.camps.harness import STAFF, CampsHarness

ANNA, ADDRESS = "Anna Påhittad", "anna.pahittad@region.example"


@pytest.fixture
def delegate(camps: CampsHarness) -> Any:
    """Anna, who is on record, is to come in a seat of her partner, and has said what she needs."""
    camps.inviting(capacity=10)
    camps.invite("prt_1")
    camps.answer("accept_invitation", "prt_1", seats=2)
    camps.person("per_anna", name=ANNA, email=ADDRESS)
    named = camps.call(
        "name_delegate", STAFF, invitation_id=camps.invitation_of("prt_1")["id"], person_id="per_anna", role="Chief"
    )["ok"]
    camps.call("state_needs", delegate_id=named["id"], diet="vegan")
    return named


def erase(camps: CampsHarness, person_id: str = "per_anna", partner_id: str | None = "prt_1") -> None:
    camps.hear("forget_person", sequence=3, person_id=person_id, partner_id=partner_id, left_on="2026-05-01")


def places(camps: CampsHarness, *texts: str) -> set[str]:
    """The collections, apart from what is looked for later, that have one of these texts somewhere."""
    names = set(camps.store.database.list_collection_names()) - {"outbox", "commands", "erasures"}
    return holding(camps, names, *texts)


def holding(camps: CampsHarness, names: set[str], *texts: str) -> set[str]:
    return {name for name in names for row in camps.store.database[name].find() if any(t in str(row) for t in texts)}


def test_of_a_delegate_who_is_erased_only_that_somebody_was_to_come_is_kept(camps: CampsHarness, delegate: Any) -> None:
    assert places(camps, ANNA, ADDRESS, "vegan") == {"people", "delegates", "delegate_needs"}

    erase(camps)

    assert places(camps, ANNA, ADDRESS, "vegan", "Chief") == set()
    (kept,) = camps.all("list_delegates")
    assert (kept["id"], kept["name"], kept["state"]) == (delegate["id"], "erased", "withdrawn")


def test_what_is_heard_late_of_who_is_erased_brings_nothing_back(camps: CampsHarness, delegate: Any) -> None:
    erase(camps)

    camps.person("per_anna", name=ANNA, email=ADDRESS, sequence=2)

    assert places(camps, ANNA, ADDRESS) == set()


def test_who_is_erased_before_anything_was_heard_of_them_stays_unknown(camps: CampsHarness) -> None:
    erase(camps)

    camps.person("per_anna", name=ANNA, email=ADDRESS, sequence=1)
    camps.leave("per_anna", sequence=2)

    assert places(camps, ANNA, ADDRESS) == set()


def test_who_is_invited_by_name_is_erased_and_invited_no_longer(camps: CampsHarness) -> None:
    camp = camps.inviting(capacity=4)
    camps.person("per_anna", partner_id=None, role="coach", name=ANNA, email=ADDRESS)
    invited = invite(camps, camp, kind="faculty", person_id="per_anna")["ok"]

    erase(camps, partner_id=None)

    assert places(camps, ANNA, ADDRESS) == set()
    shown = camps.call("show_guest", guest_id=invited["id"])["ok"]
    assert (shown["name"], shown["state"]) == ("erased", "withdrawn")


def test_a_guest_on_no_record_at_the_same_address_is_erased_too(camps: CampsHarness) -> None:
    camp = camps.inviting(capacity=4)
    camps.person("per_anna", name=ANNA, email=ADDRESS)
    invite(camps, camp, name=ANNA, email=ADDRESS.upper())

    erase(camps)

    assert places(camps, ANNA, ADDRESS, ADDRESS.upper()) == set()


def test_events_answers_and_dead_letters_are_gone_through_also_when_they_came_late(
    camps: CampsHarness, delegate: Any
) -> None:
    erase(camps)
    names = set(camps.store.database.list_collection_names())
    assert holding(camps, names, ANNA, ADDRESS) >= {"outbox", "commands", "erasures"}

    camps.instance.sweep_erasures()
    camps.it_becomes(camps.store.clock() + timedelta(minutes=1))
    camps.instance.sweep_erasures()

    assert holding(camps, names, ANNA, ADDRESS) == set()
    dead = {"person_id": "per_anna", "name": ANNA, "email": ADDRESS}
    camps.store.database["dead_letters"].insert_one(
        {"_id": "ded_1", "subject": "per_anna", "data": dead, "unreadable": None, "error": "Late"}
    )
    camps.it_becomes(camps.store.clock() + timedelta(hours=1))
    camps.instance.sweep_erasures()

    assert holding(camps, names | {"dead_letters"}, ANNA, ADDRESS) == set()
