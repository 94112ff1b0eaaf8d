from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum

from chassis.domain.aggregate import Aggregate, Event
from chassis.persistence.documents import from_document, to_document, to_public


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, kw_only=True)
class Part:
    on: date


@dataclass(kw_only=True)
class Thing(Aggregate):
    colour: Colour
    at: datetime
    parts: list[Part] = field(default_factory=list)
    maybe: str | None = None


@dataclass(frozen=True, kw_only=True)
class Painted(Event):
    type = "things.thing.painted"


def a_thing() -> Thing:
    at = datetime(2026, 6, 1, 9, 30, tzinfo=UTC)
    thing = Thing(id="thg_1", version=3, sequence=2, colour=Colour.RED, at=at, parts=[Part(on=date(2026, 6, 2))])
    thing.record(Painted())
    return thing


def test_a_document_keeps_instants_as_dates_days_as_text_and_the_id_as_mongodb_names_it() -> None:
    assert to_document(a_thing()) == {
        "_id": "thg_1",
        "version": 3,
        "sequence": 2,
        "colour": "red",
        "at": datetime(2026, 6, 1, 9, 30, tzinfo=UTC),
        "parts": [{"on": "2026-06-02"}],
        "maybe": None,
        "updated_at": None,
    }


def test_what_is_kept_is_read_again_without_what_was_recorded() -> None:
    read = from_document(to_document(a_thing()), Thing)

    assert read == a_thing()
    assert read.recorded == []


def test_a_member_of_a_newer_version_is_left_alone() -> None:
    document = to_document(a_thing()) | {"weight": 7}

    assert from_document(document, Thing) == a_thing()


def test_what_leaves_a_service_is_plain_json() -> None:
    assert to_public(a_thing()) == {
        "id": "thg_1",
        "version": 3,
        "colour": "red",
        "at": "2026-06-01T09:30:00.000Z",
        "parts": [{"on": "2026-06-02"}],
        "maybe": None,
        "updated_at": None,
    }
