"""Somebody works for one partner after another, and stays one record."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from services.partners.events.person import PersonMoved
from services.partners.model.person import FormerAddress, Move, Person
from services.partners.model.person_lifecycle import PersonOfTheInstitute, WorksThereAlready
from services.partners.model.role import NotADayOfTheRole, Role, RoleOfTheInstitute
from tests.builders.partners import a_person

JOINED, MAY, JUNE = date(2026, 1, 5), date(2026, 5, 4), date(2026, 6, 1)


def at(day: date) -> dict[str, Any]:
    return {"by": "staff_1", "at": datetime(day.year, day.month, day.day, 9, tzinfo=UTC)}


def moves(person: Person, partner_id: str = "prt_2", *, on: date = MAY, **about: Any) -> None:
    usual: dict[str, Any] = {"role": Role.IMPROVER, "email": None, "reason": "She said so"}
    person.move(Move(partner_id=partner_id, **usual | about), **at(on))


def worked(person: Person) -> list[tuple[str | None, str, date | None, date | None]]:
    return [(each.partner_id, each.role, each.since, each.until) for each in person.roles]


def test_who_moves_is_of_another_partner_and_where_they_worked_stays_on_record() -> None:
    person = a_person(role=Role.LEADER)
    person.take_role(Role.DELEGATE, since=None, reason=None, on=date(2026, 2, 2))

    moves(person)

    assert (person.id, person.partner_id, person.role, person.leads) == ("per_1", "prt_2", "improver", False)
    assert worked(person) == [
        ("prt_1", "leader", JOINED, MAY),
        ("prt_1", "delegate", date(2026, 2, 2), MAY),
        ("prt_2", "improver", MAY, None),
    ]
    assert [(each.to, each.reason) for each in person.history] == [("present", "She said so")]


def test_a_move_says_who_they_are_now_and_whose_they_were() -> None:
    person = a_person()

    moves(person, email="asa@bellin.example")

    assert person.recorded[-1] == PersonMoved(
        person_id="per_1",
        partner_id="prt_2",
        name="Åsa Påhittad",
        email="asa@bellin.example",
        role="improver",
        roles=["improver"],
        language="sv",
        zone="Europe/Stockholm",
        former_partner_id="prt_1",
        left_on=MAY,
        moved_on=MAY,
    )
    assert person.former_addresses == [FormerAddress(email="asa@jonkoping.example", until=MAY)]


def test_who_had_left_is_the_same_person_at_another_partner_and_the_time_between_is_nobodys() -> None:
    person = a_person(role=Role.LEADER)
    person.leave(on=MAY, **at(MAY))

    moves(person, role=Role.LEADER, on=JUNE)

    assert (person.state, person.left_on, person.leads) == ("present", None, True)
    assert worked(person) == [("prt_1", "leader", JOINED, MAY), ("prt_2", "leader", JUNE, None)]
    said = person.recorded[-1]
    assert isinstance(said, PersonMoved)
    assert (said.left_on, said.moved_on) == (MAY, JUNE)


def test_a_move_by_mistake_is_undone_by_moving_back() -> None:
    person = a_person(role=Role.LEADER)

    moves(person)
    moves(person, "prt_1", role=Role.LEADER, on=JUNE)

    assert (person.partner_id, person.leads) == ("prt_1", True)
    assert worked(person)[1:] == [("prt_2", "improver", MAY, JUNE), ("prt_1", "leader", JUNE, None)]


def test_who_leaves_the_second_partner_returns_to_the_roles_they_had_there() -> None:
    person = a_person(role=Role.LEADER)
    moves(person)

    person.leave(on=MAY, **at(MAY))
    person.come_back(reason="It was another Åsa", **at(MAY))

    assert worked(person) == [("prt_1", "leader", JOINED, MAY), ("prt_2", "improver", MAY, None)]


def test_a_role_at_the_second_partner_is_of_no_day_at_the_first() -> None:
    person = a_person(role=Role.LEADER)
    moves(person)

    with pytest.raises(NotADayOfTheRole):
        person.take_role(Role.DELEGATE, since=date(2026, 5, 3), reason=None, on=JUNE)


@pytest.mark.parametrize(
    ("attempt", "refusal"),
    [
        (lambda: moves(a_person(), "prt_1"), WorksThereAlready),
        (lambda: moves(a_person(), role=Role.COACH), RoleOfTheInstitute),
        (lambda: moves(a_person(role=Role.COACH, partner_id=None)), PersonOfTheInstitute),
    ],
)
def test_nobody_moves_where_they_are_nor_into_the_institute_nor_out_of_it(
    attempt: Callable[[], None], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        attempt()
