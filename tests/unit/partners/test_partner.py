"""What it takes to be proposed, and to be admitted."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.partners.events.partner import (
    PartnerAdmitted,
    PartnerDeparted,
    PartnerPaused,
    PartnerProfileChanged,
    PartnerResumed,
)
from services.partners.model.history import HistoryEntry
from services.partners.model.organisation.organisation import SubdivisionOfAnotherCountry
from services.partners.model.partner import Partner
from services.partners.model.partner_lifecycle import (
    PartnerAlreadyAdmitted,
    PartnerAlreadyPaused,
    PartnerHasDeparted,
    PartnerNotInTheProgramme,
    PartnerNotPaused,
    PartnerState,
    PartnerWithoutLeader,
)
from services.partners.model.partner_terms import TermEndsBeforeItStarts
from tests.builders.partners import a_partner, an_admission

AT = datetime(2026, 6, 1, 9, tzinfo=UTC)
SAID: dict[str, Any] = {"by": "staff_1", "at": AT}


def test_a_proposed_partner_publishes_nothing() -> None:
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
        at=AT,
    )

    assert partner.state is PartnerState.ADMITTED
    assert partner.admission is not None
    assert partner.admission.decided_by == "staff_7"
    assert partner.admission.decided_on == date(2025, 12, 1)
    assert partner.admission.reasons == ["Will", "Mission"]
    assert (partner.admission.term_starts_on, partner.admission.term_ends_on) == (date(2026, 1, 1), date(2028, 12, 31))


def test_admission_is_said_with_all_a_hearer_needs() -> None:
    partner = a_partner(id="prt_7", country="GB", subdivision="GB-SCT", focus_areas=["safer_care", "volume_to_value"])

    partner.admit(an_admission(), leader_ids=["per_1", "per_2"], at=AT)

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
        partner.admit(an_admission(), leader_ids=[], at=AT)

    assert refused.value.kind == "conflict"
    assert refused.value.code == "partner_without_leader"
    assert partner.state is PartnerState.PROPOSED
    assert partner.recorded == []


def test_a_partner_is_admitted_once() -> None:
    partner = a_partner()
    partner.admit(an_admission(decided_on=date(2025, 12, 1)), leader_ids=["per_1"], at=AT)
    partner.recorded.clear()

    with pytest.raises(PartnerAlreadyAdmitted, match="2025-12-01"):
        partner.admit(an_admission(), leader_ids=["per_1"], at=AT)

    assert partner.recorded == []


@given(starts=st.dates(), ends=st.dates())
def test_a_term_ends_after_it_starts(starts: date, ends: date) -> None:
    partner = a_partner()
    admission = an_admission(term_starts_on=starts, term_ends_on=ends)

    if ends > starts:
        partner.admit(admission, leader_ids=["per_1"], at=AT)
        assert partner.state is PartnerState.ADMITTED
    else:
        with pytest.raises(TermEndsBeforeItStarts) as refused:
            partner.admit(admission, leader_ids=["per_1"], at=AT)
        assert partner.state is PartnerState.PROPOSED
        assert refused.value.fields[0]["pointer"] == "/term_ends_on"


def an_admitted_partner(**shown: Any) -> Partner:
    partner = a_partner(**shown)
    partner.admit(an_admission(), leader_ids=["per_1"], at=AT)
    partner.recorded.clear()
    return partner


def test_a_partner_in_the_programme_says_all_of_its_profile_when_some_of_it_is_different() -> None:
    partner = an_admitted_partner(name="Region Jönköping County")

    assert partner.change(name="Region Jönköpings län", place="Jönköping")

    assert partner.place == "Jönköping"
    assert partner.recorded == [
        PartnerProfileChanged(
            partner_id="prt_1",
            name="Region Jönköpings län",
            country="SE",
            subdivision=None,
            continent="europe",
            zone="Europe/Stockholm",
            language="sv",
            focus_areas=["safer_care"],
            kind="region",
            scope_level="regional",
            changed=["name", "place"],
        )
    ]


def test_what_is_said_as_it_was_is_no_change_and_not_published() -> None:
    partner = an_admitted_partner(place="Sweden")

    assert not partner.change(place="Sweden", name=partner.name)

    assert partner.recorded == []


def test_a_change_of_what_only_the_partner_shows_is_published_by_its_name() -> None:
    partner = an_admitted_partner(place="Sweden")

    assert partner.change(place="Jönköping")

    assert [event.changed for event in partner.recorded if isinstance(event, PartnerProfileChanged)] == [["place"]]


def test_a_change_of_a_proposed_partner_is_not_published_for_its_admission_has_it() -> None:
    partner = a_partner()

    partner.change(name="Another name")

    assert partner.recorded == []


def test_a_change_of_country_does_not_leave_the_subdivision_behind() -> None:
    partner = an_admitted_partner(country="SE", subdivision="SE-F")

    with pytest.raises(SubdivisionOfAnotherCountry):
        partner.change(country="DK", continent="europe")
    partner.change(country="DK", continent="europe", subdivision=None)

    assert (partner.country, partner.subdivision) == ("DK", None)


def test_a_pause_and_its_end_are_published() -> None:
    partner = an_admitted_partner()

    partner.pause(reason="New leadership", on=date(2026, 6, 1), **SAID)
    partner.resume(on=date(2026, 8, 1), **SAID)

    assert partner.state is PartnerState.ADMITTED
    assert partner.recorded == [
        PartnerPaused(partner_id="prt_1", reason="New leadership", paused_on=date(2026, 6, 1)),
        PartnerResumed(partner_id="prt_1", resumed_on=date(2026, 8, 1)),
    ]


def test_a_partner_is_paused_once_and_resumed_only_when_paused() -> None:
    partner = an_admitted_partner()

    with pytest.raises(PartnerNotPaused, match="is admitted"):
        partner.resume(on=date(2026, 6, 1), **SAID)
    partner.pause(reason="New leadership", on=date(2026, 6, 1), **SAID)
    with pytest.raises(PartnerAlreadyPaused):
        partner.pause(reason="New leadership", on=date(2026, 6, 1), **SAID)


@pytest.mark.parametrize("paused", [True, False])
def test_a_partner_departs_for_good_paused_or_not(paused: bool) -> None:
    partner = an_admitted_partner()
    if paused:
        partner.pause(reason="New leadership", on=date(2026, 6, 1), **SAID)

    partner.depart(reason="Merged", on=date(2026, 9, 30), **SAID)

    assert partner.recorded[-1] == PartnerDeparted(partner_id="prt_1", reason="Merged", departed_on=date(2026, 9, 30))
    with pytest.raises(PartnerNotInTheProgramme, match="is departed"):
        partner.resume(on=date(2026, 10, 1), **SAID)
    with pytest.raises(PartnerHasDeparted, match="departed on 2026-09-30"):
        partner.change(name="Another name")


def test_a_partner_that_was_never_admitted_is_neither_paused_nor_departs() -> None:
    with pytest.raises(PartnerNotInTheProgramme, match="is proposed"):
        a_partner().pause(reason="New leadership", on=date(2026, 6, 1), **SAID)
    with pytest.raises(PartnerNotInTheProgramme, match="is proposed"):
        a_partner().depart(reason="Merged", on=date(2026, 6, 1), **SAID)


def test_days_are_those_where_the_partner_is() -> None:
    assert a_partner(zone="Pacific/Kiritimati").today(datetime(2026, 6, 1, 11, 0, tzinfo=UTC)) == date(2026, 6, 2)


def test_who_comes_back_after_a_departure_is_admitted_anew_and_nothing_is_forgotten() -> None:
    partner = an_admitted_partner()
    partner.pause(reason="Elections", on=date(2026, 6, 1), **SAID)
    partner.depart(reason="Merged", on=date(2026, 6, 2), **SAID)
    again = an_admission(term_starts_on=date(2029, 1, 1), term_ends_on=date(2031, 12, 31), reasons=["Split again"])

    partner.admit(again, leader_ids=["per_2"], at=AT)

    assert (partner.state, partner.departed_on, partner.admission) == (PartnerState.ADMITTED, None, again)
    assert partner.earlier_admissions == [an_admission()]
    assert [(each.to, each.reason) for each in partner.history] == [
        ("admitted", "Leaders with the will to transform care"),
        ("paused", "Elections"),
        ("departed", "Merged"),
        ("admitted", "Split again"),
    ]
    admitted = partner.recorded[-1]
    assert isinstance(admitted, PartnerAdmitted)
    assert (admitted.admission_number, admitted.leader_ids) == (2, ["per_2"])


def test_what_is_said_of_a_partner_says_to_which_admission_it_belongs() -> None:
    partner = an_admitted_partner()
    partner.depart(reason="Merged", on=date(2026, 6, 1), **SAID)
    partner.admit(an_admission(), leader_ids=["per_2"], at=AT)

    partner.change(name="Another name")
    partner.pause(reason="Elections", on=date(2026, 6, 2), **SAID)
    partner.resume(on=date(2026, 6, 3), **SAID)
    partner.depart(reason="Merged", on=date(2026, 6, 4), **SAID)

    assert [getattr(event, "admission_number", None) for event in partner.recorded] == [1, 2, 2, 2, 2, 2]


def test_who_paused_it_when_and_why_is_kept() -> None:
    partner = an_admitted_partner()

    partner.pause(reason="Elections", on=date(2026, 6, 1), **SAID)

    assert partner.history[-1] == HistoryEntry(to="paused", reason="Elections", by="staff_1", at=AT)
