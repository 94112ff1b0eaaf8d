"""What another system calls partners and people is one of theirs in the whole instance, on the real database."""

import pytest

from chassis.domain.external_ids import ExternalIdTaken
from chassis.persistence.unit_of_work import Store
from chassis.schemas.messages import Paging
from services.partners.views.partner import list_partners
from services.partners.views.person import list_people
from tests.integration.partners.test_use_cases import add, do, indexes, propose

__all__ = ["indexes"]


def test_a_partner_is_shown_and_found_by_it_and_no_other_has_it(store: Store) -> None:
    first, other = propose(store, external_id="CRM:1"), propose(store, external_id="CRM:2")

    with pytest.raises(ExternalIdTaken, match=f"partner {first['id']} has external_id 'CRM:1' already"):
        propose(store, external_id="CRM:1")

    found = do(store, list_partners, paging=Paging(), external_id="CRM:2")["items"]
    assert [(each["id"], each["external_id"]) for each in found] == [(other["id"], "CRM:2")]


def test_a_person_is_found_by_it_and_nobody_of_another_partner_has_it(store: Store) -> None:
    partners = propose(store), propose(store)
    first = add(store, partner_id=partners[0]["id"], external_id="HR/1")

    with pytest.raises(ExternalIdTaken, match=f"person {first['id']} has external_id 'HR/1' already"):
        add(store, partner_id=partners[1]["id"], email="bo@jonkoping.example", external_id="HR/1")

    found = do(store, list_people, paging=Paging(), external_id="HR/1")["items"]
    assert [each["id"] for each in found] == [first["id"]]
