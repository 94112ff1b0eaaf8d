"""What the R package qicharts2 finds in made-up series (`qicharts2.R` wrote it): centres, limits, runs, crossings."""

import csv
from itertools import repeat
from math import isclose
from pathlib import Path

import pytest

from services.engagements.analysis.limits import OF_INDIVIDUALS, Chart
from services.engagements.analysis.rule_sets import ANHOEJ_2014
from services.engagements.analysis.verdict import Verdict
from tests.unit.engagements.analysis.series_of import judged

WRITTEN = (Path(__file__).parent / "qicharts2.csv").read_text(encoding="utf-8")
FOUND = list(csv.DictReader(WRITTEN.splitlines(), delimiter=";"))
SIGMA_OF_R = float(OF_INDIVIDUALS) * 1.128 / 3
"""qicharts2 takes three sigma of mR / 1.128 (2.6596); the book, and we, 2.66 times mR."""


def verdict_on(found: dict[str, str]) -> Verdict:
    counted_in = repeat("") if found["denominators"] == "-" else (f"/{n}" for n in found["denominators"].split())
    points = [
        value if value == "-" else value + n for value, n in zip(found["values"].split(), counted_in, strict=False)
    ]
    return judged(" ".join(points), ANHOEJ_2014, Chart(found["chart"]), baseline=int(found["baseline"]))


@pytest.mark.parametrize("found", FOUND, ids=lambda found: f"{found['chart']}-{len(found['values'].split())}")
def test_runs_and_crossings_are_those_of_qicharts2(found: dict[str, str]) -> None:
    order = verdict_on(found).order
    limits = order.longest_run_and_crossings

    ours = [order.runs.useful, max(order.runs.lengths), order.runs.crossings]
    assert [str(each) for each in ours] == [found["useful"], found["longest"], found["crossings"]]
    if order.runs.useful >= 10:  # below, we say nothing
        assert [str(limits.longest_run_max), str(limits.crossings_min), str(limits.signal).upper()] == [
            found["longest_max"], found["crossings_min"], found["signal"]]  # fmt: skip


@pytest.mark.parametrize("found", FOUND, ids=lambda found: f"{found['chart']}-{len(found['values'].split())}")
def test_centre_and_limits_are_those_of_qicharts2(found: dict[str, str]) -> None:
    verdict = verdict_on(found)

    assert isclose(float(verdict.centre or 0), float(found["centre"]))
    for side in ("lower", "upper"):
        ours = [None if verdict.limits is None else float(each) for each in getattr(verdict.limits, side, ())]
        theirs = [] if found["chart"] == "run" else [float(each) for each in found[side].split()]
        assert ours == pytest.approx([widened(found, each) for each in theirs])


def widened(found: dict[str, str], limit: float) -> float:
    """Return a limit of qicharts2 as it would be with 2.66 in place of 3 / 1.128."""
    if found["chart"] != "individuals":
        return limit
    centre = float(found["centre"])
    return centre + (limit - centre) * SIGMA_OF_R
