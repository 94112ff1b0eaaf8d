"""The demonstration in an instance in use: it makes what it needs, or says plainly what it saw."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from cli.demo import data_story, seeds
from cli.demo.correction_story import CORRECTED
from cli.demo.demo import make_ready
from cli.demo.example import EXAMPLE, copy_example
from cli.demo.story import Missing
from cli.demo.up import how_to_go_on
from cli.imports import layout
from cli.imports.folder import read_folder
from services.engagements.analysis.judge import judge
from services.engagements.analysis.limits import Chart
from services.engagements.analysis.rule_sets import RULE_SETS
from services.engagements.analysis.series import Observation, Series
from services.engagements.analysis.verdict import Improvement, Judging

A_COACH = [{"id": "per_1"}]
TODAY = date(2026, 6, 1)
THIS_YEAR = datetime.now(UTC).year


class AnInstance:
    """Camps and people as an API tells of them."""

    def __init__(self, *camps: dict[str, Any], coaches: Any = A_COACH, free: int = 0) -> None:
        self.camps, self.coaches, self.free = list(camps), list(coaches), free

    def get(self, path: str, **where: Any) -> Any:
        if path.endswith("/seats"):
            return {"free": self.free}
        if path == "/v1/people":
            return {"items": self.coaches}
        fitting = [each for each in self.camps if where.items() - {("limit", 100)} <= each.items()]
        return {"items": fitting}

    def post(self, path: str, body: Any) -> Any:
        if path == "/v1/people":
            self.coaches.append(body)
            return SimpleNamespace(body=body)
        made = {"id": f"cmp_{len(self.camps)}", "version": 1, "state": "announced", **body}
        self.camps.append(made)
        return SimpleNamespace(body=made)

    def transition(self, path: str, to: str, **_: Any) -> Any:
        (camp,) = [each for each in self.camps if path.endswith(each["id"])]
        camp["state"] = to
        return camp


def a_camp(state: str, *, year: int = 2027) -> dict[str, Any]:
    return {"id": f"cmp_{year}", "version": 3, "season": "summer", "year": year, "title": f"Summer Camp {year}",
            "starts_on": f"{year}-06-15", "state": state, "seats_per_invitation": 6}  # fmt: skip


def test_where_no_camp_invites_one_is_opened_and_named(capsys: pytest.CaptureFixture[str]) -> None:
    instance = AnInstance(a_camp("frozen", year=THIS_YEAR + 1))

    make_ready(instance)  # type: ignore[arg-type]

    opened = instance.camps[-1]
    assert (opened["state"], opened["year"]) == ("inviting", THIS_YEAR + 2)
    assert f"no camp invites: Summer Camp {opened['year']} was opened" in capsys.readouterr().out


def test_a_camp_that_invites_is_taken_and_named_with_its_seats(capsys: pytest.CaptureFixture[str]) -> None:
    instance = AnInstance(a_camp("inviting", year=2028), a_camp("inviting"), free=12)

    make_ready(instance)  # type: ignore[arg-type]

    assert capsys.readouterr().out == "demo: Summer Camp 2027 invites, and has 12 seats free\n"
    assert len(instance.camps) == 2


def test_a_camp_without_seats_is_said_at_once_and_not_waited_for() -> None:
    with pytest.raises(Missing, match="a partner would wait for those of Summer Camp 2027"):
        make_ready(AnInstance(a_camp("inviting"), free=11))  # type: ignore[arg-type]


def test_the_example_is_copied_under_a_name_of_its_own(tmp_path: Path) -> None:
    """Somebody who plays it twice has two partners, whose people have addresses of their own."""
    first, second = (read_folder(copy_example(tmp_path / stamp, stamp=stamp)) for stamp in ("1", "2"))

    for kind, member in ((layout.PARTNER, "name"), (layout.PARTNER, "external_id"), (layout.PEOPLE, "email")):
        assert {each.members[member] for each in first.of(kind)} & {
            each.members[member] for each in second.of(kind)
        } <= {
            "dana.ferreira@institute.example"  # the institute has its coach once
        }


def test_the_months_of_the_story_are_a_shift_with_those_before_and_none_when_the_last_is_corrected() -> None:
    """Six useful observations on one side (Perla and others, 2011), which the example does not have by itself."""
    (file,) = [each for each in read_folder(EXAMPLE).data_points if each.measure.key == data_story.MEASURE]
    imported = [int(row.members["value"]) for row in file.rows]
    months = list(data_story.MONTHS.values())

    assert shifts_of(imported) == []
    assert shifts_of(imported + months) == [6]
    assert shifts_of([*imported, *months[:-1], CORRECTED]) == []


def shifts_of(values: list[int]) -> list[int]:
    """The lengths of the shifts of a p chart of so many in 300, its centre frozen on the first eighteen."""
    series = Series(Observation(Decimal(value), Decimal(data_story.LINES)) for value in values)
    judging = Judging(RULE_SETS["perla_2011"], Chart.P, 18, None, False, Improvement.INCREASE, None)
    return [len(each.positions) for each in judge(series, judging).order.shifts]


def test_a_coach_is_added_where_none_is_present() -> None:
    instance = AnInstance(a_camp("inviting"), coaches=[], free=12)

    make_ready(instance)  # type: ignore[arg-type]

    assert [each["role"] for each in instance.coaches] == ["coach"]


def test_where_every_next_summer_camp_is_past_inviting_that_is_said() -> None:
    held = [a_camp("closed", year=TODAY.year + years) for years in seeds.CAMP_YEARS_AHEAD]

    with pytest.raises(Missing, match="those of the next 3 years are past that"):
        seeds.open_camp(AnInstance(*held), today=TODAY)  # type: ignore[arg-type]


def test_whoever_started_an_instance_is_told_where_to_read_how_it_is_used() -> None:
    parts, api = SimpleNamespace(mail_folder="mail"), SimpleNamespace(token="a-token")
    instance: Any = SimpleNamespace(gateway="http://127.0.0.1:8000", parts=parts, api=lambda: api)

    told = how_to_go_on(instance)

    assert "http://127.0.0.1:8000/docs" in told
    assert "export TOKEN=a-token" in told
