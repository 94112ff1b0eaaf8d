"""One command, and the platform runs in containers: as an ops team would have it, and gone without a trace."""

import json
import os
import shlex
import stat
import tarfile
from pathlib import Path
from typing import Any

import pytest
from docker.errors import ContainerError

from cli.connection.services import services
from cli.operations.secrets import SECRETS
from tests.containers.stack import TIMEOUT_SECONDS, Stack
from tests.journeys.background_load import BackgroundLoad
from tests.journeys.documented_commands import documented_commands
from tests.journeys.platform_driver import PlatformDriver
from tests.waiting import eventually

SECONDS = 60
TRESPASSING = Path(__file__).with_name("foreign_access.py")
ROLLED = ("engagements", "camps", "notifications", "partners")
ASKED_OF_COMPOSE = ("docker compose run --rm --no-deps operator ", "docker compose up prepare")
pytestmark = pytest.mark.timeout(600)


def asked_of_compose(command: str) -> bool:
    """Those that need nothing but the stack; what ID stands for is in the instance of the journeys alone."""
    return command.startswith(ASKED_OF_COMPOSE) and " ID" not in command


def test_the_demonstration_passes_from_the_container_of_the_command_line(stack: Stack) -> None:
    told = stack.operator("demo")

    assert "Region Jönköping County (SE): admitted" in told
    assert told.splitlines()[-1] == "demo: every expected consequence was seen"


@pytest.mark.parametrize("command", sorted(each for each in documented_commands() if asked_of_compose(each)))
def test_a_documented_command_works_as_it_is_written(stack: Stack, command: str) -> None:
    stack.assert_compose_succeeds(*shlex.split(command.removeprefix("docker compose ")))


def test_no_process_is_root_or_can_become_so_or_write_or_take_all_there_is(stack: Stack) -> None:
    for each in stack.containers():
        host = each.attrs["HostConfig"]
        assert each.attrs["Config"]["User"] not in ("", "root", "0"), each.name
        assert {process[1] for process in each.top(ps_args="-eo pid,uid")["Processes"]}.isdisjoint({"0"}), each.name
        assert host["ReadonlyRootfs"], each.name
        assert host["CapDrop"] == ["ALL"], each.name
        assert host["SecurityOpt"] == ["no-new-privileges:true"], each.name
        assert 0 < host["Memory"] <= 2**30 and host["NanoCpus"] and host["PidsLimit"], each.name


def test_what_was_begun_has_longer_to_end_than_a_process_gives_itself(stack: Stack) -> None:
    for service in services():
        (first, *_) = stack.containers(service)
        assert first.attrs["Config"]["StopTimeout"] == 30  # config.yml: STOP_DEADLINE_SECONDS is 20


def test_a_services_image_holds_no_other_service(stack: Stack) -> None:
    image = f"partnerships/camps:{stack.name}"

    held = stack.engine.containers.run(image, ["services"], entrypoint="ls", remove=True).decode().split()

    assert sorted(each for each in held if not each.startswith("__")) == ["camps"]


