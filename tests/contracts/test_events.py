"""What is published, what is written down, and what is heard: the examples show that they agree, and still do."""

from datetime import datetime
from typing import Any, get_args, get_type_hints

import jsonschema
import pytest

from chassis.domain.aggregate import Event
from chassis.messaging.contracts import event_contracts, types_with_hearers
from chassis.persistence.documents import from_document, to_public
from chassis.schemas.operations import declared
from cli.connection.services import services
from dev.generated import event_contracts as generated

CONTRACTS = event_contracts()
TYPES = sorted(CONTRACTS)


def heard() -> dict[tuple[str, str], Any]:
    """(type, `service.reaction`) → what it is read by."""
    return {
        (type, f"{name}.{each.name}"): each.reader
        for name, service in services().items()
        for each in map(declared, service.reactions)
        for type in each.types
    }


HEARD = heard()


def only_published(schema: dict[str, Any]) -> dict[str, Any]:
    """The same schema, but for unknown members: what an example names and it does not is an error."""
    closed = {name: only_published(part) for name, part in schema.get("properties", {}).items()}
    items = {"items": only_published(schema["items"])} if "items" in schema else {}
    return {**schema, **items} | ({"properties": closed, "additionalProperties": False} if closed else {})


def test_the_contracts_are_those_that_the_classes_give() -> None:
    assert dict(CONTRACTS) == {each["title"]: each for each in generated.contracts().values()}


@pytest.mark.parametrize("type", TYPES)
def test_a_contract_says_what_why_for_whom_and_gives_an_example(type: str) -> None:
    contract = CONTRACTS[type]

    assert contract["description"]
    assert contract["examples"]
    assert [name for name, field in contract["properties"].items() if not field.get("description")] == []


@pytest.mark.parametrize("type", TYPES)
def test_what_was_ever_an_example_is_still_published_in_all_its_members(type: str) -> None:
    check = jsonschema.Draft202012Validator(only_published(CONTRACTS[type]), format_checker=jsonschema.FormatChecker())

    assert [misfit.message for example in CONTRACTS[type]["examples"] for misfit in check.iter_errors(example)] == []


@pytest.mark.parametrize("type", TYPES)
def test_every_published_member_is_in_an_example(type: str) -> None:
    shown = {member for example in CONTRACTS[type]["examples"] for member in example}

    assert set(CONTRACTS[type]["properties"]) - shown == set()


@pytest.mark.parametrize("event", list(generated.events()), ids=lambda event: event.type)
def test_every_event_that_was_once_published_can_be_written_to_the_outbox_again(event: type[Event]) -> None:
    example = generated.examples(event.type)[0]
    instants = {
        name: datetime.fromisoformat(example[name])
        for name, hint in get_type_hints(event).items()
        if datetime in (hint, *get_args(hint))
    }

    assert to_public(from_document(example | instants, event)) == example


def test_every_reaction_is_to_an_event_that_exists() -> None:
    assert {type for type, _ in HEARD} - set(TYPES) == set()


def test_the_events_that_wait_for_a_queue_are_those_that_somebody_reacts_to() -> None:
    assert types_with_hearers() == {type for type, _ in HEARD}


@pytest.mark.parametrize(("type", "reaction"), sorted(HEARD))
def test_every_hearer_can_read_every_example(type: str, reaction: str) -> None:
    misread = map(HEARD[type, reaction].validate, CONTRACTS[type]["examples"])

    assert [errors for errors in misread if errors] == []


@pytest.mark.parametrize("type", TYPES)
def test_an_internal_event_is_the_only_kind_that_carries_an_address(type: str) -> None:
    personal = {"email", "address", "phone"} & set(CONTRACTS[type]["properties"])

    assert not personal or CONTRACTS[type]["x-audience"] == "internal"
