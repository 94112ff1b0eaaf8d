"""Where sessions are kept, and the results they may be about."""

from collections.abc import Sequence
from typing import TypeVar

from pymongo import IndexModel

from chassis.domain.errors import UnknownReference
from chassis.domain.scope import PLATFORM, Scope
from chassis.persistence.repository import Repository
from services.camps.model.programme.evidence import ABOUT
from services.camps.model.programme.result import Cycle, Initiative, LiveResult, Measure, Milestone, Result, Signal
from services.camps.model.programme.session import Session

R = TypeVar("R", bound=Result)
L = TypeVar("L", bound=LiveResult)


class Results(Repository[R]):
    """Every result of one kind with a processed event; each belongs to its partner."""

    owner_field = "partner_id"

    def keep(self, id: str, partner_id: str, *, sequence: int) -> None:
        """Keep by which event it holds, or holds no longer; raises Superseded."""
        known = self.first({"_id": id}, scope=PLATFORM) or self.aggregate(id=id, partner_id=partner_id)
        known.keep(sequence=sequence)
        self.save(known)


class Milestones(Results[Milestone]):
    """Every milestone that was reached or reopened."""

    collection = "milestones"
    aggregate = Milestone


class Initiatives(Results[Initiative]):
    """Every initiative that was scored."""

    collection = "initiatives"
    aggregate = Initiative


class Cycles(Results[Cycle]):
    """Every PDSA cycle of which it was decided what becomes of the change."""

    collection = "cycles"
    aggregate = Cycle


class LiveResults(Results[L]):
    """Every measure, or signal, that was heard of."""

    def about(self, id: str, partner_id: str) -> L:
        """Give what is known of one, if only whose it is."""
        return self.first({"_id": id}, scope=PLATFORM) or self.aggregate(id=id, partner_id=partner_id)

    def shown(self, id: str | None, *, by: str, scope: Scope) -> L | None:
        """Give what a command names in a field, of those the caller may see, and rely on it; None where it names none.

        Raises PerhapsNotKnownYet and UnknownReference, at that field.
        """
        if id is None:
            return None
        self.referenced(id, by=by)
        return self.named(id, by=by, scope=scope)

    def known_as(self, id: str | None) -> L | None:
        """Give what a session shows, if it shows one."""
        return self.first({"_id": id}, scope=PLATFORM) if id else None


class Signals(LiveResults[Signal]):
    """Every signal that was detected."""

    collection = "signals"
    aggregate = Signal


class Measures(LiveResults[Measure]):
    """Every measure that was defined."""

    collection = "measures"
    aggregate = Measure


OF_RESULTS = (Milestones, Initiatives, Cycles, Signals, Measures)
"""All of these, for the contents page of the service."""


def _once_at_a_camp(member: str) -> IndexModel:
    return IndexModel(["camp_id", member], unique=True, partialFilterExpression={member: {"$gt": ""}})


def _where_there_is_one(member: str) -> IndexModel:
    return IndexModel(member, partialFilterExpression={member: {"$gt": ""}})


class Sessions(Repository[Session]):
    """Every session, one at a camp for each result; each is its partner's, or the institute's own."""

    collection = "sessions"
    aggregate = Session
    owner_field = "partner_id"
    indexes = (*(_once_at_a_camp(member) for member in ABOUT.values()), IndexModel(["camp_id", "state"]),
               *(_where_there_is_one(member) for member in ("measure_id", "signal_id")))  # fmt: skip

    def named_at(self, camp_id: str, id: str, *, by: str) -> Session:
        """Give what a command names as a session of a camp; raises UnknownReference, at that field."""
        found = self.named(id, by=by, scope=PLATFORM)
        if found.camp_id != camp_id:
            raise UnknownReference.at(f"/{by}", "unknown", f"A session at {camp_id} is expected; got '{id}'")
        return found

    def touch_all(self, ids: Sequence[str]) -> None:
        """Have what is stored now stored only if each of these is still as it was read, as `touch` does."""
        theirs = {"_id": {"$in": list(ids)}}
        self._documents.update_many(theirs, {"$inc": {"touched": 1}}, session=self._unit_of_work.session)
