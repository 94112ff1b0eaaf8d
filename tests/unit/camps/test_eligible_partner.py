from contextlib import suppress

import pytest

from chassis.domain.errors import Superseded
from services.camps.model.eligible_partner import EligiblePartner


def test_newer_news_of_a_partner_replace_older() -> None:
    partner = EligiblePartner(id="prt_1", name="Bellin Health", seen_sequence=1)

    partner.describe(name="Bellin and Gundersen", subdivision=None, sequence=2)

    assert partner.name == "Bellin and Gundersen"


@pytest.mark.parametrize("sequence", [1, 2])
def test_older_news_of_a_partner_arriving_late_are_superseded(sequence: int) -> None:
    partner = EligiblePartner(id="prt_1", name="Bellin and Gundersen", seen_sequence=2)

    with pytest.raises(Superseded):
        partner.describe(name="Bellin Health", subdivision=None, sequence=sequence)

    assert partner.name == "Bellin and Gundersen"


def test_a_partner_that_departed_stays_so_whatever_older_news_come() -> None:
    partner = EligiblePartner(id="prt_1", name="Bellin Health", seen_sequence=1)
    partner.depart(sequence=3)

    for older in (
        lambda: partner.describe(name="Bellin and Gundersen", subdivision=None, sequence=2),
        lambda: partner.depart(sequence=3),
    ):
        with pytest.raises(Superseded):
            older()

    assert (partner.name, partner.departed) == ("Bellin Health", True)


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 1, 2), (2, 3, 1), (3, 2, 1), (1, 3, 2), (2, 1, 3)], ids=str)
def test_whoever_is_admitted_anew_is_eligible_again_in_whichever_order_that_is_heard(order: tuple[int, ...]) -> None:
    partner = EligiblePartner(id="prt_1", name="Bellin Health")

    for sequence in order:
        with suppress(Superseded):
            if sequence == 2:
                partner.depart(sequence=sequence)
            else:
                partner.describe(name="Bellin Health", subdivision=None, sequence=sequence)

    assert not partner.departed


def test_why_a_partnership_rests_or_has_ended_is_known_as_long_as_it_does() -> None:
    partner = EligiblePartner(id="prt_1", name="Bellin Health", seen_sequence=1)

    partner.rest(paused=True, sequence=2, admission_number=1, reason="Elections")
    assert partner.standing_reason == "Elections"
    partner.describe(name="Bellin", subdivision=None, sequence=3)
    assert partner.standing_reason == "Elections"
    partner.rest(paused=False, sequence=4, admission_number=1)
    assert partner.standing_reason is None
    partner.depart(sequence=6, reason="Merged")
    with pytest.raises(Superseded):
        partner.rest(paused=True, sequence=5, admission_number=1, reason="Heard late")
    assert partner.standing_reason == "Merged"
    partner.describe(name="Bellin", subdivision=None, sequence=7)
    assert partner.standing_reason is None


def test_a_further_admission_tells_that_the_one_before_has_ended_and_is_heard_once() -> None:
    partner = EligiblePartner(id="prt_1", name="Bellin Health", paused=True)

    assert [partner.enter(number) for number in (1, 2, 2, 1)] == [False, True, False, False]
    assert (partner.admission_number, partner.paused) == (2, False)
