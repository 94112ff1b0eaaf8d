"""What of a request has not come about yet, as an operator asks for it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.persistence.unit_of_work import Store
from cli.operations.trace import Trace
from tests.waiting import own_store

SAID = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
PUBLISHED, FAILED = SAID + timedelta(seconds=1), SAID + timedelta(seconds=2)
REACTIONS = {"one.thing.happened": ["two.take_note"]}
KEY = "two.take_note:evt_1"


@pytest.fixture
def databases(mongo_uri: str) -> Any:
    """A service that has published an event, and one that reacts to such."""
    with own_store(mongo_uri) as one, own_store(mongo_uri) as two:
        _publish(one, at=PUBLISHED)
        yield {"one": one.database, "two": two.database}


def _publish(one: Store, *, at: datetime | None) -> None:
    row = {"_id": "evt_1", "type": "one.thing.happened", "correlation_id": "req_1", "time": SAID, "published_at": at}
    one.database.outbox.replace_one({"_id": "evt_1"}, row, upsert=True)


def waiting(databases: Any) -> list[tuple[datetime, str, str]]:
    steps = Trace(databases, correlation_id="req_1").waiting(REACTIONS)
    return [(step.at, step.what, step.detail) for step in steps]


def test_a_reaction_that_is_retried_waits_since_it_failed_first_for_what_it_failed_by(databases: Any) -> None:
    error = "NotYetKnown: person per_1 is not known here yet"
    databases["two"].failed_reactions.insert_one({"_id": KEY, "failed_first_at": FAILED, "error": error})

    assert waiting(databases) == [(FAILED, "two.take_note", f" since 2026-06-01T09:00:02.000Z for {error}")]


def test_a_reaction_that_has_not_begun_waits_since_its_event_was_published(databases: Any) -> None:
    detail = " since 2026-06-01T09:00:01.000Z for the service to take it"
    assert waiting(databases) == [(PUBLISHED, "two.take_note", detail)]


def test_a_reaction_to_an_event_in_the_outbox_waits_for_it_to_be_published(databases: Any) -> None:
    databases["one"].outbox.update_one({"_id": "evt_1"}, {"$set": {"published_at": None}})

    detail = " since 2026-06-01T09:00:00.000Z for its event to leave the outbox"
    assert waiting(databases) == [(SAID, "two.take_note", detail)]


def test_what_took_effect_after_it_had_failed_waits_no_longer(databases: Any) -> None:
    databases["two"].failed_reactions.insert_one({"_id": KEY, "failed_first_at": FAILED, "error": "NotYetKnown"})
    databases["two"].inbox.insert_one({"_id": KEY})

    assert waiting(databases) == []


def test_a_dead_letter_does_not_wait(databases: Any) -> None:
    databases["two"].dead_letters.insert_one({"key": KEY, "state": "open"})

    assert waiting(databases) == []
