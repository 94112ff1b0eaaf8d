"""The broker, the database and the mail server of a local instance, together."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol, TypedDict

from cli.local.broker import GivenBroker, PrivateBroker
from cli.local.database import GivenDatabase, PrivateDatabase
from cli.local.debian import UnpackedPackages
from cli.local.folder_lock import only_user_of
from cli.local.mail import CaughtMail, GivenMail
from cli.local.process import REPOSITORY, Say
from cli.local.supervisor import Supervisor

PACKAGES = REPOSITORY / ".local"


@dataclass(frozen=True, kw_only=True)
class Parts:
    """Where the parts answer, and who looks after the private ones.

    `mail_folder` is None when a mail server was given. What is started on `supervisor` stops before the parts do.
    """

    amqp_uri: str
    mongo_uri: str
    smtp_uri: str
    mail_folder: Path | None
    supervisor: Supervisor


class Part(Protocol):
    """What a given and a private part have in common."""

    uri: str

    def start(self) -> None:
        """Begin to start. Raises CannotStart."""

    def wait_until_ready(self) -> None:
        """Return when it answers. Raises CannotStart."""


class Given(TypedDict, total=False):
    """The URIs of parts that exist already."""

    amqp_uri: str | None
    mongo_uri: str | None
    smtp_uri: str | None


@contextmanager
def parts_running(
    *,
    folder: Path,
    say: Say,
    amqp_uri: str | None = None,
    mongo_uri: str | None = None,
    smtp_uri: str | None = None,
    broker_ops_address: str | None = None,
) -> Iterator[Parts]:
    """Have all parts running: the given ones checked, the others started privately with their state in `folder`.

    A private broker is measured by Prometheus on `broker_ops_address`, if that is given.
    Raises CannotStart, in one sentence, when a part is missing and cannot be had, or somebody else uses the folder.
    """
    folder = folder.resolve()
    with only_user_of(folder, say=partial(say, "parts")), Supervisor(say=say) as supervisor:
        packages = UnpackedPackages(folder=PACKAGES, say=partial(say, "parts"))
        broker = _broker(amqp_uri, folder / "broker", packages, supervisor, broker_ops_address)
        database = _database(mongo_uri, folder / "database", packages, supervisor)
        mail = _mail(smtp_uri, folder / "mail", supervisor, say)
        _start_together([broker, database, mail], say=partial(say, "parts"))
        yield Parts(
            amqp_uri=broker.uri,
            mongo_uri=database.uri,
            smtp_uri=mail.uri,
            mail_folder=mail.folder,
            supervisor=supervisor,
        )


def _broker(
    uri: str | None, folder: Path, packages: UnpackedPackages, supervisor: Supervisor, ops_address: str | None
) -> Part:
    if uri:
        return GivenBroker(uri=uri)
    return PrivateBroker(folder=folder, packages=packages, supervisor=supervisor, ops_address=ops_address)


def _database(uri: str | None, folder: Path, packages: UnpackedPackages, supervisor: Supervisor) -> Part:
    if uri:
        return GivenDatabase(uri=uri)
    return PrivateDatabase(folder=folder, packages=packages, supervisor=supervisor)


def _mail(uri: str | None, folder: Path, supervisor: Supervisor, say: Say) -> GivenMail | CaughtMail:
    if uri:
        return GivenMail(uri=uri)
    return CaughtMail(folder=folder, supervisor=supervisor, say=say)


def _start_together(parts: Sequence[Part], *, say: Callable[[str], None]) -> None:
    started = time.monotonic()
    say("starting the broker, the database and the mail server…")
    for part in parts:
        part.start()
    for part in parts:
        part.wait_until_ready()
    say(f"the parts are ready, after {time.monotonic() - started:.1f} s")
