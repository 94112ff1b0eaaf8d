"""A year of a partnership, through HTTP: what everybody was told, in order, nothing twice and nothing untrue.

It is played in 2050, by a clock of its own. What each person is to be told stands in `TOLD`. The letters as they
arrived are kept in `a_year/letters`; after a change to their texts, this test with `REWRITE_LETTERS=yes` in its
environment writes them anew, to be read aloud before they are committed.
"""

import os
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from pymongo import MongoClient

from cli.connection.services import services
from cli.local.instance import instance_running
from cli.local.process import append_to
from tests.journeys.a_year import kept_letters
from tests.journeys.a_year.clock import YearClock
from tests.journeys.a_year.played import Year
from tests.journeys.a_year.quiet import Quiet
from tests.journeys.a_year.story import play
from tests.journeys.platform_driver import PlatformDriver

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
HURRIED = {"RETRY_STEPS_SECONDS": "[1, 1, 1]", "DUE_LOOP_SECONDS": "0.2", "SEAT_LOOP_SECONDS": "0.2"}
TOLD: dict[str, tuple[str, ...]] = {
    "Anna, of the institute's staff": (
        "3 October: A successor is needed: Chidi Okonkwo no longer coaches Upolu Health Service",
    ),
    "Chidi, who coaches until October": (
        "24 January: You lead the coaching of Upolu Health Service",
        "7 February: Coaching with Upolu Health Service on 22 February 2050, 10:00",
        "14 February: Coaching with Upolu Health Service is now on 23 February 2050, 10:00",
        "16 February: Maria Santos coaches Upolu Health Service on 23 February 2050",
        "14 March: At risk: “Hand hygiene above 90 per cent” of Upolu Health Service",
        "30 March: By 20 April 2050: follow up with Upolu Health Service on “Two wards test the sepsis bundle”",
        "15 April: Not reached by 15 April 2050: “Hand hygiene above 90 per cent” of Upolu Health Service",
        "17 April: Now by 31 May 2050: “Hand hygiene above 90 per cent” of Upolu Health Service",
        "10 May: By 24 May 2050: follow up with Upolu Health Service on “Hand hygiene above 90 per cent”",
        "11 May: Correction: “Hand hygiene above 90 per cent” of Upolu Health Service is not reached yet",
        "14 May: By 28 May 2050: follow up with Upolu Health Service on “Hand hygiene above 90 per cent”",
        "28 May: Due on 28 May 2050: follow up with Upolu Health Service on “Hand hygiene above 90 per cent”",
        "1 June: Coaching with Upolu Health Service on 4 June 2050, 10:00",
        "1 August: The coaching of Upolu Health Service rests",
        "29 August: The coaching of Upolu Health Service goes on",
        "20 September: By 20 October 2050: follow up with Upolu Health Service on “The board reviews harm every month”",
        "22 September: Coaching with Upolu Health Service on 12 October 2050, 10:00",
    ),
    "Maria, who coaches after him": (
        "24 January: You lead the coaching of Region Vättern",
        "16 February: You coach Upolu Health Service on 23 February 2050, 10:00",
        "5 October: You coach Upolu Health Service on 12 October 2050, 10:00",
        "5 October: You now lead the coaching of Upolu Health Service",
        "25 October: Coaching with Upolu Health Service on 9 November 2050, 10:00",
        "28 October: The coaching of Upolu Health Service has ended",
    ),
    "Sina, who leads Upolu": (
        "11 January: Welcome, Upolu Health Service",
        "24 January: Your coach: Chidi Okonkwo",
        "7 February: Coaching with Chidi Okonkwo on 22 February 2050, 10:00",
        "14 February: Coaching with Chidi Okonkwo is now on 23 February 2050, 10:00",
        "16 February: Maria Santos holds your coaching session on 23 February 2050, 10:00",
        "30 March: Milestone reached: Two wards test the sepsis bundle",
        "20 April: You are invited: Summer Camp 2050, Jönköping",
        "10 May: Milestone reached: Hand hygiene above 90 per cent",
        "11 May: Correction: “Hand hygiene above 90 per cent” of Upolu Health Service is not reached yet",
        "13 May: Please answer by 20 May 2050: Summer Camp 2050, Jönköping",
        "14 May: Milestone reached: Hand hygiene above 90 per cent",
        "15 May: We have your answer: Summer Camp 2050, Jönköping",
        "15 May: Your answer is undone: Summer Camp 2050, Jönköping",
        "16 May: You are expected: Summer Camp 2050, Jönköping",
        "1 June: Coaching with Chidi Okonkwo on 4 June 2050, 10:00",
        "1 August: The partnership with Upolu Health Service rests",
        "29 August: The partnership with Upolu Health Service goes on",
        "20 September: Milestone reached: The board reviews harm every month",
        "20 September: You are invited: Winter Camp 2050, Åre",
        "22 September: Coaching with Chidi Okonkwo on 12 October 2050, 10:00",
    ),
    "Sina, at her new address": (
        "25 September: You are invited: Winter Camp 2050, Åre",
        "5 October: Your coach: Maria Santos",
        "12 October: We have your answer: Winter Camp 2050, Åre",
        "24 October: Please answer by 31 October 2050: Winter Camp 2050, Åre",
        "25 October: Coaching with Maria Santos on 9 November 2050, 10:00",
        "28 October: Thank you and goodbye, Upolu Health Service",
    ),
    "Tomasi, who leads it with her": (
        "11 January: Welcome, Upolu Health Service",
        "24 January: Your coach: Chidi Okonkwo",
        "7 February: Coaching with Chidi Okonkwo on 22 February 2050, 10:00",
        "14 February: Coaching with Chidi Okonkwo is now on 23 February 2050, 10:00",
        "16 February: Maria Santos holds your coaching session on 23 February 2050, 10:00",
        "30 March: Milestone reached: Two wards test the sepsis bundle",
        "20 April: You are invited: Summer Camp 2050, Jönköping",
        "10 May: Milestone reached: Hand hygiene above 90 per cent",
        "11 May: Correction: “Hand hygiene above 90 per cent” of Upolu Health Service is not reached yet",
        "13 May: Please answer by 20 May 2050: Summer Camp 2050, Jönköping",
        "14 May: Milestone reached: Hand hygiene above 90 per cent",
        "15 May: We have your answer: Summer Camp 2050, Jönköping",
        "15 May: Your answer is undone: Summer Camp 2050, Jönköping",
        "16 May: You are expected: Summer Camp 2050, Jönköping",
        "1 June: Coaching with Chidi Okonkwo on 4 June 2050, 10:00",
        "1 August: The partnership with Upolu Health Service rests",
        "29 August: The partnership with Upolu Health Service goes on",
        "20 September: Milestone reached: The board reviews harm every month",
        "20 September: You are invited: Winter Camp 2050, Åre",
        "22 September: Coaching with Chidi Okonkwo on 12 October 2050, 10:00",
        "5 October: Your coach: Maria Santos",
        "12 October: We have your answer: Winter Camp 2050, Åre",
        "24 October: Please answer by 31 October 2050: Winter Camp 2050, Åre",
        "25 October: Coaching with Maria Santos on 9 November 2050, 10:00",
        "28 October: Thank you and goodbye, Upolu Health Service",
    ),
    "Karin, who leads Region Vättern": (
        "11 January: Welcome, Region Vättern",
        "24 January: Your coach: Maria Santos",
        "21 April: You are on the waitlist: Summer Camp 2050, Jönköping",
        "16 May: There are seats for you now: Summer Camp 2050, Jönköping",
        "17 May: You are expected: Summer Camp 2050, Jönköping",
        "12 September: You are invited: Winter Camp 2050, Åre",
        "10 October: We have your answer: Winter Camp 2050, Åre",
    ),
}
"""What each is to be told, by day in UTC; what is of one moment is in the order of the alphabet."""


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    """The platform, by a clock that can be set, after a year has been played."""
    folder = tmp_path_factory.mktemp("year")
    log, clock = append_to(folder / "instance.log"), YearClock(folder / "clock")
    clock.set("2050-01-10T09:00Z")
    with instance_running(
        folder=folder / "instance", described_in=folder / "run.json",
        print_from=lambda who, line: log(f"{who}: {line}"), given={}, also={**HURRIED, **clock.settings},
    ) as instance, MongoClient[dict[str, Any]](instance.parts.mongo_uri, tz_aware=True) as client:  # fmt: skip
        quiet = Quiet({service: client[instance.prefix + service] for service in services()})
        played = Year(PlatformDriver(instance), clock, quiet)
        play(played)
        yield played


@pytest.mark.parametrize("who", TOLD)
def test_everybody_was_told_what_concerned_them_in_order(year: Year, who: str) -> None:
    assert [told.line for told in year.told if told.who == who] == list(TOLD[who])


def test_nobody_was_told_anything_twice(year: Year) -> None:
    letters = Counter((told.who, told.mail["Subject"], told.mail.get_content()) for told in year.told)

    assert {told: times for told, times in letters.items() if times > 1} == {}


def test_the_letters_of_the_year_are_those_that_were_read_aloud(year: Year) -> None:
    letters = kept_letters.as_files(year.told)
    if os.environ.get("REWRITE_LETTERS"):
        kept_letters.keep(letters)

    kept = kept_letters.kept()
    assert list(letters) == list(kept)
    assert letters == kept
