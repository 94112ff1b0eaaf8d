"""What becomes of an engagement when its partner changes, rests, comes back or departs."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import permutations

import pytest

from chassis.domain.errors import NotYetKnown
from tests.integration.engagements.harness import Answer, EngagementsHarness

LATER = datetime(2026, 10, 1, 12, 0, tzinfo=UTC)
DEPARTURE = {"partner_id": "prt_1", "reason": "Merged", "departed_on": "2026-09-30"}


def now(engagements: EngagementsHarness) -> Answer:
    (engagement,) = engagements.call("list_engagements")["ok"]["items"]
    return engagement


@pytest.mark.parametrize(
    ("deed", "said"), [("pause_with_partner", {"reason": "Elections"}), ("resume_with_partner", {})]
)
def test_news_of_a_partner_not_known_yet_waits_for_its_admission(
    engagements: EngagementsHarness, deed: str, said: dict[str, str]
) -> None:
    with pytest.raises(NotYetKnown):
        engagements.hear(deed, sequence=2, partner_id="prt_1", **said)


def test_a_partner_that_moves_has_its_days_where_it_is_now(engagements: EngagementsHarness) -> None:
    milestone = engagements.planned(engagements.active(zone="America/Chicago"))

    engagements.hear("refresh_partner", sequence=2, partner_id="prt_1", name="Bellin", zone="Asia/Qatar")

    assert (now(engagements)["partner_name"], now(engagements)["zone"]) == ("Bellin", "Asia/Qatar")
    assert engagements.seen(milestone)["overdue_at"] == "2026-09-01T21:00:00.000Z"


def test_an_engagement_rests_with_its_partner_and_no_day_is_missed_meanwhile(engagements: EngagementsHarness) -> None:
    milestone = engagements.planned(engagements.active())

    engagements.hear("pause_with_partner", sequence=2, partner_id="prt_1", reason="Elections")
    engagements.it_becomes(LATER)

    assert now(engagements)["state"] == "paused"
    assert len(engagements.said("engagement.paused")) == 1
    assert engagements.said("milestone.missed") == []
    engagements.hear("resume_with_partner", sequence=3, partner_id="prt_1")
    engagements.it_becomes(LATER)
    assert now(engagements)["state"] == "active"
    assert [row["subject"] for row in engagements.said("milestone.missed")] == [milestone["id"]]


def test_a_pause_that_was_overtaken_by_its_end_does_nothing(engagements: EngagementsHarness) -> None:
    engagements.active()

    engagements.hear("resume_with_partner", sequence=3, partner_id="prt_1")
    engagements.hear("pause_with_partner", sequence=2, partner_id="prt_1", reason="Elections")

    assert now(engagements)["state"] == "active"
    assert engagements.said("engagement.paused") == []


def test_a_second_pause_that_overtakes_the_end_of_the_first_still_holds(engagements: EngagementsHarness) -> None:
    engagements.active()
    engagements.hear("pause_with_partner", sequence=2, partner_id="prt_1", reason="Elections")

    engagements.hear("pause_with_partner", sequence=4, partner_id="prt_1", reason="Elections")
    engagements.hear("resume_with_partner", sequence=3, partner_id="prt_1")

    assert now(engagements)["state"] == "paused"
    engagements.hear("resume_with_partner", sequence=5, partner_id="prt_1")
    assert now(engagements)["state"] == "active"


def test_a_partner_that_departs_leaves_nothing_open(engagements: EngagementsHarness) -> None:
    engagement = engagements.active()
    reached, open_one = engagements.planned(engagement), engagements.planned(engagement)
    engagements.move("reach_milestone", reached, reached_on="2026-05-20", evidence="A shift")

    engagements.hear("close_with_partner", sequence=2, **DEPARTURE)

    (closed,) = engagements.said("engagement.closed")
    assert (closed["data"]["closed_on"], closed["data"]["reason"]) == ("2026-09-30", "Merged")
    assert [row["subject"] for row in engagements.said("milestone.dropped")] == [open_one["id"]]
    assert engagements.seen(reached)["state"] == "reached"


def test_an_engagement_that_was_closed_before_is_closed_once(engagements: EngagementsHarness) -> None:
    engagement = engagements.active()
    asked = {"engagement_id": engagement["id"], "version": engagement["version"]}
    engagements.call("close_engagement", **asked, reason="All of its aims are reached")

    engagements.hear("pause_with_partner", sequence=2, partner_id="prt_1", reason="Elections")
    engagements.hear("close_with_partner", sequence=3, **DEPARTURE)

    assert [row["data"]["reason"] for row in engagements.said("engagement.closed")] == ["All of its aims are reached"]
    assert now(engagements)["closed_on"] == "2026-06-01"


def test_a_person_pauses_one_engagement_and_takes_it_up_again(engagements: EngagementsHarness) -> None:
    engagement = engagements.active()
    milestone = engagements.planned(engagement)
    asked = {"engagement_id": engagement["id"]}

    paused = engagements.call("pause_engagement", **asked, version=engagement["version"], reason="Summer")["ok"]
    assert engagements.seen(milestone)["overdue_at"] is None
    engagements.call("resume_engagement", **asked, version=paused["version"])

    assert engagements.seen(milestone)["overdue_at"] == "2026-09-02T05:00:00.000Z"
    assert len(engagements.said("engagement.resumed")) == 1


def test_both_sides_names_are_kept_and_said_to_nobody(engagements: EngagementsHarness) -> None:
    engagement = engagements.draft()
    names = {"for_partner": "Åsa Påhittad", "for_institute": "Ada Example", "agreed_on": "2026-01-08"}

    engagements.call("agree_engagement", engagement_id=engagement["id"], version=1, **names)

    assert now(engagements)["agreement"] == {
        "for_partner": "Åsa Påhittad", "for_institute": "Ada Example", "on": "2026-01-08",
    }  # fmt: skip
    (said,) = engagements.said("engagement.agreed")
    about = {"engagement_id": engagement["id"], "partner_id": "prt_1", "admission_number": 1}
    assert said["data"] == {**about, "agreed_on": "2026-01-08"}


ADMITTED = {"partner_id": "prt_1", "name": "Bellin", "zone": "America/Chicago"}
BACK = {"partner_id": "prt_1", "admission_number": 2}


@pytest.mark.parametrize("order", [*permutations(range(4))], ids=str)
def test_who_comes_back_begins_a_new_engagement_in_whichever_order_that_is_heard(
    engagements: EngagementsHarness, order: tuple[int, ...]
) -> None:
    heard: list[Callable[[], object]] = [
        lambda: engagements.hear("draft_engagement", sequence=1, **ADMITTED),
        lambda: engagements.hear("close_with_partner", sequence=2, **DEPARTURE),
        lambda: engagements.hear("draft_engagement", sequence=3, **ADMITTED | BACK),
        lambda: engagements.hear("pause_with_partner", sequence=4, **BACK, reason="Elections"),
    ]

    hear_all(engagements, [heard[each] for each in order])

    former, now_ = sorted(engagements.call("list_engagements")["ok"]["items"], key=lambda each: each["state"])
    assert (former["state"], now_["state"]) == ("closed", "paused")


def test_an_admission_that_is_heard_again_drafts_no_second_engagement(engagements: EngagementsHarness) -> None:
    engagements.hear("draft_engagement", sequence=1, **ADMITTED)

    engagements.hear("draft_engagement", sequence=1, **ADMITTED)

    assert now(engagements)["state"] == "draft"


def hear_all(engagements: EngagementsHarness, heard: list[Callable[[], object]]) -> None:
    """Hear in this order; what is not yet known is heard again after the rest, as the wait queues do."""
    waiting = list(heard)
    while waiting:
        waiting = [each for each in waiting if not _took_effect(each)]


def _took_effect(hear: Callable[[], object]) -> bool:
    try:
        hear()
    except NotYetKnown:
        return False
    return True
