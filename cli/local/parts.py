"""The broker, the database and the mail server of a local instance."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol, TypedDict

from cli.local.broker import ExternalBroker, PrivateBroker
from cli.local.database import ExternalDatabase, PrivateDatabase
from cli.local.debian import UnpackedPackages
from cli.local.folder_lock import exclusive_use_of
from cli.local.mail import ExternalMailServer, MailCatcher
from cli.local.process import REPOSITORY, PrintFrom
from cli.local.supervisor import Supervisor

PACKAGES = REPOSITORY / ".local"


@dataclass(frozen=True, kw_only=True)
class Parts:
    """The addresses of the running parts, and the supervisor of the private ones.

    `mail_folder` is None when a mail server was given. Programs started on `supervisor` are stopped before the parts.
    """

    amqp_uri: str
    mongo_uri: str
    smtp_uri: str
    mail_folder: Path | None
    supervisor: Supervisor


class Part(Protocol):
    """The interface of an external and of a private part."""

    uri: str

    def start(self) -> None:
        """Start it, without waiting. Raises CannotStart."""

    def wait_until_ready(self) -> None:
        """Return when it answers. Raises CannotStart."""


class Given(TypedDict, total=False):
    """The URIs of external parts."""

    amqp_uri: str | None
    mongo_uri: str | None
    smtp_uri: str | None


@contextmanager
def parts_running(
    *,
    folder: Path,
    print_from: PrintFrom,
    amqp_uri: str | None = None,
    mongo_uri: str | None = None,
    smtp_uri: str | None = None,
    broker_ops_address: str | None = None,
) -> Iterator[Parts]:
    """Run the parts: external ones are checked, the others are started with their state in `folder`.

    A private broker serves Prometheus on `broker_ops_address`, if that is given.
    Raises CannotStart, in one sentence, when a part cannot be started or another process uses the folder.
    """
    folder = folder.resolve()
    with (
        exclusive_use_of(folder, print_line=partial(print_from, "parts")),
        Supervisor(print_from=print_from) as supervisor,
    ):
        packages = UnpackedPackages(folder=PACKAGES, print_line=partial(print_from, "parts"))
        broker = _broker(amqp_uri, folder / "broker", packages, supervisor, broker_ops_address)
        database = _database(mongo_uri, folder / "database", packages, supervisor)
        mail = _mail(smtp_uri, folder / "mail", supervisor, print_from)
        _start_all([broker, database, mail], print_line=partial(print_from, "parts"))
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
        return ExternalBroker(uri=uri)
    return PrivateBroker(folder=folder, packages=packages, supervisor=supervisor, ops_address=ops_address)


def _database(uri: str | None, folder: Path, packages: UnpackedPackages, supervisor: Supervisor) -> Part:
    if uri:
        return ExternalDatabase(uri=uri)
    return PrivateDatabase(folder=folder, packages=packages, supervisor=supervisor)


def _mail(
    uri: str | None, folder: Path, supervisor: Supervisor, print_from: PrintFrom
) -> ExternalMailServer | MailCatcher:
    if uri:
        return ExternalMailServer(uri=uri)
    return MailCatcher(folder=folder, supervisor=supervisor, print_from=print_from)


def _start_all(parts: Sequence[Part], *, print_line: Callable[[str], None]) -> None:
    started = time.monotonic()
    print_line("starting the broker, the database and the mail server…")
    for part in parts:
        part.start()
    for part in parts:
        part.wait_until_ready()
    print_line(f"the parts are ready, after {time.monotonic() - started:.1f} s")
