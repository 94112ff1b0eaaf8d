"""A process that cannot start says why in one sentence, and ends."""

import subprocess
import sys
from typing import Any

import pytest

from chassis.persistence.unit_of_work import RESTORING
from cli.local.process import REPOSITORY
from tests.integration.chassis.conftest import SAMPLE_SERVICE


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"AMQP_URI": "amqp://me:topsecret@127.0.0.1:1/"}, "the broker or the database does not answer"),
        (
            {"HEARTBEAT": "0"},
            "setting HEARTBEAT: A number greater than or equal to 1 and less than or equal to 600 is expected; got 0",
        ),
    ],
)
def test_what_is_missing_or_wrong_is_one_sentence(settings: dict[str, str], wrong: dict[str, str], said: str) -> None:
    command = [sys.executable, "-W", "ignore", "-m", "chassis", SAMPLE_SERVICE]

    ended = subprocess.run(
        command, cwd=REPOSITORY, env={**settings, **wrong}, capture_output=True, text=True, timeout=60, check=False
    )

    assert ended.returncode == 1
    assert said in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1
    assert "topsecret" not in ended.stderr


def test_a_password_that_the_broker_does_not_take_is_one_sentence(settings: dict[str, str]) -> None:
    wrong = settings["AMQP_URI"].replace("guest:guest", "guest:topsecret")
    command = [sys.executable, "-W", "ignore", "-m", "chassis", SAMPLE_SERVICE]

    ended = subprocess.run(
        command,
        cwd=REPOSITORY,
        env={**settings, "AMQP_URI": wrong},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert ended.returncode == 1
    assert ended.stderr.splitlines() == [
        "the broker or the database does not answer (AccessRefused): is it running, and are the passwords right?"
    ]


def test_no_service_starts_on_a_backup_that_is_half_put_back(settings: dict[str, str], database: Any) -> None:
    database[RESTORING].insert_one({"_id": "backups/yesterday"})
    command = [sys.executable, "-W", "ignore", "-m", "chassis", SAMPLE_SERVICE]

    ended = subprocess.run(
        command, cwd=REPOSITORY, env=settings, capture_output=True, text=True, timeout=60, check=False
    )

    assert ended.returncode == 1
    assert ended.stderr.startswith("a backup is being restored into database 'sample', or that was interrupted")
