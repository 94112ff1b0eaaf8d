"""Services that get into the troubles of decision 4: on the chassis, and on nameko as it comes."""

import os
import time
from functools import cache
from typing import Any

from eventlet import Timeout
from marshmallow import fields
from nameko.events import EventDispatcher, event_handler
from nameko.extensions import DependencyProvider
from nameko.rpc import rpc
from nameko.web.handlers import http
from pymongo import MongoClient
from pymongo.database import Database

from chassis.messaging.envelope import Envelope
from chassis.messaging.subscription import reacts_to
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.runtime.service import Service
from chassis.schemas.fields import Text
from chassis.schemas.messages import EventData

SLOW_SECONDS = 1.5
STOCK_QUEUE = "evt-source-thing.happened--stock_troubled.take_note"
QUEUES = (
    "troubled.inbox", "troubled.wait.1s", "troubled.dead", "rpc-troubled", "rpc-stock_troubled", STOCK_QUEUE,
    STOCK_QUEUE.replace("take_note", "keep_note"), *(STOCK_QUEUE.replace("take_note", f"hear_{n}") for n in range(4)),
)  # fmt: skip


class Happened(EventData):
    text = Text(required=True)
    mood = fields.String(load_default="fine")


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


class Troubled(Service):
    name = "troubled"

    @reacts_to("source.thing.happened", Happened)
    def take_note(self, work: UnitOfWork, event: Envelope, text: str, mood: str) -> None:
        begin(text, mood)
        work.collection("done").insert_one({"text": text}, session=work.session)


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


class Renamed(Service):
    """The same service after somebody found a better name for its reaction."""

    name = "troubled"

    @reacts_to("source.thing.happened", Happened)
    def keep_note(self, work: UnitOfWork, event: Envelope, text: str, mood: str) -> None:
        work.collection("done").insert_one({"text": text}, session=work.session)


class StockRenamed:
    name = "stock_troubled"

    @event_handler("source", "thing.happened")
    def keep_note(self, data: Any) -> None:
        finish(data["text"])


class FourEars(Service):
    name = "troubled"

    @reacts_to("source.thing.happened", Happened)
    def hear_0(self, work: UnitOfWork, event: Envelope, **heard: Any) -> None: ...

    @reacts_to("source.thing.happened", Happened)
    def hear_1(self, work: UnitOfWork, event: Envelope, **heard: Any) -> None: ...

    @reacts_to("source.thing.vanished", Happened)
    def hear_2(self, work: UnitOfWork, event: Envelope, **heard: Any) -> None: ...

    @reacts_to("elsewhere.thing.happened", Happened)
    def hear_3(self, work: UnitOfWork, event: Envelope, **heard: Any) -> None: ...


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

    take_note = Troubled.take_note


class UpsetBefore(Troubled):
    upset = Upset()

    take_note = Troubled.take_note


class StockLacking(StockTroubled):
    missing = Missing()


class StockUpset(StockTroubled):
    upset = Upset()
