"""Partners and people that change, rest and leave, on the real database."""

from typing import Any

import pytest

from chassis.domain.errors import NotFound, Stale
from chassis.domain.scope import Scope
from chassis.persistence.repository import AlreadyExists
from chassis.persistence.unit_of_work import Store
from chassis.schemas.operations import NeedsEveryOrganisation
from services.partners.model.partner_lifecycle import PartnerHasDeparted, PartnerWithoutLeader
from services.partners.model.person_lifecycle import PersonHasLeft
from services.partners.use_cases.partner import (
    change_partner,
    depart_partner,
    graduate_partner,
    pause_partner,
    resume_partner,
)
from services.partners.use_cases.person import change_person, leave_person, return_person
from services.partners.views.person import show_person
from tests.integration.partners.test_use_cases import add, admit, do, indexes, of, propose, said

__all__ = ["indexes"]
Answer = dict[str, Any]


def admitted(store: Store, **shown: Any) -> Answer:
    partner = propose(store, **shown)
    add(store, partner_id=partner["id"])
    return admit(store, partner)


def change(store: Store, partner: Answer, **changed: Any) -> Answer:
    asked = {"partner_id": partner["id"], "version": partner["version"]}
    return do(store, change_partner, **asked, **changed)


def types(store: Store) -> list[str]:
    return [row["type"].removeprefix("partners.") for row in said(store)]


def test_only_the_members_given_are_changed_and_the_continent_follows_the_country(store: Store) -> None:
    partner = admitted(store, country="SE", subdivision="SE-F")

    changed = change(store, partner, country="BR", subdivision=None)

    assert changed == partner | {
        "country": "BR", "subdivision": None, "continent": "south_america", "version": partner["version"] + 1,
    }  # fmt: skip
    assert said(store)[-1]["data"]["continent"] == "south_america"


def test_a_change_that_changes_nothing_is_no_new_version_and_says_nothing(store: Store) -> None:
    partner = admitted(store)

    assert change(store, partner, name=partner["name"]) == partner
    assert change(store, partner) == partner
    assert "partner.profile_changed" not in types(store)


def test_a_partner_rests_comes_back_and_departs_in_order(store: Store) -> None:
    partner = admitted(store)
    asked = {"partner_id": partner["id"]}

    do(store, pause_partner, **asked, version=2, reason="New leadership")
    do(store, resume_partner, **asked, version=3)
    departed = do(store, depart_partner, **asked, version=4, reason="Merged")

    assert (departed["state"], departed["departed_on"]) == ("departed", "2026-06-01")
    of_partner = [row for row in said(store) if row["subject"] == partner["id"]]
    assert [(row["sequence"], row["type"].rpartition(".")[2]) for row in of_partner] == [
        (1, "admitted"), (2, "paused"), (3, "resumed"), (4, "departed"),
    ]  # fmt: skip


def test_only_the_institute_decides_whether_a_partner_rests(store: Store) -> None:
    partner = admitted(store)
    asked = {"partner_id": partner["id"], "version": partner["version"]}

    with pytest.raises(NeedsEveryOrganisation):
        do(store, pause_partner, of(partner), **asked, reason="New leadership")
    with pytest.raises(NeedsEveryOrganisation):
        do(store, change_partner, of(partner), **asked, name="Another name")


def test_a_change_of_what_somebody_else_has_changed_is_stale(store: Store) -> None:
    partner = admitted(store)
    change(store, partner, name="Another name")

    with pytest.raises(Stale):
        change(store, partner, name="A third name")


def test_a_person_changes_address_and_leaves(store: Store) -> None:
    partner = propose(store)
    person = add(store, partner_id=partner["id"])
    asked = {"person_id": person["id"]}

    do(store, change_person, **asked, version=1, email="asa@region.example")
    left = do(store, leave_person, **asked, version=2)

    assert (left["email"], left["state"], left["left_on"]) == ("asa@region.example", "left", "2026-06-01")
    assert types(store) == ["person.joined", "person.changed", "person.left"]
    assert said(store)[1]["data"]["email"] == "asa@region.example"


