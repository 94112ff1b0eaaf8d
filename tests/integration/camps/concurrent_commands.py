"""One of several processes that lead the same camp at once, and looks at who comes after each command."""

import random
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from pymongo import MongoClient
from pymongo.database import Database
from pymongo.errors import PyMongoError

from chassis.domain.identity import new_id
from chassis.persistence.unit_of_work import Store
from tests.integration.camps.harness import CampsHarness
from tests.waiting import FixedClock

ANSWERS = ("accept_invitation", "answer_tentatively", "decline_invitation", "undo_answer")
AFTER_ANSWERS = datetime(2026, 6, 10, 9, 0, tzinfo=UTC)
"""Answers are over, so that staff may freeze the camp; staff answers for partners."""
OF_STAFF = {
    "withdraw_invitation": 2, "reissue_invitation": 4, "leave_waitlist": 2, "change_camp": 4,
    "freeze_camp": 2, "unfreeze_camp": 3,
}  # fmt: skip
"""What staff does, and how often: while a camp is frozen most else is refused."""
LATER = OF_STAFF | {"postpone_camp": 1, "reschedule_camp": 5}
"""What staff does in the second half: with other days answers are due again, and it cannot be frozen by hand."""
OF_DELEGATES = ("confirm_delegate", "substitute_delegate", "withdraw_delegate", "restore_delegate")
TAKING = ("accepted", "reconfirm")
"""Where an invitation stands that has seats for delegates."""
ADDRESSES = 60


@dataclass(frozen=True, kw_only=True)
class Observations:
    """What one process saw: how its commands ended, and each invitation with more delegates than seats."""

    ends: Counter[tuple[str, str]]
    overfull: list[str]

    @property
    def codes(self) -> Counter[str]:
        """How many commands ended with which code, `ok` if they were carried out."""
        return sum((Counter({code: times}) for (_, code), times in self.ends.items()), start=Counter[str]())


def issue_commands(job: tuple[str, str, int, int]) -> Observations:
    """Give so many commands about the camp and its invitations, by chance but with the same seed the same ones.

    All begin by taking the freeze back, as if they had heard of it at the same moment.
    """
    mongo_uri, database, commands, seed = job
    with MongoClient[dict[str, Any]](mongo_uri, tz_aware=True) as client:
        return _issue_commands(_camps(client[database]), commands, random.Random(seed))


def end_it(job: tuple[str, str, int]) -> Observations:
    """Cancel the camp, as the others do at the same time, and answer and name as if it still took place."""
    mongo_uri, database, seed = job
    with MongoClient[dict[str, Any]](mongo_uri, tz_aware=True) as client:
        camps, chance = _camps(client[database]), random.Random(seed)
        observed = Observations(ends=Counter(), overfull=[])
        for each in (_answer, _of_delegates, _cancel, _of_delegates, _answer, _cancel):
            observed.ends[each(camps, chance)] += 1
        return observed


def _camps(database: Database[dict[str, Any]]) -> CampsHarness:
    clock = FixedClock(AFTER_ANSWERS)
    return CampsHarness(Store(service="test", database=database, clock=clock, new_id=new_id, envelope_fields={}))


def _issue_commands(camps: CampsHarness, commands: int, chance: random.Random) -> Observations:
    observed = Observations(ends=Counter(), overfull=[])
    for number in range(commands):
        of_staff = partial(_of_staff, weights=OF_STAFF if number < commands / 2 else LATER)
        (by_chance,) = chance.choices((of_staff, _answer, _of_delegates), weights=(3, 4, 3))
        kind = by_chance if number else _unfreeze
        observed.ends[kind(camps, chance)] += 1
        with suppress(PyMongoError):  # as the loop does, which comes again
            camps.time_goes_by(chance.choice((timedelta(0), timedelta(minutes=30))))
        observed.overfull.extend(_overfull(camps))
    return observed


