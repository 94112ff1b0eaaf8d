"""The whole platform, once every journey has been made in it."""

from pathlib import Path

import pytest

from cli.local.instance import Instance
from tests.surface.samples import Samples


@pytest.fixture
def samples(instance: Instance, tmp_path: Path) -> Samples:
    return Samples(instance, folder=tmp_path)
