"""Whose people are whose."""

from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Any

import pytest

from chassis.domain.aggregate import is_personal
from services.partners.events.person import PersonChanged, PersonErased, PersonJoined, PersonLeft, PersonReturned
from services.partners.model.history import HistoryEntry
from services.partners.model.person import FormerAddress, Person
from services.partners.model.person_lifecycle import PersonHasLeft, PersonIsErased, PersonIsPresent
from services.partners.model.role import Role, RoleOfAPartner, RoleOfTheInstitute
from tests.builders.partners import a_person

MOVED_ON = date(2026, 5, 4)
SAID: dict[str, Any] = {"by": "staff_1", "at": datetime(2026, 6, 1, 9, tzinfo=UTC)}


@pytest.mark.parametrize("role", ["leader", "improver", "delegate"])
def test_leaders_improvers_and_delegates_belong_to_a_partner(role: str) -> None:
    assert a_person(role=Role(role), partner_id="prt_1").partner_id == "prt_1"

    with pytest.raises(RoleOfAPartner, match=role):
        a_person(role=Role(role), partner_id=None)


@pytest.mark.parametrize("role", ["coach", "staff"])
def test_coaches_and_staff_belong_to_the_institute(role: str) -> None:
    assert a_person(role=Role(role), partner_id=None).partner_id is None

    with pytest.raises(RoleOfTheInstitute, match="prt_1"):
        a_person(role=Role(role), partner_id="prt_1")


def test_a_role_refused_names_the_field_that_is_wrong() -> None:
    with pytest.raises(RoleOfAPartner) as refused:
        a_person(role=Role.LEADER, partner_id=None)

    assert [field["pointer"] for field in refused.value.fields] == ["/partner_id"]


def test_a_person_who_joins_is_said_with_what_it_takes_to_write_to_them() -> None:
    person = a_person(id="per_7", partner_id="prt_2", name="Åsa Påhittad", email="asa@jonkoping.example")

    assert person.recorded == [
        PersonJoined(
            person_id="per_7",
            partner_id="prt_2",
            name="Åsa Påhittad",
            email="asa@jonkoping.example",
            role="leader",
            language="sv",
            zone="Europe/Stockholm",
            roles=["leader"],
        )
    ]


def test_a_person_who_changes_says_all_that_is_on_record() -> None:
    person = a_person()

    assert person.change(on=MOVED_ON, email="asa@region.example")

    assert person.recorded[-1] == PersonChanged(
        person_id="per_1",
        partner_id="prt_1",
        name="Åsa Påhittad",
        email="asa@region.example",
        role="leader",
        language="sv",
        zone="Europe/Stockholm",
        roles=["leader"],
    )


def test_whoever_changes_address_is_the_same_person_and_the_address_before_stays_on_record() -> None:
    person = a_person(email="asa@jonkoping.example")

    person.change(on=date(2026, 5, 4), email="asa@region.example")
    person.change(on=date(2026, 6, 1), name="Åsa Uppdiktad")
    person.change(on=date(2026, 7, 9), email="asa@rjl.example")

    assert (person.id, person.email) == ("per_1", "asa@rjl.example")
    assert person.former_addresses == [
        FormerAddress(email="asa@jonkoping.example", until=date(2026, 5, 4)),
        FormerAddress(email="asa@region.example", until=date(2026, 7, 9)),
    ]


def test_a_change_to_the_same_values_changes_nothing() -> None:
    person = a_person()

    assert not person.change(on=MOVED_ON, name=person.name, email=person.email)
    assert [type(event) for event in person.recorded] == [PersonJoined]


def test_a_partners_leader_does_not_become_the_institutes_coach_by_a_change() -> None:
    with pytest.raises(RoleOfTheInstitute):
        a_person(role=Role.LEADER).change(on=MOVED_ON, role=Role.COACH)


def test_a_person_leaves_once_and_then_nothing_more_changes() -> None:
    person = a_person()

    person.leave(**SAID, on=date(2026, 6, 1))

    assert person.recorded[-1] == PersonLeft(person_id="per_1", partner_id="prt_1", left_on=date(2026, 6, 1))
    with pytest.raises(PersonHasLeft, match="left on 2026-06-01"):
        person.leave(**SAID, on=date(2026, 6, 2))
    with pytest.raises(PersonHasLeft):
        person.change(on=MOVED_ON, email="asa@region.example")


