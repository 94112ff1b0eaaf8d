"""How the contract of an event follows from its class."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import pytest

from chassis.domain.aggregate import Event, Keywords
from dev.generated import event_contracts
from dev.generated.event_contracts import ExampleLost, NoSchemaForType, UnknownAudience, contract, schema_of

HALL = Annotated[str, "where it hangs"]


@dataclass(frozen=True, kw_only=True)
class Hook:
    height: int


@dataclass(frozen=True, kw_only=True)
class PictureHung(Event):
    """A picture hangs.

    Published again
    when it is moved.
    """

    type = "pictures.picture.hung"
    audience = "all"

    hall: HALL
    hung_on: date
    hooks: list[Hook]
    seen_by: Annotated[int, Keywords(minimum=1), "how many saw it"] = 1


@dataclass(frozen=True, kw_only=True)
class PictureSold(Event):
    type = "pictures.picture.sold"
    audience = "buyers"


def test_the_docstring_is_the_description_in_one_line() -> None:
    assert contract(PictureHung)["description"] == "A picture hangs. Published again when it is moved."


def test_a_field_has_the_schema_of_its_type_and_what_is_said_of_it() -> None:
    assert contract(PictureHung)["properties"] == {
        "hall": {"type": "string", "description": "where it hangs"},
        "hung_on": {"type": "string", "format": "date"},
        "hooks": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": True,
                "required": ["height"],
                "properties": {"height": {"type": "integer"}},
            },
        },
        "seen_by": {"type": "integer", "minimum": 1, "description": "how many saw it"},
    }


def test_a_field_that_was_added_later_is_not_required() -> None:
    assert contract(PictureHung)["required"] == ["hall", "hung_on", "hooks"]


@pytest.mark.parametrize(
    ("hint", "schema"),
    [
        (str | None, {"type": ["string", "null"]}),
        (Annotated[str | None, "a name"], {"type": ["string", "null"], "description": "a name"}),
        (Annotated[HALL, "another text"], {"type": "string", "description": "another text"}),
        (datetime, {"type": "string", "format": "date-time"}),
        (float, {"type": "number"}),
        (bool, {"type": "boolean"}),
    ],
)
def test_a_type_has_a_schema(hint: Any, schema: Any) -> None:
    assert schema_of(hint) == schema


@pytest.mark.parametrize("hint", [bytes, str | int, dict[str, str]])
def test_a_type_that_is_no_json_of_its_own_is_refused(hint: Any) -> None:
    with pytest.raises(NoSchemaForType):
        schema_of(hint)


def test_an_audience_that_there_is_not_is_refused_by_name() -> None:
    with pytest.raises(
        UnknownAudience, match=r"pictures\.picture\.sold is for 'buyers': one of internal, partner, all"
    ):
        contract(PictureSold)


@pytest.mark.parametrize("left", [[], [{"hall": "B"}], [{"hall": "A", "more": 1}]], ids=["none", "another", "changed"])
def test_an_example_that_was_published_cannot_be_lost(
    left: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_contracts, "FOLDER", tmp_path / "events")
    monkeypatch.setattr(event_contracts, "EXAMPLES", tmp_path / "examples")
    write(tmp_path / "events" / "pictures.picture.hung.v1.json", {"examples": [{"hall": "A"}]})
    write(tmp_path / "examples" / "pictures.picture.hung.v1.json", left)

    with pytest.raises(ExampleLost, match=r"put this example back, it was published: \{'hall': 'A'\}"):
        contract(PictureHung)


def write(file: Path, content: Any) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(content))
