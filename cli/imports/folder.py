"""Reads the folder of a partnership, and refuses it with all that is wrong before anything is asked of an instance."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from cli.imports import layout
from cli.imports.csv_tables import read_table
from cli.imports.data_points import DataPointFile, read_data_points
from cli.imports.json_records import read_record
from cli.imports.layout import KINDS, Kind
from cli.imports.mistakes import CannotBeImported, Mistake, Place
from cli.imports.record_check import mistakes_of
from cli.imports.records import KEY, Record
from cli.imports.schema_check import columns, contract
from gateway.contracts import JsonSchema

NEEDED = (layout.PARTNER, layout.PEOPLE, layout.ENGAGEMENT)
"""Without these there is no partnership to speak of."""
IGNORED = ("README.md", "README.txt")
KEY_SCHEMA: JsonSchema = {"type": "string"}


@dataclass(frozen=True, kw_only=True)
class Folder:
    """What the files say: records of each kind, in the order of their files and rows, and files of data points."""

    records: Mapping[str, list[Record]]
    data_points: list[DataPointFile]

    def of(self, kind: Kind) -> list[Record]:
        """Give the records of a kind."""
        return self.records.get(kind.name, [])


def read_folder(path: Path) -> Folder:
    """Read a folder; raises CannotBeImported, with all that is wrong in any of its files."""
    if not path.is_dir():
        raise CannotBeImported(f"there is no folder {path}", [])
    mistakes: list[Mistake] = [*_unknown_files(path)]
    records = {kind.name: _read(path, kind, mistakes) for kind in KINDS}
    if not mistakes:
        mistakes.extend(mistakes_of(records))
    measures = records[layout.MEASURES.name]
    strata = records[layout.STRATA.name]
    points = read_data_points(path, measures=measures, strata=strata, mistakes=mistakes)
    if mistakes:
        raise CannotBeImported(f"{path.name} cannot be imported, and nothing of it was:", mistakes)
    return Folder(records=_whole(records), data_points=points)


def columns_of(kind: Kind) -> dict[str, JsonSchema]:
    """Give the columns, or members of one value, that a file of this kind can have, each with its schema."""
    found = {KEY: KEY_SCHEMA} if kind.has_key else {}
    if kind is layout.STRATA:
        return {"measure_id": KEY_SCHEMA, **_columns_of_strata()}
    if kind.operation:
        found |= columns(kind.operation, without=kind.given | {KEY})
    for name, later in kind.later.items():
        inside = columns(later.operation, without=layout.given_later(kind))
        found |= {f"{name}.{column}": schema for column, schema in inside.items()}
    return found


def _columns_of_strata() -> dict[str, JsonSchema]:
    asks = contract(layout.STRATA.operation)
    members: dict[str, JsonSchema] = asks.schemas["StratumOf"]["properties"]
    return members


def _read(path: Path, kind: Kind, mistakes: list[Mistake]) -> list[Record]:
    if kind.file.endswith("/"):
        files = sorted((path / kind.file).glob("*.json"))
        found = [read_record(each, file=f"{kind.file}{each.name}", mistakes=mistakes) for each in files]
        return [each for each in found if each]
    if not (path / kind.file).exists():
        if kind in NEEDED:
            mistakes.append(Mistake(place=Place(file=kind.file), detail="it is missing"))
        return []
    if kind.file.endswith(".json"):
        record = read_record(path / kind.file, file=kind.file, mistakes=mistakes)
        return [record] if record else []
    return read_table(path / kind.file, file=kind.file, columns=columns_of(kind), mistakes=mistakes)


def _unknown_files(path: Path) -> Iterator[Mistake]:
    """Yield what would not be read: a name that is nearly right must not pass in silence."""
    known = {kind.file.rstrip("/") for kind in KINDS} | {layout.DATA_POINTS}
    for each in sorted(path.iterdir()):
        if each.name not in known and each.name not in IGNORED and not each.name.startswith("."):
            yield Mistake(
                place=Place(file=each.name), detail=f"there is no such file here; known are {', '.join(sorted(known))}"
            )
    for folder in (kind.file for kind in KINDS if kind.file.endswith("/")):
        for each in sorted((path / folder).glob("*")):
            if each.suffix != ".json" and not each.name.startswith("."):
                yield Mistake(place=Place(file=f"{folder}{each.name}"), detail="a JSON file is expected here")


def _whole(records: Mapping[str, list[Record]]) -> dict[str, list[Record]]:
    """Give measures their strata, which are members of them in the API."""
    strata = records[layout.STRATA.name]
    return {**records, layout.MEASURES.name: [_with_strata(each, strata) for each in records[layout.MEASURES.name]]}


def _with_strata(measure: Record, strata: list[Record]) -> Record:
    own = [each for each in strata if each.members["measure_id"] == measure.key]
    parts = [Record(place=each.place, members=_without_measure(each)) for each in own]
    return measure.with_parts("strata", parts) if parts else measure


def _without_measure(stratum: Record) -> dict[str, object]:
    return {name: value for name, value in stratum.members.items() if name != "measure_id"}
