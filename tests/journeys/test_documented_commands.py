"""What the documents tell people to type works: given here to a running instance, or shown by another test.

A command that is in neither list is red: add it where it belongs.
"""

import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any
from uuid import uuid4

import pytest
import yaml
from kombu import Connection

from cli.local.environment import plain_environment
from cli.local.instance import Instance
from cli.local.process import REPOSITORY
from tests.journeys.documented_commands import documented_commands
from tests.journeys.platform_driver import PlatformDriver
from tests.unit.chassis.test_envelope import an_envelope
from tests.waiting import eventually

pytestmark = pytest.mark.slow
SECONDS = 100

GIVEN_HERE = {
    "./partnerships demo",
    "./partnerships import examples/partnership --dry-run",
    "./partnerships import examples/partnership",
    "./partnerships get /v1/invitations",
    "./partnerships get '/v1/deliveries?state=ready'",
    "./partnerships get '/v1/deliveries?state=uncertain'",
    "./partnerships get '/v1/deliveries?state=failed'",
    "./partnerships get '/v1/deliveries?state=failed&partner_id=ID'",
    "./partnerships get '/v1/reachability?state=unreachable'",
    "./partnerships events trace ID",
    "./partnerships events redeliver --dry-run",
    "./partnerships topology plan",
    "./partnerships topology apply",
    "./partnerships indexes plan",
    "./partnerships indexes apply",
    "./partnerships migrate plan",
    "./partnerships migrate apply",
    "./partnerships dead-letters list",
    "./partnerships dead-letters show camps ID",
    "./partnerships dead-letters replay camps ID",
    "./partnerships dead-letters replay camps --error 'words of the error' --dry-run",
    "./partnerships dead-letters collect camps",
    "./partnerships dead-letters discard camps ID --reason 'why'",
    "./partnerships people export ID",
    "./partnerships people erase ID --for-good --reason 'why'",
}
"""Given word for word, except that ID is the id of something that is there; what is written for the containers, too."""

COMPOSE = "tests/containers/test_the_stack.py"
HERE = "tests/journeys/test_documented_commands.py"
IN_THE_CONTAINERS = "docker compose run --rm --no-deps operator "
NO_CLUSTER = "tests/architecture/test_kubernetes.py"
SHOWN_ELSEWHERE: Mapping[str, str] = {
    # It stays until Ctrl-C, and is what the shared instance is made by.
    "./partnerships up": "tests/conftest.py",
    "./partnerships up --replicas *": "tests/unit/cli/test_replicas.py",
    # Those who run the tests have given it.
    "./partnerships test*": ".ci/run",
    "./partnerships check": ".ci/run",
    "./partnerships token": "tests/containers/stack.py",
    "./partnerships completion *": "tests/unit/cli/test_commands.py",
    # The folder, or the file, is the reader's.
    "./partnerships import FOLDER*": "tests/journeys/test_import.py",
    "./partnerships analyse *": "tests/unit/cli/test_analyse.py",
    # It goes on until Ctrl-C.
    "./partnerships events tail --follow": "tests/journeys/test_operating.py",
    # The id is of a camp, and who waits for its seats is shown with them.
    "./partnerships get /v1/camps/ID/waitlist": "tests/integration/camps/test_waitlist.py",
    # They write files of the repository; the checks hold what was written.
    "./partnerships events table": "dev/checks.py",
    "./partnerships contracts": "dev/checks.py",
    "./partnerships roles": "dev/checks.py",
    "./partnerships settings table": "dev/checks.py",
    "./partnerships translations": "dev/checks.py",
    "./partnerships dependencies licences": "tests/architecture/test_dependencies.py",
    "./partnerships dependencies lock*": "tests/architecture/test_dependencies.py",
    # It makes an environment of its own.
    "./partnerships dependencies sbom": "tests/integration/cli/test_shipped_dependencies.py",
    # It asks somebody who may not be reachable.
    "./partnerships dependencies audit": "tests/integration/cli/test_shipped_dependencies.py",
    # They need an instance of their own: one that is ill, or destroyed.
    "./partnerships doctor": "tests/integration/cli/test_doctor.py",
    "./partnerships audit verify": "tests/integration/cli/test_audit_verify.py",
    "./partnerships events redeliver": "tests/integration/chassis/test_redelivery.py",
    "./partnerships backup *": "tests/journeys/test_backup_and_restore.py",
    "./partnerships restore *": "tests/journeys/test_backup_and_restore.py",
    # They make users of the broker.
    "./partnerships subscribers add *": "tests/journeys/test_integrators.py",
    "docker compose run -T --rm --no-deps operator subscribers define *": "tests/journeys/test_integrators.py",
    # Minutes, and parts of their own.
    "./partnerships chaos": "tests/journeys/test_fault_run.py",
    "./partnerships fuzz": "tests/surface/test_fuzz.py",
    "./partnerships bench *": "tests/unit/bench/test_reports.py",
    # They need an engine for containers.
    "docker compose up *": COMPOSE,
    "docker compose build": COMPOSE,
    "docker compose down*": COMPOSE,
    "docker compose run --rm --no-deps operator *": COMPOSE,
    "docker compose run --rm operator *": COMPOSE,
    "docker compose run --rm prepare": COMPOSE,
    "docker compose run -T --rm --no-deps --user * operator backup *": COMPOSE,
    "docker compose run -T --rm --no-deps --user * operator restore *": COMPOSE,
    "docker compose run -T --rm --no-deps --entrypoint=tar secrets *": COMPOSE,
    "docker compose run --rm --no-deps --entrypoint=rm secrets *": COMPOSE,
    # Those and these: that what they name is there is shown below; the rest is Compose's own.
    "docker compose exec *": HERE,
    "docker compose kill *": HERE,
    "docker compose logs *": HERE,
    "docker compose ps*": HERE,
    "docker compose restart *": HERE,
    "docker compose stop *": HERE,
    "./partnerships make-secrets *": "tests/unit/cli/test_secrets.py",
    # They need a cluster.
    "kubectl apply -k deploy/kubernetes/example": NO_CLUSTER,
    "kubectl create namespace partnerships": NO_CLUSTER,
    "kubectl -n partnerships *": NO_CLUSTER,
}
"""Each command, or kind of command, and what shows it; the comment says why it is not given here."""

