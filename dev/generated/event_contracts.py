"""contracts/events: the contract of each event, written from its class, from who reacts to it, and from its examples.

Examples are the data in contracts/examples, written by hand and only ever added to.
"""

import inspect
import json
import types
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from chassis.domain.aggregate import Event
from chassis.schemas.operations import declared
from cli.connection.services import services
from cli.local.process import REPOSITORY
from gateway.contracts import LEAVES

FOLDER = REPOSITORY / "contracts" / "events"
EXAMPLES = REPOSITORY / "contracts" / "examples"
VERSION = 1
"""A change that is more than an addition is another type of event, so that this is the only one."""
JsonSchema = dict[str, Any]
AUDIENCES = ("internal", *LEAVES)
_PLAIN: Mapping[Any, JsonSchema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
}


class NoSchemaForType(TypeError):
    """The contract of an event has no schema for the type of a field."""


class UnknownAudience(ValueError):
    """The audience of an event is not one of the known audiences."""


class ExampleLost(Exception):
    """An example of a written contract was changed or taken away: examples are only ever added to."""


def contracts() -> Mapping[str, JsonSchema]:
    """Give the contract of each event by the name of its file."""
    return {file_of(event.type): contract(event) for event in events()}


def events() -> Iterator[type[Event]]:
    """Give the class of each event of all services."""
    for service in services():
        for module in _modules_of(f"services.{service}.events"):
            yield from (each for each in vars(module).values() if _is_event_of(module, each))


def _modules_of(name: str) -> Iterator[ModuleType]:
    """Give a module, and those in it if it is a package."""
    module = import_module(name)
    yield module
    for found in iter_modules(getattr(module, "__path__", ())):
        yield import_module(f"{name}.{found.name}")


def _is_event_of(module: ModuleType, member: object) -> bool:
    """Whether a member is an event, and no base, that is defined in this module and not imported by it."""
    return (
        inspect.isclass(member)
        and issubclass(member, Event)
        and "type" in vars(member)
        and member.__module__ == module.__name__
    )


def contract(event: type[Event]) -> JsonSchema:
    """Write when it happens, who may read it, who reacts to it, and its fields; raises UnknownAudience."""
    if event.audience not in AUDIENCES:
        raise UnknownAudience(f"{event.type} is for {event.audience!r}: one of {', '.join(AUDIENCES)} is expected")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": event.type,
        "description": in_one_line(event),
        "x-version": VERSION,
        "x-audience": event.audience,
        "x-heard-by": hearers(event.type),
        **schema_of_dataclass(event),
        "examples": examples(event.type),
    }


def hearers(type: str) -> Mapping[str, str]:
    """Give what each reaction to a type of event does: the first sentence of its docstring."""
    reactions = ((name, declared(each)) for name, service in services().items() for each in service.reactions)
    return {
        f"{service}.{each.name}": first_sentence(each.function) for service, each in reactions if type in each.types
    }


def examples(type: str) -> list[Any]:
    """Give the examples of a type of event; none where its file is missing. Raises ExampleLost."""
    found: list[Any] = _read(EXAMPLES / file_of(type), missing=[])
    for written in _read(FOLDER / file_of(type), missing={"examples": []})["examples"]:
        if written not in found:
            raise ExampleLost(f"contracts/examples/{file_of(type)}: put this example back, it was published: {written}")
    return found


def file_of(type: str) -> str:
    """Give the name of the file of a contract, or of its examples."""
    return f"{type}.v{VERSION}.json"


def schema_of_dataclass(kind: type[Any]) -> JsonSchema:
    """Describe an object; a field with a default was added later, and is not required."""
    hints = get_type_hints(kind, include_extras=True)
    return {
        "type": "object",
        "additionalProperties": True,
        "required": [each.name for each in fields(kind) if each.default is MISSING is each.default_factory],
        "properties": {each.name: schema_of(hints[each.name]) for each in fields(kind)},
    }


def schema_of(hint: Any) -> JsonSchema:
    """Describe a type; of what `Annotated` says of it, texts are the description and dicts keywords of JSON Schema.

    Raises NoSchemaForType.
    """
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return schema_of(inner[0]) | _said_by(inner[1:])
    if origin in (Union, types.UnionType):
        return _nullable(inner)
    if origin is list:
        return {"type": "array", "items": schema_of(inner[0])}
    if is_dataclass(hint) and isinstance(hint, type):
        return schema_of_dataclass(hint)
    if hint not in _PLAIN:
        raise NoSchemaForType(f"{hint} is the type of a field of an event: str, int, float, bool, date, datetime, a "
                              "dataclass, or a list of these is expected")  # fmt: skip
    return _PLAIN[hint]


def _read(file: Path, *, missing: Any) -> Any:
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else missing


def _said_by(notes: Iterable[Any]) -> JsonSchema:
    said: JsonSchema = {}
    for note in notes:
        said |= {"description": note} if isinstance(note, str) else note
    return said


def _nullable(kinds: Iterable[Any]) -> JsonSchema:
    found = [schema_of(kind) for kind in kinds if kind is not types.NoneType]
    if len(found) != 1:
        raise NoSchemaForType(f"{kinds} are more than one type for a field of an event")
    return found[0] | {"type": [found[0]["type"], "null"]}


def in_one_line(documented: Any) -> str:
    """Give a docstring in one line; empty where there is none."""
    return " ".join((inspect.getdoc(documented) or "").split())


def first_sentence(documented: Any) -> str:
    """Give the first sentence of a docstring, without its full stop."""
    return in_one_line(documented).partition(". ")[0].rstrip(".")
