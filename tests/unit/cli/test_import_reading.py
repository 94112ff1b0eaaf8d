"""Whatever is wrong in the files of a partnership is said with file, row and column, before anything is asked."""

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cli.imports import layout
from cli.imports.folder import read_folder
from cli.imports.mistakes import CannotBeImported
from cli.local.process import REPOSITORY

EXAMPLE = REPOSITORY / "examples" / "partnership"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The example, to be spoiled."""
    copy = tmp_path / "partnership"
    shutil.copytree(EXAMPLE, copy)
    return copy


def refused(folder: Path) -> list[str]:
    """What is said to be wrong, a line for each."""
    with pytest.raises(CannotBeImported) as found:
        read_folder(folder)
    return [str(each) for each in found.value.mistakes]


def cell(folder: Path, file: str, row: int, column: str, text: str) -> None:
    """Write something else into one cell; row 1 are the names of the columns."""
    with (folder / file).open(newline="") as opened:
        rows = list(csv.reader(opened))
    rows[row - 1][rows[0].index(column)] = text
    with (folder / file).open("w", newline="") as opened:
        csv.writer(opened).writerows(rows)


def member(folder: Path, file: str, change: Callable[[Any], None]) -> None:
    """Change a JSON file."""
    document = json.loads((folder / file).read_text())
    change(document)
    (folder / file).write_text(json.dumps(document))


def test_the_example_is_read_whole() -> None:
    folder = read_folder(EXAMPLE)

    (bundle,) = [each for each in folder.of(layout.MEASURES) if each.key == "bundle"]
    assert [each["code"] for each in bundle.members["strata"]] == ["needs_interpreter", "speaks_the_language"]
    assert [len(each.rows) for each in folder.data_points] == [72, 24, 24, 24]
    assert len(folder.of(layout.CYCLES)) == 3


CELLS = {
    "another word": ("measures.csv", 2, "kind", "result",
                     "measures.csv, row 2, column kind: 'result': one of outcome, process, balancing is expected"),
    "no day": ("milestones.csv", 3, "due_on", "31.12.2024",
               "milestones.csv, row 3, column due_on: '31.12.2024': a day such as 2025-03-31 is expected"),
    "a day that is not": ("milestones.csv", 3, "reached.reached_on", "2025-02-30",
                          "milestones.csv, row 3, column reached.reached_on: '2025-02-30': a day such as "),
    "no offset": ("coaching-sessions.csv", 2, "held_at", "2024-02-06T15:00",
                  "coaching-sessions.csv, row 2, column held_at: '2024-02-06T15:00': a time with its offset, such as "
                  "2025-03-31T14:00:00+02:00, is expected"),
    "no whole number": ("measures.csv", 2, "baseline_frozen.baseline_points", "ten",
                        "measures.csv, row 2, column baseline_frozen.baseline_points: 'ten': a whole number "),
    "neither yes nor no": ("strata.csv", 2, "is_focus", "perhaps",
                           "strata.csv, row 2, column is_focus: 'perhaps': true or false is expected"),
    "nothing": ("people.csv", 4, "name", "", "people.csv, row 4, column name: it is missing"),
    "no key": ("people.csv", 4, "external_id", "", "people.csv, row 4, column external_id: 1 to 100 letters, digits, "
               "'.', '_', ':', '/' or '-' are expected"),
    "a key with a space": ("milestones.csv", 2, "external_id", "the charter",
                           "milestones.csv, row 2, column external_id: 'the charter': 1 to 100 letters, digits, '.', "
                           "'_', ':', '/' or '-' are expected"),
    "a key twice": ("milestones.csv", 3, "external_id", "charter-signed",
                    "milestones.csv, row 3, column external_id: 'charter-signed': this is there already, at "
                    "milestones.csv, row 2"),
    "a score twice": ("scores.csv", 4, "assessor_role", "self", "scores.csv, row 4, column month: '2024-06': this is "
                      "there already, at scores.csv, row 3"),
    "nobody": ("milestones.csv", 2, "owner_id", "somebody", "milestones.csv, row 2, column owner_id: 'somebody': an "
               "external id that stands in people.csv is expected"),
    "no number": ("data-points/bundle.csv", 5, "value", "12,5", "data-points/bundle.csv, row 5, column value: '12,5': "
                  "text such as "),
    "another group": ("data-points/bundle.csv", 3, "stratum", "women", "data-points/bundle.csv, row 3, column stratum: "
                      "'women': one of needs_interpreter, speaks_the_language, or nothing for all together, is "),
    "a group where there are none": ("data-points/reinsertions.csv", 1, "value", "patient_name",
                                     "data-points/reinsertions.csv, row 1: 'patient_name': there is no such column; "
                                     "known are on, value, denominator, stratum"),
    "a period twice": ("data-points/line-infections.csv", 4, "on", "2024-02-17", "data-points/line-infections.csv, row "
                       "4, column on: '2024-02-17': one row for each period is expected; row 3 is of the same"),
    "a column": ("people.csv", 1, "zone", "time zone", "people.csv, row 1: 'time zone': there is no such column; known "
                 "are external_id, name, email, role, language, zone"),
    "a column twice": ("people.csv", 1, "zone", "name", "people.csv, row 1: 'name': this column stands there twice"),
}  # fmt: skip


@pytest.mark.parametrize("case", CELLS)
def test_a_cell_is_refused_with_where_it_is_and_what_is_expected(folder: Path, case: str) -> None:
    file, row, column, text, said = CELLS[case]
    cell(folder, file, row, column, text)

    assert [line for line in refused(folder) if line.startswith(said)], refused(folder)


INITIATIVE, CYCLE = "initiatives/no-line-infections.json", "pdsa-cycles/kit-1-one-insertion.json"
MEMBERS: dict[str, tuple[str, Callable[[Any], None], str]] = {
    "unknown": (INITIATIVE, lambda it: it.update(aims={}), f"{INITIATIVE}, member aims: there is no such member; "),
    "deep": (INITIATIVE, lambda it: it["aim"].update(target_date="soon"),
             f"{INITIATIVE}, member aim.target_date: 'soon': a day such as 2025-03-31 is expected"),
    "nobody": (INITIATIVE, lambda it: it["member_ids"].append("nobody"),
               f"{INITIATIVE}, member member_ids.2: 'nobody': an external id that stands in people.csv is expected"),
    "no measure": (INITIATIVE, lambda it: it["driver_diagram"]["drivers"][0].update(measure_ids=["none"]),
                   f"{INITIATIVE}, member driver_diagram.drivers.0.measure_ids.0: 'none': an external id that "),
    "no list": (INITIATIVE, lambda it: it.update(focus_areas="safer_care"),
                f"{INITIATIVE}, member focus_areas: 'safer_care': a list is expected"),
    "an empty list": (INITIATIVE, lambda it: it.update(focus_areas=[]),
                      f"{INITIATIVE}, member focus_areas: 1 to 50 items are expected; there are 0"),
    "no object": (INITIATIVE, lambda it: it.update(active="2024-03-01"),
                  f"{INITIATIVE}, member active: '2024-03-01': an object with members is expected"),
    "missing": (CYCLE, lambda it: it["studying"].pop("observations"),
                f"{CYCLE}, member studying.observations: it is missing"),
    "round": (CYCLE, lambda it: it.update(previous_id="kit-3-all-units"),
              f"{CYCLE}, member previous_id: 'kit-3-all-units': a cycle that does not follow this one itself is"),
    "what follows from the folder": ("partner.json", lambda it: it.update(partner_id="prt_1"),
                                     "partner.json, member partner_id: 'prt_1': there is no such member; known are"),
    "an id": ("engagement.json", lambda it: it["active"].update(engagement_id="eng_1"),
              "engagement.json, member active.engagement_id: 'eng_1': it is not said here, for it follows"),
    "the engagement of an initiative": (INITIATIVE, lambda it: it.update(engagement_id="eng_1"),
                                        f"{INITIATIVE}, member engagement_id: 'eng_1': it is not said here"),
}  # fmt: skip


@pytest.mark.parametrize("case", MEMBERS)
def test_a_member_is_refused_with_where_it_is_and_what_is_expected(folder: Path, case: str) -> None:
    file, change, said = MEMBERS[case]
    member(folder, file, change)

    assert [line for line in refused(folder) if line.startswith(said)], refused(folder)


FILES: dict[str, tuple[str, bytes, str]] = {
    "semicolons": ("scores.csv", b"initiative_id;month;score\na;2024-01;2.0\n",
                   "scores.csv, row 1: columns are separated by commas, not by semicolons"),
    "latin 1": ("people.csv", "external_id,name\nx,Åsa\n".encode("latin-1"),
                "people.csv: byte 19 is not UTF-8; save the file as CSV in UTF-8"),
    "a quote": ("scores.csv", b'initiative_id,month\na,"b" c\n', "scores.csv: it is no CSV file: "),
    "empty": ("scores.csv", b"", "scores.csv, row 1: the names of columns are expected: initiative_id, "),
    "a cell too many": ("scores.csv", b"initiative_id,month\na,2024-01,3\n",
                       "scores.csv, row 2: 3 cells, but 2 columns"),
    "no JSON": ("partner.json", b"{", "partner.json: it is no JSON file: "),
    "a member twice": ("partner.json", b'{"name": "A", "name": "B"}',
                       "partner.json: it is no JSON file: a member stands there twice: name"),
    "a list": ("partner.json", b"[]", "partner.json: an object with members is expected"),
    "a name nearly right": ("milestone.csv", b"", "milestone.csv: there is no such file here; known are "),
    "no measure's": ("data-points/infections.csv", b"on,value\n2024-01-01,1\n", "data-points/infections.csv: a CSV "
                     "file named after a measure is expected: line-infections.csv, "),
    "no rows": ("data-points/bundle.csv", b"on,value\n", "data-points/bundle.csv: 1 to 100,000 rows are expected"),
    "no JSON file": ("initiatives/plan.docx", b"", "initiatives/plan.docx: a JSON file is expected here"),
}  # fmt: skip


@pytest.mark.parametrize("case", FILES)
def test_a_file_is_refused_with_its_name_and_what_is_expected(folder: Path, case: str) -> None:
    file, content, said = FILES[case]
    (folder / file).write_bytes(content)

    assert [line for line in refused(folder) if line.startswith(said)], refused(folder)


@pytest.mark.parametrize("file", ["partner.json", "people.csv", "engagement.json"])
def test_without_partner_people_or_engagement_there_is_nothing_to_import(folder: Path, file: str) -> None:
    (folder / file).unlink()

    assert f"{file}: it is missing" in refused(folder)


def test_what_is_wrong_in_several_files_is_said_at_once(folder: Path) -> None:
    cell(folder, "people.csv", 2, "role", "chief")
    cell(folder, "scores.csv", 2, "month", "March")
    member(folder, CYCLE, lambda it: it.update(objective="try"))

    assert [line.partition(",")[0] for line in refused(folder)] == ["people.csv", CYCLE, "scores.csv"]


def test_of_many_mistakes_twenty_are_told_and_of_the_rest_the_number(folder: Path) -> None:
    for row in range(2, 74):
        cell(folder, "data-points/bundle.csv", row, "denominator", "many")

    with pytest.raises(CannotBeImported) as found:
        read_folder(folder)

    assert len(str(found.value).splitlines()) == 1 + 20 + 1
    assert str(found.value).endswith("and 52 more")


def test_what_a_spreadsheet_writes_is_read(folder: Path) -> None:
    """A byte order mark, CRLF, quotes, and rows in which nothing stands."""
    path = folder / "people.csv"
    rows = path.read_text().splitlines()
    quoted = ",".join(f'"{each}"' for each in rows[1].split(","))
    path.write_bytes("\r\n".join(["\ufeff" + rows[0], quoted, *rows[2:], ",,,,,", ""]).encode())

    assert read_folder(folder).of(layout.PEOPLE) == read_folder(EXAMPLE).of(layout.PEOPLE)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CannotBeImported, match="there is no folder"):
        read_folder(tmp_path / "elsewhere")
