"""Whoever only opens links changes nothing, in no database, and nobody hears of it: of every page, in every state."""

from collections.abc import Iterator
from typing import Any

import pytest
from pymongo import MongoClient

from cli.connection.services import services
from cli.local.instance import instance_running
from cli.local.process import append_to
from tests.journeys.a_year.quiet import Quiet
from tests.journeys.mail_scanner import Documents, MailScanner, differing, documents_of, links_in
from tests.journeys.platform_driver import PlatformDriver
from tests.journeys.test_reply_links_are_not_stored import CALLS, overheard
from tests.pages.guests import Guests
from tests.pages.public_pages import LANGUAGES, PUBLIC_PAGES, in_language
from tests.waiting import eventually

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
HURRIED = {"RETRY_STEPS_SECONDS": "[1, 1, 1]", "DUE_LOOP_SECONDS": "0.5"}
UNLIMITED = {"REQUESTS_PER_SECOND": "10000", "PAGES_PER_SECOND": "10000"}


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlatformDriver]:
    """The platform, on which nothing happens but what this file does."""
    folder = tmp_path_factory.mktemp("scanned")
    log = append_to(folder / "instance.log")
    with instance_running(
        folder=folder / "instance", described_in=folder / "run.json",
        print_from=lambda who, line: log(f"{who}: {line}"), given={}, also={**HURRIED, **UNLIMITED},
    ) as instance:  # fmt: skip
        yield PlatformDriver(instance)


@pytest.fixture(scope="module")
def databases(platform: PlatformDriver) -> Iterator[Any]:
    with MongoClient[dict[str, Any]](platform.instance.parts.mongo_uri, tz_aware=True) as client:
        yield {service: client[platform.instance.prefix + service] for service in services()}


@pytest.fixture(scope="module")
def links(platform: PlatformDriver) -> list[str]:
    """The link of each page, after all that led to them was played."""
    guests = Guests(platform)
    return [page.play(guests) for page in PUBLIC_PAGES]


def test_a_scanner_that_opens_every_link_of_every_letter_and_page_changes_nothing(
    platform: PlatformDriver, databases: Any, links: list[str]
) -> None:
    eventually(Quiet(databases).reigns)
    scanner, before = MailScanner(platform.instance.gateway), documents_of(databases)

    with overheard(platform) as so_far:
        scanner.scan([*links, *links_in(platform.mails_to("@"))])
        heard = [message for exchange, message in so_far() if exchange != CALLS]

    assert differing(before, documents_of(databases)) == []
    assert heard == []
    assert {in_language(link, tag) for link in links for tag in LANGUAGES if "?" not in link} <= set(scanner.statuses)
    assert {200} in [statuses for link, statuses in scanner.statuses.items() if link.endswith(".ics")]
    assert {status for statuses in scanner.statuses.values() for status in statuses} == {200, 400, 404, 410, 503}


def test_one_member_of_one_document_is_told_from_what_it_was() -> None:
    before: Documents = {("camps", "invitations", "inv_1"): {"_id": "inv_1", "answers": 0}}

    changed = {("camps", "invitations", "inv_1"): {"_id": "inv_1", "answers": 1}}
    added = {**before, ("camps", "outbox", "evt_1"): {"_id": "evt_1"}}

    assert differing(before, before) == []
    assert differing(before, changed) == [({"_id": "inv_1", "answers": 0}, {"_id": "inv_1", "answers": 1})]
    assert differing(before, added) == [(None, {"_id": "evt_1"})]
    assert differing(added, before) == [({"_id": "evt_1"}, None)]


@pytest.mark.parametrize(("outcome", "counts"), [("refused", False), ("read", False), ("done", True)])
def test_on_record_may_come_that_somebody_read_or_was_refused_and_nothing_else(outcome: str, counts: bool) -> None:
    added: Documents = {("camps", "audit_records", "aud_1"): {"_id": "aud_1", "outcome": outcome}}

    assert (differing({}, added) != []) == counts
