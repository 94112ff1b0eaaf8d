"""Every pattern there is takes a time that grows with the length of what it is given, and not with its square."""

import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from marshmallow import ValidationError

import chassis
import cli
import gateway
import services
from chassis.schemas.external_ids import ExternalIdText
from chassis.schemas.fields import Day, Email, Id, Instant, Language, Line, Subdivision, Text, WallTime
from services.camps.schemas.asks_and_offers import Tag
from services.camps.schemas.programme import WebAddress
from services.engagements.schemas.improvement import Month
from services.engagements.schemas.measurement import Code
from services.partners.schemas.organisation import NumberInRegister, Scheme
from services.partners.schemas.partner import Area

LENGTH = 100_000
SECONDS = 1.0
"""What is linear takes some milliseconds of processor for 100 kB, what is quadratic more than ten seconds."""
UNITS = (
    "a", "A", "0", " ", "\t", "-", "_", ".", "@", ":", "/", "a.", "a-", "a@", "a ", "A-", "0-", "a_", "://", "://a:",
    ":a", "a,", '"a",', "eyJ", "eyJa.", "Bearer ", "_0", "\r\n", "\n.", "${a", 'W/"1",', "https://a/rsvp/", "\u200b",
    "é", "a.a-a@", "=?", "xn--", "a@x.",
)  # fmt: skip
ENDS = ("", "!", "\x00")
FIELDS = (
    Tag(),
    Text(),
    Line(),
    Id("per"),
    Language(),
    Email(),
    Day(),
    Instant(),
    WallTime(),
    Area(longest=60),
    Subdivision(),
    Code(longest=60),
    Month(longest=7),
    ExternalIdText(),
    WebAddress(),
    Scheme(longest=40),
    NumberInRegister(longest=100),
)
Use = Callable[[Any], object]


def modules() -> Iterator[tuple[ModuleType, str]]:
    """Every module that has a pattern, with its text; what begins processes must not be imported, and has none."""
    for package in (chassis, services, gateway, cli):
        (folder,) = map(Path, package.__path__)
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            path = folder.joinpath(*found.name.split(".")[1:])
            source = (path / "__init__.py" if found.ispkg else path.with_suffix(".py")).read_text(encoding="utf-8")
            if "re.compile" in source:
                yield importlib.import_module(found.name), source


def compiled(value: object) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, tuple | list | frozenset | set):
        for each in value:
            yield from compiled(each)


def uses() -> Iterator[tuple[str, re.Pattern[Any], Use]]:
    """Every compiled pattern, and how its module uses it: one that is only matched as a whole is not searched."""
    for module, source in modules():
        for name, value in vars(module).items():
            own = set(re.findall(rf"\b{re.escape(name)}\.(\w+)\(", source))
            methods = own or set(re.findall(r"\.(search|match|fullmatch|sub|split|findall|finditer)\(", source))
            for pattern in compiled(value):
                use = pattern.fullmatch if methods == {"fullmatch"} else pattern.search
                yield f"{module.__name__}.{name} {pattern.pattern!r}"[:100], pattern, use


USES = list(uses())


def slow(use: Use, *, as_bytes: bool = False) -> dict[str, float]:
    """Give the first text that takes too long, with the seconds it takes."""
    for text in (unit * (LENGTH // len(unit)) + end for unit in UNITS for end in ENDS):
        began = time.thread_time()
        use(text.encode() if as_bytes else text)
        if (took := time.thread_time() - began) > SECONDS:
            return {f"{text[:10]!r}…{text[-1]!r}": took}
    return {}


@pytest.mark.parametrize(("pattern", "use"), [row[1:] for row in USES], ids=[row[0] for row in USES])
def test_no_pattern_takes_long_for_100_kb(pattern: re.Pattern[Any], use: Use) -> None:
    assert slow(use, as_bytes=isinstance(pattern.pattern, bytes)) == {}


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: type(field).__name__)
def test_no_field_takes_long_for_100_kb(field: Text | Day | Instant) -> None:
    def read(text: str) -> None:
        try:
            field.deserialize(text)
        except ValidationError:
            return

    assert slow(read) == {}


def test_every_kind_of_text_is_among_the_fields() -> None:
    def below(kind: type[Text]) -> set[type[Text]]:
        return {kind}.union(*map(below, kind.__subclasses__()))

    ours = {kind for kind in below(Text) if not kind.__module__.startswith("tests.")}
    assert ours <= {type(field) for field in FIELDS}
