"""The calendar of a partner's term: every day that is to be told is told once, in order, where the partner is."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from services.partners.events import partner as partner_events
from services.partners.events import term as events
from services.partners.model.partner import Partner
from services.partners.model.partner_on_a_day import standing_on
from services.partners.model.partner_terms import TermEndsBeforeItStarts
from services.partners.model.renewal import (
    FollowingTermHasBegun,
    NoRenewalDecided,
    RenewalNotDueYet,
    TermIsToEndAlready,
)
from services.partners.model.term import RenewalPeriods, TermCalendar
from tests.builders.partners import a_partner, an_admission

PERIODS = RenewalPeriods(due=timedelta(days=180), overdue=timedelta(days=60))
SAID: dict[str, Any] = {"by": "staff_1", "at": datetime(2024, 2, 1, 9, tzinfo=UTC)}
HALF_AN_HOUR = timedelta(minutes=30)
LEAP_DAY_TERM = {"decided_on": date(2024, 2, 1), "term_starts_on": date(2024, 2, 29), "term_ends_on": date(2034, 2, 27)}
"""Ten years from a leap day on; the day after its last day is the tenth anniversary."""
DAYS = [
    ("1 year", date(2025, 2, 28)),
    ("2 years", date(2026, 2, 28)),
    ("3 years", date(2027, 2, 28)),
    ("4 years", date(2028, 2, 29)),
    ("5 years", date(2029, 2, 28)),
    ("6 years", date(2030, 2, 28)),
    ("7 years", date(2031, 2, 28)),
    ("8 years", date(2032, 2, 29)),
    ("9 years", date(2033, 2, 28)),
    ("renewal due", date(2033, 9, 1)),
    ("renewal overdue", date(2033, 12, 30)),
    ("10 years", date(2034, 2, 28)),
    ("ended", date(2034, 2, 28)),
]
"""180 and 60 days before 28 February 2034 are 1 September and 30 December 2033."""
ZONES = [
    "Europe/Stockholm",
    "America/Los_Angeles",
    "America/Asuncion",
    "America/Havana",
    "Africa/Cairo",
    "Asia/Beirut",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
]
"""Some skip midnight, or have it twice, when clocks change; the last two are a day and an hour apart."""


def admitted(zone: str = "Europe/Stockholm", **term: Any) -> Partner:
    partner = a_partner(zone=zone)
    partner.admit(an_admission(**{**LEAP_DAY_TERM, **term}), leader_ids=["per_1"], at=SAID["at"])
    return partner


def calendar_of(partner: Partner, at: datetime = SAID["at"]) -> TermCalendar:
    calendar = TermCalendar(id="trm_1", partner_id="prt_1")
    calendar.follow(partner, at)
    return calendar


def look(calendar: TermCalendar, at: datetime) -> list[Any]:
    """Look until nothing is to be done, as the loop does; gives what was told by it."""
    before = len(calendar.recorded)
    for _ in range(100):
        if not calendar.tell(at, PERIODS):
            return list(calendar.recorded[before:])
    raise AssertionError("it never comes to an end")


def named(event: Any) -> str:
    if isinstance(event, events.TermAnniversary):
        return f"{event.years} year{'s' if event.years > 1 else ''}"
    return {
        events.TermRenewalDue: "renewal due",
        events.TermRenewalOverdue: "renewal overdue",
        events.TermEnded: "ended",
    }[type(event)]


def told(said: list[Any]) -> list[tuple[str, date]]:
    return [(named(event), event.on) for event in said]


def midnight(day: date, zone: str) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize("zone", ZONES)
def test_each_day_of_ten_years_is_told_once_as_it_begins_where_the_partner_is(zone: str) -> None:
    calendar, place = calendar_of(admitted(zone)), ZoneInfo(zone)
    at, until, said = SAID["at"], datetime(2035, 1, 1, tzinfo=UTC), []
    while at < until:
        for event in look(calendar, at):
            said.append(event)
            assert at.astimezone(place).date() == event.on
            assert (at - HALF_AN_HOUR).astimezone(place).date() < event.on
        at += HALF_AN_HOUR
    assert told(said) == DAYS


@pytest.mark.parametrize(
    ("zone", "ends_on", "over_on", "over_at"),
    [
        # In Cairo clocks go from 0:00 to 1:00 on 24 April 2026, in Havana from 1:00 to 0:00 on 1 November 2026,
        # in Beirut from 0:00 to 1:00 on 29 March 2026.
        ("Africa/Cairo", date(2026, 4, 23), date(2026, 4, 24), datetime(2026, 4, 23, 22, tzinfo=UTC)),
        ("America/Havana", date(2026, 10, 31), date(2026, 11, 1), datetime(2026, 11, 1, 4, tzinfo=UTC)),
        ("Asia/Beirut", date(2026, 3, 28), date(2026, 3, 29), datetime(2026, 3, 28, 22, tzinfo=UTC)),
    ],
)
def test_a_day_without_midnight_or_with_two_is_told_once_at_its_first_instant(
    zone: str, ends_on: date, over_on: date, over_at: datetime
) -> None:
    calendar = calendar_of(admitted(zone, term_ends_on=ends_on))
    just_before = told(look(calendar, over_at - timedelta(milliseconds=1)))
    assert "ended" not in [what for what, _ in just_before]
    assert ("ended", over_on) in told(look(calendar, over_at))
    assert look(calendar, over_at + timedelta(hours=1)) == []


def test_after_a_standstill_of_years_each_day_is_told_once_and_in_order() -> None:
    calendar = calendar_of(admitted())
    assert told(look(calendar, datetime(2034, 6, 1, tzinfo=UTC))) == DAYS
    assert look(calendar, datetime(2044, 6, 1, tzinfo=UTC)) == []


def test_a_partner_that_moves_across_the_date_line_hears_nothing_twice_and_misses_nothing() -> None:
    partner = admitted("Pacific/Kiritimati")
    calendar = calendar_of(partner)
    first_there = datetime(2025, 2, 27, 10, tzinfo=UTC)  # 28 February begins 14 hours before UTC's
    assert told(look(calendar, first_there)) == DAYS[:1]

    partner.change(zone="Pacific/Pago_Pago")
    calendar.follow(partner, first_there)
    in_samoa = datetime(2025, 2, 28, 11, tzinfo=UTC)
    assert look(calendar, in_samoa) == []
    second = datetime(2026, 2, 28, 11, tzinfo=UTC)
    assert look(calendar, second - timedelta(milliseconds=1)) == []
    assert told(look(calendar, second)) == DAYS[1:2]

    partner.change(zone="Pacific/Kiritimati")
    third = datetime(2027, 2, 27, 10, tzinfo=UTC)
    calendar.follow(partner, third)
    assert told(look(calendar, third)) == DAYS[2:3]


def test_years_that_were_over_when_it_was_decided_are_no_news() -> None:
    long_ago = admitted(decided_on=date(2026, 2, 28), term_starts_on=date(2020, 2, 28), term_ends_on=date(2030, 1, 1))
    calendar = calendar_of(long_ago, at=datetime(2026, 2, 28, 12, tzinfo=UTC))
    (sixth,) = look(calendar, datetime(2026, 2, 28, 12, tzinfo=UTC))
    assert (sixth.years, sixth.on) == (6, date(2026, 2, 28))


def test_a_term_that_is_shorter_than_its_window_is_due_at_once() -> None:
    partner = admitted(decided_on=date(2024, 2, 1), term_starts_on=date(2024, 2, 1), term_ends_on=date(2024, 6, 30))
    assert told(look(calendar_of(partner), SAID["at"])) == [("renewal due", date(2024, 1, 3))]


def test_a_term_runs_on_while_the_partner_rests_and_stops_when_it_has_departed() -> None:
    partner = admitted()
    calendar = calendar_of(partner)
    partner.pause(reason="Elections", on=date(2025, 1, 1), **SAID)
    calendar.follow(partner, SAID["at"])
    assert told(look(calendar, midnight(date(2025, 2, 28), "Europe/Stockholm"))) == DAYS[:1]

    partner.depart(reason="Merged", on=date(2025, 3, 1), **SAID)
    assert calendar.follow(partner, SAID["at"])
    assert look(calendar, datetime(2040, 1, 1, tzinfo=UTC)) == []


def test_who_comes_back_has_a_calendar_of_the_new_admission() -> None:
    partner = admitted()
    calendar = calendar_of(partner)
    look(calendar, datetime(2034, 6, 1, tzinfo=UTC))
    partner.depart(reason="Merged", on=date(2034, 6, 1), **SAID)
    calendar.follow(partner, datetime(2034, 6, 1, tzinfo=UTC))

    anew = an_admission(decided_on=date(2035, 5, 1), term_starts_on=date(2035, 6, 1), term_ends_on=date(2036, 5, 31))
    partner.admit(anew, leader_ids=["per_1"], at=datetime(2035, 5, 1, tzinfo=UTC))
    calendar.follow(partner, datetime(2035, 5, 1, tzinfo=UTC))

    assert told(look(calendar, datetime(2037, 1, 1, tzinfo=UTC))) == [
        ("renewal due", date(2035, 12, 4)),
        ("renewal overdue", date(2036, 4, 2)),
        ("1 year", date(2036, 6, 1)),
        ("ended", date(2036, 6, 1)),
    ]


def decide_on_time(calendar: TermCalendar, partner: Partner, *, until: date | None) -> None:
    """Decide on the day after the renewal of the first ten years was due."""
    at = datetime(2033, 9, 2, 12, tzinfo=UTC)
    if until is None:
        partner.let_term_end(reasons=["Its aim is reached"], on=at.date(), by="staff_1")
    else:
        partner.renew(term_ends_on=until, reasons=["There is more to do"], on=at.date(), by="staff_1")
    calendar.follow(partner, at)


def test_a_renewed_term_goes_on_counting_years_and_is_due_before_its_own_end() -> None:
    partner = admitted()
    calendar = calendar_of(partner)
    look(calendar, datetime(2033, 9, 2, 12, tzinfo=UTC))

    decide_on_time(calendar, partner, until=date(2036, 2, 28))

    assert told(look(calendar, datetime(2040, 1, 1, tzinfo=UTC))) == [
        ("10 years", date(2034, 2, 28)),
        ("11 years", date(2035, 2, 28)),
        ("renewal due", date(2035, 9, 2)),
        ("renewal overdue", date(2035, 12, 31)),
        ("12 years", date(2036, 2, 29)),
        ("ended", date(2036, 2, 29)),
    ]


def test_the_term_that_follows_begins_on_the_day_after_and_is_told_with_its_last_day() -> None:
    partner = admitted()

    partner.renew(term_ends_on=date(2037, 2, 27), reasons=["There is more to do"], on=date(2033, 9, 2), by="staff_1")

    renewed = partner.recorded[-1]
    assert isinstance(renewed, partner_events.PartnerRenewed)
    assert (renewed.term_starts_on, renewed.term_ends_on) == (date(2034, 2, 28), date(2037, 2, 27))
    (decision,) = partner.renewal_decisions
    assert (decision.decided_by, decision.reasons) == ("staff_1", ["There is more to do"])


def test_a_term_that_follows_ends_after_it_starts() -> None:
    with pytest.raises(TermEndsBeforeItStarts):
        admitted().renew(term_ends_on=date(2034, 2, 28), reasons=["Why not"], on=date(2033, 9, 2), by="staff_1")


def test_of_a_term_that_is_to_end_nothing_is_overdue_and_its_end_is_told() -> None:
    partner = admitted()
    calendar = calendar_of(partner)
    look(calendar, datetime(2033, 9, 2, 12, tzinfo=UTC))

    decide_on_time(calendar, partner, until=None)

    assert told(look(calendar, datetime(2040, 1, 1, tzinfo=UTC))) == DAYS[-2:]


def test_a_term_that_was_to_end_is_renewed_all_the_same_and_only_once_let_end() -> None:
    partner = admitted()
    partner.let_term_end(reasons=["Its aim is reached"], on=date(2033, 9, 2), by="staff_1")
    with pytest.raises(TermIsToEndAlready):
        partner.let_term_end(reasons=["Its aim is reached"], on=date(2033, 9, 3), by="staff_2")

    partner.renew(term_ends_on=date(2036, 2, 28), reasons=["There is more to do"], on=date(2033, 9, 4), by="staff_1")

    assert (partner.term_is_to_end, partner.term_ends_on) == (False, date(2036, 2, 28))


def test_a_renewal_is_decided_once_it_is_due_and_no_earlier() -> None:
    calendar = calendar_of(admitted())
    look(calendar, datetime(2033, 8, 31, 12, tzinfo=UTC))
    with pytest.raises(RenewalNotDueYet):
        calendar.refuse_before_it_is_due()

    look(calendar, datetime(2033, 9, 1, 12, tzinfo=UTC))
    calendar.refuse_before_it_is_due()


def test_a_renewal_that_is_taken_back_leaves_the_term_as_it_was_and_tells_nothing_twice() -> None:
    partner = admitted()
    calendar = calendar_of(partner)
    look(calendar, datetime(2033, 9, 2, 12, tzinfo=UTC))
    decide_on_time(calendar, partner, until=date(2036, 2, 28))
    look(calendar, datetime(2033, 9, 3, tzinfo=UTC))

    partner.reconsider_renewal(reason="A new government", on=date(2033, 10, 1), by="staff_2")
    calendar.follow(partner, datetime(2033, 10, 1, 12, tzinfo=UTC))

    assert partner.term_ends_on == date(2034, 2, 27)
    assert told(look(calendar, datetime(2040, 1, 1, tzinfo=UTC))) == DAYS[-3:]
    reconsidered = partner.recorded[-1]
    assert isinstance(reconsidered, partner_events.RenewalReconsidered)
    assert (reconsidered.term_ends_on, reconsidered.reason) == (date(2034, 2, 27), "A new government")


def test_a_term_that_was_to_end_is_open_again_when_that_is_taken_back_and_may_be_overdue() -> None:
    partner = admitted()
    calendar = calendar_of(partner)
    look(calendar, datetime(2033, 9, 2, 12, tzinfo=UTC))
    decide_on_time(calendar, partner, until=None)

    partner.reconsider_renewal(reason="Its minister asks", on=date(2033, 10, 1), by="staff_2")
    calendar.follow(partner, datetime(2033, 10, 1, 12, tzinfo=UTC))

    assert not partner.term_is_to_end
    assert told(look(calendar, datetime(2040, 1, 1, tzinfo=UTC))) == DAYS[-3:]


def test_a_renewal_is_taken_back_once_and_no_more_once_the_term_that_follows_has_begun() -> None:
    partner = admitted()
    with pytest.raises(NoRenewalDecided):
        partner.reconsider_renewal(reason="Too soon", on=date(2033, 9, 2), by="staff_1")
    partner.renew(term_ends_on=date(2037, 2, 27), reasons=["There is more to do"], on=date(2033, 9, 2), by="staff_1")

    with pytest.raises(FollowingTermHasBegun):
        partner.reconsider_renewal(reason="Too late", on=date(2034, 2, 28), by="staff_1")
    partner.reconsider_renewal(reason="In time", on=date(2034, 2, 27), by="staff_1")
    with pytest.raises(NoRenewalDecided):
        partner.reconsider_renewal(reason="Once more", on=date(2034, 2, 27), by="staff_1")


def test_what_was_overtaken_by_a_renewal_does_not_hold_again_when_that_is_taken_back() -> None:
    partner = admitted()
    partner.let_term_end(reasons=["Its aim is reached"], on=date(2033, 9, 2), by="staff_1")
    partner.renew(term_ends_on=date(2037, 2, 27), reasons=["There is more to do"], on=date(2033, 9, 3), by="staff_1")

    partner.reconsider_renewal(reason="Too soon", on=date(2033, 9, 4), by="staff_1")

    assert (partner.term_is_to_end, partner.term_ends_on) == (False, date(2034, 2, 27))


def test_a_decision_on_a_term_is_seen_as_it_stood_on_a_day() -> None:
    partner = admitted()
    partner.renew(term_ends_on=date(2037, 2, 27), reasons=["There is more to do"], on=date(2033, 9, 2), by="staff_1")
    partner.reconsider_renewal(reason="Too soon", on=date(2033, 9, 4), by="staff_1")

    stood = [standing_on(date(2033, 9, day), partner)["renewal_decisions"] for day in (1, 2, 3, 4)]

    assert [[bool(each.taken_back) for each in decisions] for decisions in stood] == [[], [False], [False], [True]]


def test_what_was_decided_of_an_earlier_admission_holds_no_more_in_the_next() -> None:
    partner = admitted()
    partner.let_term_end(reasons=["Its aim is reached"], on=date(2033, 9, 2), by="staff_1")
    partner.depart(reason="Its aim is reached", on=date(2034, 2, 28), **SAID)

    anew = an_admission(decided_on=date(2035, 5, 1), term_starts_on=date(2035, 6, 1), term_ends_on=date(2036, 5, 31))
    partner.admit(anew, leader_ids=["per_1"], at=datetime(2035, 5, 1, tzinfo=UTC))

    assert (partner.term_is_to_end, partner.term_ends_on) == (False, date(2036, 5, 31))


def test_what_changes_neither_term_nor_zone_changes_no_calendar() -> None:
    partner = admitted()
    calendar = calendar_of(partner)
    partner.change(name="Region Jönköping")
    assert not calendar.follow(partner, SAID["at"])
