"""Two years of a partnership come from files: once, whatever is interrupted, and nobody is written to."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import cycle, islice, takewhile
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from cli.connection.api import Api
from cli.demo.example import KEY, copy_example
from cli.imports.folder import read_folder
from cli.imports.mistakes import CannotBeImported
from cli.imports.run import put_on_record
from cli.local.environment import plain_environment
from cli.local.process import REPOSITORY
from tests.journeys.interrupted_api import Interrupted, interrupted_after
from tests.journeys.platform_driver import PlatformDriver
from tests.waiting import eventually

pytestmark = pytest.mark.slow
KINDS = ("initiatives", "measures", "pdsa-cycles", "milestones", "coaching-sessions")
OF_THE_MOMENT = (
    "version",
    "updated_at",
    "recorded_at",
    "confirmed_at",
    "at",
    "on",
    "data_late_since",
    "first_given_on",
    "judged",
)
PLANS = "notifications.plan_coaching_follow_up"
INVITES = "camps.invite_partner"
MOST_RUNS = 60
SO_MANY = [*islice(cycle((1, 2, 3, 5, 8)), MOST_RUNS)]
"""After how many changes one run after another is interrupted."""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """The example, of a partner that nobody else has."""
    return copy_example(tmp_path / "partnership", stamp=uuid4().hex[:8])


def imported(files: Path, api: Api, *, is_trial: bool = False) -> tuple[int, list[str]]:
    """Import it; the exit code, and what was printed."""
    lines: list[str] = []
    return put_on_record(read_folder(files), api, is_trial=is_trial, print_line=lines.append), lines


def is_interrupted(files: Path, api: Api, changes: int) -> bool:
    """Import until so many changes are made; whether it was broken off before its end."""
    with suppress(Interrupted):
        imported(files, interrupted_after(changes, api))
        return False
    return True


def partner_of(files: Path, api: Api) -> Any:
    key = json.loads((files / "partner.json").read_text())["external_id"]
    return next(iter(api.get("/v1/partners", external_id=key)["items"]), None)


def on_record(files: Path, api: Api) -> Any:
    """All that is on record of a partner, with the names of the files in the place of ids and of this copy."""
    partner = partner_of(files, api)
    where = {"partner_id": partner["id"], "limit": 100}
    found = {kind: api.get(f"/v1/{kind}", **where)["items"] for kind in (*KINDS, "people", "engagements")}
    found["data-points"] = [each for measure in found["measures"] for each in data_points(api, measure["id"])]
    text = json.dumps({**found, "partner": partner}, sort_keys=True)
    named = [partner, *(each for kind in (*KINDS, "people") for each in found[kind])]
    for each in named:
        text = text.replace(each["id"], each["external_id"])
    text = text.replace(partner["external_id"], KEY).replace(partner["name"], "")
    return ordered(json.loads(re.sub(r"\b(eng|dpt|sgn|cht)_[0-9a-z]+", "", text)))


def data_points(api: Api, measure_id: str) -> Iterator[Any]:
    cursor = None
    while True:
        page = api.get(f"/v1/measures/{measure_id}/data-points", limit=100, cursor=cursor)
        yield from page["items"]
        if not (cursor := page["next_cursor"]):
            return


def ordered(found: Any) -> Any:
    """Without what is of the moment, and lists in one order."""
    if isinstance(found, Mapping):
        return {name: ordered(value) for name, value in found.items() if name not in OF_THE_MOMENT}
    return sorted(map(ordered, found), key=json.dumps) if isinstance(found, list) else found


def nobody_was_written_to(files: Path, platform: PlatformDriver) -> None:
    """Once everybody has heard of the milestones that were reached."""
    partner_id = partner_of(files, platform.api)["id"]
    where = {"partner_id": partner_id, "limit": 100}
    for milestone in platform.api.get("/v1/milestones", **where, state="reached")["items"]:
        for reaction in (PLANS, INVITES):
            eventually(lambda id=milestone["id"], reaction=reaction: platform.inbox_rows_of_last_event(reaction, id))
    assert platform.letters(partner_id=partner_id) == []
    assert platform.api.get("/v1/follow-ups", **where)["items"] == []
    assert platform.invitations(partner_id) == []
    for person in platform.api.get("/v1/people", **where)["items"]:
        assert platform.mails_to(person["email"]) == []


def test_a_partnership_is_on_record_once_however_often_it_is_imported_and_nobody_is_written_to(
    platform: PlatformDriver, files: Path
) -> None:
    platform.camp_inviting()
    code, lines = imported(files, platform.api)
    first = on_record(files, platform.api)

    again, said = imported(files, platform.api)

    assert (code, again) == (0, 0)
    assert re.match(
        "import: 17[78] made, 1 changed, ", lines[-1]
    )  # their coach may be there: the institute has her once
    assert [line for line in said if not line.startswith("import: ")] == []
    assert said[-1].startswith("import: 0 made, 0 changed, ")
    assert on_record(files, platform.api) == first
    assert sorted(each["state"] for each in first["milestones"]) == ["planned"] * 2 + ["reached"] * 4
    assert [each["state"] for each in first["pdsa-cycles"]] == ["acted"] * 3
    assert {each["state"] for each in first["coaching-sessions"]} == {"held"}
    nobody_was_written_to(files, platform)


def test_wherever_an_import_is_interrupted_it_goes_on_and_the_end_is_the_same(
    platform: PlatformDriver, files: Path, tmp_path: Path
) -> None:
    whole = copy_example(tmp_path / "whole", stamp=uuid4().hex[:8])
    imported(whole, platform.api)
    runs = [*takewhile(lambda changes: is_interrupted(files, platform.api, changes), SO_MANY)]

    assert 10 < len(runs) < MOST_RUNS
    assert on_record(files, platform.api) == on_record(whole, platform.api)
    nobody_was_written_to(files, platform)


def test_two_imports_at_the_same_time_make_nothing_twice(platform: PlatformDriver, files: Path) -> None:
    with ThreadPoolExecutor(2) as both:
        codes = [each[0] for each in both.map(lambda _: imported(files, platform.api), range(2))]

    assert codes == [0, 0]
    assert imported(files, platform.api)[1][-1].startswith("import: 0 made, 0 changed, 179 left")
    assert {kind: len(found) for kind, found in on_record(files, platform.api).items() if kind in KINDS} == {
        "initiatives": 1, "measures": 4, "pdsa-cycles": 3, "milestones": 6, "coaching-sessions": 5,
    }  # fmt: skip


def test_a_trial_changes_nothing_and_says_what_would_be_made(platform: PlatformDriver, files: Path) -> None:
    code, lines = imported(files, platform.api, is_trial=True)

    assert partner_of(files, platform.api) is None
    assert code == 0
    assert re.match("import: 17[78] would be made, 1 would be changed, [01] left as they are", lines[-1])


def test_a_trial_says_what_would_become_of_what_is_there_and_changes_nothing(
    platform: PlatformDriver, files: Path
) -> None:
    milestones = (files / "milestones.csv").read_text()
    (files / "milestones.csv").write_text(milestones.replace("2024-11-29,List of cycles and who led them", ","))
    imported(files, platform.api)
    (files / "milestones.csv").write_text(milestones)
    before = on_record(files, platform.api)

    code, lines = imported(files, platform.api, is_trial=True)

    assert (code, lines[:-1]) == (0, ["would be changed  milestones.csv, row 3 team-trained: reached"])
    assert on_record(files, platform.api) == before


def test_a_measure_that_is_defined_anew_and_values_that_are_not_shown_are_imported_once(
    platform: PlatformDriver, files: Path
) -> None:
    """A value of fewer than ten people is not shown, not even to who imports it again."""
    (files / "definitions.csv").write_text(
        "measure_id,effective_from,definition.numerator,definition.denominator,reason\n"
        "bundle,2025-07-01,Insertions with all six elements,Insertions that were observed,A sixth element\n"
    )
    with (files / "data-points" / "bundle.csv").open("a") as rows:
        rows.write("2023-12-01,4,7,needs_interpreter\n")

    codes = [imported(files, platform.api)[0] for _ in range(2)]

    assert codes == [0, 0]
    bundle = next(each for each in on_record(files, platform.api)["measures"] if each["external_id"] == "bundle")
    assert {each["effective_from"] for each in bundle["definitions"]} == {None, "2025-07-01"}
    assert {(each["cause"], each["baseline_points"]) for each in bundle["phases"]} == {
        ("first_data", 10),
        ("definition", None),
    }


def test_what_people_changed_since_is_told_and_left(platform: PlatformDriver, files: Path) -> None:
    imported(files, platform.api)
    partner = partner_of(files, platform.api)
    measure = platform.api.get("/v1/measures", partner_id=partner["id"], external_id="line-infections")["items"][0]
    point = next(each for each in data_points(platform.api, measure["id"]) if each["period"] == "2024-03-01")
    platform.api.transition(
        f"/v1/data-points/{point['id']}", "corrected", version=point["version"], value=9,
        denominator=point["denominator"], reason="Reported late",
    )  # fmt: skip
    named = {"place": "Elsewhere"}
    headers = {"If_Match": f'"{partner["version"]}"'}
    platform.api.call("PATCH", f"/v1/partners/{partner['id']}", body=named, headers=headers)

    code, lines = imported(files, platform.api)

    assert code == 3
    assert lines[:-1] == [
        f"differs           partner.json {partner['external_id']}: place, of {partner['id']}",
        f"differs           data-points/line-infections.csv, row 4: value 9, of {point['id']}",
    ]
    assert partner_of(files, platform.api)["place"] == "Elsewhere"


def test_somebody_who_is_there_already_is_taken_as_they_are(platform: PlatformDriver, files: Path) -> None:
    """By their mail address: the institute's coaches are there before anything is imported."""
    people = (files / "people.csv").read_text()
    there = platform.person("coach")
    (files / "people.csv").write_text(people.replace("dana.ferreira@institute.example", there["email"]).replace(
        "institute-dana-ferreira", f"coach-{files.parent.name}"))  # fmt: skip
    for name in ("engagement.json", "coaching-sessions.csv", "initiatives/no-line-infections.json"):
        text = (files / name).read_text()
        (files / name).write_text(text.replace("institute-dana-ferreira", f"coach-{files.parent.name}"))

    code, lines = imported(files, platform.api)

    engagement = platform.engagement_of(partner_of(files, platform.api)["id"])
    assert engagement["lead_coach_id"] == there["id"]
    assert code == 3
    assert f"differs           people.csv, row 6 coach-{files.parent.name}: name, zone, of {there['id']}" in lines


