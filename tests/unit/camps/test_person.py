"""Who may answer by the link in their letter, in whichever order camps hears of them."""

from collections.abc import Callable
from contextlib import suppress
from itertools import permutations
from typing import Any

import pytest

from chassis.domain.errors import Superseded
from services.camps.model.person import LinkEnded, Person, Whom

ORDERS = [*permutations(range(3))]
Heard = Callable[[Person], None]
ANNA = Whom(person_id="per_1", name="Anna", email="anna@region.example", language="sv", zone="Europe/Stockholm")
AT_HOME, ELSEWHERE = "3q2-7wZ_k1mC", "elsewhere-12"


def described(sequence: int, **shown: Any) -> Heard:
    """An event that says that somebody leads `prt_1`, and has an address."""
    usual = {"partner_id": "prt_1", "role": "leader", "address_digest": AT_HOME}
    return lambda person: person.describe(ANNA, sequence=sequence, **{**usual, **shown})


def left(sequence: int) -> Heard:
    """An event that says that somebody left."""
    return lambda person: person.leave(sequence=sequence)


def may_answer_after(*heard: Heard, address_digest: str = AT_HOME, partner_id: str = "prt_1") -> bool:
    """Whether a link to an address is good after these events came in this order; what is too old does nothing."""
    person = Person(id="per_1", partner_id=None)
    for hear in heard:
        with suppress(Superseded):
            hear(person)
    try:
        person.refuse_ended_links(partner_id=partner_id, address_digest=address_digest)
    except LinkEnded:
        return False
    return True


def test_whoever_leads_a_partner_answers_by_the_link_that_was_sent_to_their_address() -> None:
    assert may_answer_after(described(1))


def test_whoever_leads_among_other_roles_answers_by_their_link() -> None:
    assert may_answer_after(described(1, role="director", roles=["director", "leader"]))


@pytest.mark.parametrize(
    "heard",
    [
        described(1, address_digest=ELSEWHERE),
        described(1, role="data_lead"),
        described(1, partner_id="prt_2"),
        described(1, partner_id=None, role="staff"),
        left(1),
    ],
    ids=["another address", "leads nothing", "leads another partner", "of the institute", "only known to have left"],
)
def test_nobody_else_does(heard: Heard) -> None:
    assert not may_answer_after(heard)


@pytest.mark.parametrize("order", ORDERS, ids=str)
def test_a_link_ends_with_the_address_in_whichever_order_that_is_heard(order: tuple[int, ...]) -> None:
    heard = [described(1), described(2, address_digest=ELSEWHERE), described(3, address_digest=ELSEWHERE)]
    heard = [heard[each] for each in order]

    assert (may_answer_after(*heard), may_answer_after(*heard, address_digest=ELSEWHERE)) == (False, True)


@pytest.mark.parametrize("order", ORDERS, ids=str)
def test_a_link_ends_when_its_recipient_leaves_and_is_good_again_when_they_are_back(order: tuple[int, ...]) -> None:
    gone = [described(1), described(2), left(3)]
    back = [described(1), left(2), described(3)]

    assert not may_answer_after(*(gone[each] for each in order))
    assert may_answer_after(*(back[each] for each in order))
