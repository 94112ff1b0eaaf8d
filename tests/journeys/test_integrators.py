"""An integrator reads events from outside, with the examples we give them, and finds them as they are described."""

import json
import re
import shlex
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import jsonschema
import pytest
from kombu import Connection, Queue

from cli.local.environment import plain_environment
from cli.local.errors import CannotStart
from cli.local.process import REPOSITORY, Process, Program
from cli.local.rabbitmqctl import Rabbitmqctl
from cli.operations.subscribers import add, subscriber
from dev.generated.contracts import ASYNCAPI
from tests.journeys.documented_commands import documented_commands
from tests.journeys.platform_driver import PlatformDriver
from tests.subscribers import create_subscriber
from tests.waiting import eventually

REACHED = "engagements.milestone.reached"
COPIES = 3
DESCRIBED = json.loads(ASYNCAPI.read_text(encoding="utf-8"))["components"]


@pytest.fixture
def node(platform: PlatformDriver) -> Rabbitmqctl:
    return Rabbitmqctl(platform.instance.parts.supervisor.pids()["rabbitmq"])


def address_for(platform: PlatformDriver, node: Rabbitmqctl, name: str, **rights: bool) -> str:
    return create_subscriber(node, platform.instance.parts.amqp_uri, name, every_partner=True, **rights)


@contextmanager
def running(*command: str, until: str) -> Iterator[list[str]]:
    """A program of the integrator's; gives the lines it writes, once it has written that one."""
    lines: list[str] = []
    environment = plain_environment(also={"PYTHONWARNINGS": "ignore"})
    program = Program(
        name=command[0],
        command=[sys.executable, *command],
        environment=environment,
        on_line=lines.append,
        folder=REPOSITORY / "examples",
    )
    process = Process(program)
    try:
        eventually(lambda: said(lines, until) or not process.is_running)
        assert process.is_running, "\n".join(lines)
        yield lines
    finally:
        process.kill()


def said(lines: list[str], *words: str) -> list[str]:
    return [line for line in lines if all(word in line for word in words)]


def reached_milestone(platform: PlatformDriver) -> Any:
    engagement = platform.active_engagement(platform.admitted_partner()["id"])
    milestone = platform.planned_milestone(engagement["id"])
    platform.reach(milestone)
    return milestone


def test_the_example_with_pika_prints_an_event_once_and_knows_a_copy(
    platform: PlatformDriver, node: Rabbitmqctl
) -> None:
    name = f"pika_{uuid4().hex[:6]}"
    address = address_for(platform, node, name)

    with running("pika_subscriber.py", address, REACHED, until="listening") as lines:
        milestone = reached_milestone(platform)
        (line,) = eventually(lambda: said(lines, "new", REACHED, milestone["id"]))
        assert "Infections halved" in line

        for _ in range(COPIES):
            publish_again(platform, milestone["id"], queue=f"subscriber-{name}.events")
        eventually(lambda: len(said(lines, "copy", REACHED, milestone["id"])) == COPIES)

    # What was handled was acknowledged: all but the last one perhaps, for the program is killed once it has printed it.
    assert left_in(f"subscriber-{name}.events", platform) <= 1


def test_the_example_with_nameko_prints_an_event(platform: PlatformDriver, node: Rabbitmqctl) -> None:
    defined = {"AMQP_URI": address_for(platform, node, "warehouse", nameko=True), "DECLARE_EVENT_EXCHANGES": "false"}
    options = [word for name, value in defined.items() for word in ("--define", f"{name}={value}")]

    with running("-m", "nameko", "run", *options, "nameko_subscriber", until="Connected to") as lines:
        milestone = reached_milestone(platform)
        eventually(lambda: said(lines, REACHED, milestone["id"], "Infections halved"))


