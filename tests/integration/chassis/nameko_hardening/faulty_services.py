"""Services with the faults of decision 4: on the chassis, and on unmodified nameko."""

import os
import time
from functools import cache
from typing import Annotated, Any

from eventlet import Timeout
from nameko.events import EventDispatcher, event_handler
from nameko.extensions import DependencyProvider
from nameko.rpc import rpc
from nameko.web.handlers import http
from pymongo import MongoClient
from pymongo.database import Database

from chassis.persistence.unit_of_work import UnitOfWork
from chassis.runtime.service import Service
from chassis.schemas.fields import Text
from chassis.schemas.operations import reaction

SLOW_SECONDS = 1.5
STOCK_QUEUE = "evt-source-thing.happened--stock_faulty.take_note"
QUEUES = (
    "faulty.inbox", "faulty.wait.1s", "faulty.dead", "rpc-faulty", "rpc-stock_faulty", STOCK_QUEUE,
    STOCK_QUEUE.replace("take_note", "keep_note"), *(STOCK_QUEUE.replace("take_note", f"hear_{n}") for n in range(4)),
)  # fmt: skip


Words = Annotated[str, Text()]


@cache
def seen() -> Database[dict[str, Any]]:
    """The database in which both kinds of service write what they begin and what they have done."""
    return MongoClient[dict[str, Any]](os.environ["MONGO_URI"])["faulty"]


def begin(text: str, mood: str) -> None:
    """Write, outside any transaction, that an event is being processed, then fail in the way `mood` names."""
    seen()["begun"].insert_one({"text": text, "by": os.getpid()})
    if mood == "slow":
        time.sleep(SLOW_SECONDS)
    if mood == "endless":
        time.sleep(3600)
    if mood == "broken":
        raise RuntimeError("it always breaks")
    if mood == "timed out":
        with Timeout(0.5):
            time.sleep(3600)


def finish(text: str, **session: Any) -> None:
    seen()["done"].insert_one({"text": text}, **session)


@reaction("source.thing.happened")
def take_note(uow: UnitOfWork, *, text: Words, mood: Words = "fine") -> None:
    begin(text, mood)
    uow.collection("done").insert_one({"text": text}, session=uow.session)


class FaultyService(Service):
    name = "faulty"
    reactions = (take_note,)


class StockFaultyService:
    name = "stock_faulty"

    @event_handler("source", "thing.happened")
    def take_note(self, data: Any) -> None:
        begin(data["text"], data.get("mood", "fine"))
        finish(data["text"])

    @http("GET", "/health")
    def health(self, request: Any) -> str:
        return "well"

    @rpc
    def ping(self) -> str:
        return "pong"


class StockRequeueing:
    name = "stock_faulty"

    @event_handler("source", "thing.happened", requeue_on_error=True)
    def take_note(self, data: Any) -> None:
        begin(data["text"], data["mood"])


class StockPublishing:
    """Publishes an event because of an event."""

    name = "stock_faulty"
    tell = EventDispatcher()

    @event_handler("source", "thing.happened")
    def take_note(self, data: Any) -> None:
        self.tell("note.taken", data)


@reaction("source.thing.happened")
def keep_note(uow: UnitOfWork, *, text: Words) -> None:
    uow.collection("done").insert_one({"text": text}, session=uow.session)


class Renamed(Service):
    """The same service after its reaction was renamed."""

    name = "faulty"
    reactions = (keep_note,)


class StockRenamed:
    name = "stock_faulty"

    @event_handler("source", "thing.happened")
    def keep_note(self, data: Any) -> None:
        finish(data["text"])


@reaction("source.thing.happened")
def hear_0() -> None: ...


@reaction("source.thing.happened")
def hear_1() -> None: ...


@reaction("source.thing.vanished")
def hear_2() -> None: ...


@reaction("elsewhere.thing.happened")
def hear_3() -> None: ...


class FourReactions(Service):
    name = "faulty"
    reactions = (hear_0, hear_1, hear_2, hear_3)


class StockFourReactions:
    name = "stock_faulty"

    @event_handler("source", "thing.happened")
    def hear_0(self, data: Any) -> None: ...

    @event_handler("source", "thing.happened")
    def hear_1(self, data: Any) -> None: ...

    @event_handler("source", "thing.happened")
    def hear_2(self, data: Any) -> None: ...

    @event_handler("source", "thing.happened")
    def hear_3(self, data: Any) -> None: ...


class UnavailableDependency(DependencyProvider):
    """A dependency that fails when it is asked for."""

    def get_dependency(self, worker_ctx: Any) -> None:
        raise LookupError("it is missing")


class FailingWorkerSetup(DependencyProvider):
    """A dependency that fails before each call or event."""

    def worker_setup(self, worker_ctx: Any) -> None:
        raise LookupError("it is upset")


class MissingDependency(FaultyService):
    missing = UnavailableDependency()


class FailingSetup(FaultyService):
    upset = FailingWorkerSetup()


class StockMissingDependency(StockFaultyService):
    missing = UnavailableDependency()


class StockFailingSetup(StockFaultyService):
    upset = FailingWorkerSetup()
