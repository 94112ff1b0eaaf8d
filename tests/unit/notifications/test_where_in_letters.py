"""Where a camp is, in letters and in diaries: in a house, online, or as each likes."""

from dataclasses import replace

import pytest

from services.notifications.model.camp_where import Venue, Where
from services.notifications.model.letter_trigger import Category
from services.notifications.templates import LetterTemplates
from tests.builders.notifications import INSTITUTE
from tests.unit.notifications.letter_contents import ABOUT

TEMPLATES = LetterTemplates(INSTITUTE)
SPIRA = Venue(name="Spira", address="Kulturgatan 3")
HERE = {"mode": "in_person", "venue": SPIRA}
EITHER = {"mode": "hybrid", "venue": SPIRA}
ONLINE = {"mode": "online", "venue": None}
SAYING_WHERE = [category for category in Category if "mode" in ABOUT[category]]
SAYING_THE_HOUSE = [category for category in Category if "venue" in ABOUT[category]]


def written(category: Category, **about: object) -> str:
    letter = TEMPLATES.render(category, language="en", about=ABOUT[category] | about)
    return f"{letter.subject}\n{letter.body}"


@pytest.mark.parametrize("category", SAYING_WHERE)
def test_no_letter_sends_anybody_to_a_town_for_a_camp_that_is_online(category: Category) -> None:
    remote = {"remote": True} if "remote" in ABOUT[category] else {}

    says = written(category, **ONLINE, **remote)

    assert "Boston" not in says
    assert "Summer Camp 2026, online" in says.partition("\n")[0]


@pytest.mark.parametrize("category", SAYING_WHERE)
def test_every_letter_about_a_camp_to_which_one_can_also_come_online_says_so(category: Category) -> None:
    assert "Boston or online" in written(category, **EITHER)


@pytest.mark.parametrize("category", SAYING_THE_HOUSE)
def test_a_letter_says_in_which_house_it_is_where_that_is_known(category: Category) -> None:
    assert "Where: Boston\nVenue: Spira, Kulturgatan 3\nWhen: " in written(category, **HERE)
    assert "Where: Boston\nVenue: Spira\nWhen: " in written(category, **{**HERE, "venue": Venue(name="Spira")})
    assert "Where: Boston\nWhen: " in written(category)


def test_who_takes_part_from_where_they_are_is_not_sent_to_the_house() -> None:
    says = written(Category.DELEGATE_NAMED, **EITHER, remote=True)

    assert "Where: online (you take part from where you are)\nWhen: " in says
    assert "Spira" not in says


@pytest.mark.parametrize(
    ("now", "before", "says"),
    [
        (ONLINE, HERE, "It now takes place online. We had told you: in person."),
        (EITHER, ONLINE, "It now takes place in person or online, as each of you likes. We had told you: online."),
        (HERE, {**HERE, "venue": Venue(name="Folkets hus")}, "It is now at Spira, Kulturgatan 3, and not at Folkets"),
        (HERE, {**HERE, "venue": None}, "- It is at Spira, Kulturgatan 3."),
        ({**HERE, "venue": None}, HERE, "- It is not at Spira, Kulturgatan 3 any more."),
    ],
)
def test_who_was_told_otherwise_is_told_how_it_is_attended_now_and_where(
    now: dict[str, object], before: dict[str, object], says: str
) -> None:
    told = ABOUT[Category.CAMP_CHANGED]
    as_now = {name: told[name] for name in ("place", "zone", "starts_on", "ends_on", "answer_by")}
    was = replace(told["before"], title=told["camp_title"], **as_now, **before)

    letter = written(Category.CAMP_CHANGED, **now, before=was)

    assert says in letter
    assert "Something has changed about" in letter


def test_a_guest_is_told_what_they_had_been_told_of_where_it_is() -> None:
    before = ABOUT[Category.GUEST_CAMP_CHANGED]["before"] | HERE

    assert "We had told you: Summer Camp 2026, Chicago (Spira, Kulturgatan 3), " in written(
        Category.GUEST_CAMP_CHANGED, **ONLINE, before=before
    )


@pytest.mark.parametrize(
    ("where", "remote", "location"),
    [
        (Where(place="Boston"), False, "Boston"),
        (Where(place="Boston", venue=Venue(name="Spira")), False, "Spira, Boston"),
        (Where(place="Boston", venue=SPIRA), False, "Spira, Kulturgatan 3, Boston"),
        (Where(place="Boston", mode="hybrid", venue=SPIRA), False, "Spira, Kulturgatan 3, Boston"),
        (Where(place="Boston", mode="hybrid", venue=SPIRA), True, "Online"),
        (Where(place="Boston", mode="online"), False, "Online"),
        # Heard before that delegates are moved to the hall with it: the camp says how it is.
        (Where(place="Boston", venue=SPIRA), True, "Spira, Kulturgatan 3, Boston"),
    ],
)
def test_a_diary_says_the_house_or_online(where: Where, remote: bool, location: str) -> None:
    assert where.location(remote=remote) == location
