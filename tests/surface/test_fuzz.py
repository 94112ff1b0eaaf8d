"""Every operation asked by schemathesis: nothing breaks, nothing is answered that is not described, nothing leaks."""

from pathlib import Path

import pytest

from cli.local.instance import Instance
from dev.fuzz.asking import fuzz

SEED, SECONDS, EXAMPLES = 2026, 60, 8


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_nothing_is_found_by_asking_for_everything(instance: Instance, tmp_path: Path) -> None:
    assert fuzz(api_of=instance.api, folder=tmp_path, seed=SEED, seconds=SECONDS, examples=EXAMPLES) == 0
