"""A local instance: broker, database, mail server, services and gateway, under one supervisor."""

import json
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from cli.connection.api import Api
from cli.connection.services import GATEWAY, path_of, services
from cli.local.environment import plain_environment
from cli.local.errors import CannotStart
from cli.local.logs import keep_and_show, reports_start
from cli.local.parts import Given, Parts, parts_running
from cli.local.ports import HOST, answers, free_port
from cli.local.process import REPOSITORY, PrintFrom, Program
from cli.local.replicas import processes
from gateway.auth import mint

START_TIMEOUT_SECONDS = 120.0
TOKEN_HOURS = 12
REACTION_LIMIT_SECONDS, STOP_DEADLINE_SECONDS = "6", "8"
"""Less than the time that the supervisor gives a process to end."""


@dataclass(frozen=True, kw_only=True)
class Instance:
    """A running instance that this process has started."""

    gateway: str
    secret: str
    prefix: str
    parts: Parts
    ops: Mapping[str, str]
    """The operations address of each process."""
    logs: Path
    """The folder with a file for each process."""

    def api(
        self,
        *,
        subject: str = "staff",
        organisation: str = "*",
        roles: tuple[str, ...] = ("programme_staff",),
        person: str | None = None,
    ) -> Api:
        """Give a client of its gateway for a caller; by default a member of the institute's staff."""
        token = mint(
            secret=self.secret,
            subject=subject,
            organisation=organisation,
            roles=roles,
            hours=TOKEN_HOURS,
            person=person,
        )
        return Api(gateway=self.gateway, token=token)

    def describe(self) -> Mapping[str, object]:
        """Give the contents of `run.json`: addresses, a token and process ids, for scripts and tests."""
        return {
            "gateway": self.gateway,
            "token": self.api().token,
            "amqp": self.parts.amqp_uri,
            "mongo": self.parts.mongo_uri,
            "smtp": self.parts.smtp_uri,
            "prefix": self.prefix,
            "mail": str(self.parts.mail_folder or ""),
            "ops": dict(self.ops),
            "pids": dict(self.parts.supervisor.pids()),
        }


@contextmanager
def instance_running(
    *,
    folder: Path,
    described_in: Path,
    print_from: PrintFrom,
    given: Given,
    also: Mapping[str, str] | None = None,
    port: int | None = None,
    replicas: Mapping[str, int] | None = None,
) -> Iterator[Instance]:
    """Run an instance with its state in `folder`, described in a file while it runs.

    `given` are the URIs of external parts, `also` settings for every process, `replicas` the numbers of processes of
    services or of the gateway that have more than one.
    Raises CannotStart, in one sentence, when something cannot be started.
    """
    with parts_running(folder=folder, print_from=print_from, **given) as parts:
        secret = _kept_secret(folder, "token-secret")
        shared = {"WEB_SERVER_SHARED": "true"} if (replicas or {}).get("gateway", 1) > 1 else {}
        own = link_settings(folder) | shared | dict(also or {})
        settings = _settings(parts, secret, free_port(preferred=port), own)
        instance = Instance(
            gateway=f"http://{settings['WEB_SERVER_ADDRESS']}",
            secret=secret,
            prefix=settings.get("DATABASE_PREFIX", ""),
            parts=parts,
            ops={name: f"{HOST}:{free_port()}" for name, _ in processes(replicas or {})},
            logs=folder / "logs",
        )
        _prepare(settings, print_from)
        _start_all(instance, settings, replicas or {}, print_from=print_from)
        with _described(instance, described_in):
            yield instance