def test_what_only_the_instance_knows_is_said_where_it_stands_and_the_import_goes_on_once_it_is_right(
    platform: PlatformDriver, files: Path
) -> None:
    milestones = (files / "milestones.csv").read_text()
    (files / "milestones.csv").write_text(milestones.replace("2024-11-29", "2023-11-29"))

    with pytest.raises(CannotBeImported) as refused:
        imported(files, platform.api)

    (mistake,) = refused.value.mistakes
    assert str(mistake) == ("milestones.csv, row 3, column reached.reached_on: '2023-11-29': 2024-01-15 or a later day "
                            "is expected; got '2023-11-29'")  # fmt: skip
    (files / "milestones.csv").write_text(milestones)
    assert imported(files, platform.api)[0] == 0


def test_a_process_that_is_killed_leaves_what_the_next_one_goes_on_with(platform: PlatformDriver, files: Path) -> None:
    with running(files, platform) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if "data points are sent" in line:
                process.kill()
                break

    with running(files, platform) as process:
        said, _ = process.communicate(timeout=60)

    assert process.returncode == 0, said
    assert "made              coaching-sessions.csv, row 6" in said
    assert imported(files, platform.api)[1][-1].startswith("import: 0 made, 0 changed, ")


def running(files: Path, platform: PlatformDriver) -> subprocess.Popen[str]:
    """`./partnerships import`, as a process of its own."""
    settings = {"GATEWAY_URL": platform.instance.gateway, "ACCESS_TOKEN": platform.api.token}
    command = [sys.executable, "-m", "cli", "import", str(files)]
    return subprocess.Popen(command, cwd=REPOSITORY, env=plain_environment(also=settings), stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, text=True)  # fmt: skip
