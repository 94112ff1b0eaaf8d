"""What is one and the same: partners by name and place, people by their mail address, whatever the spelling."""

from typing import Any

import pytest

from chassis.domain.scope import PLATFORM
from chassis.persistence.repository import AlreadyExists
from chassis.persistence.unit_of_work import Store, UnitOfWork
from services.partners.model.partner import Partner, PartnerAlreadyProposed
from services.partners.repository.partner import Partners
from services.partners.use_cases.person import change_person
from tests.builders.partners import a_partner
from tests.integration.partners.test_changes import change
from tests.integration.partners.test_use_cases import CAUSE, add, do, indexes, propose

__all__ = ["indexes"]
BELLIN = {"name": "Müller  Klinik", "place": "Green Bay, WI", "same_name_is_meant": False}


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Müller  Klinik", "Green Bay, WI"),
        ("MÜLLER KLINIK", "green bay,\u00a0wi"),
        ("Mu\u0308ller Klinik", "Green Bay, WI"),
        ("Mül\u200bler Klinik", "Green  Bay, WI"),
    ],
)
def test_a_second_partner_of_the_same_name_and_place_is_refused_and_the_first_is_named(
    store: Store, name: str, place: str
) -> None:
    first = propose(store, **BELLIN)

    with pytest.raises(PartnerAlreadyProposed, match=f"{first['id']} .*same_name_is_meant"):
        propose(store, **{**BELLIN, "name": name, "place": place})

    assert store.database["partners"].count_documents({}) == 1


@pytest.mark.parametrize(("name", "place"), [("Muller Klinik", "Green Bay, WI"), ("Müller Klinik", None)])
def test_another_name_or_place_is_another_partner(store: Store, name: str, place: str | None) -> None:
    propose(store, **BELLIN)

    assert propose(store, **{**BELLIN, "name": name, "place": place})["version"] == 1


def test_a_second_partner_that_is_meant_is_taken_and_a_third_is_refused_like_the_second(store: Store) -> None:
    first = propose(store, **BELLIN)
    second = propose(store, **{**BELLIN, "same_name_is_meant": True})

    with pytest.raises(PartnerAlreadyProposed, match=first["id"]):
        propose(store, **BELLIN)
    assert change(store, second, kind="hospital")["kind"] == "hospital"
    assert "same_name_is_meant" not in second


def test_a_partner_takes_the_name_of_another_one_only_if_that_is_meant(store: Store) -> None:
    first, other = propose(store, **BELLIN), propose(store, **{**BELLIN, "name": "Another"})

    with pytest.raises(PartnerAlreadyProposed, match=first["id"]):
        change(store, other, name="Müller Klinik")
    assert change(store, other, name="Müller Klinik", same_name_is_meant=True)["name"] == "Müller Klinik"


def test_a_name_that_was_given_up_is_free_and_ones_own_can_be_written_in_another_way(store: Store) -> None:
    first = propose(store, **BELLIN)
    renamed = change(store, first, name="MÜLLER Klinik")
    change(store, renamed, name="Another")

    assert propose(store, **BELLIN)["version"] == 1


def test_of_two_proposals_of_one_name_at_once_the_later_is_refused(store: Store) -> None:
    meanwhile: list[Any] = []

    def later(work: UnitOfWork) -> Partner:
        Partners(work).first({}, scope=PLATFORM)  # from here on it sees what was there before the other proposal
        if not meanwhile:
            meanwhile.append(propose(store, **BELLIN))
        partner = a_partner(id="prt_later", name=BELLIN["name"], place=BELLIN["place"])
        return Partners(work).save_as(partner, same_name_is_meant=False)

    with pytest.raises(PartnerAlreadyProposed, match=r"prt_0\w+ has the name"):
        store.transact(later, cause=CAUSE)
    assert store.database["partners"].count_documents({}) == 1


def test_partners_that_were_stored_without_their_compared_name_change_as_before(store: Store) -> None:
    first, second = (propose(store, **{**BELLIN, "same_name_is_meant": True}) for _ in range(2))
    store.database["partners"].update_many({}, {"$unset": {"name_and_place": "", "namesake": ""}})

    for partner in (first, second):
        assert change(store, partner, kind="hospital")["version"] == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("asa@jonkoping.example", "Asa@JONKOPING.example"),
        ("asa@bücher.example", "asa@xn--bcher-kva.example"),
        ("åsa@jonkoping.example", "a\u030asa@jonkoping.example"),
    ],
)
def test_another_spelling_of_an_address_is_no_other_person(store: Store, one: str, other: str) -> None:
    partner = propose(store)
    assert add(store, partner_id=partner["id"], email=one)["email"] == one
    third = add(store, partner_id=partner["id"], email="third@jonkoping.example")

    with pytest.raises(AlreadyExists):
        add(store, partner_id=partner["id"], email=other)
    with pytest.raises(AlreadyExists):
        do(store, change_person, person_id=third["id"], version=1, email=other)


def test_a_person_can_write_their_own_address_in_another_way(store: Store) -> None:
    person = add(store, role="coach", email="asa@jonkoping.example")

    changed = do(store, change_person, person_id=person["id"], version=1, email="Asa@Jonkoping.example")

    assert changed["email"] == "Asa@Jonkoping.example"
    assert "address" not in changed
