"""The events that may leave, described in AsyncAPI: valid by the official schema, complete, and nothing else."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from chassis.messaging.envelope import Envelope, schema_base
from dev.generated.contracts import ASYNCAPI, asyncapi

HERE = Path(__file__).resolve().parent
# From github.com/asyncapi/spec-json-schemas, schemas/3.0.0-without-$id.json, white space removed; Apache-2.0,
# copyright 2016-2025 AsyncAPI Initiative.
OFFICIAL = jsonschema.Draft7Validator(json.loads((HERE / "asyncapi-3.0.0.json").read_text(encoding="utf-8")))
CONTRACTS = [
    json.loads(path.read_text(encoding="utf-8")) for path in (HERE.parents[1] / "contracts" / "events").glob("*.json")
]
DOCUMENT = json.loads(ASYNCAPI.read_text(encoding="utf-8"))


def test_it_is_written_as_the_contracts_say() -> None:
    assert ASYNCAPI.read_text(encoding="utf-8") == asyncapi()


def test_it_is_asyncapi_3_0() -> None:
    assert [f"{error.json_path}: {error.message}" for error in OFFICIAL.iter_errors(DOCUMENT)] == []


@pytest.mark.parametrize("part", ["info", "channels"])
def test_the_official_schema_sees_what_is_wrong(part: str) -> None:
    assert list(OFFICIAL.iter_errors(DOCUMENT | {part: "something else"}))


def test_every_event_that_may_leave_is_in_it_and_no_internal_one() -> None:
    leaving = {f"{each['title']}.v1" for each in CONTRACTS if each["x-audience"] in ("partner", "all")}

    for part in (DOCUMENT["channels"], DOCUMENT["operations"], DOCUMENT["components"]["messages"]):
        assert set(part) == leaving


def test_every_reference_leads_somewhere() -> None:
    assert [reference for reference in references(DOCUMENT) if resolved(reference) is None] == []


def test_a_channel_names_the_exchange_and_the_key_that_an_event_leaves_by() -> None:
    channel = DOCUMENT["channels"]["engagements.milestone.reached.v1"]

    assert channel["address"] == "milestone.reached"
    assert channel["bindings"]["amqp"]["exchange"]["name"] == "engagements.events"


def test_the_headers_described_are_those_an_event_carries() -> None:
    event = Envelope(
        id="evt_1", source="/services/a", type="a.b.c", subject="b_1", time="2026-06-01T09:00:00.000Z", sequence=1,
        correlationid="req_1", causationid="evt_0", traceparent="00-1", actor="anna",
        dataschema=f"{schema_base('https://x.example/')}a.b.c.v1", extensions={"partnerid": "prt_1"}, history=True,
    )  # fmt: skip

    headers = DOCUMENT["components"]["schemas"]["CloudEvent"]

    assert set(headers["properties"]) == set(event.to_headers())
    jsonschema.validate(event.to_headers(), headers)


def test_the_address_of_a_schema_is_the_gateways() -> None:
    assert schema_base("https://x.example/") == schema_base("https://x.example") == "https://x.example/v1/schemas/"


def references(part: Any) -> list[str]:
    if isinstance(part, dict):
        own = [part["$ref"]] if "$ref" in part else []
        return own + [each for value in part.values() for each in references(value)]
    return [each for value in part for each in references(value)] if isinstance(part, list) else []


def resolved(reference: str) -> Any:
    """What a reference within the document leads to, or nothing."""
    found: Any = DOCUMENT
    for step in reference.removeprefix("#/").split("/"):
        found = found.get(step) if isinstance(found, dict) else None
    return found