def test_who_left_by_mistake_is_back_as_the_same_person_and_both_stay_on_record() -> None:
    person = a_person()
    person.leave(**SAID, on=date(2026, 6, 1))

    person.come_back(reason="It was another Åsa", **SAID)

    assert (person.state, person.left_on) == ("present", None)
    assert person.history == [
        HistoryEntry(to="left", reason=None, **SAID),
        HistoryEntry(to="present", reason="It was another Åsa", **SAID),
    ]
    assert person.recorded[-1] == PersonReturned(
        person_id="per_1",
        partner_id="prt_1",
        name="Åsa Påhittad",
        email="asa@jonkoping.example",
        role="leader",
        language="sv",
        zone="Europe/Stockholm",
        roles=["leader"],
    )
    assert person.change(on=MOVED_ON, email="asa@region.example")


def test_nobody_returns_who_is_present() -> None:
    with pytest.raises(PersonIsPresent, match="per_1 is present"):
        a_person().come_back(reason="It was another Åsa", **SAID)


def erased(**shown: Any) -> Person:
    person = a_person(name="Åsa Påhittad", email="asa@skane.example", **shown)
    person.change(on=MOVED_ON, email="asa@jonkoping.example")
    person.external_id = "hr-4711"
    person.erase(on=date(2026, 6, 1), reason="They asked for it", **SAID)
    return person


def test_of_who_is_erased_there_is_no_name_no_address_and_nothing_that_leads_to_them() -> None:
    person = erased()

    assert (person.name, person.email) == ("erased", "per_1@erased.example")
    assert (person.language, person.zone, person.external_id) == ("und", "UTC", None)
    about = [member for member in fields(person) if is_personal(member)]
    assert about
    assert not [member.name for member in about if "sa" in str(getattr(person, member.name)).replace("erased", "")]


def test_whose_person_in_which_role_and_when_stays_on_record_after_an_erasure() -> None:
    person = erased()

    assert (person.partner_id, person.role, person.left_on) == ("prt_1", "leader", date(2026, 6, 1))
    assert [(each.to, each.reason, each.by) for each in person.history] == [
        ("left", None, "staff_1"), ("erased", "They asked for it", "staff_1"),
    ]  # fmt: skip


def test_why_somebody_had_returned_is_erased_with_them() -> None:
    person = a_person()
    person.leave(on=date(2026, 5, 1), **SAID)
    person.come_back(reason="Åsa was only ill", **SAID)

    person.erase(on=date(2026, 6, 1), reason="They asked for it", **SAID)

    assert [each.reason for each in person.history] == [None, None, None, "They asked for it"]


def test_who_is_there_leaves_by_being_erased_and_no_name_is_said() -> None:
    assert erased().recorded[2:] == [
        PersonLeft(person_id="per_1", partner_id="prt_1", left_on=date(2026, 6, 1)),
        PersonErased(person_id="per_1", partner_id="prt_1", left_on=date(2026, 6, 1)),
    ]


def test_who_left_before_is_erased_without_leaving_again() -> None:
    person = a_person()
    person.leave(on=date(2026, 5, 1), **SAID)

    person.erase(on=date(2026, 6, 1), reason="They asked for it", **SAID)

    assert [type(event) for event in person.recorded] == [PersonJoined, PersonLeft, PersonErased]
    assert person.left_on == date(2026, 5, 1)


def test_who_is_erased_is_neither_changed_nor_brought_back_nor_erased_again() -> None:
    person = erased()

    for attempt in (
        lambda: person.change(on=MOVED_ON, name="Åsa Påhittad"),
        lambda: person.leave(on=date(2026, 6, 2), **SAID),
        lambda: person.come_back(reason="By mistake", **SAID),
        lambda: person.erase(on=date(2026, 6, 2), reason="Again", **SAID),
    ):
        with pytest.raises(PersonIsErased, match="per_1"):
            attempt()
