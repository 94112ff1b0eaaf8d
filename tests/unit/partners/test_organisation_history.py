"""What an organisation was on a day, and what it was called: held against calendars whose days are written over."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.schemas.operations import declared
from chassis.schemas.validation import InvalidFields, load
from services.partners.model.organisation.description_change import DescriptionChange, members_on, value_on
from services.partners.model.organisation.former_name import FormerName, NameEndsBeforeItBegins
from services.partners.model.partner import Partner
from services.partners.model.partner_on_a_day import names_on, standing_on
from services.partners.use_cases.partner import change_partner
from tests.builders.partners import a_partner, an_admission

FIRST = date(2026, 1, 1)
LAST = 30
WORDS = st.lists(st.tuples(st.sampled_from("ABCDEF"), st.integers(0, LAST)), max_size=8)
"""What was said one after the other: a word, and the day of the month from which it holds."""


def the(day: int) -> date:
    return FIRST + timedelta(days=day)


def calendar(words: list[tuple[str, int]]) -> list[str]:
    """What was so on each day: whatever is said later writes over every day from its first on."""
    days = ["before"] * (LAST + 1)
    for word, since in words:
        days[since:] = [word] * (LAST + 1 - since)
    return days


def a_change(after: Any, since: date, *, before: Any = None, member: str = "kind") -> DescriptionChange:
    return DescriptionChange(id="chg_1", partner_id="prt_1", member=member, before=before, after=after, since=since,
                             by="staff_1", reason=None, recorded_at=datetime(2026, 6, 1, tzinfo=UTC))  # fmt: skip


def said(words: list[tuple[str, int]]) -> list[DescriptionChange]:
    changes: list[DescriptionChange] = []
    for word, since in words:
        for earlier in changes:
            earlier.give_way(the(since))
        before = changes[-1].after if changes else "before"
        changes.append(a_change(word, the(since), before=before))
    return changes


@given(WORDS.filter(bool))
def test_what_was_said_last_of_a_day_was_so_on_that_day(words: list[tuple[str, int]]) -> None:
    changes = said(words)

    assert [value_on(the(day), changes) for day in range(LAST + 1)] == calendar(words)


@given(WORDS.filter(bool))
def test_no_two_changes_of_a_member_held_on_one_day(words: list[tuple[str, int]]) -> None:
    changes = said(words)

    assert max(sum(each.held_on(the(day)) for each in changes) for day in range(LAST + 1)) <= 1
    assert changes[-1].until is None


def test_what_a_later_word_takes_the_place_of_never_was() -> None:
    first, second = said([("B", 20), ("C", 10)])

    assert (first.since, first.until) == (the(20), the(9))
    assert (second.since, second.until) == (the(10), None)


def test_each_member_has_a_past_of_its_own() -> None:
    changes = [a_change("trust", the(5), before="region"), a_change("en", the(9), before="sv", member="language")]

    assert members_on(the(7), changes) == {"kind": "trust", "language": "sv"}
    assert members_on(the(9), []) == {}


@given(WORDS)
def test_the_names_of_a_partner_are_those_of_their_days(words: list[tuple[str, int]]) -> None:
    partner = a_partner(name="before")
    for word, since in words:
        partner.describe(**partner.with_names({"name": word}, on=the(since)))

    assert [names_on(the(day), partner)["name"] for day in range(LAST + 1)] == calendar(words)


def test_who_has_another_name_keeps_the_one_before_from_when_until_when() -> None:
    partner = a_partner(
        name="Providence St. Joseph Health",
        name_used_from=date(2016, 7, 1),
        former_names=[FormerName(name="Providence Health & Services", used_until=date(2016, 6, 30))],
    )

    partner.describe(**partner.with_names({"name": "Providence"}, on=date(2019, 9, 1)))

    assert (partner.name, partner.name_used_from) == ("Providence", date(2019, 9, 1))
    assert partner.former_names == [
        FormerName(name="Providence Health & Services", used_until=date(2016, 6, 30)),
        FormerName(name="Providence St. Joseph Health", used_from=date(2016, 7, 1), used_until=date(2019, 8, 31)),
    ]
    assert names_on(date(2016, 7, 1), partner) == {
        "name": "Providence St. Joseph Health", "name_used_from": date(2016, 7, 1),
        "former_names": [FormerName(name="Providence Health & Services", used_until=date(2016, 6, 30))],
    }  # fmt: skip
    assert names_on(date(2010, 1, 1), partner)["name"] == "Providence Health & Services"
    assert partner.searched_words == "Providence Providence Health & Services Providence St. Joseph Health"


def test_of_two_names_without_a_first_day_the_one_that_ended_first_is_the_older() -> None:
    former = [
        FormerName(name="Third", used_until=date(2020, 1, 1)),
        FormerName(name="Second", used_until=date(2010, 1, 1)),
    ]
    partner = a_partner(name="Fourth", former_names=former)

    days = (date(2000, 1, 1), date(2010, 1, 2), date(2020, 1, 2))
    assert [names_on(day, partner)["name"] for day in days] == ["Second", "Third", "Fourth"]


def test_a_name_that_was_a_mistake_leaves_nothing_behind_where_that_is_said() -> None:
    partner = a_partner(name="Region Jonkoping")

    partner.describe(**partner.with_names({"name": "Region Jönköping", "former_names": []}, on=FIRST))

    assert names_on(date(2020, 1, 1), partner)["name"] == "Region Jönköping"


def test_a_name_was_used_for_a_day_at_least() -> None:
    with pytest.raises(NameEndsBeforeItBegins):
        FormerName(name="Bellin", used_from=date(2020, 1, 2), used_until=date(2020, 1, 1))

    wrong = [{"name": "Bellin", "used_from": "2020-01-02", "used_until": "2020-01-01"}]
    with pytest.raises(InvalidFields, match="2020-01-02 on is expected; got '2020-01-01'") as refusal:
        load(declared(change_partner).reads(), {"partner_id": "prt_1", "version": 1, "former_names": wrong})

    assert refusal.value.fields[0]["pointer"] == "/former_names/0/used_until"


def at(day: int, month: int = 1) -> datetime:
    return datetime(2026, month, day, 12, tzinfo=UTC)


def a_partner_that_came_back() -> Partner:
    partner = a_partner()
    partner.admit(an_admission(reasons=["Will"]), leader_ids=["per_1"], at=at(5))
    partner.pause(reason="An election", on=date(2026, 1, 8), by="staff_1", at=at(8))
    partner.resume(on=date(2026, 1, 11), by="staff_1", at=at(11))
    partner.depart(reason="Merged", on=date(2026, 1, 20), by="staff_1", at=at(20))
    partner.admit(an_admission(reasons=["Back"]), leader_ids=["per_1"], at=at(25))
    return partner


@pytest.mark.parametrize(
    ("day", "state", "reasons"),
    [
        (4, "proposed", None),
        (5, "admitted", ["Will"]),
        (8, "paused", ["Will"]),
        (11, "admitted", ["Will"]),
        (20, "departed", ["Will"]),
        (25, "admitted", ["Back"]),
    ],
)
def test_how_a_partner_stood_is_seen_of_each_day(day: int, state: str, reasons: list[str] | None) -> None:
    stood = standing_on(date(2026, 1, day), a_partner_that_came_back())

    assert stood["state"] == state
    assert (stood["admission"].reasons if stood["admission"] else None) == reasons
    assert [each.reasons for each in stood["earlier_admissions"]] == ([["Will"]] if reasons == ["Back"] else [])


def test_a_day_ends_at_midnight_where_the_partner_is() -> None:
    partner = a_partner(zone="Pacific/Kiritimati")
    partner.admit(an_admission(), leader_ids=["per_1"], at=datetime(2026, 1, 5, 10, 30, tzinfo=UTC))

    assert standing_on(date(2026, 1, 5), partner)["state"] == "proposed"
    assert standing_on(date(2026, 1, 6), partner)["state"] == "admitted"
