"""What each service keeps of a person, for whoever asks what is kept of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Annotated, Any

from chassis.domain.aggregate import PERSONAL
from chassis.domain.scope import EVERY_ORGANISATION, PLATFORM
from chassis.persistence.documents import to_public
from chassis.persistence.pagination import order_named
from chassis.persistence.repository import Repository
from chassis.persistence.unit_of_work import OUTBOX, Reading
from chassis.schemas.fields import Id
from chassis.schemas.operations import query

MOST_OF_A_KIND = 500
"""Of one kind of thing; of more the last ones are given."""


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What a service keeps of somebody, of one kind."""

    kind: str
    items: list[Any] = field(metadata=PERSONAL)
    are_all: bool
    """Whether there are no more of this kind than are here."""


@dataclass(frozen=True, kw_only=True)
class PersonalData:
    """All that a service keeps of somebody."""

    person_id: str
    service: str
    kept: list[Kept] = field(metadata=PERSONAL)


@query(needs=EVERY_ORGANISATION)
def export_person(
    reading: Reading, repositories: tuple[type[Repository[Any]], ...], *, person_id: Annotated[str, Id("per")]
) -> PersonalData:
    """Show all that this service keeps of a person: what is about them, and archived events that describe them."""
    kept = [*_things(reading, repositories, person_id), _events(reading, person_id)]
    return PersonalData(person_id=person_id, service=reading.service, kept=[each for each in kept if each.items])


def _things(reading: Reading, repositories: Iterable[type[Repository[Any]]], person_id: str) -> Iterator[Kept]:
    """Give what is about somebody, and what is about such a thing in turn, as what a delegate needs is."""
    ids, last_first = [person_id], order_named("-id")
    for repository in repositories:
        theirs = {"$or": [{name: {"$in": ids}} for name in repository.people_in]}
        if repository.people_in:
            found = repository(reading).page(theirs, scope=PLATFORM, limit=MOST_OF_A_KIND, order=last_first)
            ids += [each.id for each in found]
            yield _kept(repository.collection, [to_public(each) for each in found])


def _events(reading: Reading, person_id: str) -> Kept:
    found = reading.collection(OUTBOX).find({"data.person_id": person_id}).sort("_id", -1).limit(MOST_OF_A_KIND)
    return _kept("events", [{"type": row["type"], "data": row["data"]} for row in found])


def _kept(kind: str, items: list[Any]) -> Kept:
    return Kept(kind=kind, items=items, are_all=len(items) < MOST_OF_A_KIND)


OPERATIONS = (export_person,)
