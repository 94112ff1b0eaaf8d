from typing import NotRequired, TypedDict, Unpack, get_type_hints

import pytest

from chassis.schemas.operations import command, declared, reaction
from chassis.schemas.validation import InvalidFields, load


class Place(TypedDict):
    town: str
    street: NotRequired[str | None]


class Changes(TypedDict, total=False):
    town: str


@reaction("others.thing.moved")
def follow(*, thing: str, **place: Unpack[Place]) -> None: ...


@command
def change(**changes: Unpack[Changes]) -> Place:
    raise NotImplementedError


def test_the_members_of_an_unpacked_typed_dict_are_arguments_like_those_that_stand_in_the_signature() -> None:
    assert set(declared(follow).reads().fields) == {"thing", *get_type_hints(Place)}
    assert load(declared(follow).reader, {"thing": "a", "town": "Oslo", "street": None}) == {
        "thing": "a", "town": "Oslo", "street": None,
    }  # fmt: skip


@pytest.mark.parametrize("sent", [{"thing": "a"}, {"thing": "a", "town": None}])
def test_a_member_that_the_typed_dict_requires_is_required(sent: dict[str, str | None]) -> None:
    with pytest.raises(InvalidFields) as refused:
        load(declared(follow).reader, sent)

    assert [field["pointer"] for field in refused.value.fields] == ["/town"]


def test_a_member_that_may_be_left_out_is_not_there_when_it_is() -> None:
    assert load(declared(follow).reader, {"thing": "a", "town": "Oslo"}) == {"thing": "a", "town": "Oslo"}
    assert load(declared(change).reader, {}) == {}
