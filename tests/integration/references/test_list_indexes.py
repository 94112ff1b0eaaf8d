"""Every order that a list can have is found by an index: within one organisation, and in all."""

from typing import Any

import pytest

from chassis.domain.scope import PLATFORM, Scope
from chassis.persistence.pagination import order_named
from chassis.persistence.repository import Repository
from chassis.persistence.unit_of_work import Store
from chassis.schemas.messages import SORT_ORDERS
from chassis.schemas.operations import declared
from cli.connection.services import services

SERVICES = services()
OWN = Scope(subject="anna", organisation="prt_1")
ORDERS = [
    (repository, order)
    for service in SERVICES.values()
    for repository in service.repositories
    for name in repository.sorted_by
    for order in (name, f"-{name}")
]


@pytest.mark.parametrize("scope", [PLATFORM, OWN], ids=["all", "own"])
@pytest.mark.parametrize(("repository", "sort"), ORDERS, ids=lambda it: it if isinstance(it, str) else it.collection)
def test_a_list_in_this_order_is_read_from_an_index(
    store: Store, repository: type[Repository[Any]], sort: str, scope: Scope
) -> None:
    documents = store.database[repository.collection]
    documents.create_indexes(repository.all_indexes())

    order = order_named(sort)
    plan = documents.find(scope.narrow(repository.owner_field)).sort(order.keys).explain()["queryPlanner"]

    assert "'SORT'" not in str(plan["winningPlan"])


@pytest.mark.parametrize("name", SERVICES)
def test_what_the_lists_of_a_service_can_be_sorted_by_is_what_its_repositories_have_indexes_for(name: str) -> None:
    service = SERVICES[name]
    sorts = [each.reader.fields["sort"] for each in map(declared, service.queries) if "sort" in each.reader.fields]
    offered = {order.removeprefix("-") for sort in sorts for order in sort.validate.choices}

    assert offered - {order.removeprefix("-") for order in SORT_ORDERS} == {
        by for repository in service.repositories for by in repository.sorted_by
    }
