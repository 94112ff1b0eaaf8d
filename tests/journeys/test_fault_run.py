"""A short fault run: each kind of fault once, and nothing lost, nothing applied twice."""

from pathlib import Path

import pytest

from cli.local.process import append_to
from dev.chaos.run import run_faults


@pytest.mark.slow
@pytest.mark.timeout(420)
def test_whatever_is_killed_cut_or_frozen_nothing_accepted_is_lost_or_applied_twice(tmp_path: Path) -> None:
    report = run_faults(
        tmp_path / "chaos", seed=3, milestones=40, seconds=45.0, print_line=append_to(tmp_path / "told.log")
    )

    assert report.failures() == [], "\n".join([*map(" ".join, report.table()), *report.details()])
