"""A year of a partnership, through HTTP: what everybody was told, in order, nothing twice and nothing untrue.

It is played in 2050, by a clock of its own. What each person is to be told stands in `a_year/told.py`. What letters
say is held against what is so, sentence by sentence: when they come, and at each moment after that until another letter
takes it back. A day, a number or a name in a sentence that `a_year/sentences.py` does not know is refused. The letters
as they arrived are kept in `a_year/letters`; after a change to their texts, this test with `REWRITE_LETTERS=yes` in its
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
from tests.journeys.a_year.post_office import post_office
from tests.journeys.a_year.quiet import Quiet
from tests.journeys.a_year.story import play
from tests.journeys.a_year.told import TOLD
from tests.journeys.mail_scanner import MailScanner, differing, documents_of, links_in
from tests.journeys.platform_driver import PlatformDriver

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
HURRIED = {
    "RETRY_STEPS_SECONDS": "[1, 1, 1]", "DUE_LOOP_SECONDS": "0.2", "SEAT_LOOP_SECONDS": "0.2",
    "PAGES_PER_SECOND": "10000", "REQUESTS_PER_SECOND": "10000",
}  # fmt: skip
SEEN = [
    "Tomasi, who leads it with her, by a link: 410, ended",
    "Sina, who leads Upolu, by a link: 200",
    "Tomasi, who leads it with her, by a link: 200",
    "Anna, who cannot be written to: {'Kestrel Bay Hospitals': 'mail_refused'}",
    "Anna, who cannot be written to: {}",
    "Sina, who leads Upolu, by a link: 410, ended",
    "Sina, at her new address, by a link: 200",
    "Tomasi, who leads it with her, by a link: 200",
]


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    """The platform, by a clock that can be set, after a year has been played."""
    folder = tmp_path_factory.mktemp("year")
    log, clock = append_to(folder / "instance.log"), YearClock(folder / "clock")
    clock.set("2050-01-10T09:00Z")
    with post_office() as office, instance_running(
        folder=folder / "instance", described_in=folder / "run.json",
        print_from=lambda who, line: log(f"{who}: {line}"), given={"smtp_uri": office.uri},
        also={**HURRIED, **clock.settings},
    ) as instance, MongoClient[dict[str, Any]](instance.parts.mongo_uri, tz_aware=True) as client:  # fmt: skip
        quiet = Quiet({service: client[instance.prefix + service] for service in services()})
        played = Year(PlatformDriver(instance), clock, quiet, office)
        play(played)
        yield played


@pytest.mark.parametrize("who", TOLD)
def test_everybody_was_told_what_concerned_them_in_order(year: Year, who: str) -> None:
    assert [told.line for told in year.told if told.who == who] == list(TOLD[who])


def test_no_letter_arrived_twice(year: Year) -> None:
    arrived = Counter(told.mail["Message-ID"] for told in year.told)

    assert {letter: times for letter, times in arrived.items() if times > 1} == {}


def test_no_letter_said_only_what_its_reader_had_been_told(year: Year) -> None:
    assert year.beliefs.nothing_new == []


def test_nobody_was_told_or_went_on_to_believe_anything_untrue(year: Year) -> None:
    assert year.beliefs.untrue == []


def test_every_day_number_and_name_in_a_letter_was_held_against_what_was_so(year: Year) -> None:
    assert year.beliefs.unchecked == []


def test_who_looked_saw_what_was_so(year: Year) -> None:
    assert year.seen == SEEN


def test_the_letters_of_the_year_are_those_that_were_read_aloud(year: Year) -> None:
    letters = kept_letters.as_files(year.told)
    if os.environ.get("REWRITE_LETTERS"):
        kept_letters.keep(letters)

    kept = kept_letters.kept()
    assert list(letters) == list(kept)
    assert letters == kept


def test_a_scanner_that_opens_every_link_of_every_letter_of_the_year_changes_nothing(year: Year) -> None:
    links = list(links_in(told.mail for told in year.told))
    scanner, before = MailScanner(year.platform.instance.gateway), documents_of(year.quiet.databases)

    scanner.scan(links)

    assert differing(before, documents_of(year.quiet.databases)) == []
    assert links
    assert {status for statuses in scanner.statuses.values() for status in statuses} == {200, 410}
