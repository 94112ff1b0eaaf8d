"""Partners and people found by the beginnings of words of their names, on the real database."""

from typing import Any

from chassis.domain.scope import Scope
from chassis.persistence.indexes import apply
from chassis.persistence.search import SEARCH_WORDS
from chassis.persistence.unit_of_work import Store
from chassis.runtime.preparation import indexes_of
from chassis.schemas.messages import Paging
from services.partners.service import PartnersService
from services.partners.views.partner import list_partners
from services.partners.views.person import list_people
from tests.integration.partners.test_use_cases import STAFF, add, do, indexes, of, propose
from tests.waiting import own_store

__all__ = ["indexes"]


def partners(store: Store, scope: Scope = STAFF, **asked: Any) -> list[str]:
    found = do(store, list_partners, scope, paging=Paging(), **asked)
    return [each["name"] for each in found["items"]]


def people(store: Store, scope: Scope = STAFF, **asked: Any) -> list[str]:
    found = do(store, list_people, scope, paging=Paging(), **asked)
    return [each["name"] for each in found["items"]]


def test_partners_are_found_by_name_and_by_more_at_once(store: Store) -> None:
    for name, country in (("Region Jönköping County", "SE"), ("Jonah’s Clinic", "US"), ("Bellin Health", "US")):
        propose(store, name=name, country=country, subdivision=None)

    assert partners(store, q="jon") == ["Region Jönköping County", "Jonah’s Clinic"]
    assert partners(store, q="JÖN", country="US") == ["Jonah’s Clinic"]
    assert partners(store, q="opin") == []


def test_people_are_found_within_the_callers_scope(store: Store) -> None:
    one, other = propose(store), propose(store, name="Bellin Health")
    add(store, partner_id=one["id"], name="Åsa Lindqvist")
    add(store, partner_id=other["id"], name="Asa Berg")
    add(store, partner_id=one["id"], name="Bo Nilsson", email="bo@jonkoping.example")

    assert people(store, q="asa") == ["Åsa Lindqvist", "Asa Berg"]
    assert people(store, of(one), q="asa") == ["Åsa Lindqvist"]
    assert people(store, q="asa", role="coach") == []


def test_people_are_found_by_their_mail_address_however_it_is_spelt(store: Store) -> None:
    partner = propose(store)
    add(store, partner_id=partner["id"], name="Åsa Lindqvist", email="asa@jönköping.example")
    add(store, partner_id=partner["id"], name="Bo Nilsson", email="bo@jonkoping.example")

    assert people(store, email="Asa@xn--jnkping-90ac.EXAMPLE") == ["Åsa Lindqvist"]
    assert people(store, email="cy@jonkoping.example") == []


def test_a_search_looks_only_at_the_partners_and_people_who_have_the_word(mongo_uri: str) -> None:
    with own_store(mongo_uri) as store:
        apply(store.database, indexes_of(PartnersService.repositories, audit_days=1))
        propose(store, name="Bellin Health")
        add(store, role="coach", name="Åsa Bellin")
        for collection in ("partners", "people"):
            store.database[collection].insert_many({SEARCH_WORDS: ["other"], "number": each} for each in range(200))

        store.database.command("profile", 2)
        assert (partners(store, q="bell"), people(store, q="bell")) == (["Bellin Health"], ["Åsa Bellin"])
        store.database.command("profile", 0)

        assert looked_at(store, "partners") == looked_at(store, "people") == [1]


def looked_at(store: Store, collection: str) -> list[int]:
    """How many documents each query that was profiled has read."""
    profiled = {"op": "query", "ns": f"{store.database.name}.{collection}"}
    return [each["docsExamined"] for each in store.database["system.profile"].find(profiled)]
