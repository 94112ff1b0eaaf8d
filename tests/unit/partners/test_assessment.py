"""How a partner is judged."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.partners.events.assessment import PartnerAssessed
from services.partners.model.assessment import Assessment, Criteria, Judgement, NotEachCharacteristicOnce, Verdict
from services.partners.model.partner_lifecycle import PartnerHasDeparted
from services.partners.reference import CRITERIA
from tests.builders.partners import a_partner, an_admission

TWO = Criteria(version=3, characteristics=("reach", "desire_to_test"))


def judged(*verdicts: tuple[str, Verdict], criteria: Criteria = TWO) -> Assessment:
    judgements = [Judgement(characteristic=code, verdict=verdict, evidence="Seen") for code, verdict in verdicts]
    return Assessment.make(
        id="asm_1", partner_id="prt_1", criteria=criteria, judgements=judgements, assessor="anna", on=date(2026, 6, 1)
    )


def test_the_criteria_in_force_are_the_seven_characteristics_of_the_programmes_page() -> None:
    assert len(CRITERIA.characteristics) == len(set(CRITERIA.characteristics)) == 7


def test_an_assessment_is_a_profile_in_the_order_of_its_criteria() -> None:
    assessment = judged(("desire_to_test", Verdict.STRONG), ("reach", Verdict.PRESENT))

    assert assessment.criteria_version == 3
    assert [(each.characteristic, each.verdict) for each in assessment.judgements] == [
        ("reach", Verdict.PRESENT),
        ("desire_to_test", Verdict.STRONG),
    ]


@given(st.lists(st.sampled_from(("reach", "desire_to_test", "luck")), max_size=4))
def test_each_characteristic_is_judged_once_and_no_other(codes: list[str]) -> None:
    verdicts = [(code, Verdict.PRESENT) for code in codes]
    if sorted(codes) == ["desire_to_test", "reach"]:
        assert len(judged(*verdicts).judgements) == 2
    else:
        with pytest.raises(NotEachCharacteristicOnce, match="Each of reach, desire_to_test once is expected; got"):
            judged(*verdicts)


@given(st.sampled_from(Verdict), st.sampled_from(Verdict))
def test_a_gap_is_what_is_absent_or_only_emerging(reach: Verdict, test: Verdict) -> None:
    gaps = judged(("reach", reach), ("desire_to_test", test)).gaps

    assert ("reach" in gaps) == (reach in ("absent", "emerging"))
    assert ("desire_to_test" in gaps) == (test in ("absent", "emerging"))


def test_a_partner_says_that_it_was_assessed_and_what_is_missing() -> None:
    partner = a_partner()

    partner.note_assessment(judged(("reach", Verdict.STRONG), ("desire_to_test", Verdict.EMERGING)))

    assert partner.recorded == [
        PartnerAssessed(
            partner_id="prt_1",
            criteria_version=3,
            assessed_on=date(2026, 6, 1),
            gaps=["desire_to_test"],
            assessment_id="asm_1",
        )
    ]


def test_a_partner_that_has_departed_is_assessed_no_more() -> None:
    partner = a_partner()
    partner.admit(an_admission(), leader_ids=["per_1"], at=datetime(2026, 6, 1, 9, tzinfo=UTC))
    partner.depart(reason="Merged", on=date(2026, 6, 1), by="staff_1", at=datetime(2026, 6, 1, 9, tzinfo=UTC))

    with pytest.raises(PartnerHasDeparted):
        partner.note_assessment(judged(("reach", Verdict.STRONG), ("desire_to_test", Verdict.STRONG)))
