"""Work that waits, on the real database: each piece is one process's, and none holds up the others."""

import threading

import pytest
from pymongo.errors import AutoReconnect
from structlog.testing import capture_logs

from chassis.persistence import claims as claims_module
from chassis.persistence.claims import Claimed, Claims, claim_no_more
from chassis.persistence.unit_of_work import Store

WAITING = {"done": False}


@pytest.fixture
def claims(store: Store) -> Claims:
    pieces = [{"_id": id, "done": False, "cause": {"correlation_id": f"req_{id}"}} for id in ("a", "b", "c")]
    store.database["pieces"].insert_many(pieces)
    return Claims(store, collection="pieces", owner="prc_1", lease_seconds=60)


def done(store: Store) -> list[str]:
    return sorted(piece["_id"] for piece in store.database["pieces"].find({"done": True}))


def test_a_document_that_cannot_be_processed_holds_up_no_other_and_is_named_in_the_log(
    store: Store, claims: Claims
) -> None:
    def do(claimed: Claimed) -> bool:
        if claimed.id == "a":
            raise KeyError("due_on")
        return bool(store.database["pieces"].update_one({"_id": claimed.id}, {"$set": {"done": True}}).modified_count)

    with capture_logs() as said:
        claims.process_ready(lambda: WAITING, do)

    assert done(store) == ["b", "c"]
    assert [(line["event"], line["id"], line["correlation_id"], line["exc_info"]) for line in said] == [
        ("claimed_work_failed", "a", "req_a", True)
    ]


def test_a_document_that_could_not_be_processed_stays_claimed_until_its_lease_is_over(
    store: Store, claims: Claims
) -> None:
    def do(claimed: Claimed) -> bool:
        raise KeyError("due_on")

    claims.process_ready(lambda: WAITING, do)

    assert claims.next(WAITING) is None


def test_a_process_that_is_to_end_begins_nothing_more(
    store: Store, claims: Claims, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claims_module, "_ends", threading.Event())

    def do(claimed: Claimed) -> bool:
        claim_no_more()
        return bool(store.database["pieces"].update_one({"_id": claimed.id}, {"$set": {"done": True}}).modified_count)

    claims.process_ready(lambda: WAITING, do)

    assert done(store) == ["a"]


def test_a_database_that_is_away_ends_the_loop(claims: Claims) -> None:
    tried = []

    def do(claimed: Claimed) -> bool:
        tried.append(claimed.id)
        raise AutoReconnect("away")

    with pytest.raises(AutoReconnect):
        claims.process_ready(lambda: WAITING, do)

    assert tried == ["a"]


def test_a_claim_that_was_prolonged_outlasts_its_lease(store: Store, claims: Claims) -> None:
    short = Claims(store, collection="pieces", owner="prc_2", lease_seconds=0)
    claimed = short.next({"_id": "a"})
    assert claimed

    short.prolong(claimed, seconds=60)

    assert claims.next({"_id": "a"}) is None
