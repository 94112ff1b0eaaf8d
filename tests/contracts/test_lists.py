"""Every list that one can send is a set, or is named here with what its order or number means."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from marshmallow import Schema, fields

from chassis.schemas.fields import Unique
from chassis.schemas.operations import declared
from cli.connection.services import services

NO_SETS = {
    "judgements": "each characteristic or question is judged once, and a second judgement is refused",
    "verdicts": "each characteristic has one, and a second one is refused",
    "data_points": "each period of a series has one, and a second one of that period is refused",
    "rows": "each is a data point, and a second one of that period is refused",
    "strata": "each group has a code of its own, and a second one of that code is refused",
    "drivers": "each has a code of its own, and a second one of that code is refused",
    "ideas": "each has a code of its own, and a second one of that code is refused",
    "links": "two things have one link, and a second one is refused",
    "co_designers": "two groups may be described alike",
    "barriers": "two barriers may be described alike",
    "questions": "their numbers are their places, and two may be worded alike",
    "rooms": "each has a name of its own, and a second one of that name is refused",
    "slots": "each session has one, and a second one of that session is refused",
    "tasks": "the same may have to be done twice",
    "data_plan": "the same may have to be collected twice",
}
COMMANDS = [declared(each) for service in services().values() for each in service.commands]


def lists(members: Mapping[str, fields.Field[Any]]) -> Iterator[tuple[str, fields.Field[Any]]]:
    for name, field in members.items():
        if isinstance(field, fields.List):
            yield name, field
        if isinstance(field, fields.Nested) and isinstance(field.schema, Schema):
            yield from lists(field.schema.fields)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_a_list_in_a_request_is_a_set_or_named_as_none(command: Any) -> None:
    for name, field in lists(command.reader.fields):
        assert isinstance(field, Unique) or name in NO_SETS, name
