"""`./partnerships analyse`: the verdict on the series of a file, as JSON."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.unit.cli.test_commands import refusal, said

EXAMPLE = "12 14 13 15 14 16 12 9 8 10 7 9 8 12"
INDIVIDUALS = "20 22 19 21 23 20 22 21 24 20 22 21 30"


def file_of(tmp_path: Path, values: str) -> str:
    rows = [f"2026-{1 + at // 28:02}-{1 + at % 28:02},{value}" for at, value in enumerate(values.split())]
    path = tmp_path / "measure.csv"
    path.write_text("\n".join(["date,value", *rows]))
    return str(path)


def analysed(capsys: pytest.CaptureFixture[str], tmp_path: Path, values: str, *options: str) -> dict:
    return json.loads(said(capsys, "analyse", file_of(tmp_path, values), *options))


def test_a_run_chart_is_judged_by_perla_unless_something_else_is_asked(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    printed = analysed(capsys, tmp_path, EXAMPLE, "--improvement", "decrease")

    judged, marks = printed.pop("judged"), printed.pop("marks")
    assert printed == {
        "rules": {"name": "perla_2011", "version": "1"},
        "chart": "run",
        "centre": 12,
        "baseline_points": None,
        "points": 14,
        "useful_points": 11,
        "runs": {"count": 2, "lengths": [5, 6], "longest": 6, "crossings": 1, "lower": 3, "upper": 10,
                 "verdict": "too_few"},
        "shifts": [{"side": "below", "first": 8, "last": 13, "length": 6}],
        "trends": [],
        "anhoej": {"longest_run_max": 6, "crossings_min": 2, "signal": True},
        "sustained_shifts": [],
        "limits": None,
        "target": None,
        "notes": [],
    }  # fmt: skip
    assert marks == [{"position": at, "rule": "shift", "verdict": "improvement"} for at in range(8, 14)]
    assert len(judged) == 64


def test_the_rules_of_the_nhs_are_those_of_a_chart_of_individuals(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    printed = analysed(
        capsys, tmp_path, INDIVIDUALS, "--rules", "mdc_nhs", "--target", "31", "--improvement", "increase"
    )

    assert printed["chart"] == "individuals"
    assert printed["limits"] == {
        "mean": pytest.approx(21.923077), "average_moving_range": pytest.approx(2.833333),
        "lower": pytest.approx(14.386410), "upper": pytest.approx(29.459744), "stepped": None,
        "moving_range_upper": 9.2565, "outside": [13],
    }  # fmt: skip
    assert printed["target"] == {"value": 31, "assurance": "consistently_fails"}


def test_what_a_reader_must_know_is_said_in_words(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    printed = analysed(capsys, tmp_path, "1 2 3", "--chart", "individuals")

    assert printed["notes"] == [
        "Not enough data yet: 2 useful observations, and rules about runs need 10.",
        "Trial limits: they are computed from fewer than 12 points.",
    ]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--baseline", "4"], "baseline: 4 is not a number of points from 1 to 3"),
        (["--baseline", "2", "--centre", "1"], "centre: give a baseline or the centre itself, not both"),
        (["--chart", "p"], "denominator: a p chart needs one at each point"),
    ],
)
def test_what_does_not_fit_the_series_is_refused_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, options: list[str], told: str
) -> None:
    assert refusal(monkeypatch, "analyse", file_of(tmp_path, "1 2 3"), *options) == f"partnerships: {told}"


@pytest.mark.parametrize(
    ("option", "told"),
    [
        (["--rules", "mine"], "'mine' is no rule set; there are perla_2011"),
        (["--centre", "NaN"], "'NaN' is not a number"),
        (["--target", "much"], "'much' is not a number"),
    ],
)
def test_an_option_that_is_wrong_is_refused_with_what_would_be_right(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, option: list[str], told: str
) -> None:
    assert refusal(monkeypatch, "analyse", file_of(tmp_path, "1"), *option) == "2"
    assert told in " ".join(capfd.readouterr().err.replace("│", "").split())


def test_the_chart_is_written_where_it_is_asked_for_and_the_verdict_is_printed_all_the_same(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    out = tmp_path / "chart.svg"
    out.write_text("an older one")
    options = ("--improvement", "decrease", "--title", "Days <b>", "--unit", "days", "--source", "Booking system")

    printed = analysed(capsys, tmp_path, EXAMPLE, "--svg", str(out), *options)

    root = ElementTree.parse(out).getroot()
    written = ["".join(each.itertext()) for each in root.iter("{http://www.w3.org/2000/svg}text")]
    assert printed["shifts"] == [{"side": "below", "first": 8, "last": 13, "length": 6}]
    expected = {"Days <b>", "Run chart; days; lower is better", "Source: Booking system", "median 12", "improvement"}
    assert expected <= set(written)


def test_a_chart_has_the_name_of_its_file_and_proportions_in_per_cent_if_nothing_else_is_said(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    counted = tmp_path / "falls.csv"
    counted.write_text("date,value,denominator\n2026-01-01,1,4\n2026-01-02,3,4\n")

    said(capsys, "analyse", str(counted), "--chart", "p", "--svg", str(tmp_path / "falls.svg"))

    drawn = (tmp_path / "falls.svg").read_text()
    assert ('<title id="title">falls</title>' in drawn, ">mean 50<" in drawn) == (True, True)


@pytest.mark.parametrize(
    ("where", "why"), [("nowhere/chart.svg", "No such file or directory"), (".", "Is a directory")]
)
def test_a_chart_that_cannot_be_written_is_told_and_nothing_is_printed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, where: str, why: str
) -> None:
    out = tmp_path / where

    told = refusal(monkeypatch, "analyse", file_of(tmp_path, EXAMPLE), "--svg", str(out))

    assert told == f"partnerships: {out} cannot be written: {why}"
    assert capsys.readouterr().out == ""


def test_a_series_that_is_refused_has_no_chart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    out = tmp_path / "chart.svg"

    refusal(monkeypatch, "analyse", file_of(tmp_path, "1 =1+1 3"), "--svg", str(out))

    assert not out.exists()