def test_a_secret_that_cannot_be_read_is_told_with_its_owner_and_who_wanted_it(stack: Stack, tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("hunter2")
    secret.chmod(0o600)

    with pytest.raises(ContainerError) as ended:
        stack.engine.containers.run(
            f"partnerships/camps:{stack.name}", ["services.camps.service:CampsService"], remove=True,
            environment={"AMQP_PASSWORD_FILE": "/password"}, volumes=[f"{secret}:/password:ro"],
        )  # fmt: skip

    said = ended.value.stderr.decode()
    owner = f"/password belongs to uid {secret.stat().st_uid} with mode 0600, and this process is uid 10001"
    assert f"setting AMQP_PASSWORD_FILE: {owner}" in said
    assert "hunter2" not in said


@pytest.mark.parametrize(("mine", "theirs"), [("camps", "partners"), ("partners", "engagements")])
def test_a_service_is_refused_what_is_anothers(stack: Stack, mine: str, theirs: str) -> None:
    (process, *_) = stack.containers(mine)

    tried = process.exec_run(["python", "-W", "ignore", "-c", TRESPASSING.read_text(), mine, theirs], workdir="/app")

    said = tried.output.decode().splitlines()
    assert (tried.exit_code, len(said)) == (0, 7), said
    assert [line for line in said if not line.startswith("refused: ")] == []


def test_the_gateway_has_no_password_of_the_database_and_each_service_only_its_own(stack: Stack) -> None:
    for name in (*services(), "gateway"):
        (process, *_) = stack.containers(name)
        given = process.exec_run(["find", "/run/secrets", "-name", "*password*"]).output.decode().split()

        folder, own = ("gateway", {"broker"}) if name == "gateway" else ("own", {"broker", "database"})
        assert set(given) == {f"/run/secrets/{folder}/{each}-password" for each in own}


def test_a_second_up_lets_everything_go_on(stack: Stack) -> None:
    before = {each.id for service in services() for each in stack.containers(service)}

    stack.up()

    assert {each.id for service in services() for each in stack.containers(service)} == before


def test_a_new_release_replaces_neither_the_broker_nor_the_database(stack: Stack) -> None:
    parts = {each.id for name in ("rabbitmq", "mongo") for each in stack.containers(name)}
    former = {each.id for service in services() for each in stack.containers(service)}

    stack.up(release="next")

    assert {each.id for name in ("rabbitmq", "mongo") for each in stack.containers(name)} == parts
    assert former.isdisjoint(each.id for each in stack.containers())


def test_a_backup_belongs_to_whoever_takes_it_as_written(stack: Stack, tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir()
    (command,) = (each for each in documented_commands() if " operator backup " in each)

    stack.typed(command, folder=tmp_path)

    kept = (tmp_path / "backups" / "2026-06-01").stat()
    assert (kept.st_uid, stat.S_IMODE(kept.st_mode)) == (os.getuid(), 0o700)


def test_the_secrets_are_packed_and_put_in_place_as_written(stack: Stack, tmp_path: Path) -> None:
    pack, put_in_place = sorted(each for each in documented_commands() if "secrets.tar" in each)

    stack.typed(pack, folder=tmp_path)
    stack.typed(put_in_place, folder=tmp_path)

    with tarfile.open(tmp_path / "secrets.tar") as packed:
        assert {member.name for member in packed if member.isfile()} == set(SECRETS)


def test_a_password_is_changed_as_written(stack: Stack, tmp_path: Path) -> None:
    (remove,) = (each for each in documented_commands() if "--entrypoint=rm" in each)
    (start_anew,) = (each for each in documented_commands() if "--force-recreate" in each)

    for command in (remove, "docker compose up prepare", start_anew):
        stack.typed(command, folder=tmp_path)

    eventually(lambda: stack.is_healthy("camps"), within=TIMEOUT_SECONDS)


def test_a_service_scales_to_three_and_back(stack: Stack) -> None:
    stack.compose("up", "--detach", "--no-deps", "--no-recreate", "--scale", "camps=3", "camps")
    eventually(lambda: stack.is_healthy("camps", 3), within=TIMEOUT_SECONDS)

    stack.compose("up", "--detach", "--no-deps", "--no-recreate", "--scale", "camps=2", "camps")
    eventually(lambda: stack.is_healthy("camps", 2), within=TIMEOUT_SECONDS)


def test_services_are_rolled_under_load_and_nobody_notices(
    stack: Stack, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    platform = PlatformDriver(stack)
    before = {each.id for service in ROLLED for each in stack.containers(service)}
    load, rolled = BackgroundLoad(platform, writers=8), 0

    with stack.logs_kept(tmp_path / "logs"), load.running():
        while load.seconds < SECONDS or rolled < len(ROLLED):
            stack.run("deploy/roll", ROLLED[rolled % len(ROLLED)])
            rolled += 1
        rate, seconds = load.rate, load.seconds

    with capsys.disabled():
        print(f"\n{rate:.0f} commands/s for {seconds:.0f} s, {rolled} services rolled; answers: {dict(load.answers)}")
    assert before.isdisjoint(each.id for each in stack.containers())
    assert all(answer.startswith(("accepted", "503")) for answer in load.answers)
    assert rate >= 20
    eventually(lambda: followed_up(platform, load.reached) == sorted(load.reached), within=TIMEOUT_SECONDS)
    assert said(tmp_path / "logs", "duplicate_suppressed", "command_repeated", "stop_deadline_passed") == []


def test_down_leaves_nothing(stack: Stack) -> None:
    assert stack.left()

    stack.down()

    assert stack.left() == []


def followed_up(platform: PlatformDriver, milestones: list[str]) -> list[str]:
    """Which of these notifications has planned a follow-up for, each as often as it has."""
    page = platform.api.get("/v1/follow-ups", limit=100)
    found = page["items"]
    while page.get("next_cursor"):
        page = platform.api.get("/v1/follow-ups", limit=100, cursor=page["next_cursor"])
        found += page["items"]
    ours = set(milestones)
    return sorted(each["milestone_id"] for each in found if each["milestone_id"] in ours)


def said(logs: Path, *events: str) -> list[Any]:
    """Which of these events the services have logged."""
    lines = [line[line.index("{") :] for line in logs.read_text().splitlines() if '"event"' in line]
    return [line for line in map(json.loads, lines) if line["event"] in events]
