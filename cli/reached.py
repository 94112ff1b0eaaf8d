"""The broker and the databases that an operator's command works on, whether the services run or not."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from kombu.exceptions import KombuError
from pymongo import MongoClient
from pymongo.errors import OperationFailure, PyMongoError

from chassis.identity import new_id, utc_now
from chassis.store import Document, Store
from chassis.topology import calls_of, is_consumed
from cli.local.errors import CannotStart, without_password
from cli.local.parts import parts_running
from cli.local.process import Say
from cli.running import RUN, running_instance
from cli.services import services
from cli.settings import settings
from cli.trace import Databases
from cli.up import FOLDER, given_parts


@dataclass(frozen=True, kw_only=True)
class Reached:
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
        return Store(database=self.databases[service], clock=utc_now, new_id=new_id, envelope_fields=fields)

    def served(self) -> list[str]:
        """Which services run: somebody answers what they are asked."""
        return [name for name in services() if is_consumed(self.amqp, calls_of(name))]


@contextmanager
def reached(*, say: Say) -> Iterator[Reached]:
    """Reach the parts that the settings name, or else the local instance's, started for this alone if it rests.

    Raises CannotStart, in one sentence, when they do not answer.
    """
    with _addresses(say) as (amqp, mongo, prefix):
        client: MongoClient[Any] = MongoClient(mongo, tz_aware=True)
        with client, _in_one_sentence(amqp, mongo):
            yield Reached(amqp=amqp, client=client, prefix=prefix)


@contextmanager
def _addresses(say: Say) -> Iterator[tuple[str, str, str]]:
    given, prefix = given_parts(), settings()["DATABASE_PREFIX"] or ""
    amqp, mongo = given["amqp_uri"], given["mongo_uri"]
    if amqp and mongo:
        yield amqp, mongo, prefix
    elif RUN.exists():
        running = running_instance()
        yield running.amqp, running.mongo, running.prefix
    else:
        with parts_running(folder=FOLDER, say=say, **given) as parts:
            yield parts.amqp_uri, parts.mongo_uri, prefix


@contextmanager
def _in_one_sentence(amqp: str, mongo: str) -> Iterator[None]:
    try:
        yield
    except OperationFailure as refused:
        raise CannotStart(f"MongoDB at {without_password(mongo)} refused: {refused}") from refused
    except (OSError, KombuError, PyMongoError) as away:
        where = f"{without_password(amqp)} and {without_password(mongo)}"
        raise CannotStart(f"{where} do not both answer ({type(away).__name__}: {away})") from away
