"""An engine, a Compose, the base images, and the stack on them; what is missing is said in one line."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import closing

import docker
import pytest
from docker import DockerClient
from docker.errors import DockerException, ImageNotFound

from cli.local.environment import plain_environment
from cli.local.errors import CannotStart
from cli.local.process import Process, Program, append_to
from tests.containers.stack import Stack

COMPOSES = (["docker", "compose"], ["docker-compose"])


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DockerClient]:
    """The one that answers, or else one of our own for as long as the tests run."""
    if _answers():
        with closing(docker.from_env()) as client:
            yield client
        return
    if os.getuid() != 0 or not shutil.which("dockerd"):
        pytest.skip("no Docker engine answers, and none can be started here (dockerd, as root)")
    log = append_to(tmp_path_factory.mktemp("engine") / "dockerd.log")
    started = Process(Program(name="dockerd", command=["dockerd"], environment=plain_environment(), on_line=log))
    try:
        _wait_for(started)
        with closing(docker.from_env()) as client:
            yield client
    finally:
        started.stop()


def _wait_for(engine: Process) -> None:
    try:
        engine.wait_until(_answers, within=60)
    except CannotStart as why:
        pytest.skip(f"no Docker engine answers, and none can be started: {why}")


def _answers() -> bool:
    asked = ["docker", "info"]
    return bool(shutil.which("docker")) and subprocess.run(asked, capture_output=True, check=False).returncode == 0


@pytest.fixture(scope="session")
def compose() -> Sequence[str]:
    for command in COMPOSES:
        if shutil.which(command[0]) and subprocess.run([*command, "version"], capture_output=True).returncode == 0:
            return command
    pytest.skip("an engine answers, but there is neither `docker compose` nor `docker-compose`")


@pytest.fixture(scope="session")
def stack(engine: DockerClient, compose: Sequence[str]) -> Iterator[Stack]:
    """The whole platform, started by the one command."""
    stack = Stack(engine, compose)
    _have_base_images(engine, stack)
    try:
        stack.up()
        yield stack
    finally:
        stack.down()
        stack.forget_images()


def _have_base_images(engine: DockerClient, stack: Stack) -> None:
    services = stack.described()["services"].values()
    built = {each["image"] for each in services if "build" in each}
    named = {each["image"] for each in services} - built
    named |= {each["build"]["args"]["PYTHON_IMAGE"] for each in services if "build" in each}
    for name in sorted(named):
        try:
            engine.images.get(name)
        except ImageNotFound:
            _pull(engine, name)


def _pull(engine: DockerClient, name: str) -> None:
    try:
        engine.images.pull(name)
    except DockerException as error:
        pytest.skip(f"the engine has no image {name}, and cannot get it ({type(error).__name__})")