def _settings(parts: Parts, secret: str, port: int, also: Mapping[str, str]) -> dict[str, str]:
    return {
        "AMQP_URI": parts.amqp_uri,
        "MONGO_URI": parts.mongo_uri,
        "SMTP_URI": parts.smtp_uri,
        "DEVELOPMENT_TOKENS": "true",
        "TOKEN_SECRET": secret,
        "WEB_SERVER_ADDRESS": f"{HOST}:{port}",
        "PUBLIC_URL": f"http://{HOST}:{port}",
        "REACTION_LIMIT_SECONDS": REACTION_LIMIT_SECONDS,
        "STOP_DEADLINE_SECONDS": STOP_DEADLINE_SECONDS,
        "LOG_FORMAT": "json",
        **also,
    }


def _prepare(settings: Mapping[str, str], print_from: PrintFrom) -> None:
    """Declare queues and create indexes, before any service starts."""
    command = [sys.executable, "-m", "chassis", "--prepare", *map(path_of, services().values())]
    done = subprocess.run(
        command, cwd=REPOSITORY, env=plain_environment(also=settings), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CannotStart(f"the broker or the database could not be prepared: {done.stderr.strip().splitlines()[-1]}")
    print_from("instance", "queues and indexes are prepared")


def _start_all(
    instance: Instance, settings: Mapping[str, str], replicas: Mapping[str, int], *, print_from: PrintFrom
) -> None:
    begun, started = time.monotonic(), set[str]()
    paths = dict(processes(replicas))
    for name, path in paths.items():
        on_line = _with_start_callback(
            keep_and_show(name, folder=instance.logs, print_from=print_from), partial(started.add, name)
        )
        own = {**settings, "OPS_ADDRESS": instance.ops[name]}
        instance.parts.supervisor.start(_program(name, path, own, on_line))
    for name in reversed(paths):
        ready = partial(_is_ready, name, started, settings["WEB_SERVER_ADDRESS"])
        instance.parts.supervisor.wait_until_ready(name, ready, within=START_TIMEOUT_SECONDS)
    print_from("instance", f"{len(paths)} processes of the services and the gateway answer, after {_since(begun)}")


def _program(name: str, path: str, settings: Mapping[str, str], on_line: Callable[[str], None]) -> Program:
    command = [sys.executable, "-m", "chassis", path]
    environment = plain_environment(also=settings)
    # Programs of a kind stop together; the gateway before the services, so that they can answer its last requests.
    kind = "gateway" if path == GATEWAY else "service"
    return Program(name=name, command=command, environment=environment, on_line=on_line, kind=kind)


def _with_start_callback(on_line: Callable[[str], None], note: Callable[[], None]) -> Callable[[str], None]:
    def on_line_and_note(line: str) -> None:
        on_line(line)
        if reports_start(line):
            note()

    return on_line_and_note


def _is_ready(name: str, started: Collection[str], address: str) -> bool:
    """Whether this process has started and the gateway is ready, which alone does not show a missing replica."""
    if name not in started or not answers(int(address.partition(":")[2])):
        return False
    try:
        return Api(gateway=f"http://{address}", token="").call("GET", "/readyz").status == 200
    except Exception:
        return False


def _since(begun: float) -> str:
    return f"{time.monotonic() - begun:.1f} s"


def _kept_secret(folder: Path, name: str) -> str:
    """Give a stored secret, generated at the first start: tokens and links of earlier runs stay valid."""
    kept = folder / name
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_hex(32))
    return kept.read_text()


def link_settings(folder: Path) -> dict[str, str]:
    """Name the file of the secret of links: whoever replaces it writes the new one above it."""
    _kept_secret(folder, "link-secret")
    return {"LINK_SECRET": "", "LINK_SECRET_FILE": str((folder / "link-secret").absolute())}


def describe(instance: Instance, path: Path) -> None:
    """Write `run.json` atomically."""
    unfinished = path.with_suffix(".unfinished")
    unfinished.touch(mode=0o600)  # it contains a token
    unfinished.write_text(json.dumps(instance.describe(), indent=2))
    unfinished.replace(path)


@contextmanager
def _described(instance: Instance, path: Path) -> Iterator[None]:
    describe(instance, path)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
