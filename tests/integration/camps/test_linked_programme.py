"""Who has the link of a letter about a programme reads the last release, as long as they come."""

import pytest

from chassis.domain.capabilities import Capability
from chassis.schemas.mail_addresses import address_digest
from tests.integration.camps.harness import KEYS, Answer, CampsHarness
from tests.integration.camps.test_programme import Planned


@pytest.fixture
def planned(camps: CampsHarness) -> Planned:
    """A programme with one session, which the first delegate presents."""
    planned = Planned(camps)
    planned.arrange(planned.slot(planned.session(planned.delegates[0])))
    return planned


def token(planned: Planned, number: int = 0, *, email: str | None = None) -> str:
    holder = planned.delegates[number]
    digest = address_digest(email or f"d{number}@region.example", of=holder)
    return KEYS.token(Capability(thing_id=planned.camp["id"], holder_id=holder, address_digest=digest))


def read(planned: Planned, token: str) -> Answer:
    return planned.camps.call("show_programme_by_link", token=token)


def test_it_shows_the_last_release_by_day_and_hour_and_what_is_ones_own(planned: Planned) -> None:
    planned.release()

    shown, others = (read(planned, token(planned, number))["ok"] for number in (0, 1))

    (day,) = shown["days"]
    (slot,) = day["slots"]
    assert (shown["number"], shown["zone"], day["day"]) == (1, "America/New_York", "2026-07-14")
    assert (slot["starts"], slot["ends"], slot["room"], slot["partner_name"]) == (
        "10:00", "11:00", "Harbour", "Region prt_1",
    )  # fmt: skip
    assert (slot["is_own"], others["days"][0]["slots"][0]["is_own"]) == (True, False)


def test_it_shows_no_more_than_was_released(planned: Planned) -> None:
    before = read(planned, token(planned))["fault"]
    planned.release()
    planned.arrange()

    assert (before["kind"], len(read(planned, token(planned))["ok"]["days"])) == ("not_found", 1)


def test_the_link_ends_with_the_address_it_was_sent_to(planned: Planned) -> None:
    planned.release()

    assert read(planned, token(planned, email="old@region.example"))["fault"]["kind"] == "gone"


def test_the_link_ends_when_they_do_not_come_any_more(planned: Planned) -> None:
    planned.release()
    planned.camps.command("withdraw_delegate", delegate_id=planned.delegates[0], version=None)

    assert read(planned, token(planned))["fault"]["kind"] == "gone"


def test_a_link_to_something_else_leads_to_no_programme(planned: Planned) -> None:
    planned.release()
    planned.camps.person()

    assert read(planned, planned.camps.token())["fault"]["kind"] == "not_found"


def follow(planned: Planned, token: str) -> Answer:
    return planned.camps.call("show_programme_feed_by_link", token=token)


def release(planned: Planned) -> None:
    planned.release()
    planned.tell()


def test_a_calendar_that_follows_it_has_what_is_there_and_what_is_no_more_as_it_was_last(planned: Planned) -> None:
    release(planned)
    other = planned.session(title="Checklists")
    planned.arrange(planned.slot(other, "13:00"))
    release(planned)

    feed = follow(planned, token(planned))["ok"]

    assert (feed["number"], feed["camp_title"], feed["zone"]) == (2, planned.camp["title"], "America/New_York")
    assert [(each["title"], each["starts_at"], each["is_cancelled"]) for each in feed["sessions"]] == [
        ("Huddles", "2026-07-14T14:00:00.000Z", True),
        ("Checklists", "2026-07-14T17:00:00.000Z", False),
    ]
    assert {each["partner_name"] for each in feed["sessions"]} == {"Region prt_1"}


def test_what_comes_back_into_the_programme_is_cancelled_no_longer(planned: Planned) -> None:
    (slot,) = planned.camps.call("show_programme", programme_id=planned.camp["id"])["ok"]["slots"]
    release(planned)
    planned.arrange()
    release(planned)
    planned.arrange(slot)
    release(planned)

    (session,) = follow(planned, token(planned))["ok"]["sessions"]
    assert session["is_cancelled"] is False


def test_a_calendar_follows_as_long_as_the_link_leads_there(planned: Planned) -> None:
    planned.release()
    planned.camps.command("withdraw_delegate", delegate_id=planned.delegates[0], version=None)

    assert follow(planned, token(planned))["fault"]["kind"] == "gone"
