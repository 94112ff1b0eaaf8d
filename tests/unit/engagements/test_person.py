from collections.abc import Callable
from datetime import date
from itertools import permutations

import pytest

from chassis.domain.errors import Superseded
from services.engagements.model.person import Person

ORDERS = [*permutations(range(3))]
Heard = Callable[[Person], None]


def described(sequence: int, *, role: str = "coach", name: str = "Ada Example", roles: tuple[str, ...] = ()) -> Heard:
    """An event that says who somebody is."""
    return lambda person: person.describe(
        sequence=sequence, partner_id=None, name=name, role=role, roles=roles, zone="Europe/Stockholm"
    )


def left(sequence: int, *, on: date = date(2026, 5, 1)) -> Heard:
    """An event that says that somebody left."""
    return lambda person: person.leave(sequence=sequence, on=on)


def after(*heard: Heard) -> Person:
    """What is known after these events came in this order; what is too old does nothing."""
    person = Person(id="per_1", partner_id=None)
    for hear in heard:
        try:
            hear(person)
        except Superseded:
            continue
    return person


def test_somebody_of_whom_nothing_is_known_is_not_present() -> None:
    assert not after().is_present


@pytest.mark.parametrize(("roles", "can_coach"), [((), False), (("registrar", "coach"), True), (("registrar",), False)])
def test_whoever_is_a_coach_among_other_roles_can_coach(roles: tuple[str, ...], can_coach: bool) -> None:
    assert after(described(1, role="registrar", roles=roles)).can_coach == can_coach


@pytest.mark.parametrize("order", ORDERS, ids=str)
def test_whoever_joined_changed_and_left_is_gone_in_whichever_order_that_is_heard(order: tuple[int, ...]) -> None:
    heard = [described(1, role="staff"), described(2, role="coach"), left(3)]

    person = after(*(heard[each] for each in order))

    assert (person.is_present, person.role, person.left_on) == (False, "coach", date(2026, 5, 1))


@pytest.mark.parametrize("order", ORDERS, ids=str)
def test_whoever_joins_again_is_present_in_whichever_order_that_is_heard(order: tuple[int, ...]) -> None:
    heard = [described(1), left(2), described(3, name="Ada Again")]

    person = after(*(heard[each] for each in order))

    assert (person.is_present, person.name) == (True, "Ada Again")


@pytest.mark.parametrize("copy", [described(2), left(2)], ids=["described", "left"])
def test_a_copy_of_what_is_known_is_superseded(copy: Heard) -> None:
    person = after(copy)

    with pytest.raises(Superseded):
        copy(person)
