"""Whom a partner has something in common with by what it did."""

import pytest

from chassis.domain.errors import Superseded
from services.partners.model.connection.common_ground import MOST_OTHERS, CommonGround, Part


def adopted(*partner_ids: str) -> CommonGround:
    ground = CommonGround(id="change:checklist")
    for each in partner_ids:
        ground.hear(f"pds_{each}", partner_id=each, part=Part.ADOPTED, counts=True, sequence=1)
    return ground


def test_who_adopted_the_same_change_meets_the_others_that_did_and_not_itself() -> None:
    ground = adopted("prt_a", "prt_b", "prt_c")
    ground.hear("pds_another", partner_id="prt_a", part=Part.ADOPTED, counts=True, sequence=1)

    assert ground.others("prt_a", Part.ADOPTED) == ["prt_c", "prt_b"]


def test_who_took_it_back_meets_nobody_however_late_the_first_word_is_heard() -> None:
    ground = adopted("prt_a")
    ground.hear("pds_prt_b", partner_id="prt_b", part=Part.ADOPTED, counts=False, sequence=2)

    with pytest.raises(Superseded):
        ground.hear("pds_prt_b", partner_id="prt_b", part=Part.ADOPTED, counts=True, sequence=1)
    assert ground.others("prt_a", Part.ADOPTED) == []


def test_who_attended_meets_who_presents_and_not_who_sat_beside() -> None:
    ground = CommonGround(id="ses_1")
    ground.hear("ses_1", partner_id="prt_a", part=Part.PRESENTED, counts=True, sequence=1)
    for each in ("prt_b", "prt_c"):
        ground.hear(f"att_{each}", partner_id=each, part=Part.ATTENDED, counts=True, sequence=1)

    assert ground.others("prt_b", Part.ATTENDED) == ["prt_a"]
    assert ground.others("prt_a", Part.PRESENTED) == ["prt_c", "prt_b"]


def test_an_attendance_that_was_corrected_counts_no_more_whichever_is_heard_first() -> None:
    ground = CommonGround(id="ses_1")
    for _ in range(2):
        ground.correct("att_1", partner_id="prt_b", part=Part.ATTENDED)

    with pytest.raises(Superseded):
        ground.hear("att_1", partner_id="prt_b", part=Part.ATTENDED, counts=True, sequence=1)
    assert ground.others("prt_a", Part.PRESENTED) == []


def test_one_deed_connects_with_so_many_at_most() -> None:
    ground = adopted(*(f"prt_{number}" for number in range(MOST_OTHERS + 5)))

    assert len(ground.others("prt_0", Part.ADOPTED)) == MOST_OTHERS
