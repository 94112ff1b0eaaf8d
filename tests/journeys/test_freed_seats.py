"""Journey 6: declined → grace → seat freed → waitlist promoted → offer mailed → answered, or lapsed to the next."""

import re
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest

from cli.local.instance import instance_running
from cli.local.process import append_to
from tests.journeys.platform_driver import PlatformDriver
from tests.journeys.test_answer_by_link import browse
from tests.waiting import eventually

YEARS = count(2099, -1)
"""The camp that begins first is the one that partners are invited to."""
HURRIED = {"RETRY_STEPS_SECONDS": "[1, 2, 3]", "DECLINE_GRACE_SECONDS": "1", "OFFER_SECONDS": "8"}


@pytest.fixture(scope="module")
def hurried(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlatformDriver]:
    """The platform with clocks that run quicker."""
    folder = tmp_path_factory.mktemp("hurried")
    log = append_to(folder / "instance.log")
    with instance_running(
        folder=folder / "instance", described_in=folder / "run.json",
        print_from=lambda who, line: log(f"{who}: {line}"),
        given={}, also=HURRIED,
    ) as instance:  # fmt: skip
        yield PlatformDriver(instance)


@pytest.fixture
def partners(hurried: PlatformDriver) -> list[Any]:
    """Of three partners the first is invited to a camp with four seats, and the others wait for these."""
    hurried.open(hurried.announced_camp(capacity=4, year=next(YEARS)))
    return [hurried.invited_partner(wanted) for wanted in ("issued", "waitlisted", "waitlisted")]


def answer(platform: PlatformDriver, partner: Any, **said: Any) -> None:
    """Answer as the partner's leader, for whom the latest version is good enough."""
    (invitation,) = platform.invitations(partner["id"])
    leader = platform.as_leader_of(partner["id"])
    leader.post(f"/v1/invitations/{invitation['id']}/answers", said, If_Match="*")


def state(platform: PlatformDriver, partner: Any) -> str:
    return str(platform.invitations(partner["id"])[0]["state"])


def has_got(platform: PlatformDriver, partner: Any, subject: str) -> bool:
    (leader,) = platform.api.get("/v1/people", partner_id=partner["id"])["items"]
    return subject in platform.subjects_to(leader["email"])


def test_the_seats_of_a_no_are_offered_by_letter_and_taken(hurried: PlatformDriver, partners: list[Any]) -> None:
    first, second, third = partners

    answer(hurried, first, answer="declined", reason="Our board meets")
    eventually(lambda: state(hurried, second) == "issued")
    answer(hurried, second, answer="accepted")

    assert [state(hurried, each) for each in partners] == ["declined", "accepted", "waitlisted"]
    eventually(lambda: has_got(hurried, first, "We have your answer"))
    eventually(lambda: has_got(hurried, second, "There are seats for you now"))
    eventually(lambda: has_got(hurried, second, "You are expected"))
    assert not has_got(hurried, third, "There are seats for you now")


def test_an_offer_that_nobody_answers_goes_to_the_next_who_waits(hurried: PlatformDriver, partners: list[Any]) -> None:
    first, second, third = partners

    answer(hurried, first, answer="declined")
    eventually(lambda: state(hurried, second) == "expired")
    eventually(lambda: state(hurried, third) == "issued")

    eventually(lambda: has_got(hurried, second, "No longer kept: your seats"))
    eventually(lambda: has_got(hurried, third, "There are seats for you now"))


def test_who_waits_reads_its_place_by_the_link_of_its_letter_and_takes_what_is_free(hurried: PlatformDriver) -> None:
    hurried.open(hurried.announced_camp(capacity=6, year=next(YEARS)))
    hurried.invited_partner()
    waiting = hurried.invited_partner("waitlisted")

    link = eventually(lambda: links_to(hurried, waiting, "You are on the waitlist"))[0]
    shown = browse(link)
    assert "is waiting for 4 seats, at place 1 of the waitlist" in shown.says
    assert browse(link, {"nonce": shown.nonce, "answer": "fewer_seats", "seats": "2"}).status == 200

    eventually(lambda: state(hurried, waiting) == "issued")
    eventually(lambda: has_got(hurried, waiting, "There are seats for you now"))


def test_who_leaves_the_waitlist_is_told_so_and_joins_again_by_the_link(hurried: PlatformDriver) -> None:
    hurried.open(hurried.announced_camp(capacity=6, year=next(YEARS)))
    hurried.invited_partner()
    waiting = hurried.invited_partner("waitlisted")

    answer(hurried, waiting, answer="left", reason="Our board meets")
    link = eventually(lambda: links_to(hurried, waiting, "No longer on the waitlist"))[0]
    browse(link, {"nonce": browse(link).nonce, "answer": "rejoined"})

    assert state(hurried, waiting) == "waitlisted"


def links_to(platform: PlatformDriver, partner: Any, subject: str) -> list[str]:
    """The links in letters of that subject to who leads a partner."""
    (leader,) = platform.api.get("/v1/people", partner_id=partner["id"])["items"]
    mails = [mail for mail in platform.mails_to(leader["email"]) if subject in str(mail["Subject"])]
    return [link for mail in mails for link in re.findall(r"http\S+/rsvp/\S+", mail.get_body(("plain",)).get_content())]
