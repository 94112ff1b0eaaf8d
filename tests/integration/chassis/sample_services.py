"""Two minimal services, one on the chassis and one on stock nameko, run as processes by the tests."""

import os
import time
from typing import Annotated, Any

from nameko.events import event_handler
from nameko.rpc import rpc
from pymongo import MongoClient

from chassis.domain.errors import Conflict, NotYetKnown
from chassis.domain.scope import PLATFORM
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.runtime.service import Service
from chassis.schemas.fields import Text
from chassis.schemas.operations import command, query, reaction
from tests.integration.chassis.notes import Note, Notes

SLOW_SECONDS = 3


Words = Annotated[str, Text()]


@reaction("source.thing.happened")
def take_note(uow: UnitOfWork, *, text: Words, mood: Words = "fine") -> None:
    _write(uow, text)
    if mood == "slow":
        uow.collection("slow").insert_one({"text": text})  # outside the transaction, to be seen while it goes on
        time.sleep(SLOW_SECONDS)
    if mood == "refused":
        raise Conflict("a rule says no")
    if mood == "broken":
        raise RuntimeError("it always breaks")
    if mood == "early" and not Notes(uow).first({"text": "the fact it needs"}, scope=PLATFORM):
        raise NotYetKnown("the fact it needs is not known here yet")


@reaction("source.thing.happened")
def count_it(uow: UnitOfWork, *, text: Words) -> None:
    uow.collection("counted").insert_one({"text": text}, session=uow.session)


@command
def write(uow: UnitOfWork, *, text: Words) -> dict[str, Any]:
    return {"id": _write(uow, text)}


@query
def break_down() -> dict[str, Any]:
    raise RuntimeError("mongodb://me:topsecret@database/ is not for others to see")


class SampleService(Service):
    name = "sample"
    repositories = (Notes,)
    reactions = (take_note, count_it)
    commands = (write,)
    queries = (break_down,)


def _write(uow: UnitOfWork, text: str) -> str:
    return Notes(uow).save(Note.write(id=uow.new_id("nte"), text=text)).id


class StockService:
    """The same on unmodified nameko, which shows the faults that the chassis removes."""

    name = "stock"

    @event_handler("source", "thing.happened")
    def take_note(self, data: Any) -> None:
        # Only what the tests look at; the settings of this process name the database.
        heard = MongoClient[dict[str, Any]](os.environ["MONGO_URI"])["stock"]["heard"]
        heard.insert_one({"text": data["text"]})
        if data.get("mood") == "broken":
            raise RuntimeError("it always breaks")

    @rpc
    def ping(self) -> str:
        return "pong"
