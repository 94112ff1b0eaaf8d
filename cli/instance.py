"""A whole local instance: the parts, the four services and the gateway, under one supervisor."""

import json
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from cli.api import Api
from cli.listening import kept_and_shown
from cli.local.environment import plain_environment
from cli.local.errors import CannotStart
from cli.local.parts import Parts, parts_running
from cli.local.ports import HOST, answers, free_port
from cli.local.process import REPOSITORY, Program, Say
from cli.services import GATEWAY, path_of, services
from gateway.auth import mint

START_LIMIT_SECONDS = 30.0
TOKEN_HOURS = 12
LOWERED_STOP_SECONDS = "8"
"""Less than what the supervisor gives a process before it insists."""


@dataclass(frozen=True, kw_only=True)
class Instance:
    """A running instance: where it answers, and what a member of staff needs to speak to it."""

    gateway: str
    secret: str
    prefix: str
    parts: Parts

    def api(
        self, *, subject: str = "staff", organisation: str = "*", roles: tuple[str, ...] = ("programme_staff",)
    ) -> Api:
        """Speak to it as somebody; by default as a member of the institute's staff."""
        token = mint(secret=self.secret, subject=subject, organisation=organisation, roles=roles, hours=TOKEN_HOURS)
        return Api(gateway=self.gateway, token=token)

    def describe(self) -> Mapping[str, object]:
        """What `run.json` says: enough for a script or a test to use the instance."""
        return {
            "gateway": self.gateway,
            "token": self.api().token,
            "amqp": self.parts.amqp_uri,
            "mongo": self.parts.mongo_uri,
            "prefix": self.prefix,
            "mail": str(self.parts.mail_folder or ""),
            "pids": dict(self.parts.supervisor.pids()),
        }


@contextmanager
def instance_running(
    *,
    folder: Path,
    described_in: Path,
    say: Say,
    given: Mapping[str, str | None],
    also: Mapping[str, str] | None = None,
    port: int | None = None,
) -> Iterator[Instance]:
    """Have an instance running, its state kept in `folder`, and described in a file while it runs.

    `given` are the URIs of parts that exist already, `also` settings for every process.
    Raises CannotStart, in one sentence, when something is missing.
    """
    with parts_running(folder=folder, say=say, **given) as parts:
        secret = _kept_secret(folder)
        settings = _settings(parts, secret, free_port(preferred=port), also or {})
        instance = Instance(
            gateway=f"http://{settings['WEB_SERVER_ADDRESS']}",
            secret=secret,
            prefix=settings.get("DATABASE_PREFIX", ""),
            parts=parts,
        )
        _prepare(settings, say)
        _start_all(parts, settings, say=say, logs=folder / "logs")
        with _described(instance, described_in):
            yield instance


def _settings(parts: Parts, secret: str, port: int, also: Mapping[str, str]) -> dict[str, str]:
    return {
        "AMQP_URI": parts.amqp_uri,
        "MONGO_URI": parts.mongo_uri,
        "SMTP_URI": parts.smtp_uri,
        "TOKEN_SECRET": secret,
        "WEB_SERVER_ADDRESS": f"{HOST}:{port}",
        "STOP_DEADLINE_SECONDS": LOWERED_STOP_SECONDS,
        "LOG_FORMAT": "json",
        **also,
    }


def _prepare(settings: Mapping[str, str], say: Say) -> None:
    """All queues must be there before anything publishes."""
    command = [sys.executable, "-m", "chassis", "--prepare", *map(path_of, services().values())]
    done = subprocess.run(
        command, cwd=REPOSITORY, env=plain_environment(also=settings), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CannotStart(f"the broker or the database could not be prepared: {done.stderr.strip().splitlines()[-1]}")
    say("instance", "queues and indexes are there")


def _start_all(parts: Parts, settings: Mapping[str, str], *, say: Say, logs: Path) -> None:
    paths = {name: path_of(service) for name, service in services().items()} | {"gateway": GATEWAY}
    for name, path in paths.items():
        hear = kept_and_shown(name, folder=logs, say=say)
        parts.supervisor.start(_program(name, path, settings, hear))
    started = time.monotonic()
    port = int(settings["WEB_SERVER_ADDRESS"].partition(":")[2])
    ready = partial(_is_ready, f"http://{settings['WEB_SERVER_ADDRESS']}", port)
    for name in reversed(paths):
        parts.supervisor.wait_until_ready(name, ready, within=START_LIMIT_SECONDS)
    say("instance", f"{len(paths) - 1} services and the gateway answer, after {time.monotonic() - started:.1f} s")


def _program(name: str, path: str, settings: Mapping[str, str], hear: Callable[[str], None]) -> Program:
    command = [sys.executable, "-m", "chassis", path]
    return Program(name=name, command=command, environment=plain_environment(also=settings), hear=hear)


def _is_ready(gateway: str, port: int) -> bool:
    try:
        return answers(port) and Api(gateway=gateway, token="").call("GET", "/readyz").status == 200
    except Exception:
        return False


def _kept_secret(folder: Path) -> str:
    """The same from one start to the next, so that a token printed yesterday is still good."""
    kept = folder / "token-secret"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_hex(32))
    return kept.read_text()


@contextmanager
def _described(instance: Instance, path: Path) -> Iterator[None]:
    path.touch(mode=0o600)
    path.write_text(json.dumps(instance.describe(), indent=2))
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
