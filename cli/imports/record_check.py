"""Checks records against the contracts and against each other."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from cli.imports import layout
from cli.imports.layout import KINDS, REFERENCES, Kind
from cli.imports.mistakes import Mistake
from cli.imports.records import KEY, Record, leaves
from cli.imports.schema_check import contract, mistakes_in

_KEY = re.compile(r"[A-Za-z0-9._:/-]{1,100}")
KEY_EXPECTED = "1 to 100 letters, digits, '.', '_', ':', '/' or '-' are expected"
Records = Mapping[str, list[Record]]


def mistakes_of(records: Records) -> Iterator[Mistake]:
    """Yield what is wrong with records: keys, members, references, and rows that are there twice."""
    keys = {kind.name: {each.key for each in records[kind.name]} for kind in KINDS}
    for kind in KINDS:
        yield from _doubles(kind, records[kind.name])
        for record in records[kind.name]:
            yield from _wrong_key(kind, record)
            yield from _wrong_members(kind, record)
            yield from _wrong_references(record, keys)
    yield from _loops(records[layout.CYCLES.name])


def _wrong_key(kind: Kind, record: Record) -> Iterator[Mistake]:
    if not kind.has_key:
        return
    if not _KEY.fullmatch(str(record.members.get(KEY, ""))) or not isinstance(record.members[KEY], str):
        yield record.mistake(f"/{KEY}", KEY_EXPECTED)


def _doubles(kind: Kind, records: list[Record]) -> Iterator[Mistake]:
    first: dict[tuple[Any, ...], Record] = {}
    for record in records:
        identity = tuple(record.members.get(name) for name in IDENTITY.get(kind.name, (KEY,)))
        if identity in first and kind.name != layout.ENGAGEMENT.name:
            yield record.mistake(
                f"/{IDENTITY.get(kind.name, (KEY,))[0]}", f"this is there already, at {first[identity].at('')}"
            )
        first.setdefault(identity, record)


IDENTITY: Mapping[str, tuple[str, ...]] = {
    layout.STRATA.name: ("code", "measure_id"),
    layout.DEFINITIONS.name: ("effective_from", "measure_id"),
    layout.SCORES.name: ("month", "initiative_id", "assessor_role"),
}
"""What makes a row without a key one of its kind; a mistake is said at the first of them."""


def _wrong_members(kind: Kind, record: Record) -> Iterator[Mistake]:
    for pointer, expected in _not_as_asked(kind, record.members):
        yield record.mistake(pointer, expected)


def _not_as_asked(kind: Kind, members: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if kind is layout.STRATA:
        yield from _stratum(members)
        return
    first = layout.first_of(kind, members)
    if kind.operation:
        yield from mistakes_in(kind.operation, _with_ids(first), given=kind.given)
    else:
        yield from ((f"/{name}", f"there is no such member; known are {', '.join(kind.later)}") for name in first)
    yield from _given_elsewhere(kind.given & first.keys())
    for name, later in kind.later.items():
        if name in members:
            yield from _in_section(kind, name, later, members[name])


def _in_section(kind: Kind, name: str, later: layout.Later, section: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(section, Mapping):
        yield f"/{name}", "an object with members is expected"
        return
    body = _with_ids({name: section} if later.is_member else section)
    prefix = "" if later.is_member else f"/{name}"
    for pointer, expected in _given_elsewhere(layout.given_later(kind) & body.keys()):
        yield f"{prefix}{pointer}", expected
    for pointer, expected in mistakes_in(later.operation, body, given=layout.given_later(kind)):
        yield f"{prefix}{pointer}", expected


def _given_elsewhere(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    for name in sorted(names):
        yield f"/{name}", "it is not said here, for it follows from the other files"


def _stratum(members: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    measure = {"strata": [{name: value for name, value in members.items() if name != "measure_id"}]}
    given = frozenset(contract(layout.STRATA.operation).request["required"])
    for pointer, expected in mistakes_in(layout.STRATA.operation, measure, given=given):
        yield pointer.removeprefix("/strata/0"), expected
    if "measure_id" not in members:
        yield "/measure_id", "it is missing"


def _with_ids(members: Any, name: str = "") -> Any:
    """Give members with some id in the place of each external id, for the form of ids is the contract's."""
    if isinstance(members, Mapping):
        return {member: _with_ids(value, member) for member, value in members.items()}
    if isinstance(members, list):
        return [_with_ids(each, name) for each in members]
    return f"{REFERENCES[name].id_prefix}_0" if name in REFERENCES and isinstance(members, str) else members


def _wrong_references(record: Record, keys: Mapping[str, set[str]]) -> Iterator[Mistake]:
    for pointer, name, value in leaves(record.members):
        if name in REFERENCES and isinstance(value, str) and value not in keys[REFERENCES[name].name]:
            file = REFERENCES[name].file
            yield record.mistake(pointer, f"an external id that stands in {file} is expected")


def _loops(cycles: list[Record]) -> Iterator[Mistake]:
    previous = {each.key: each.members.get("previous_id") for each in cycles}
    for record in cycles:
        seen, at = {record.key}, previous[record.key]
        while at in previous and at not in seen:
            seen.add(at)
            at = previous[at]
        if at == record.key:
            yield record.mistake("/previous_id", "a cycle that does not follow this one itself is expected")
