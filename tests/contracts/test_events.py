"""What is said, what is written down, and what is heard: three things that must agree."""

import inspect
import json
from dataclasses import fields
from importlib import import_module
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from chassis.domain.aggregate import Event
from chassis.schemas.operations import declared
from cli.connection.services import services as every_service
from tests.service_names import services

ROOT = Path(__file__).resolve().parents[2]
AUDIENCES = ("internal", "partner", "all")


def said() -> dict[str, type[Event]]:
    modules = [import_module(f"services.{service}.events") for service in services()]
    classes = [each for module in modules for _, each in inspect.getmembers(module, inspect.isclass)]
    return {each.type: each for each in classes if issubclass(each, Event) and each is not Event}


def written_down() -> dict[str, Any]:
    files = (ROOT / "contracts" / "events").glob("*.json")
    return {path.name.removesuffix(".v1.json"): json.loads(path.read_text()) for path in files}


def heard() -> dict[tuple[str, str], Any]:
    """(type, `service.reaction`) → what it is read by."""
    return {
        (type, f"{name}.{each.name}"): each.reader
        for name, service in every_service().items()
        for each in map(declared, service.reactions)
        for type in each.types
    }


SAID, CONTRACTS, HEARD = said(), written_down(), heard()


def test_every_event_said_has_a_contract_and_every_contract_an_event() -> None:
    assert sorted(SAID) == sorted(CONTRACTS)


@pytest.mark.parametrize("type", sorted(CONTRACTS))
def test_a_contract_names_the_fields_that_are_said(type: str) -> None:
    names = {field.name for field in fields(SAID[type])}

    assert set(CONTRACTS[type]["properties"]) == names
    assert set(CONTRACTS[type]["required"]) <= names


@pytest.mark.parametrize("type", sorted(CONTRACTS))
def test_a_contract_says_what_why_for_whom_and_gives_an_example(type: str) -> None:
    contract = CONTRACTS[type]

    assert contract["title"] == type
    assert contract["description"]
    assert contract["x-audience"] in AUDIENCES
    assert contract["examples"]
    assert [name for name, field in contract["properties"].items() if not field.get("description")] == []


@pytest.mark.parametrize("type", sorted(CONTRACTS))
def test_every_example_fits_its_contract(type: str) -> None:
    check = jsonschema.Draft202012Validator(CONTRACTS[type], format_checker=jsonschema.FormatChecker())

    assert [misfit.message for example in CONTRACTS[type]["examples"] for misfit in check.iter_errors(example)] == []


@pytest.mark.parametrize("type", sorted(CONTRACTS))
def test_a_contract_names_exactly_those_who_hear_it(type: str) -> None:
    assert set(CONTRACTS[type]["x-heard-by"]) == {reaction for heard, reaction in HEARD if heard == type}


@pytest.mark.parametrize("type", sorted(CONTRACTS))
def test_an_event_waits_for_a_hearer_only_where_its_contract_names_one(type: str) -> None:
    assert SAID[type].heard is bool(CONTRACTS[type]["x-heard-by"])


@pytest.mark.parametrize(("type", "reaction"), sorted(HEARD))
def test_every_hearer_can_read_every_example(type: str, reaction: str) -> None:
    misread = map(HEARD[type, reaction].validate, CONTRACTS[type]["examples"])

    assert [errors for errors in misread if errors] == []


@pytest.mark.parametrize("type", sorted(CONTRACTS))
def test_an_internal_event_is_the_only_kind_that_carries_an_address(type: str) -> None:
    personal = {"email", "address", "phone"} & set(CONTRACTS[type]["properties"])

    assert not personal or CONTRACTS[type]["x-audience"] == "internal"
