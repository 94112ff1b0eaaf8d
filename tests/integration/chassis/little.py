"""Two services as small as they can be, one on the chassis and one on stock nameko, run as processes by the tests."""

import os
import time
from typing import Any

from marshmallow import fields
from nameko.events import event_handler
from nameko.rpc import rpc
from pymongo import MongoClient

from chassis.domain.errors import Conflict, NotYetKnown
from chassis.domain.scope import PLATFORM, Scope
from chassis.messaging.envelope import Envelope
from chassis.messaging.subscription import reacts_to
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.rpc.server import command, query
from chassis.runtime.service import Service
from chassis.schemas.fields import Text
from chassis.schemas.messages import EmptyRequest, EventData, Request, Response
from tests.integration.chassis.notes import Note, Notes

SLOW_SECONDS = 3


class Happened(EventData):
    text = Text(required=True)
    mood = fields.String(load_default="fine")


class Write(Request):
    text = Text(required=True)


class LittleService(Service):
    name = "little"
    repositories = (Notes,)

    @reacts_to("source.thing.happened", Happened)
    def take_note(self, work: UnitOfWork, event: Envelope, text: str, mood: str) -> None:
        write(work, text)
        if mood == "slow":
            work.collection("slow").insert_one({"text": text})  # outside the transaction, to be seen while it goes on
            time.sleep(SLOW_SECONDS)
        if mood == "refused":
            raise Conflict("a rule says no")
        if mood == "broken":
            raise RuntimeError("it always breaks")
        if mood == "early" and not Notes(work).first({"text": "the fact it needs"}, scope=PLATFORM):
            raise NotYetKnown("the fact it needs is not known here yet")

    @reacts_to("source.thing.happened", Happened)
    def count_it(self, work: UnitOfWork, event: Envelope, text: str, mood: str) -> None:
        work.collection("counted").insert_one({"text": text}, session=work.session)

    @command(Write, answers=Response)
    def write(self, work: UnitOfWork, scope: Scope, text: str) -> dict[str, Any]:
        return {"id": write(work, text)}

    @query(EmptyRequest, answers=Response)
    def break_down(self, work: UnitOfWork, scope: Scope) -> dict[str, Any]:
        raise RuntimeError("mongodb://me:topsecret@database/ is not for others to see")


def write(work: UnitOfWork, text: str) -> str:
    return Notes(work).save(Note.write(id=work.new_id("nte"), text=text)).id


class StockService:
    """The same, as nameko comes: what the cures are cures of."""

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
