"""The alert rules and how everything is found, as Prometheus itself reads and tries them."""

import subprocess

import pytest

from tests.monitoring import OPS, prometheus_tools

LOOKS = ("check rules alerts.yml", "test rules alerts.test.yml", "check config prometheus.yml")


@pytest.mark.parametrize("look", LOOKS)
def test_promtool_finds_nothing_wrong(look: str) -> None:
    promtool = prometheus_tools()["promtool"]

    said = subprocess.run([promtool, *look.split()], cwd=OPS, capture_output=True, text=True, check=False)

    assert said.returncode == 0, said.stdout + said.stderr
