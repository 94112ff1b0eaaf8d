"""What other systems call things is one thing's, also for who comes at the same time, on the real database."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier

import pytest

from chassis.domain.causation import Cause
from chassis.domain.external_ids import ExternalIdTaken, KnownElsewhere
from chassis.domain.scope import PLATFORM
from chassis.persistence.repository import Repository
from chassis.persistence.unit_of_work import Store, UnitOfWork

CAUSE = Cause(correlation_id="req_1")
AT_ONCE = 8


@dataclass(kw_only=True)
class Thing(KnownElsewhere):
    owner: str = "org_1"


class Things(Repository[Thing]):
    collection = "things"
    aggregate = Thing
    owner_field = "owner"
    external_ids_within = ("owner",)


class ThingsAnywhere(Things):
    external_ids_within = ()


@pytest.fixture(params=[Things, ThingsAnywhere], ids=["within its owner", "anywhere"])
def things(request: pytest.FixtureRequest, store: Store) -> type[Things]:
    kept: type[Things] = request.param
    store.database["things"].create_indexes(kept.all_indexes())
    return kept


def stored(store: Store, things: type[Things], external_id: str | None, *, owner: str = "org_1") -> Thing:
    def step(uow: UnitOfWork) -> Thing:
        return things(uow).save(Thing(id=uow.new_id("thg"), external_id=external_id, owner=owner))

    return store.transact(step, cause=CAUSE)


def test_a_second_thing_of_the_same_name_is_refused_and_the_first_is_named(store: Store, things: type[Things]) -> None:
    first = stored(store, things, "QI-7")

    with pytest.raises(ExternalIdTaken, match=f"thing {first.id} has external_id 'QI-7' already") as refused:
        stored(store, things, "QI-7")

    assert (refused.value.kind, refused.value.code) == ("conflict", "external_id_taken")


def test_what_has_no_such_name_may_be_many(store: Store, things: type[Things]) -> None:
    for name in (None, None, "QI-7", "QI-8"):
        stored(store, things, name)

    assert store.database["things"].count_documents({}) == 4


def test_what_owners_call_theirs_is_their_own_affair_unless_it_is_unique_anywhere(store: Store) -> None:
    store.database["things"].create_indexes(Things.all_indexes())

    assert [stored(store, Things, "QI-7", owner=owner).version for owner in ("org_1", "org_2")] == [1, 1]


def test_unique_anywhere_is_unique_for_all_owners(store: Store) -> None:
    store.database["things"].create_indexes(ThingsAnywhere.all_indexes())
    first = stored(store, ThingsAnywhere, "QI-7", owner="org_1")

    with pytest.raises(ExternalIdTaken, match=first.id):
        stored(store, ThingsAnywhere, "QI-7", owner="org_2")


def test_of_those_who_come_at_the_same_time_one_is_first_and_the_others_are_told_which(
    store: Store, things: type[Things]
) -> None:
    together = Barrier(AT_ONCE)

    def come(_: int) -> str:
        together.wait(timeout=10)
        try:
            return stored(store, things, "QI-7").id
        except ExternalIdTaken as taken:
            return str(taken)

    with ThreadPoolExecutor(AT_ONCE) as callers:
        answers = list(callers.map(come, range(AT_ONCE)))

    (first,) = store.database["things"].find()
    assert sorted(answers) == sorted([first["_id"], *[f"thing {first['_id']} has external_id 'QI-7' already"] * 7])


def test_something_is_found_by_its_name_from_an_index(store: Store, things: type[Things]) -> None:
    wanted = {"external_id": "QI-7"}

    plans = [
        store.database["things"].find({"$and": each}).explain()["queryPlanner"]["winningPlan"]
        for each in ([wanted, PLATFORM.narrow("owner")], [wanted, {"owner": "org_1"}])
    ]

    assert all("external_id_1" in str(plan) and "COLLSCAN" not in str(plan) for plan in plans)