def test_who_left_by_mistake_is_brought_back_by_staff_with_a_reason(store: Store) -> None:
    partner = propose(store)
    person = add(store, partner_id=partner["id"])
    asked = {"person_id": person["id"], "version": 2}
    do(store, leave_person, person_id=person["id"], version=1)

    with pytest.raises(NeedsEveryOrganisation):
        do(store, return_person, of(partner), **asked, reason="It was another Åsa")
    back = do(store, return_person, **asked, reason="It was another Åsa")

    assert (back["id"], back["state"], back["left_on"]) == (person["id"], "present", None)
    assert [(each["to"], each["reason"], each["by"]) for each in back["history"]] == [
        ("left", None, "staff_1"), ("present", "It was another Åsa", "staff_1"),
    ]  # fmt: skip
    assert types(store) == ["person.joined", "person.left", "person.returned"]


def test_who_left_is_not_put_on_record_a_second_time_but_told_how_they_return(store: Store) -> None:
    partner = propose(store)
    person = add(store, partner_id=partner["id"], email="asa@jonkoping.example")
    do(store, leave_person, person_id=person["id"], version=1)

    with pytest.raises(PersonHasLeft, match=rf"{person['id']} .*left on 2026-06-01: say .* returned"):
        add(store, partner_id=partner["id"], email="ASA@jonkoping.example")


def test_nobody_takes_over_the_address_of_another_person_of_the_partner(store: Store) -> None:
    partner = propose(store)
    add(store, partner_id=partner["id"], email="asa@jonkoping.example")
    other = add(store, partner_id=partner["id"], email="bo@jonkoping.example")

    with pytest.raises(AlreadyExists, match=r"person .*asa@jonkoping\.example"):
        do(store, change_person, person_id=other["id"], version=1, email="asa@jonkoping.example")

    assert types(store) == ["person.joined", "person.joined"]


def test_a_leader_who_has_left_is_none_to_be_admitted_with(store: Store) -> None:
    partner = propose(store)
    leader = add(store, partner_id=partner["id"])
    do(store, leave_person, person_id=leader["id"], version=1)

    with pytest.raises(PartnerWithoutLeader):
        admit(store, partner)


def test_people_of_another_partner_are_not_there_to_be_changed(store: Store) -> None:
    partner, other = propose(store), propose(store, name="Bellin Health")
    person = add(store, partner_id=other["id"])

    with pytest.raises(NotFound):
        do(store, leave_person, of(partner), person_id=person["id"], version=1)


def test_a_coach_sees_their_own_record_and_no_other_of_the_institute(store: Store) -> None:
    coach, other = (
        add(store, role="coach", email=f"{name}@institute.example", name=name.title()) for name in ("ada", "bo")
    )
    scope = Scope(subject="ada", organisation="*", roles=("faculty",), person=coach["id"], assigned=())

    assert do(store, show_person, scope, person_id=coach["id"])["name"] == "Ada"
    with pytest.raises(NotFound):
        do(store, show_person, scope, person_id=other["id"])


def test_who_graduates_is_found_among_the_alumni_and_may_be_admitted_anew(store: Store) -> None:
    partner = admitted(store)
    asked = {"partner_id": partner["id"], "version": partner["version"]}

    graduated = do(store, graduate_partner, **asked, reason="Infections are halved")

    assert (graduated["state"], graduated["history"][-1]["reason"]) == ("graduated", "Infections are halved")
    assert said(store)[-1]["data"]["departed_on"] == graduated["departed_on"]
    with pytest.raises(PartnerHasDeparted):
        change(store, graduated, name="Another")
    assert admit(store, graduated)["state"] == "admitted"
    assert said(store)[-1]["data"]["admission_number"] == 2