WRITTEN = documented_commands()
GIVEN_SO = {command.replace(IN_THE_CONTAINERS, "./partnerships ", 1) for command in WRITTEN}
Ids = Mapping[str, Callable[[], str]]


@pytest.fixture
def ids(platform: PlatformDriver) -> Iterator[Ids]:
    """What ID stands for, by the first word of a command; nothing is left to be settled."""
    yield {
        "get": lambda: str(platform.proposed()["id"]),
        "events": lambda: request_of_a_partner(platform),
        "dead-letters": lambda: dead_letter_in_camps(platform),
        "people": lambda: str(platform.person("coach")["id"]),
    }
    for left in open_dead_letters(platform):
        platform.api.transition(
            f"/v1/dead-letters/camps/{left['id']}", "discarded", version=left["version"], reason="made by a test"
        )


def request_of_a_partner(platform: PlatformDriver) -> str:
    proposed = platform.proposed()
    platform.person("leader", partner_id=proposed["id"])
    platform.admit(proposed, request_id=f"req-{proposed['id']}")
    return f"req-{proposed['id']}"


def dead_letter_in_camps(platform: PlatformDriver) -> str:
    """One that can be read and never works: a fact without its fields."""
    fact = an_envelope(id=f"evt_{uuid4().hex}", type="partners.partner.admitted")
    with Connection(platform.instance.parts.amqp_uri) as connection:
        connection.Producer().publish(
            "{}",
            routing_key="camps.inbox",
            headers=fact.to_headers(),
            content_type="application/json",
            content_encoding="utf-8",
        )
    return str(eventually(lambda: open_dead_letters(platform))[0]["id"])


def open_dead_letters(platform: PlatformDriver) -> list[Any]:
    found: list[Any] = platform.api.get("/v1/dead-letters/camps", state="open")["items"]
    return found


def given(command: str, instance: Instance) -> subprocess.CompletedProcess[str]:
    """Type it, for the instance of the tests."""
    parts, api = instance.parts, instance.api(roles=("programme_staff", "institute_admin"))
    settings = {
        "GATEWAY_URL": instance.gateway,
        "ACCESS_TOKEN": api.token,
        "AMQP_URI": parts.amqp_uri,
        "MONGO_URI": parts.mongo_uri,
        "SMTP_URI": parts.smtp_uri,
        "DATABASE_PREFIX": instance.prefix,
    }
    typed = [sys.executable, "-m", "cli", *shlex.split(command.removeprefix("./partnerships "))]
    environment = plain_environment(also=settings)
    return subprocess.run(
        typed, cwd=REPOSITORY, env=environment, capture_output=True, text=True, timeout=SECONDS, check=False
    )


@pytest.mark.parametrize("command", sorted(GIVEN_HERE & GIVEN_SO))
def test_a_documented_command_works_as_it_is_written(command: str, instance: Instance, ids: Ids) -> None:
    if re.search(r"\bID\b", command):
        command = re.sub(r"\bID\b", ids[command.split()[1]](), command)

    done = given(command, instance)

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.strip()


def test_every_documented_command_is_given_here_or_shown_elsewhere() -> None:
    unknown = {
        command: pages
        for command, pages in WRITTEN.items()
        if command not in GIVEN_HERE and not any(fnmatchcase(command, kind) for kind in SHOWN_ELSEWHERE)
    }

    assert unknown == {}


@pytest.mark.parametrize("command", sorted(each for each in WRITTEN if each.startswith("docker compose ")))
def test_a_documented_compose_command_names_what_compose_has(command: str) -> None:
    there = yaml.safe_load((REPOSITORY / "docker-compose.yml").read_text())["services"]
    words = [word for word in command.partition("|")[0].split()[3:] if word.isalpha()]

    assert not words or words[0] in there


def test_what_is_given_here_is_still_written_somewhere() -> None:
    assert GIVEN_SO >= GIVEN_HERE


@pytest.mark.parametrize("shows", sorted(set(SHOWN_ELSEWHERE.values())))
def test_what_shows_a_command_is_there(shows: str) -> None:
    assert (REPOSITORY / shows).is_file()
