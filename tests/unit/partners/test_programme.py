"""The programme carries as many partners as it can, and no more."""

import pytest

from services.partners.model.candidacy.programme import Programme, ProgrammeIsFull


def test_one_more_partner_is_refused_with_how_many_there_are_and_how_many_there_can_be() -> None:
    programme = Programme(id="programme", capacity=13)

    programme.refuse_another(12)

    with pytest.raises(ProgrammeIsFull, match="carries 13 partners, and 13 is its capacity"):
        programme.refuse_another(13)


def test_without_a_capacity_there_is_no_limit() -> None:
    programme = Programme(id="programme")

    programme.refuse_another(1_000)
    assert not programme.is_over(1_000)


def test_a_programme_that_carries_more_than_it_can_takes_nobody_else() -> None:
    programme = Programme(id="programme", capacity=13)

    assert programme.is_over(14)
    assert not programme.is_over(13)
    with pytest.raises(ProgrammeIsFull):
        programme.refuse_another(14)
