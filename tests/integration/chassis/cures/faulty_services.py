"""Services that get into the troubles of decision 4: on the chassis, and on nameko as it comes."""

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
STOCK_QUEUE = "evt-source-thing.happened--stock_troubled.take_note"
QUEUES = (
    "troubled.inbox", "troubled.wait.1s", "troubled.dead", "rpc-troubled", "rpc-stock_troubled", STOCK_QUEUE,
    STOCK_QUEUE.replace("take_note", "keep_note"), *(STOCK_QUEUE.replace("take_note", f"hear_{n}") for n in range(4)),
)  # fmt: skip


Words = Annotated[str, Text()]


@cache
def seen() -> Database[dict[str, Any]]:
    """Where both kinds write what they begin and what they have done: the database of the kind on the chassis."""
    return MongoClient[dict[str, Any]](os.environ["MONGO_URI"])["troubled"]


def begin(text: str, mood: str) -> None:
    """Note, outside any transaction, that something is begun, and get into trouble over it."""
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


class Troubled(Service):
    name = "troubled"
    reactions = (take_note,)


class StockTroubled:
    name = "stock_troubled"

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
    name = "stock_troubled"

    @event_handler("source", "thing.happened", requeue_on_error=True)
    def take_note(self, data: Any) -> None:
        begin(data["text"], data["mood"])


class StockTelling:
    """Says something because of what it heard."""

    name = "stock_troubled"
    tell = EventDispatcher()

    @event_handler("source", "thing.happened")
    def take_note(self, data: Any) -> None:
        self.tell("note.taken", data)


@reaction("source.thing.happened")
def keep_note(uow: UnitOfWork, *, text: Words) -> None:
    uow.collection("done").insert_one({"text": text}, session=uow.session)


class Renamed(Service):
    """The same service after somebody found a better name for its reaction."""

    name = "troubled"
    reactions = (keep_note,)


class StockRenamed:
    name = "stock_troubled"

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


class FourEars(Service):
    name = "troubled"
    reactions = (hear_0, hear_1, hear_2, hear_3)


class StockFourEars:
    name = "stock_troubled"

    @event_handler("source", "thing.happened")
    def hear_0(self, data: Any) -> None: ...

    @event_handler("source", "thing.happened")
    def hear_1(self, data: Any) -> None: ...

    @event_handler("source", "thing.happened")
    def hear_2(self, data: Any) -> None: ...

    @event_handler("source", "thing.happened")
    def hear_3(self, data: Any) -> None: ...


class Missing(DependencyProvider):
    """Something a service needs that is not there when it is asked for."""

    def get_dependency(self, worker_ctx: Any) -> None:
        raise LookupError("it is missing")


class Upset(DependencyProvider):
    """Something that fails before each piece of work."""

    def worker_setup(self, worker_ctx: Any) -> None:
        raise LookupError("it is upset")


class Lacking(Troubled):
    missing = Missing()


class UpsetBefore(Troubled):
    upset = Upset()


class StockLacking(StockTroubled):
    missing = Missing()


class StockUpset(StockTroubled):
    upset = Upset()
