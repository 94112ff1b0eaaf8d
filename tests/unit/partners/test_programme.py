"""The programme carries as many partners as it can, and who waits has a place on its list."""

from datetime import UTC, datetime

import pytest

from chassis.domain.transitions import NotFromThisState
from services.partners.model.candidacy.candidate import Because, Rearrangement
from services.partners.model.candidacy.candidate_lifecycle import NobodyNeedsToWait
from services.partners.model.candidacy.programme import NoSuchPlace, PlaceIsAnothers, Programme, ProgrammeIsFull
from services.partners.model.partner_lifecycle import PartnerAlreadyAdmitted
from tests.builders.partners import a_candidate, a_partner, an_admission

NOON = datetime(2026, 6, 2, 12, tzinfo=UTC)
MOVED = Rearrangement(because=Because.MOVED, candidate_id="cnd_1", by="staff_2", at=NOON, reason="The only one of Asia")


def test_one_more_partner_is_refused_with_how_many_there_are_and_how_many_there_can_be() -> None:
    programme = Programme(id="programme", capacity=13)

    programme.refuse_another(12)

    with pytest.raises(ProgrammeIsFull, match=r"carries 13 partners, and 13 is its capacity: .* become a candidate"):
        programme.refuse_another(13)


def test_without_a_capacity_there_is_no_limit() -> None:
    programme = Programme(id="programme", waiting=["cnd_1"])

    programme.refuse_another(1_000)
    assert not programme.is_over(1_000)


def test_a_programme_that_carries_more_than_it_can_takes_nobody_else() -> None:
    programme = Programme(id="programme", capacity=13)

    assert programme.is_over(14)
    assert not programme.is_over(13)
    with pytest.raises(ProgrammeIsFull):
        programme.refuse_another(14)


def test_a_free_place_belongs_to_who_waits_first() -> None:
    programme = Programme(id="programme", capacity=13, waiting=["cnd_1", "cnd_2"])

    programme.refuse_another(12, candidate_id="cnd_1")
    programme.refuse_another(11, candidate_id="cnd_2")
    programme.refuse_another(10)
    with pytest.raises(PlaceIsAnothers, match="1 wait before it"):
        programme.refuse_another(12, candidate_id="cnd_2")
    with pytest.raises(PlaceIsAnothers, match="2 wait before it"):
        programme.refuse_another(11)


def test_nobody_waits_who_can_be_admitted() -> None:
    programme = Programme(id="programme", capacity=13, waiting=["cnd_1", "cnd_2"])

    programme.refuse_who_need_not_wait("cnd_2", carried=12)
    with pytest.raises(NobodyNeedsToWait, match="13 is its capacity"):
        programme.refuse_who_need_not_wait("cnd_1", carried=12)
    with pytest.raises(NobodyNeedsToWait, match="there is no limit"):
        Programme(id="programme", waiting=["cnd_1"]).refuse_who_need_not_wait("cnd_1", carried=12)


def test_who_is_moved_on_the_list_has_those_between_make_way() -> None:
    programme = Programme(id="programme", waiting=["a", "b", "c", "d"])

    programme.move("d", place=2)
    assert programme.waiting == ["a", "d", "b", "c"]
    programme.move("a", place=4)
    assert programme.waiting == ["d", "b", "c", "a"]
    with pytest.raises(NoSuchPlace, match="from 1 to 4 is expected; got 5"):
        programme.move("d", place=5)


def test_who_waits_again_comes_where_they_were_as_far_as_the_list_is_that_long() -> None:
    programme = Programme(id="programme", waiting=["a", "b"])

    assert programme.put("c", place=2) == 2
    assert programme.put("d", place=9) == 4
    assert programme.waiting == ["a", "c", "b", "d"]


def test_each_place_of_a_candidate_stays_on_record_with_why_and_by_whom() -> None:
    candidate = a_candidate(place=2)
    admitted = Rearrangement(because=Because.ADMITTED, candidate_id="cnd_0", by="staff_1", at=NOON)

    assert candidate.stand_at(1, admitted)
    assert not candidate.stand_at(1, admitted)
    candidate.move(3, MOVED)

    assert [(each.place, each.because, each.about_id, each.reason) for each in candidate.places] == [
        (2, "joined", "cnd_1", "The will is there"),
        (1, "admitted", "cnd_0", None),
        (3, "moved", "cnd_1", "The only one of Asia"),
    ]
    assert (candidate.recorded[-1].place, candidate.recorded[-1].former_place) == (3, 1)  # type: ignore[attr-defined]


def test_that_there_is_a_place_is_told_once_until_it_is_taken() -> None:
    candidate = a_candidate()
    candidate.recorded.clear()

    news = [candidate.note_free_place(is_free, waiting=2, at=NOON) for is_free in (True, True, False, False, True)]

    assert news == [True, False, True, False, True]
    assert [each.type for each in candidate.recorded] == ["partners.candidacy.place_free"] * 2


def test_who_is_in_the_programme_is_no_candidate() -> None:
    partner = a_partner()
    partner.admit(an_admission(), leader_ids=["per_1"], at=NOON)

    with pytest.raises(PartnerAlreadyAdmitted):
        a_candidate(partner=partner)


def test_who_does_not_wait_has_no_place_and_is_not_moved() -> None:
    candidate = a_candidate()
    candidate.withdraw(reason="Its board wants to wait", by="staff_1", at=NOON)

    assert candidate.place is None
    with pytest.raises(NotFromThisState, match="move_candidate is possible from waiting"):
        candidate.move(1, MOVED)