def _of_staff(camps: CampsHarness, chance: random.Random, *, weights: Mapping[str, int]) -> tuple[str, str]:
    """Withdraw, issue again, change the number of seats or the days, freeze and unfreeze."""
    (operation,) = chance.choices(list(weights), weights=list(weights.values()))
    if operation.endswith("_camp"):
        return _of_camp(camps, operation, **_said_of_camp(operation, chance))
    invitation = chance.choice(list(camps.store.database["invitations"].find()))
    about = {"invitation_id": invitation["_id"], "version": invitation["version"]}
    return _done(camps, operation, **about, reason="By chance")


def _said_of_camp(operation: str, chance: random.Random) -> dict[str, Any]:
    """Give other days with a last day to answer that is soon over, so that it is frozen again."""
    first = chance.randint(13, 20)
    said: dict[str, dict[str, Any]] = {
        "change_camp": {"capacity": chance.randint(45, 60)},
        "postpone_camp": {"reason": "By chance"},
        "reschedule_camp": {
            "starts_on": f"2026-07-{first}",
            "ends_on": f"2026-07-{first + 2}",
            "answer_by": "2026-06-10",
        },
    }
    return said.get(operation, {})


def _unfreeze(camps: CampsHarness, chance: random.Random) -> tuple[str, str]:
    return _of_camp(camps, "unfreeze_camp")


def _cancel(camps: CampsHarness, chance: random.Random) -> tuple[str, str]:
    return _of_camp(camps, "cancel_camp", reason="By chance")


def _of_camp(camps: CampsHarness, operation: str, **said: Any) -> tuple[str, str]:
    camp = camps.store.database["camps"].find_one() or {}
    return _done(camps, operation, camp_id=camp["_id"], version=camp["version"], **said)


def _answer(camps: CampsHarness, chance: random.Random) -> tuple[str, str]:
    with_seats = list(camps.store.database["invitations"].find({"state": {"$ne": "waitlisted"}}))
    invitation, operation = chance.choice(with_seats), chance.choice(ANSWERS)
    said = {"seats": chance.randint(1, invitation["seats"])} if operation == "accept_invitation" else {}
    return _done(camps, operation, invitation_id=invitation["_id"], version=invitation["version"], **said)


def _of_delegates(camps: CampsHarness, chance: random.Random) -> tuple[str, str]:
    """Name somebody where a partner comes, or do something about one who is named."""
    number = chance.randrange(ADDRESSES)
    somebody = {"name": f"N{number}", "email": f"n{number}@region.example"}
    named = list(camps.store.database["delegates"].find())
    if named and chance.random() < 0.5:
        one, operation = chance.choice(named), chance.choice(OF_DELEGATES)
        said = somebody if operation == "substitute_delegate" else {}
        return _done(camps, operation, delegate_id=one["_id"], version=one["version"], **said)
    coming = list(camps.store.database["invitations"].find({"state": {"$in": TAKING}}))
    if not coming:
        return _answer(camps, chance)
    return _done(camps, "name_delegate", invitation_id=chance.choice(coming)["_id"], role="Nurse", **somebody)


def _done(camps: CampsHarness, operation: str, **asked: Any) -> tuple[str, str]:
    answered = camps.call(operation, id=new_id("cmd"), **asked)
    return operation, answered.get("fault", {}).get("code", "ok")


def _overfull(camps: CampsHarness) -> list[str]:
    """Give the invitations for which more people come than they have seats, all as of one moment."""
    database = camps.store.database
    with database.client.start_session(snapshot=True) as session:
        comes: Counter[str] = Counter(
            each["invitation_id"]
            for each in database["delegates"].find({"state": {"$in": ["named", "confirmed"]}}, session=session)
        )
        return [
            each["_id"]
            for each in database["invitations"].find({"_id": {"$in": list(comes)}}, session=session)
            if comes[each["_id"]] > (each["seats"] if each["state"] in TAKING else 0)
        ]
