"""Who leads an engagement's coaching: replaced, away, succeeded."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from services.engagements.events.engagement import EngagementCoachChanged, EngagementCoachLeft, EngagementCoachReturned
from services.engagements.model.engagement import CoachChange, CoachLeadsAlready
from services.engagements.model.engagement_lifecycle import (
    EngagementAlreadyClosed,
    EngagementNotActive,
    EngagementState,
    PausedFor,
)
from services.engagements.model.person import CoachHasLeft
from tests.builders.engagements import a_person, an_engagement, statement

LED = {"engagement_id": "eng_1", "partner_id": "prt_1"}
SAID: dict[str, Any] = {"by": "anna", "at": datetime(2026, 6, 1, 9, 0, tzinfo=UTC)}
GONE = date(2026, 5, 29)


def test_another_coach_leads_an_engagement_and_it_is_remembered_who_did_and_why() -> None:
    engagement = an_engagement(coach="per_1")

    former = engagement.replace_lead_coach(coach=a_person("per_2"), reason="Ada moves to Oslo", **SAID)

    assert (former, engagement.lead_coach_id) == ("per_1", "per_2")
    assert engagement.coach_changes == [
        CoachChange(former_coach_id="per_1", coach_id="per_2", reason="Ada moves to Oslo", **SAID)
    ]
    assert engagement.recorded == [EngagementCoachChanged(**LED, coach_id="per_2", former_coach_id="per_1")]


def test_a_coach_is_not_replaced_by_themselves() -> None:
    with pytest.raises(CoachLeadsAlready, match="engagement eng_1 is led by per_1 already"):
        an_engagement(coach="per_1").replace_lead_coach(coach=a_person("per_1"), **SAID)


def test_before_work_begins_nobody_leads_who_could_be_replaced() -> None:
    with pytest.raises(EngagementNotActive):
        an_engagement(active=False).replace_lead_coach(coach=a_person("per_2"), **SAID)


def test_a_closed_engagement_gets_no_other_coach() -> None:
    engagement = an_engagement()
    engagement.close(on=date(2026, 6, 1), statement=statement("The programme is over"))

    with pytest.raises(EngagementAlreadyClosed):
        engagement.replace_lead_coach(coach=a_person("per_2"), **SAID)


def test_the_coach_of_an_engagement_that_rests_can_be_replaced() -> None:
    engagement = an_engagement()
    engagement.pause(PausedFor.PARTNER, statement=statement())

    engagement.replace_lead_coach(coach=a_person("per_2"), **SAID)

    assert (engagement.state, engagement.lead_coach_id) == (EngagementState.PAUSED, "per_2")


def test_an_engagement_whose_coach_leaves_waits_for_a_successor_and_says_so_once() -> None:
    engagement = an_engagement(coach="per_1")

    engagement.wait_for_a_successor(since=GONE)
    engagement.wait_for_a_successor(since=date(2026, 6, 1))

    assert engagement.coach_left_on == GONE
    assert engagement.recorded == [EngagementCoachLeft(**LED, coach_id="per_1", left_on=GONE)]


def test_a_successor_ends_the_wait() -> None:
    engagement = an_engagement()
    engagement.wait_for_a_successor(since=GONE)

    engagement.replace_lead_coach(coach=a_person("per_2"), **SAID)

    assert engagement.coach_left_on is None


def test_a_coach_who_is_back_ends_the_wait_and_who_never_left_changes_nothing() -> None:
    engagement = an_engagement(coach="per_1")
    engagement.keep_its_coach()
    assert engagement.recorded == []
    engagement.wait_for_a_successor(since=GONE)
    engagement.recorded.clear()

    engagement.keep_its_coach()

    assert engagement.coach_left_on is None
    assert engagement.recorded == [EngagementCoachReturned(**LED, coach_id="per_1")]


def test_a_closed_engagement_waits_for_nobody() -> None:
    engagement = an_engagement()
    engagement.wait_for_a_successor(since=GONE)

    engagement.close(on=date(2026, 6, 1), statement=statement("The programme is over"))

    assert engagement.coach_left_on is None


def test_a_coach_who_has_left_replaces_nobody() -> None:
    with pytest.raises(CoachHasLeft, match="'per_2' left on 2026-05-01"):
        an_engagement().replace_lead_coach(coach=a_person("per_2", present=False), **SAID)
