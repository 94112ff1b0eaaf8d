"""One person is one record, whatever becomes of their address, their roles and their partner, on the real database."""

from typing import Any

import pytest

from chassis.persistence.unit_of_work import Store
from chassis.schemas.messages import Paging
from services.partners.model.person_lifecycle import FormerAddressOfAnother
from services.partners.use_cases.person import change_person
from services.partners.views.person import list_people
from tests.integration.partners.test_use_cases import add, do, indexes, of, propose

__all__ = ["indexes"]
Answer = dict[str, Any]
OLD, NEW = "asa@jonkoping.example", "asa@region.example"


def moved_address(store: Store, partner: Answer) -> Answer:
    """Somebody of a partner who was written to at another address before."""
    person = add(store, partner_id=partner["id"], email=OLD)
    return do(store, change_person, person_id=person["id"], version=person["version"], email=NEW)


def test_who_joins_under_a_former_address_is_found_to_be_on_record(store: Store) -> None:
    partner = propose(store)
    person = moved_address(store, partner)

    with pytest.raises(FormerAddressOfAnother, match=rf"{person['id']} had the address .*same_address_is_meant"):
        add(store, partner_id=partner["id"], email="ASA@jonkoping.example")

    assert store.database["people"].count_documents({}) == 1


def test_a_former_address_is_taken_by_another_person_only_if_that_is_meant(store: Store) -> None:
    partner = propose(store)
    person = moved_address(store, partner)
    other = add(store, partner_id=partner["id"], email="bo@jonkoping.example")
    asked = {"person_id": other["id"], "version": 1, "email": OLD}

    with pytest.raises(FormerAddressOfAnother, match=person["id"]):
        do(store, change_person, **asked)
    assert do(store, change_person, **asked, same_address_is_meant=True)["email"] == OLD
    assert do(store, change_person, person_id=other["id"], version=2, name="Bo")["name"] == "Bo"


def test_whoever_goes_back_to_an_address_of_their_own_needs_no_word_for_it(store: Store) -> None:
    person = moved_address(store, propose(store))

    back = do(store, change_person, person_id=person["id"], version=2, email=OLD)

    assert [each["email"] for each in back["former_addresses"]] == [OLD, NEW]


@pytest.mark.parametrize("address", [OLD, "Asa@JONKOPING.example", NEW])
def test_somebody_is_found_by_every_address_they_had_and_by_nobody_who_may_not_see_them(
    store: Store, address: str
) -> None:
    partner, other = propose(store), propose(store, name="Bellin Health")
    person = moved_address(store, partner)
    add(store, partner_id=partner["id"], email="bo@jonkoping.example")

    assert do(store, list_people, paging=Paging(), email=address)["items"] == [person]
    assert do(store, list_people, of(other), paging=Paging(), email=address)["items"] == []
