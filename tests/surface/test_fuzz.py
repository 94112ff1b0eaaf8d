"""Every operation asked by schemathesis: nothing breaks, nothing is answered that is not described, nothing leaks."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.local.instance import Instance, instance_running
from dev.fuzz.fuzzer import fuzz

SEED, SECONDS, EXAMPLES = 2026, 60, 8


@pytest.fixture
def instance(tmp_path: Path) -> Iterator[Instance]:
    """One of its own: what is made here at random would be in the way of tests that count or name things."""
    folder = tmp_path / "instance"
    also = dict.fromkeys(("REQUESTS_PER_SECOND", "PAGES_PER_SECOND", "INQUIRIES_PER_HOUR"), "10000")
    with instance_running(
        folder=folder, described_in=folder / "run.json", print_from=lambda *_: None, given={}, also=also
    ) as running:
        yield running


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_nothing_is_found_by_asking_for_everything(instance: Instance, tmp_path: Path) -> None:
    assert fuzz(api_of=instance.api, folder=tmp_path, seed=SEED, seconds=SECONDS, examples=EXAMPLES) == 0
