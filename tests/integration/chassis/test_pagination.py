"""Lists on the real database: every page in its order, nothing twice, nothing missing, and no walk over the rest."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any

import pytest

from chassis.domain.causation import Cause
from chassis.domain.scope import PLATFORM, Scope
from chassis.persistence.documents import to_public
from chassis.persistence.pagination import InvalidCursor
from chassis.persistence.queries import list_page
from chassis.persistence.unit_of_work import Store
from chassis.schemas.messages import Paging
from tests.integration.chassis.notes import Note, Notes
from tests.waiting import FixedClock, own_store

CAUSE = Cause(correlation_id="req_1", actor="anna")
OWNER = Scope(subject="anna", organisation="org_1")
STORED_IN_TURN = [3, 0, 4, 0, 2, 1, 3]
"""At which minute each of some things was last stored: some at the same one, and not in the order they were made."""


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def filled(mongo_uri: str, clock: FixedClock) -> Iterator[Store]:
    """Seven notes of one organisation, and as many of another."""
    with own_store(mongo_uri, clock=clock) as store:
        store.database["notes"].create_indexes(Notes.all_indexes())
        begun = clock.now
        for number, minute in enumerate(STORED_IN_TURN):
            clock.now = begun + timedelta(minutes=minute)
            for owner in ("org_1", "org_2"):
                note = Note.write(id=f"nte_{owner}_{number}", text=owner, owner=owner)
                store.transact(lambda uow, note=note: Notes(uow).save(note), cause=CAUSE)
        clock.now = begun
        yield store


def page(store: Store, scope: Scope = OWNER, **asked: Any) -> dict[str, Any]:
    members = {member.name for member in fields(Paging)}
    paging = Paging(**{"limit": 2, **{name: value for name, value in asked.items() if name in members}})
    where = {name: value for name, value in asked.items() if name not in members}
    return to_public(list_page(Notes(store.reading(cause=CAUSE)), paging, scope=scope, **where))


def pages(store: Store, scope: Scope = OWNER, **asked: Any) -> list[str]:
    """The ids on all pages, as a client sees them that follows the cursors."""
    found = page(store, scope, **asked)
    ids = [each["id"] for each in found["items"]]
    return ids + (pages(store, scope, **{**asked, "cursor": found["next_cursor"]}) if found["next_cursor"] else [])


@pytest.mark.parametrize(
    ("sort", "numbers"),
    [
        ("id", [0, 1, 2, 3, 4, 5, 6]),
        ("-id", [6, 5, 4, 3, 2, 1, 0]),
        ("updated_at", [1, 3, 5, 4, 0, 6, 2]),
        ("-updated_at", [2, 6, 0, 4, 5, 3, 1]),
    ],
)
def test_the_pages_have_everything_once_and_in_order(filled: Store, sort: str, numbers: list[int]) -> None:
    assert pages(filled, sort=sort) == [f"nte_org_1_{number}" for number in numbers]


@pytest.mark.parametrize("sort", ["id", "-id", "updated_at", "-updated_at"])
def test_a_page_looks_at_nothing_but_what_is_on_it(filled: Store, sort: str) -> None:
    for scope in (OWNER, PLATFORM):
        first = page(filled, scope, sort=sort)
        filled.database.command("profile", 2)
        page(filled, scope, sort=sort, cursor=first["next_cursor"])
        filled.database.command("profile", 0)
        (looked,) = filled.database["system.profile"].find({"op": "query", "ns": f"{filled.database.name}.notes"})
        filled.database.drop_collection("system.profile")

        assert looked["nreturned"] == 3
        assert looked["docsExamined"] <= 5  # of 7 or 14; those of the same instant are looked at again
        assert not looked.get("hasSortStage", False)


def test_what_changed_since_an_instant(filled: Store, clock: FixedClock) -> None:
    since: datetime = clock.now + timedelta(minutes=3)

    assert pages(filled, updated_since=since) == ["nte_org_1_0", "nte_org_1_2", "nte_org_1_6"]


def test_what_was_stored_again_has_moved(filled: Store, clock: FixedClock) -> None:
    clock.move(timedelta(minutes=9))
    filled.transact(lambda uow: Notes(uow).save(Notes(uow).get("nte_org_1_1", scope=PLATFORM)), cause=CAUSE)

    (newest, _) = page(filled, sort="-updated_at")["items"]

    assert (newest["id"], newest["updated_at"]) == ("nte_org_1_1", "2026-06-01T09:09:00.000Z")


@pytest.mark.parametrize(("sort", "is_seen"), [("updated_at", True), ("-updated_at", False)])
def test_what_changes_while_pages_are_read_is_seen_in_rising_order_and_missed_in_falling_order(
    filled: Store, clock: FixedClock, sort: str, is_seen: bool
) -> None:
    first = page(filled, sort=sort)
    still_to_come = "nte_org_1_5"
    clock.move(timedelta(minutes=9))
    filled.transact(lambda uow: Notes(uow).save(Notes(uow).get(still_to_come, scope=PLATFORM)), cause=CAUSE)

    assert (still_to_come in pages(filled, sort=sort, cursor=first["next_cursor"])) is is_seen


@pytest.mark.parametrize("cursor", ["x", "[]", "{}", "1", '["x", "nte_1"]', '[null, {"$gt": ""}]', "[null, 1, 2]"])
def test_a_cursor_that_is_none_is_named(filled: Store, cursor: str) -> None:
    with pytest.raises(InvalidCursor) as refusal:
        page(filled, cursor=cursor)

    assert refusal.value.fields[0]["pointer"] == "/cursor"
