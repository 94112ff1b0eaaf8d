"""When a partner is to be assessed again: each year, on a day where it is."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from services.partners.events import fit as events
from services.partners.model.anniversary import a_year_after
from services.partners.model.deed import year_of_term
from services.partners.model.fit import Fit
from services.partners.model.partner import Partner
from tests.builders.partners import a_partner, an_admission

MONTH = timedelta(days=30)
SAID: dict[str, Any] = {"by": "staff_1", "at": datetime(2026, 6, 1, 9, tzinfo=UTC)}
DUE_IN_STOCKHOLM = datetime(2026, 11, 30, 23, tzinfo=UTC)
"""1 December begins in Stockholm at 23:00 UTC the day before (UTC+1 in winter)."""


def admitted(**shown: Any) -> Partner:
    partner = a_partner(**shown)
    partner.admit(an_admission(decided_on=date(2025, 12, 1)), leader_ids=["per_1"], at=SAID["at"])
    return partner


def awaiting(partner: Partner) -> Fit:
    fit = Fit(id="fit_1", partner_id="prt_1")
    fit.follow(partner)
    return fit


def said(fit: Fit) -> list[type[object]]:
    return [type(each) for each in fit.recorded]


@pytest.mark.parametrize(
    ("day", "a_year_later"),
    [
        (date(2025, 12, 1), date(2026, 12, 1)),
        (date(2024, 2, 29), date(2025, 2, 28)),
        (date(2024, 2, 28), date(2025, 2, 28)),
        (date(2023, 3, 1), date(2024, 3, 1)),
    ],
)
def test_the_anniversary_of_29_february_is_28_february(day: date, a_year_later: date) -> None:
    assert a_year_after(day) == a_year_later


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2021, 1, 1), 0),
        (date(2024, 2, 28), 0),
        (date(2024, 2, 29), 1),
        (date(2025, 2, 27), 1),
        (date(2025, 2, 28), 2),
        (date(2028, 2, 28), 4),
        (date(2028, 2, 29), 5),
    ],
)
def test_the_second_year_of_a_term_begins_on_its_first_anniversary(day: date, year: int) -> None:
    assert year_of_term(day, date(2024, 2, 29)) == year


def test_a_partner_never_agreed_on_is_due_a_year_after_its_admission() -> None:
    assert awaiting(admitted()).due_on == date(2026, 12, 1)


def test_a_partner_is_due_a_year_after_its_fit_was_agreed_on_last() -> None:
    fit = awaiting(admitted())

    fit.count_from(date(2026, 3, 1))

    assert fit.due_on == date(2027, 3, 1)


@pytest.mark.parametrize(
    ("zone", "begins"),
    [
        ("Europe/Stockholm", DUE_IN_STOCKHOLM),
        ("Pacific/Apia", datetime(2026, 11, 30, 11, tzinfo=UTC)),
        ("America/Los_Angeles", datetime(2026, 12, 1, 8, tzinfo=UTC)),
    ],
)
def test_it_is_due_when_its_day_begins_where_the_partner_is(zone: str, begins: datetime) -> None:
    fit = awaiting(admitted(zone=zone))

    assert not fit.note(begins - timedelta(milliseconds=1), overdue_after=MONTH)
    assert fit.note(begins, overdue_after=MONTH)
    assert said(fit) == [events.AssessmentDue]


def test_it_is_said_once_that_it_is_due_and_once_that_it_is_overdue() -> None:
    fit = awaiting(admitted())
    later = DUE_IN_STOCKHOLM + MONTH

    assert fit.note(DUE_IN_STOCKHOLM, overdue_after=MONTH)
    assert not fit.note(later - timedelta(milliseconds=1), overdue_after=MONTH)
    assert fit.note(later, overdue_after=MONTH)
    assert not fit.note(later + MONTH, overdue_after=MONTH)

    assert said(fit) == [events.AssessmentDue, events.AssessmentOverdue]


def test_after_a_standstill_there_is_still_time_before_it_is_overdue() -> None:
    fit = awaiting(admitted())
    much_later = DUE_IN_STOCKHOLM + timedelta(days=90)

    fit.note(much_later, overdue_after=MONTH)

    assert not fit.note(much_later, overdue_after=MONTH)
    assert said(fit) == [events.AssessmentDue]


def test_what_is_agreed_on_in_time_is_due_no_more_and_again_a_year_later() -> None:
    fit = awaiting(admitted())
    fit.note(DUE_IN_STOCKHOLM, overdue_after=MONTH)

    fit.count_from(date(2026, 12, 5))

    assert said(fit) == [events.AssessmentDue, events.AssessmentExcused]
    assert (fit.due_on, fit.noted) == (date(2027, 12, 5), None)


def test_of_a_partner_that_rests_or_has_departed_nothing_is_due() -> None:
    partner = admitted()
    fit = awaiting(partner)
    fit.note(DUE_IN_STOCKHOLM, overdue_after=MONTH)

    partner.pause(reason="Elections", on=date(2026, 12, 2), **SAID)
    fit.follow(partner)
    assert (fit.due_on, said(fit)[1:]) == (None, [events.AssessmentExcused])
    assert not fit.note(DUE_IN_STOCKHOLM + MONTH, overdue_after=MONTH)

    partner.depart(reason="Merged", on=date(2026, 12, 3), **SAID)
    fit.follow(partner)
    assert not fit.note(DUE_IN_STOCKHOLM + MONTH, overdue_after=MONTH)
    assert len(said(fit)) == 2


def test_a_partner_that_goes_on_is_due_again_as_before() -> None:
    partner = admitted()
    fit = awaiting(partner)
    partner.pause(reason="Elections", on=date(2026, 6, 1), **SAID)
    fit.follow(partner)

    partner.resume(on=date(2026, 7, 1), **SAID)
    fit.follow(partner)

    assert fit.due_on == date(2026, 12, 1)


def test_a_partner_that_comes_back_is_not_due_before_it_is_there() -> None:
    partner = admitted()
    fit = awaiting(partner)
    fit.count_from(date(2026, 1, 5))
    partner.depart(reason="Merged", on=date(2026, 6, 1), **SAID)
    fit.follow(partner)

    partner.admit(an_admission(decided_on=date(2029, 5, 2)), leader_ids=["per_1"], at=SAID["at"])
    fit.follow(partner)

    assert fit.due_on == date(2029, 5, 2)


def test_a_partner_that_moves_to_another_zone_is_due_when_the_day_begins_there() -> None:
    partner = admitted()
    fit = awaiting(partner)

    partner.change(zone="Pacific/Apia")

    assert fit.follow(partner)
    assert fit.next_at == datetime(2026, 11, 30, 11, tzinfo=UTC)
    assert not fit.follow(partner), "nothing is different"
