"""The platform in containers: what a test does with it through Compose, and sees of it through the engine."""

import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import yaml
from docker import DockerClient
from docker.models.containers import Container

from cli.connection.api import Api
from cli.local.ports import free_port
from cli.local.process import REPOSITORY, Process, Program, append_to
from tests.waiting import eventually

OF_THE_PROJECT = "com.docker.compose.project"
OF_THE_SERVICE = "com.docker.compose.service"
TIMEOUT_SECONDS = 180


class Stack:
    """One project of its own: its name, its ports and its images are nobody else's."""

    def __init__(self, engine: DockerClient, compose: Sequence[str]) -> None:
        self.engine = engine
        self.name = f"partnerships-test-{uuid4().hex[:6]}"
        self._compose = compose
        port = free_port()
        self.gateway = f"http://127.0.0.1:{port}"
        self._environment = os.environ | {
            "COMPOSE_PROJECT_NAME": self.name,
            "COMPOSE": " ".join(compose),
            "GATEWAY_PORT": str(port),
            "MAIL_PORT": str(free_port()),
            "VERSION": self.name,
        }

    def compose(self, *arguments: str) -> str:
        """What Compose says to it; fails with its last words."""
        return self.run(*self._compose, *arguments)

    def assert_compose_succeeds(self, *arguments: str) -> None:
        """Fail with the last words of a command of Compose that ends with an error."""
        self.compose(*arguments)

    def operator(self, *arguments: str) -> str:
        """What the command line in its container says."""
        return self.compose("run", "--rm", "-T", "operator", *arguments)

    def run(self, *command: str) -> str:
        done = subprocess.run(
            command, cwd=REPOSITORY, env=self._environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{' '.join(command)}: {done.stdout[-500:]} {done.stderr[-2000:]}"
        return done.stdout

    def typed(self, command: str, *, folder: Path) -> str:
        """What a documented command says that is typed in this folder of a person's."""
        here = command.replace("docker compose", " ".join(self._compose)).replace("secrets.tar", "$PWD/secrets.tar")
        return self.run("sh", "-c", here.replace("$PWD", str(folder)))

    def described(self) -> Any:
        """What Compose makes of the file."""
        return yaml.safe_load(self.compose("config"))

    def up(self, *, release: str | None = None) -> None:
        """Start it all, or what a release has anew."""
        if release:
            self._environment["VERSION"] = f"{self.name}-{release}"
        self.compose("up", "--build", "--detach")
        eventually(self.is_healthy, within=TIMEOUT_SECONDS)

    def down(self) -> None:
        self.compose("down", "--volumes", "--remove-orphans")

    def api(self, **whose: Any) -> Api:
        """Somebody from the institute's staff."""
        return Api(gateway=self.gateway, token=self.operator("token").strip())

    def containers(self, service: str | None = None, **more: Any) -> list[Container]:
        return self.engine.containers.list(filters=self._filters(service), **more)

    def _filters(self, service: str | None = None) -> dict[str, list[str]]:
        return {"label": [f"{OF_THE_PROJECT}={self.name}"] + ([f"{OF_THE_SERVICE}={service}"] if service else [])}

    def is_healthy(self, service: str | None = None, processes: int | None = None) -> bool:
        """Whether everything that runs, or so many processes of a service, work; one question to the engine."""
        states = [each["Status"] for each in self.engine.api.containers(filters=self._filters(service))]
        return len(states) == (processes or len(states)) and all("(healthy)" in state for state in states)

    def left(self) -> list[str]:
        """What the engine still has of it, images apart."""
        found = [
            *self.containers(all=True),
            *self.engine.volumes.list(filters=self._filters()),
            *self.engine.networks.list(filters=self._filters()),
        ]
        return [each.name for each in found]

    def forget_images(self) -> None:
        for image in self.engine.images.list():
            for tag in (tag for tag in image.tags if f":{self.name}" in tag):
                self.engine.images.remove(tag)

    @contextmanager
    def logs_kept(self, path: Path) -> Iterator[None]:
        """Keep what all services say from now on, of containers, too, that come and go meanwhile."""
        command = [*self._compose, "logs", "--follow", "--no-color", "--tail=0"]
        program = Program(name="logs", command=command, environment=self._environment, on_line=append_to(path))
        following = Process(program)
        try:
            yield
        finally:
            following.kill()  # some Composes do not end when asked to
