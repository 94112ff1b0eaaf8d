"""What the tests of the whole surface share: the platform, and the samples of its description."""

from pathlib import Path

import pytest

from cli.local.instance import Instance
from tests.surface.samples import Samples


@pytest.fixture
def samples(instance: Instance, tmp_path: Path) -> Samples:
    return Samples(instance, folder=tmp_path)
