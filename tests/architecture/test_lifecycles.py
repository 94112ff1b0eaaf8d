"""Lifecycles are data: every state of everything is in a table, and the table says what the code does."""

import inspect
import re
from collections.abc import Iterator
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import Any, get_type_hints

import pytest

from chassis.domain.transitions import Transition
from chassis.runtime.service import Service
from chassis.schemas.operations import declared
from cli.connection.services import services
from gateway.routes import TABLES

SERVICES = services()
DECIDED = Path(__file__).parent / "lifecycles"
"""What leads from which state to which, a line for each row: who changes a table writes it here, too."""


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
TABLED = sorted(STATES)
ROWS = [(service, each) for service in SERVICES.values() for each in service.transitions]


def described(row: Transition) -> str:
    """One line: what leads from where to where, whether it needs a reason, and what undoes it."""
    reason = ", for a reason" if row.needs_reason else ""
    back = "" if " " in row.way_back else f"; back by {row.way_back}"
    before, after = " ".join(row.from_states) or "nothing", " ".join(row.to)
    return f"{row.aggregate}: {row.operation} leads from {before} to {after}{reason}{back}"


def name_of_row(value: Any) -> str:
    return value.operation if isinstance(value, Transition) else value.name


def test_everything_that_has_states_has_a_table() -> None:
    assert [each for each in STATES if not table(each)] == []


def test_no_table_is_of_something_else() -> None:
    assert {f"{service.name}.{row.aggregate}" for service, row in ROWS} <= STATES.keys()


@pytest.mark.parametrize("service", sorted(SERVICES))
def test_the_tables_are_those_that_were_decided_row_by_row(service: str) -> None:
    """The models ask their tables what is possible, and so would obey a wrong one."""
    decided = (DECIDED / f"{service}.txt").read_text().splitlines()

    assert [described(row) for row in SERVICES[service].transitions] == decided


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
    of_tables = {f"{service.name}.{row.operation}" for service, row in ROWS}

    assert asked - of_tables == set()
