"""Roles of a person, one or several, from when to when."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from services.partners.events.person import PersonEvent
from services.partners.model.person import Person
from services.partners.model.role import (
    NotADayOfTheRole,
    OnlyRole,
    Role,
    RoleHeld,
    RoleIsHeld,
    RoleIsNotHeld,
    RoleOfTheInstitute,
)
from tests.builders.partners import a_person

JOINED, MAY, JUNE = date(2026, 1, 5), date(2026, 5, 4), date(2026, 6, 1)


def take(person: Person, role: Role, **about: Any) -> None:
    person.take_role(role, **{"since": None, "reason": None, "on": MAY} | about)


def give_up(person: Person, role: Role, **about: Any) -> None:
    person.give_up_role(role, **{"until": None, "reason": None, "on": JUNE} | about)


def periods(person: Person) -> list[tuple[str, date | None, date | None]]:
    return [(each.role, each.since, each.until) for each in person.roles]


def test_who_joins_has_a_role_from_that_day_on_where_they_are() -> None:
    late_in_the_evening = datetime(2026, 1, 4, 23, 30, tzinfo=UTC)

    person = a_person(role=Role.DELEGATE, zone="Europe/Stockholm", at=late_in_the_evening)

    assert person.roles == [RoleHeld(role=Role.DELEGATE, partner_id="prt_1", since=date(2026, 1, 5))]


def test_several_roles_have_days_of_their_own_and_what_is_over_stays_on_record() -> None:
    person = a_person(role=Role.LEADER)

    take(person, Role.IMPROVER, since=date(2026, 3, 2))
    take(person, Role.DELEGATE)
    give_up(person, Role.IMPROVER, until=date(2026, 5, 29))

    assert periods(person) == [
        ("leader", JOINED, None),
        ("improver", date(2026, 3, 2), date(2026, 5, 29)),
        ("delegate", MAY, None),
    ]
    assert person.roles_now == ["leader", "delegate"]


def test_who_reads_one_role_reads_the_main_one_and_whoever_leads_is_read_as_a_leader() -> None:
    person = a_person(role=Role.DELEGATE)

    take(person, Role.IMPROVER)
    assert (person.role, person.leads) == ("improver", False)
    take(person, Role.LEADER)
    assert (person.role, person.leads) == ("leader", True)
    give_up(person, Role.LEADER)
    assert (person.role, person.leads) == ("improver", False)


def test_a_role_more_and_a_role_less_is_said_with_all_there_are() -> None:
    person = a_person(role=Role.LEADER)

    take(person, Role.DELEGATE)
    give_up(person, Role.LEADER)

    said = [each for each in person.recorded if isinstance(each, PersonEvent)]
    assert [(each.role, each.roles) for each in said] == [
        ("leader", ["leader"]), ("leader", ["leader", "delegate"]), ("delegate", ["delegate"]),
    ]  # fmt: skip


def test_a_role_changed_for_another_is_the_only_one() -> None:
    person = a_person(role=Role.LEADER)
    take(person, Role.IMPROVER)

    person.change(on=JUNE, role=Role.DELEGATE)

    assert periods(person) == [("leader", JOINED, JUNE), ("improver", MAY, JUNE), ("delegate", JUNE, None)]


def test_a_role_that_is_had_already_goes_on_when_the_others_end() -> None:
    person = a_person(role=Role.LEADER)
    take(person, Role.IMPROVER)

    person.change(on=JUNE, role=Role.IMPROVER)

    assert periods(person) == [("leader", JOINED, JUNE), ("improver", MAY, None)]


def test_who_sends_the_main_role_back_as_it_is_takes_none_away() -> None:
    person = a_person(role=Role.LEADER)
    take(person, Role.IMPROVER)

    assert not person.change(on=JUNE, role=Role.LEADER)
    assert person.roles_now == ["leader", "improver"]


def test_a_role_given_up_by_mistake_goes_on_as_though_it_had_not_been() -> None:
    person = a_person(role=Role.LEADER)
    take(person, Role.DELEGATE)
    give_up(person, Role.DELEGATE)

    person.restore_role(Role.DELEGATE, reason="It was another Åsa")

    assert periods(person) == [("leader", JOINED, None), ("delegate", MAY, None)]
    assert person.roles[1].reason == "It was another Åsa"


def test_a_role_taken_by_mistake_was_had_on_no_day() -> None:
    person = a_person(role=Role.LEADER)
    take(person, Role.DELEGATE)

    give_up(person, Role.DELEGATE, until=MAY, reason="It was another Åsa")

    assert periods(person)[1] == ("delegate", MAY, MAY)


def test_a_role_is_taken_again_from_the_day_on_which_it_ended_and_no_earlier() -> None:
    person = a_person(role=Role.LEADER)
    take(person, Role.DELEGATE)
    give_up(person, Role.DELEGATE)

    with pytest.raises(NotADayOfTheRole, match=str(JUNE)):
        take(person, Role.DELEGATE, since=date(2026, 5, 31), on=JUNE)
    take(person, Role.DELEGATE, since=JUNE, on=JUNE)

    assert periods(person)[1:] == [("delegate", MAY, JUNE), ("delegate", JUNE, None)]


@pytest.mark.parametrize(
    ("attempt", "refusal"),
    [
        (lambda it: take(it, Role.LEADER), RoleIsHeld),
        (lambda it: take(it, Role.COACH), RoleOfTheInstitute),
        (lambda it: take(it, Role.DELEGATE, since=date(2026, 5, 5)), NotADayOfTheRole),
        (lambda it: give_up(it, Role.LEADER), OnlyRole),
        (lambda it: give_up(it, Role.DELEGATE), RoleIsNotHeld),
        (lambda it: it.restore_role(Role.LEADER, reason="By mistake"), RoleIsHeld),
        (lambda it: it.restore_role(Role.IMPROVER, reason="By mistake"), RoleIsNotHeld),
    ],
)
def test_what_cannot_be_of_roles_is_refused(attempt: Callable[[Person], None], refusal: type[Exception]) -> None:
    person = a_person(role=Role.LEADER)

    with pytest.raises(refusal):
        attempt(person)
    assert periods(person) == [("leader", JOINED, None)]


@pytest.mark.parametrize("until", [date(2026, 5, 3), date(2026, 6, 2)])
def test_a_role_is_given_up_neither_before_it_was_taken_nor_on_a_day_to_come(until: date) -> None:
    person = a_person(role=Role.LEADER)
    take(person, Role.DELEGATE)

    with pytest.raises(NotADayOfTheRole):
        give_up(person, Role.DELEGATE, until=until)


def left(person: Person, on: date) -> None:
    person.leave(on=on, by="staff_1", at=datetime(on.year, on.month, on.day, 9, tzinfo=UTC))


def back(person: Person, on: date) -> None:
    person.come_back(reason="Back from leave", by="staff_1", at=datetime(on.year, on.month, on.day, 9, tzinfo=UTC))


def test_who_leaves_has_no_role_any_more_and_who_returns_has_those_with_which_they_left() -> None:
    person = a_person(role=Role.LEADER)
    take(person, Role.DELEGATE)
    take(person, Role.IMPROVER)
    give_up(person, Role.IMPROVER, until=MAY)

    left(person, MAY)
    assert (person.roles_now, person.role, person.leads) == ([], "leader", False)
    back(person, JUNE)

    assert person.roles_now == ["leader", "delegate"]
    assert periods(person)[3:] == [("leader", JUNE, None), ("delegate", JUNE, None)]


def test_who_is_back_on_the_day_on_which_they_left_never_went() -> None:
    person = a_person(role=Role.LEADER)

    left(person, MAY)
    back(person, MAY)

    assert periods(person) == [("leader", JOINED, None)]


def test_who_was_on_record_before_roles_had_days_has_their_role_since_nobody_knows_when() -> None:
    known: dict[str, Any] = {"id": "per_1", "partner_id": "prt_1", "name": "Åsa", "email": "asa@jonkoping.example",
                             "role": Role.LEADER, "language": "sv", "zone": "Europe/Stockholm"}  # fmt: skip

    assert periods(Person(**known)) == [("leader", None, None)]
    assert periods(Person(**known, left_on=MAY)) == [("leader", None, MAY)]


def test_why_roles_came_and_went_is_erased_with_who_had_them() -> None:
    person = a_person(role=Role.LEADER)
    take(person, Role.DELEGATE, reason="Åsa speaks for the ward")

    person.erase(on=JUNE, reason="They asked for it", by="staff_1", at=datetime(2026, 6, 1, 9, tzinfo=UTC))

    assert [(each.role, each.until, each.reason) for each in person.roles] == [
        ("leader", JUNE, None), ("delegate", JUNE, None),
    ]  # fmt: skip


def test_who_returns_again_has_only_the_roles_with_which_they_left_last() -> None:
    person = a_person(role=Role.LEADER)
    take(person, Role.DELEGATE)
    left(person, MAY)
    back(person, JUNE)
    give_up(person, Role.DELEGATE)

    left(person, date(2026, 7, 1))
    back(person, date(2026, 8, 3))

    assert person.roles_now == ["leader"]


def test_who_changes_their_name_has_the_roles_they_had() -> None:
    person = a_person(role=Role.LEADER)
    take(person, Role.IMPROVER)

    person.change(on=JUNE, name="Åsa Uppdiktad")

    assert person.roles_now == ["leader", "improver"]
