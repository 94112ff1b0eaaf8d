"""Reads one record from a JSON file."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cli.imports.mistakes import Mistake, Place
from cli.imports.records import Record


class _Twice(ValueError):
    """A member stands there twice."""


def read_record(path: Path, *, file: str, mistakes: list[Mistake]) -> Record | None:
    """Read a record; None where that cannot be done, and then `mistakes` says why."""
    place = Place(file=file)
    try:
        members = json.loads(path.read_text(encoding="utf-8-sig"), object_pairs_hook=_object)
    except (_Twice, json.JSONDecodeError) as error:
        mistakes.append(Mistake(place=place, detail=f"it is no JSON file: {error}"))
    except UnicodeDecodeError as error:
        mistakes.append(Mistake(place=place, detail=f"byte {error.start} is not UTF-8"))
    except OSError as error:
        mistakes.append(Mistake(place=place, detail=f"it cannot be read: {error.strerror or error}"))
    else:
        if isinstance(members, Mapping):
            return Record(place=place, members=members)
        mistakes.append(Mistake(place=place, detail="an object with members is expected"))
    return None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise _Twice(f"a member stands there twice: {next(name for name in names if names.count(name) > 1)}")
    return found
