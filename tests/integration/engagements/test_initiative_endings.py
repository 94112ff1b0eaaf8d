"""Initiatives that stand still, and what ends with what, on the real database."""

from datetime import UTC, datetime

from tests.integration.engagements.harness import Answer
from tests.integration.engagements.improving import Improving

IN_CHICAGO_ON_29_AUGUST = datetime(2026, 8, 30, 5, 0, tzinfo=UTC)
"""90 days after 1 June are over there."""


def scored(improving: Improving, initiative: Answer, score: str = "2.5", month: str = "2026-06") -> Answer:
    return improving.do("score_initiative", initiative, month=month, assessor_role="self", score=score,
                        justification="No shift yet")  # fmt: skip


def test_ninety_days_at_two_and_a_half_are_said_once_and_a_score_that_moves_ends_them(improving: Improving) -> None:
    initiative = scored(improving, improving.active())

    improving.engagements.it_becomes(IN_CHICAGO_ON_29_AUGUST)
    improving.engagements.it_becomes(datetime(2026, 9, 30, 12, 0, tzinfo=UTC))

    (said,) = improving.engagements.said("initiative.stalled")
    assert (said["data"]["since"], said["data"]["stalled_on"], said["data"]["coach_id"]) == (
        "2026-06-01", "2026-08-30", "per_coach",
    )  # fmt: skip
    assert said["correlation_id"] == "req_test"
    scored(improving, improving.seen(initiative), "3.0", month="2026-09")
    (moved,) = improving.engagements.said("initiative.moved_on")
    assert (moved["sequence"] > said["sequence"], moved["data"]["score"]) == (True, "3.0")


def test_while_an_engagement_rests_nothing_stalls(improving: Improving) -> None:
    initiative = scored(improving, improving.active())
    engagement = {"engagement_id": improving.engagement["id"], "version": None}
    improving.engagements.command("pause_engagement", **engagement, reason="Winter")

    improving.engagements.it_becomes(IN_CHICAGO_ON_29_AUGUST)
    improving.engagements.command("resume_engagement", **engagement)

    assert improving.engagements.said("initiative.stalled") == []
    assert improving.seen(initiative)["stalls_at"] == "2026-11-28T06:00:00.000Z"


def test_what_is_open_in_an_engagement_ends_with_it_and_is_open_again_with_it(improving: Improving) -> None:
    active = improving.active()
    cycle = improving.cycle(active)
    by_itself = improving.do("cancel_cycle", improving.cycle(active), reason="Not now")
    given_up = improving.do("close_initiative", improving.idea(), outcome="abandoned", reason="Merged")
    engagement = {"engagement_id": improving.engagement["id"], "version": None}

    improving.engagements.command("close_engagement", **engagement, reason="The term is over")
    ended = [improving.seen(each)["state"] for each in (active, cycle)]
    improving.engagements.command("reopen_engagement", **engagement, reason="It is not")

    assert ended == ["closed", "cancelled"]
    seen = [improving.seen(each)["state"] for each in (active, cycle, by_itself, given_up)]
    assert seen == ["active", "planned", "cancelled", "closed"]
    assert [row["data"]["with_engagement"] for row in improving.engagements.said("initiative.closed")] == [False, True]


def test_open_cycles_end_with_their_initiative_and_are_open_again_with_it(improving: Improving) -> None:
    active = improving.active()
    cycle = improving.cycle(active)

    closed = improving.do("close_initiative", active, outcome="not_achieved", reason="No nurse")
    assert improving.seen(cycle)["state"] == "cancelled"
    improving.do("reopen_initiative", closed, reason="A nurse")

    assert [improving.seen(each)["state"] for each in (active, cycle)] == ["active", "planned"]


def test_initiatives_and_their_cycles_end_when_the_partner_departs(improving: Improving) -> None:
    active = improving.active()
    cycle = improving.cycle(active)

    improving.engagements.hear("close_with_partner", sequence=2, partner_id="prt_1", reason="A merger",
                               departed_on="2026-05-31")  # fmt: skip

    assert [improving.seen(each)["state"] for each in (active, cycle)] == ["closed", "cancelled"]
    assert improving.seen(active)["closing"]["closed_on"] == "2026-05-31"


def test_the_role_of_somebody_who_left_waits_for_another(improving: Improving) -> None:
    active = improving.active()

    improving.engagements.hear("keep_departure", sequence=2, person_id="per_lead", partner_id="prt_1",
                               left_on="2026-05-30")  # fmt: skip

    seen = improving.seen(active)
    assert seen["vacancies"] == [{"role": "lead", "person_id": "per_lead", "since": "2026-05-30"}]
    assert [row["data"]["role"] for row in improving.engagements.said("initiative.role_vacated")] == ["lead"]
    successor = improving.engagements.person("per_new", partner_id="prt_1", role="improver")
    assert improving.do("change_initiative", seen, lead_id=successor)["vacancies"] == []
