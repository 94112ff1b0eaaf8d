"""One of several processes that answer the same invitations at once, and looks at the ledger after each command."""

import random
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from pymongo import MongoClient
from pymongo.errors import PyMongoError

from chassis.domain.identity import new_id
from chassis.persistence.unit_of_work import Store
from tests.integration.camps.harness import CampsHarness
from tests.waiting import FixedClock

ANSWERS = ("accept_invitation", "answer_tentatively", "decline_invitation", "undo_answer")


@dataclass(frozen=True, kw_only=True)
class Observations:
    """What one process saw: every ledger as it was stored at some time, and how its commands ended."""

    ledgers: list[dict[str, Any]]
    ends: Counter[str]


def issue_commands(job: tuple[str, str, int, int]) -> Observations:
    """Give so many commands to the camp's invitations, by chance but with the same seed the same ones."""
    mongo_uri, database, commands, seed = job
    with MongoClient[dict[str, Any]](mongo_uri, tz_aware=True) as client:
        store = Store(service="test", database=client[database], clock=FixedClock(), new_id=new_id, envelope_fields={})
        return _issue_commands(CampsHarness(store), commands, random.Random(seed))


def _issue_commands(camps: CampsHarness, commands: int, chance: random.Random) -> Observations:
    observed = Observations(ledgers=[], ends=Counter())
    (camp,) = camps.all("list_camps")
    for _ in range(commands):
        answered = _answer(camps, chance)
        observed.ends[answered.get("fault", {}).get("code", "ok")] += 1
        with suppress(PyMongoError):  # as the loop does, which comes again
            camps.time_goes_by(chance.choice((timedelta(0), timedelta(minutes=30))))
        observed.ledgers.append(camps.ledger(camp))
    return observed


def _answer(camps: CampsHarness, chance: random.Random) -> dict[str, Any]:
    with_seats = list(camps.store.database["invitations"].find({"state": {"$ne": "waitlisted"}}))
    invitation, operation = chance.choice(with_seats), chance.choice(ANSWERS)
    said = {"seats": chance.randint(1, invitation["seats"])} if operation == "accept_invitation" else {}
    about = {"invitation_id": invitation["_id"], "version": invitation["version"]}
    return camps.call(operation, id=new_id("cmd"), **about, **said)
