"""Lifecycles are data: every state of everything is in a table, and the table says what the code does."""

import inspect
import re
from collections.abc import Iterator
from enum import StrEnum
from itertools import chain
from typing import Any, get_type_hints

import pytest

from chassis.domain.transitions import Transition
from chassis.runtime.service import Service
from chassis.schemas.operations import declared
from cli.connection.services import services
from gateway.routes import TABLES

SERVICES = services()
NO_TABLE_YET = {
    "notifications.letter",
}
"""Whoever writes the table of one of these takes it out here."""


def with_states() -> Iterator[tuple[str, type[StrEnum]]]:
    """Everything that is kept and has states, as `service.aggregate`."""
    for service in SERVICES.values():
        for repository in service.repositories:
            states = get_type_hints(repository.aggregate).get("state")
            if isinstance(states, type) and issubclass(states, StrEnum):
                yield f"{service.name}.{snake(repository.aggregate.__name__)}", states


def snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def table(aggregate: str) -> list[Transition]:
    service, _, name = aggregate.partition(".")
    return [each for each in SERVICES[service].transitions if each.aggregate == name]


STATES = dict(with_states())
TABLED = sorted(STATES.keys() - NO_TABLE_YET)
ROWS = [(service, each) for service in SERVICES.values() for each in service.transitions]


def name_of_row(value: Any) -> str:
    return value.operation if isinstance(value, Transition) else value.name


def test_everything_without_a_table_is_waited_for() -> None:
    assert {each for each in STATES if not table(each)} == NO_TABLE_YET


def test_no_table_is_of_something_else() -> None:
    assert {f"{service.name}.{row.aggregate}" for service, row in ROWS} <= STATES.keys()


@pytest.mark.parametrize("aggregate", TABLED)
def test_a_table_leads_to_every_state_there_is_and_to_no_other(aggregate: str) -> None:
    rows, states = table(aggregate), set(map(str, STATES[aggregate]))

    assert set(chain.from_iterable(row.to for row in rows)) == states
    assert set(chain.from_iterable(row.from_states for row in rows)) <= states


@pytest.mark.parametrize("aggregate", TABLED)
def test_something_comes_into_being_in_one_way_at_least(aggregate: str) -> None:
    assert [row.operation for row in table(aggregate) if not row.from_states]


@pytest.mark.parametrize(("service", "row"), ROWS, ids=name_of_row)
def test_an_operation_of_a_table_is_one_that_the_service_has(service: type[Service], row: Transition) -> None:
    assert callable(getattr(service, row.operation, None))


@pytest.mark.parametrize(("service", "row"), ROWS, ids=name_of_row)
def test_there_is_a_way_back_or_a_sentence_that_says_why_not(service: type[Service], row: Transition) -> None:
    if " " in row.way_back:
        assert re.fullmatch(r"[A-Z].*[a-z]\.", row.way_back)
    else:
        (back, *_) = [each for each in table(f"{service.name}.{row.aggregate}") if each.operation == row.way_back]
        assert set(row.to) & set(back.from_states)


@pytest.mark.parametrize(("service", "row"), ROWS, ids=name_of_row)
def test_what_needs_a_reason_is_not_done_without(service: type[Service], row: Transition) -> None:
    commands = {each.name: each.function for each in map(declared, service.commands)}
    if row.operation in commands:
        reason = inspect.signature(commands[row.operation]).parameters.get("reason")

        assert row.needs_reason == (reason is not None and reason.default is reason.empty)


def test_whatever_one_can_ask_to_become_of_something_is_in_its_table() -> None:
    asked = {
        operation
        for name in SERVICES
        for route in TABLES[name]
        if route.path.endswith("/transitions")
        for operation in route.transitions.values()
    }
    without_table = {service for service in SERVICES if any(each.startswith(f"{service}.") for each in NO_TABLE_YET)}
    of_tables = {f"{service.name}.{row.operation}" for service, row in ROWS}

    assert {each for each in asked - of_tables if each.partition(".")[0] not in without_table} == set()
