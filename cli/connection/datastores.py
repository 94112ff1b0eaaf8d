"""The broker and the databases that an operator's command works on, whether the services run or not."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from amqp.exceptions import AMQPError
from kombu.exceptions import KombuError
from pymongo import MongoClient
from pymongo.errors import OperationFailure, PyMongoError

from chassis.domain.identity import new_id, utc_now
from chassis.messaging.topology import is_consumed, rpc_queue
from chassis.persistence.unit_of_work import Document, Store
from cli.connection.instance_address import RUN, local_instance
from cli.connection.services import services
from cli.connection.settings import settings
from cli.demo.up import FOLDER, given_parts
from cli.local.errors import CannotStart, without_password
from cli.local.parts import parts_running
from cli.local.process import Say
from cli.operations.trace import Databases


@dataclass(frozen=True, kw_only=True)
class Datastores:
    """Where the broker and the databases are."""

    amqp: str
    client: MongoClient[Document]
    prefix: str

    @property
    def databases(self) -> Databases:
        """The database of each service."""
        return {name: self.client[self.prefix + name] for name in services()}

    def store(self, service: str) -> Store:
        """Change a service's database as the service itself does."""
        fields = settings()["ENVELOPE_FIELDS"]
        database = self.databases[service]
        return Store(service=service, database=database, clock=utc_now, new_id=new_id, envelope_fields=fields)

    def served(self) -> list[str]:
        """Which services run: somebody answers what they are asked."""
        return [name for name in services() if is_consumed(self.amqp, rpc_queue(name))]


@dataclass(frozen=True, kw_only=True)
class Addresses:
    """Where the parts of an instance are to be found."""

    amqp: str
    mongo: str
    smtp: str
    prefix: str


def addresses() -> Addresses | None:
    """Give those that the settings name, or else the running local instance's; None where there is neither."""
    given, prefix = given_parts(), settings()["DATABASE_PREFIX"] or ""
    amqp, mongo = given["amqp_uri"], given["mongo_uri"]
    if amqp and mongo:
        return Addresses(amqp=amqp, mongo=mongo, smtp=given["smtp_uri"] or "", prefix=prefix)
    if not RUN.exists():
        return None
    running = local_instance()
    return Addresses(amqp=running.amqp, mongo=running.mongo, smtp=running.smtp, prefix=running.prefix)


@contextmanager
def reached(*, say: Say) -> Iterator[Datastores]:
    """Reach the parts that are known, or else the local instance's, started for this alone.

    Raises CannotStart, in one sentence, when they do not answer.
    """
    with _known_or_started(say) as known:
        client: MongoClient[Any] = MongoClient(known.mongo, tz_aware=True)
        with client, _in_one_sentence(known):
            yield Datastores(amqp=known.amqp, client=client, prefix=known.prefix)


@contextmanager
def _known_or_started(say: Say) -> Iterator[Addresses]:
    if known := addresses():
        yield known
    else:
        with parts_running(folder=FOLDER, say=say, **given_parts()) as parts:
            prefix = settings()["DATABASE_PREFIX"] or ""
            yield Addresses(amqp=parts.amqp_uri, mongo=parts.mongo_uri, smtp=parts.smtp_uri, prefix=prefix)


@contextmanager
def _in_one_sentence(known: Addresses) -> Iterator[None]:
    try:
        yield
    except OperationFailure as refused:
        raise CannotStart(f"MongoDB at {without_password(known.mongo)} refused: {refused}") from refused
    except (OSError, KombuError, AMQPError, PyMongoError) as away:
        where = f"{without_password(known.amqp)} and {without_password(known.mongo)}"
        raise CannotStart(f"{where} do not both answer ({type(away).__name__}: {away})") from away
