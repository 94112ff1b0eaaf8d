"""A gateway that must not start says why, in one sentence."""

import sys

import pytest

from cli.local.environment import plain_environment
from cli.local.process import Process, Program
from tests.integration.gateway.conftest import PATHS, SystemUnderTest


def said_instead_of_starting(settings: dict[str, str]) -> str:
    heard: list[str] = []
    command = [sys.executable, "-W", "ignore", "-m", "chassis", PATHS["gateway"]]
    environment = plain_environment(also=settings)
    process = Process(Program(name="gateway", command=command, environment=environment, on_line=heard.append))
    try:
        assert process.wait_for_end(20), heard
    finally:
        process.kill()
    assert process.how_it_ended() == "ended with exit code 1"
    process.last_lines()
    (sentence,) = [line for line in heard if not line.startswith("{")]  # none of a traceback
    return sentence


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"TOKEN_SECRET": "too short"}, "TOKEN_SECRET"),
        ({"WEB_SERVER_ADDRESS": "0.0.0.0:1"}, "DEVELOPMENT_TOKENS"),
        ({"DEVELOPMENT_TOKENS": "false"}, "OIDC_ISSUER"),
        ({"OIDC_ISSUER": "http://id.example"}, "OIDC_ISSUER"),
    ],
)
def test_it_does_not_start_where_anybody_could_be_anybody(
    system: SystemUnderTest, settings: dict[str, str], named: str
) -> None:
    sentence = said_instead_of_starting(system.settings | settings)

    assert f"setting {named}: " in sentence
    assert "too short" not in sentence


@pytest.mark.parametrize("setting", ["WEB_SERVER_ADDRESS", "OPS_ADDRESS"])
def test_it_does_not_share_the_port_of_another_one(system: SystemUnderTest, setting: str) -> None:
    taken = system.settings["WEB_SERVER_ADDRESS"]

    sentence = said_instead_of_starting(system.settings | {setting: taken})

    assert f"setting {setting}: " in sentence
    assert f"got {taken}: Address already in use" in sentence
