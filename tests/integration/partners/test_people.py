"""One person is one record, whatever becomes of their address, their roles and their partner, on the real database."""

from datetime import date
from typing import Any

import pytest

from chassis.domain.errors import NotFound, Stale, UnknownReference
from chassis.persistence.repository import AlreadyExists
from chassis.persistence.unit_of_work import Store
from chassis.schemas.messages import Paging
from chassis.schemas.operations import NeedsEveryOrganisation
from services.partners.model.person_lifecycle import FormerAddressOfAnother
from services.partners.use_cases.leadership import name_sponsor
from services.partners.use_cases.person import (
    change_person,
    give_up_role,
    leave_person,
    move_person,
    restore_role,
    return_person,
    take_role,
)
from services.partners.views.leadership import show_leadership
from services.partners.views.person import list_people, show_person
from tests.integration.partners.test_changes import admitted
from tests.integration.partners.test_use_cases import add, do, indexes, of, propose, said

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


def team(store: Store, partner: Answer) -> Answer:
    return do(store, show_leadership, partner_id=partner["id"])


def leadership_changes(store: Store) -> list[Any]:
    return [row["data"] for row in said(store) if row["type"] == "partners.leadership.changed"]


def test_the_team_follows_who_leads_and_who_leaves_and_says_so_in_the_programme(store: Store) -> None:
    partner = admitted(store)
    (first,) = team(store, partner)["leaders"]

    second = add(store, partner_id=partner["id"], email="bo@jonkoping.example")
    add(store, partner_id=partner["id"], email="cy@jonkoping.example", role="delegate")
    do(store, change_person, person_id=second["id"], version=1, role="improver")
    do(store, leave_person, person_id=first["person_id"], version=1)
    do(store, return_person, person_id=first["person_id"], version=2, reason="It was another Åsa")

    changes = leadership_changes(store)
    assert [(each["change"], each["person_id"]) for each in changes] == [
        ("leader_joined", second["id"]), ("leader_left", second["id"]),
        ("leader_left", first["person_id"]), ("leader_joined", first["person_id"]),
    ]  # fmt: skip
    assert [each["until"] for each in team(store, partner)["leaders"]] == ["2026-06-01", "2026-06-01", None]


def test_the_team_follows_who_takes_the_role_of_a_leader_gives_it_up_and_never_did(store: Store) -> None:
    partner = admitted(store)
    bo = add(store, partner_id=partner["id"], email="bo@jonkoping.example", role="delegate")
    asked = {"person_id": bo["id"], "role": "leader"}

    do(store, take_role, **asked, version=1, since=date(2026, 5, 4), reason="Åsa retires")
    do(store, give_up_role, **asked, version=2)
    restored = do(store, restore_role, **asked, version=3, reason="It was another Bo")

    assert restored["roles"][1] == {
        "role": "leader", "partner_id": partner["id"], "since": "2026-05-04", "until": None,
        "ended_by_leaving": False, "reason": "It was another Bo",
    }  # fmt: skip
    assert [each["change"] for each in leadership_changes(store)] == ["leader_joined", "leader_left", "leader_joined"]
    assert team(store, partner)["leaders"][-1]["person_id"] == bo["id"]


def test_somebody_is_found_by_each_role_they_have_and_by_none_they_gave_up(store: Store) -> None:
    partner = propose(store)
    person = add(store, partner_id=partner["id"])
    asked = {"person_id": person["id"], "role": "delegate"}

    do(store, take_role, **asked, version=1)
    assert [each["id"] for each in do(store, list_people, paging=Paging(), role="delegate")["items"]] == [person["id"]]
    assert do(store, list_people, paging=Paging(), role="delegate", email="bo@jonkoping.example")["items"] == []
    do(store, give_up_role, **asked, version=2)

    assert do(store, list_people, paging=Paging(), role="delegate")["items"] == []
    assert do(store, list_people, of(partner), paging=Paging(), role="leader", email=OLD)["items"]


def test_who_moves_leads_the_other_partner_and_is_seen_by_the_one_before_no_more(store: Store) -> None:
    before, after = admitted(store), propose(store, name="Bellin Health")
    person_id = team(store, before)["leaders"][0]["person_id"]
    asked = {"person_id": person_id, "version": 1, "partner_id": after["id"], "role": "leader"}

    with pytest.raises(NeedsEveryOrganisation):
        do(store, move_person, of(before), **asked, reason="She said so")
    moved = do(store, move_person, **asked, reason="She said so", email="asa@bellin.example")

    assert [(each["partner_id"], each["until"]) for each in moved["roles"]] == [
        (before["id"], "2026-06-01"), (after["id"], None),
    ]  # fmt: skip
    assert [each["until"] for each in team(store, before)["leaders"]] == ["2026-06-01"]
    assert [each["person_id"] for each in team(store, after)["leaders"]] == [person_id]
    assert [each["change"] for each in leadership_changes(store)] == ["leader_left"]
    with pytest.raises(NotFound):
        do(store, show_person, of(before), person_id=person_id)
    assert do(store, list_people, of(before), paging=Paging(), email="asa@bellin.example")["items"] == []
    assert do(store, show_person, of(after), person_id=person_id) == moved


def test_nobody_moves_to_where_somebody_has_their_address_or_to_no_partner_at_all(store: Store) -> None:
    before, after = propose(store), propose(store, name="Bellin Health")
    person = add(store, partner_id=before["id"])
    add(store, partner_id=after["id"])
    asked = {"person_id": person["id"], "version": 1, "role": "leader", "reason": "She said so"}

    with pytest.raises(AlreadyExists):
        do(store, move_person, **asked, partner_id=after["id"])
    with pytest.raises(UnknownReference):
        do(store, move_person, **asked, partner_id="prt_unknown")
    assert do(store, show_person, person_id=person["id"])["partner_id"] == before["id"]


def test_a_sponsor_is_named_on_what_was_seen_and_is_none_when_they_leave(store: Store) -> None:
    partner = admitted(store)
    seen = team(store, partner)
    leader_id = seen["leaders"][0]["person_id"]
    asked = {"partner_id": partner["id"], "version": seen["version"]}

    named = do(store, name_sponsor, **asked, sponsor_id=leader_id)
    with pytest.raises(Stale):
        do(store, name_sponsor, **asked, sponsor_id=None)
    do(store, leave_person, person_id=leader_id, version=1)

    assert named["sponsor_id"] == leader_id
    assert team(store, partner)["sponsor_id"] is None
    assert [each["change"] for each in leadership_changes(store)] == ["sponsor_named", "sponsor_left"]


def test_the_team_of_before_teams_were_kept_is_who_is_on_record(store: Store) -> None:
    partner = admitted(store)
    store.database["leadership_teams"].delete_many({})

    joined = add(store, partner_id=partner["id"], email="bo@jonkoping.example")

    leaders = team(store, partner)["leaders"]
    assert [each["since"] for each in leaders] == [None, "2026-06-01"]
    assert leadership_changes(store)[-1]["leader_ids"] == [leaders[0]["person_id"], joined["id"]]


def test_a_partner_sees_its_own_team_and_no_other(store: Store) -> None:
    own, other = admitted(store), propose(store, name="Bellin Health")

    assert do(store, show_leadership, of(own), partner_id=own["id"]) == team(store, own)
    with pytest.raises(NotFound):
        do(store, show_leadership, of(own), partner_id=other["id"])
