"""Days and times in letters: written for people, where they are, and where their reader is."""

import pytest

from services.notifications.model.letter_trigger import Category
from services.notifications.templates import LetterTemplates
from tests.builders.notifications import INSTITUTE
from tests.unit.notifications.letter_contents import ABOUT

TEMPLATES = LetterTemplates(INSTITUTE)


def test_days_are_written_for_people() -> None:
    rendered = TEMPLATES.render(Category.INVITATION, language="en", about=ABOUT[Category.INVITATION])

    assert "13 July 2026 to 15 July 2026" in rendered.body


def test_an_answer_counts_to_the_end_of_a_day_or_to_an_hour_of_it_in_the_zone_of_the_camp() -> None:
    wordings = [
        TEMPLATES.render(Category.ANSWER_REMINDER, language="en", about=ABOUT[Category.ANSWER_REMINDER] | hour).body
        for hour in ({"until_hour": None}, {"until_hour": "17:30"})
    ]

    assert "tell us by the end of 29 June 2026 (America/New_York time) whether" in wordings[0]
    assert "tell us by 17:30 on 29 June 2026 (America/New_York time) whether" in wordings[1]


@pytest.mark.parametrize("category", [Category.FOLLOW_UP, Category.FOLLOW_UP_DUE])
def test_a_coach_has_until_the_end_of_the_day_on_which_a_follow_up_is_due(category: Category) -> None:
    rendered = TEMPLATES.render(category, language="en", about=ABOUT[category])

    assert "by the end of 15 June 2026 (America/New_York time)" in " ".join(rendered.body.split())


ELSEWHERE = {
    Category.SESSION_MOVED: [
        "and not on 9 June 2026 at 09:00 (Europe/Stockholm time; where you are 03:00 on 9 June 2026, America/",
        "10 June 2026 at 14:00 (Europe/Stockholm time; where you are 08:00 on 10 June 2026, America/New_York time)",
    ],
    Category.SESSION_CANCELLED: ["14:00 (Europe/Stockholm time; where you are 08:00 on 10 June 2026, America/New_York"],
    Category.SESSION_TAKEN_OVER: [
        "14:00 (Europe/Stockholm time; where you are 08:00 on 10 June 2026, America/New_York"
    ],
    Category.SESSION_PASSED_ON: ["14:00 (Europe/Stockholm time; where you are 08:00 on 10 June 2026, America/New_York"],
    Category.AT_RISK: [
        "1 September 2026 (Europe/Stockholm time; where you are 18:00 on 1 September 2026, America/New_"
    ],
    Category.MISSED: [
        "1 September 2026 (Europe/Stockholm time; where you are 18:00 on 1 September 2026, America/New_York"
    ],
}
"""What a reader in New York reads; Stockholm is six hours ahead of it all year but for three weeks."""


@pytest.mark.parametrize(("category", "says"), ELSEWHERE.items(), ids=[str(each) for each in ELSEWHERE])
def test_a_time_is_said_where_it_is_and_beside_it_where_the_reader_is(category: Category, says: list[str]) -> None:
    there, here = (
        TEMPLATES.render(category, language="en", about=ABOUT[category], reader_zone=zone).body
        for zone in ("Europe/Berlin", "America/New_York")
    )

    assert "where you are" not in there
    assert [each for each in says if each not in here] == []


ASKING = [each for each in Category if "answer_by" in ABOUT[each] and "until_hour" in ABOUT[each]]


@pytest.mark.parametrize("category", ASKING)
def test_until_when_to_answer_is_said_where_the_reader_is_too(category: Category) -> None:
    day, hour = (
        TEMPLATES.render(
            category, language="en", about=ABOUT[category] | {"until_hour": until}, reader_zone="Europe/Stockholm"
        ).body
        for until in (None, "17:30")
    )

    assert "29 June 2026 (America/New_York time; where you are 06:00 on 30 June 2026, Europe/Stockholm time)" in day
    assert "17:30 on 29 June 2026 (America/New_York time; where you are 23:30 on 29 June 2026, Europe/Sto" in hour
