"""The broker and the databases that an operator's command works on, whether the services run or not."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from amqp.exceptions import AMQPError
from kombu.exceptions import KombuError
from pymongo import MongoClient
from pymongo.errors import OperationFailure, PyMongoError

from chassis.messaging.topology import is_consumed, rpc_queue
from chassis.observability.logs import redact
from chassis.persistence.unit_of_work import Document, Store
from cli.connection.instance_address import RUN, Addresses, local_instance, service_databases, store_of
from cli.connection.services import services
from cli.connection.settings import settings
from cli.demo.up import FOLDER, given_parts
from cli.local.errors import CannotStart
from cli.local.parts import parts_running
from cli.local.process import PrintFrom
from cli.operations.trace import Databases


@dataclass(frozen=True, kw_only=True)
class Datastores:
    """The broker's address, and a client of the databases."""

    amqp: str
    client: MongoClient[Document]
    prefix: str

    @property
    def databases(self) -> Databases:
        return service_databases(self.client, self.prefix)

    def store(self, service: str) -> Store:
        """Give a service's store, which changes its database as the service itself does."""
        return store_of(self.databases[service], service=service)

    def served(self) -> list[str]:
        """Name the services that are running: those whose RPC queue has a consumer."""
        return [name for name in services() if is_consumed(self.amqp, rpc_queue(name))]


def addresses() -> Addresses | None:
    """Give the addresses in the settings, or else those of the local instance; None if there are neither."""
    given, prefix = given_parts(), settings()["DATABASE_PREFIX"] or ""
    amqp, mongo = given["amqp_uri"], given["mongo_uri"]
    if amqp and mongo:
        return Addresses(amqp=amqp, mongo=mongo, smtp=given["smtp_uri"] or "", prefix=prefix)
    if not RUN.exists():
        return None
    return local_instance()


@contextmanager
def connected(*, print_from: PrintFrom) -> Iterator[Datastores]:
    """Connect to broker and databases; those of a stopped local instance are started for this command only.

    Raises CannotStart, in one sentence, when they do not answer.
    """
    with _known_or_started(print_from) as known:
        client: MongoClient[Any] = MongoClient(known.mongo, tz_aware=True)
        with client, _in_one_sentence(known):
            yield Datastores(amqp=known.amqp, client=client, prefix=known.prefix)


@contextmanager
def _known_or_started(print_from: PrintFrom) -> Iterator[Addresses]:
    if known := addresses():
        yield known
    else:
        with parts_running(folder=FOLDER, print_from=print_from, **given_parts()) as parts:
            prefix = settings()["DATABASE_PREFIX"] or ""
            yield Addresses(amqp=parts.amqp_uri, mongo=parts.mongo_uri, smtp=parts.smtp_uri, prefix=prefix)


@contextmanager
def _in_one_sentence(known: Addresses) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:  # nobody reads what is printed: nothing of broker or database
        raise
    except OperationFailure as refused:
        raise CannotStart(f"MongoDB at {redact(known.mongo)} refused: {refused}") from refused
    except (OSError, KombuError, AMQPError, PyMongoError) as away:
        where = f"{redact(known.amqp)} and {redact(known.mongo)}"
        raise CannotStart(f"{where} do not both answer ({type(away).__name__}: {away})") from away