def test_an_event_is_as_described_and_its_dataschema_leads_to_its_schema(
    platform: PlatformDriver, node: Rabbitmqctl
) -> None:
    name = f"described_{uuid4().hex[:6]}"
    with Connection(address_for(platform, node, name)) as connection:
        channel = connection.channel()
        channel.queue_bind(f"subscriber-{name}.events", "engagements.events", "milestone.reached")
        milestone = reached_milestone(platform)
        message = eventually(lambda: channel.basic_get(f"subscriber-{name}.events", no_ack=True))

    headers, body = message.headers, json.loads(message.body)
    jsonschema.validate(headers, DESCRIBED["schemas"]["CloudEvent"])
    assert headers["cloudEvents_subject"] == milestone["id"]
    schema = fetched(headers["cloudEvents_dataschema"])
    assert schema["title"] == headers["cloudEvents_type"] == REACHED
    jsonschema.validate(body, schema)


def test_the_command_makes_a_subscriber_at_the_local_broker_and_shows_its_address(
    platform: PlatformDriver, folder: Path
) -> None:
    one = subscriber("shown", every_partner=True, nameko=False)

    address, line = add(one, run=folder / "instance" / "run.json")

    assert "subscriber-shown.events" in line
    with Connection(address) as connection:
        connection.channel().queue_bind(one.queue, "engagements.events", "milestone.reached")


def test_the_documented_command_has_the_broker_read_them_from_a_file_that_is_gone_afterwards(tmp_path: Path) -> None:
    (typed,) = [each for each in documented_commands() if "rabbitmqctl import_definitions" in each]
    in_the_container = shlex.split(typed.partition(" rabbitmq ")[2].replace("/tmp/", f"{tmp_path}/"))
    stand_in = tmp_path / "rabbitmqctl"
    stand_in.write_text('#!/bin/sh\nstat --format=%a "$2" && cat "$2" - && exit 7\n')
    stand_in.chmod(0o700)

    done = subprocess.run(
        in_the_container[: in_the_container.index("<")], input="{}", capture_output=True, text=True, check=False,
        env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
    )  # fmt: skip

    assert (done.stdout, done.returncode) == ("600\n{}", 7), done.stderr
    assert list(tmp_path.iterdir()) == [stand_in]


def test_a_broker_that_is_not_ours_is_told_what_to_do(platform: PlatformDriver, tmp_path: Path) -> None:
    description = {**platform.instance.describe(), "pids": {}}
    (tmp_path / "run.json").write_text(json.dumps(description))

    with pytest.raises(CannotStart, match="subscribers define shown"):
        list(add(subscriber("shown", every_partner=True, nameko=False), run=tmp_path / "run.json"))


def test_the_definitions_hold_no_password_and_the_address_of_the_broker_outside() -> None:
    command = "-m cli subscribers define shown --address amqps://events.example:5671"

    done = subprocess.run(
        [sys.executable, *command.split()], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )

    found = re.search(r"amqps://subscriber-shown:(\S+)@events\.example:5671/%2F", done.stderr)
    assert found
    assert found[1] not in done.stdout
    assert [user["name"] for user in json.loads(done.stdout)["users"]] == ["subscriber-shown"]


def publish_again(platform: PlatformDriver, subject: str, *, queue: str) -> None:
    """Have a subscriber's queue get an event once more, as after a relay that was ended before it noted a confirm."""
    (row,) = [row for row in platform.rows("outbox", subject=subject) if row["type"] == REACHED]
    headers = {name: str(row[name]) for name in ("type", "subject")} | {"id": row["_id"], "sequence": "0000000001"}
    with Connection(platform.instance.parts.amqp_uri) as connection:
        connection.Producer().publish(
            row["data"], routing_key=queue, headers={f"cloudEvents_{name}": value for name, value in headers.items()}
        )


def left_in(queue: str, platform: PlatformDriver) -> int:
    """How many messages a queue holds once nobody consumes it: those that were not acknowledged are back."""
    with Connection(platform.instance.parts.amqp_uri) as connection:
        look = Queue(queue)(connection.channel()).queue_declare
        eventually(lambda: look(passive=True).consumer_count == 0)
        return int(look(passive=True).message_count)


def fetched(address: str) -> Any:
    with urllib.request.urlopen(address, timeout=20) as answer:
        return json.loads(answer.read())
