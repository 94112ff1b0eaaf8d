"""What it takes to be proposed, and to be admitted."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.partners.events import PartnerAdmitted
from services.partners.model import (
    PartnerAlreadyAdmitted,
    PartnerState,
    PartnerWithoutLeader,
    SubdivisionOfAnotherCountry,
    TermEndsBeforeItStarts,
)
from tests.builders.partners import a_partner, an_admission


def test_a_proposed_partner_has_nothing_to_tell_yet() -> None:
    partner = a_partner()

    assert partner.state is PartnerState.PROPOSED
    assert partner.admission is None
    assert partner.recorded == []


@given(st.text(min_size=1))
def test_a_name_keeps_every_letter(name: str) -> None:
    partner = a_partner(name=name)

    assert partner.name == name


def test_scotland_and_england_are_parts_of_one_country() -> None:
    scotland = a_partner(country="GB", subdivision="GB-SCT")
    england = a_partner(country="GB", subdivision="GB-ENG")

    assert (scotland.country, scotland.subdivision) == ("GB", "GB-SCT")
    assert (england.country, england.subdivision) == ("GB", "GB-ENG")


@pytest.mark.parametrize("subdivision", ["GB-SCT", "SE", "SEX-F", "se-F"])
def test_a_subdivision_lies_in_its_country(subdivision: str) -> None:
    with pytest.raises(SubdivisionOfAnotherCountry) as refused:
        a_partner(country="SE", subdivision=subdivision)

    assert subdivision in str(refused.value)
    assert refused.value.fields[0]["pointer"] == "/subdivision"
    assert refused.value.kind == "invalid"


def test_an_admitted_partner_keeps_who_said_yes_when_why_and_for_which_term() -> None:
    partner = a_partner()

    partner.admit(
        an_admission(decided_by="staff_7", decided_on=date(2025, 12, 1), reasons=["Will", "Mission"]),
        leader_ids=["per_1"],
    )

    assert partner.state is PartnerState.ADMITTED
    assert partner.admission is not None
    assert partner.admission.decided_by == "staff_7"
    assert partner.admission.decided_on == date(2025, 12, 1)
    assert partner.admission.reasons == ["Will", "Mission"]
    assert (partner.admission.term_starts_on, partner.admission.term_ends_on) == (date(2026, 1, 1), date(2028, 12, 31))


def test_admission_is_said_with_all_a_hearer_needs() -> None:
    partner = a_partner(id="prt_7", country="GB", subdivision="GB-SCT", focus_areas=["safer_care", "volume_to_value"])

    partner.admit(an_admission(), leader_ids=["per_1", "per_2"])

    assert partner.recorded == [
        PartnerAdmitted(
            partner_id="prt_7",
            name="Region Jönköping County",
            kind="region",
            country="GB",
            subdivision="GB-SCT",
            continent="europe",
            zone="Europe/Stockholm",
            language="sv",
            focus_areas=["safer_care", "volume_to_value"],
            term_starts_on=date(2026, 1, 1),
            term_ends_on=date(2028, 12, 31),
            leader_ids=["per_1", "per_2"],
        )
    ]


def test_a_partner_without_a_leader_is_not_admitted() -> None:
    partner = a_partner()

    with pytest.raises(PartnerWithoutLeader) as refused:
        partner.admit(an_admission(), leader_ids=[])

    assert refused.value.kind == "conflict"
    assert refused.value.code == "partner_without_leader"
    assert partner.state is PartnerState.PROPOSED
    assert partner.recorded == []


def test_a_partner_is_admitted_once() -> None:
    partner = a_partner()
    partner.admit(an_admission(decided_on=date(2025, 12, 1)), leader_ids=["per_1"])
    partner.recorded.clear()

    with pytest.raises(PartnerAlreadyAdmitted, match="2025-12-01"):
        partner.admit(an_admission(), leader_ids=["per_1"])

    assert partner.recorded == []


@given(starts=st.dates(), ends=st.dates())
def test_a_term_ends_after_it_starts(starts: date, ends: date) -> None:
    partner = a_partner()
    admission = an_admission(term_starts_on=starts, term_ends_on=ends)

    if ends > starts:
        partner.admit(admission, leader_ids=["per_1"])
        assert partner.state is PartnerState.ADMITTED
    else:
        with pytest.raises(TermEndsBeforeItStarts) as refused:
            partner.admit(admission, leader_ids=["per_1"])
        assert partner.state is PartnerState.PROPOSED
        assert refused.value.fields[0]["pointer"] == "/term_ends_on"
