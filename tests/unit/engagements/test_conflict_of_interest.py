"""Nobody coaches the partner they work for, or worked for until lately: in whatever order that is heard."""

from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.engagements.events.engagement import EngagementCoachConflictEnded, EngagementCoachConflictFound
from services.engagements.model.employment import ConflictFound, ConflictOfInterest
from services.engagements.model.person import Person
from tests.builders.engagements import a_person, an_engagement

YEAR = timedelta(days=365)
TODAY = date(2026, 6, 1)
NOW = datetime(2026, 6, 1, 17, tzinfo=UTC)


class Told(NamedTuple):
    """An event about somebody: their number, for whom they work, or that they left whom, and the day of it."""

    sequence: int
    partner_id: str | None
    day: date
    leaves: bool = False

    def reach(self, person: Person) -> None:
        if self.leaves:
            person.work(sequence=self.sequence, employer_id=None, on=self.day, former_id=self.partner_id)
        else:
            person.work(sequence=self.sequence, employer_id=self.partner_id, on=self.day)


def who_heard(*told: Told) -> Person:
    person = a_person("per_9", role="coach")
    for each in told:
        each.reach(person)
    return person


def conflict(person: Person, *, on: date = TODAY) -> ConflictFound | None:
    return person.conflict_of_interest("prt_1", on=on, period=YEAR)


AT_WORK = Told(1, "prt_1", date(2020, 1, 1))
LEFT = Told(2, "prt_1", date(2026, 1, 1), leaves=True)
ELSEWHERE = Told(3, "prt_2", date(2026, 2, 1))


def test_who_works_for_a_partner_does_not_coach_it_and_no_day_ends_that() -> None:
    assert conflict(who_heard(AT_WORK)) == ConflictFound(coach_id="per_9", until=None)
    assert conflict(who_heard(AT_WORK), on=date(2199, 1, 1)) == ConflictFound(coach_id="per_9", until=None)


@pytest.mark.parametrize(
    ("day", "until"),
    [
        (date(2026, 1, 1), date(2027, 1, 1)),
        (date(2026, 12, 31), date(2027, 1, 1)),
        (date(2027, 1, 1), None),
    ],
)
def test_who_left_a_partner_may_coach_it_a_year_later_and_not_a_day_before(day: date, until: date | None) -> None:
    found = conflict(who_heard(AT_WORK, LEFT), on=day)

    assert found == (ConflictFound(coach_id="per_9", until=until) if until else None)


def test_who_moved_to_another_partner_without_a_word_that_they_left_worked_for_the_first_until_then() -> None:
    assert conflict(who_heard(AT_WORK, ELSEWHERE)) == ConflictFound(coach_id="per_9", until=date(2027, 2, 1))


def test_who_left_and_came_back_works_there() -> None:
    back = Told(3, "prt_1", date(2026, 3, 1))

    assert conflict(who_heard(AT_WORK, LEFT, back)) == ConflictFound(coach_id="per_9", until=None)


def test_of_who_left_it_counts_also_when_it_was_never_heard_that_they_worked_there() -> None:
    assert conflict(who_heard(LEFT)) == ConflictFound(coach_id="per_9", until=date(2027, 1, 1))


def test_a_copy_from_before_employers_were_kept_counts_by_whose_person_it_says_they_are() -> None:
    assert conflict(a_person("per_9", partner_id="prt_1")) == ConflictFound(coach_id="per_9", until=None)
    gone = a_person("per_9", partner_id="prt_1", present=False)  # on 1 May 2026
    assert conflict(gone) == ConflictFound(coach_id="per_9", until=date(2027, 5, 1))


def test_the_refusal_names_the_partner_and_until_when() -> None:
    with pytest.raises(ConflictOfInterest, match="per_9 works for partner prt_1"):
        who_heard(AT_WORK).must_have_no_interest("prt_1", on=TODAY, period=YEAR)
    with pytest.raises(ConflictOfInterest, match="partner prt_1 until 2026-01-01, and may coach it from 2027-01-01 on"):
        who_heard(AT_WORK, LEFT).must_have_no_interest("prt_1", on=TODAY, period=YEAR)
    who_heard(AT_WORK, LEFT).must_have_no_interest("prt_2", on=TODAY, period=YEAR)


EMPLOYERS = st.sampled_from(["prt_1", "prt_2", None])


@st.composite
def careers(draw: Any) -> list[Told]:
    """What one person's events say, in order: each on its day or a later one; who leaves, leaves whom they work for."""
    told: list[Told] = []
    day, at_work = date(2024, 1, 1), False
    for sequence in range(1, draw(st.integers(1, 7)) + 1):
        day += timedelta(days=draw(st.integers(0, 200)))
        leaves = at_work and draw(st.booleans())
        told.append(Told(sequence, told[-1].partner_id if leaves else draw(EMPLOYERS), day, leaves))
        at_work = not leaves
    return told


def last_day_there(told: list[Told], partner_id: str) -> date | None:
    """By reading a whole career: when somebody last stopped working for a partner, `date.max` if they have not."""
    last: date | None = None
    for each, following in zip(told, [*told[1:], None], strict=True):
        if each.partner_id == partner_id and not each.leaves:
            last = following.day if following else date.max
    return last


@given(careers(), st.randoms(), st.integers(0, 2000))
def test_whatever_the_order_and_however_often_it_is_heard_the_same_is_refused(
    told: list[Told], random: Any, days: int
) -> None:
    on = date(2024, 1, 1) + timedelta(days=days)
    last = last_day_there(told, "prt_1")
    barred = last is not None and (last == date.max or on < last + YEAR)
    shuffled = [*told, *told[:2]]
    random.shuffle(shuffled)

    found = conflict(who_heard(*shuffled), on=on)

    assert (found is not None) is barred
    assert who_heard(*shuffled).employments == who_heard(*told).employments


def test_while_something_is_not_heard_yet_nobody_is_let_in_who_would_be_refused_later() -> None:
    """A gap may hide that they left earlier; it never makes an employment shorter."""
    career = (AT_WORK, LEFT, ELSEWHERE)
    for order in permutations(career):
        for heard in (order[:1], order[:2]):
            told_of_it = any(each.partner_id == "prt_1" for each in heard)
            assert (conflict(who_heard(*heard)) is not None) is told_of_it


def test_an_interest_that_is_heard_of_later_is_said_once_and_when_it_is_none_after_all_that_too() -> None:
    engagement = an_engagement(coach="per_9")
    found = ConflictFound(coach_id="per_9", until=None)
    subject = {"engagement_id": "eng_1", "partner_id": "prt_1", "coach_id": "per_9"}

    for each in (found, found, None, None):
        engagement.face_conflict(each)

    assert engagement.recorded == [
        EngagementCoachConflictFound(**subject, until=None),
        EngagementCoachConflictEnded(**subject),
    ]


def test_whoever_takes_over_takes_the_interest_of_the_former_coach_away() -> None:
    engagement = an_engagement(coach="per_9")
    engagement.face_conflict(ConflictFound(coach_id="per_9", until=None))

    engagement.replace_lead_coach(coach=a_person("per_2"), by="anna", at=NOW)

    assert engagement.coach_conflict is None


def test_faculty_of_a_partner_can_coach_and_who_retired_cannot() -> None:
    person = a_person("per_9", partner_id="prt_2", role="leader")
    assert not person.can_coach
    person.become_faculty(True, sequence=3)
    assert person.can_coach
    person.must_be_able_to_coach(field="coach_id")
    person.become_faculty(False, sequence=4)
    assert not person.can_coach
