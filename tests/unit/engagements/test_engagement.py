from datetime import UTC, date, datetime
from typing import Any

import pytest

from chassis.domain.errors import Superseded
from services.engagements.events import (
    EngagementActivated,
    EngagementAgreed,
    EngagementClosed,
    EngagementCoachChanged,
    EngagementCoachLeft,
    EngagementCoachReturned,
    EngagementDrafted,
    EngagementPaused,
    EngagementResumed,
)
from services.engagements.model.engagement import (
    Agreement,
    CoachChange,
    CoachLeadsAlready,
    Engagement,
    EngagementAlreadyActive,
    EngagementAlreadyAgreed,
    EngagementAlreadyClosed,
    EngagementAtRest,
    EngagementNotActive,
    EngagementNotPaused,
    PausedFor,
)
from services.engagements.model.engagement_lifecycle import EngagementState
from services.engagements.model.person import CoachHasLeft, CoachOfAPartner
from tests.builders.engagements import a_milestone, a_person, a_session, an_engagement, evidence

AGREEMENT = Agreement(for_partner="Åsa Påhittad", for_institute="Ada Example", on=date(2026, 1, 8))


def test_an_engagement_begins_with_the_four_key_areas_of_the_programme() -> None:
    engagement = Engagement.draft(
        id="eng_1", partner_id="prt_1", partner_name="Region Jönköping County", zone="Europe/Stockholm", sequence=1
    )

    assert engagement.recorded == [
        EngagementDrafted(
            engagement_id="eng_1",
            partner_id="prt_1",
            # The four areas of the programme's own description, in its order.
            key_areas=[
                "strategy_guidance_and_coaching",
                "co_design_and_co_production",
                "building_improvement_capability",
                "learning_system",
            ],
        )
    ]


def test_activating_an_engagement_names_the_coach_who_leads_it() -> None:
    engagement = an_engagement(id="eng_1", active=False)

    engagement.activate(lead_coach=a_person("per_7"), on=date(2026, 1, 12))

    assert engagement.recorded == [
        EngagementActivated(
            engagement_id="eng_1", partner_id="prt_1", lead_coach_id="per_7", activated_on=date(2026, 1, 12)
        )
    ]


def test_nobody_of_the_partner_itself_leads_its_coaching() -> None:
    engagement = an_engagement(active=False)

    with pytest.raises(CoachOfAPartner, match="of the institute is expected; 'per_7' belongs to partner prt_1") as it:
        engagement.activate(lead_coach=a_person("per_7", partner_id="prt_1", role="leader"), on=date(2026, 1, 12))

    assert [field["pointer"] for field in it.value.fields] == ["/lead_coach_id"]
    assert (engagement.state, engagement.recorded) == (EngagementState.DRAFT, [])


def test_an_engagement_is_activated_once() -> None:
    engagement = an_engagement(active=True)

    with pytest.raises(EngagementAlreadyActive, match="active since 2026-01-12"):
        engagement.activate(lead_coach=a_person("per_8"), on=date(2026, 2, 1))


@pytest.mark.parametrize(
    ("zone", "over"),
    [
        ("America/Chicago", datetime(2026, 9, 2, 5, 0, tzinfo=UTC)),
        ("Asia/Qatar", datetime(2026, 9, 1, 21, 0, tzinfo=UTC)),
    ],
)
def test_a_day_is_over_where_the_partner_is(zone: str, over: datetime) -> None:
    assert an_engagement(zone=zone).end_of(date(2026, 9, 1)) == over


def test_both_sides_agree_once_and_before_work_begins() -> None:
    engagement = an_engagement(active=False)

    engagement.agree(AGREEMENT)

    assert engagement.recorded == [
        EngagementAgreed(engagement_id="eng_1", partner_id="prt_1", agreed_on=date(2026, 1, 8))
    ]
    with pytest.raises(EngagementAlreadyAgreed, match="is agreed"):
        engagement.agree(AGREEMENT)
    engagement.activate(lead_coach=a_person("per_7"), on=date(2026, 1, 12))
    with pytest.raises(EngagementAlreadyAgreed, match="is active"):
        engagement.agree(AGREEMENT)


def test_an_engagement_rests_as_long_as_there_is_a_reason() -> None:
    engagement = an_engagement(active=True)

    engagement.pause(PausedFor.ITSELF)
    engagement.pause(PausedFor.PARTNER)
    engagement.resume(PausedFor.PARTNER)
    assert engagement.state is EngagementState.PAUSED
    engagement.resume(PausedFor.ITSELF)

    assert engagement.state is EngagementState.ACTIVE
    assert [type(event) for event in engagement.recorded] == [EngagementPaused, EngagementResumed]


def test_what_rests_and_ends_with_its_partner_says_so_and_why() -> None:
    engagement = an_engagement()

    engagement.pause(PausedFor.PARTNER, because="New leadership")
    engagement.resume(PausedFor.PARTNER)
    engagement.close(on=date(2026, 9, 30), reason="Merged", with_partner=True)

    said = {"engagement_id": "eng_1", "partner_id": "prt_1", "with_partner": True}
    assert engagement.recorded == [
        EngagementPaused(**said, reason="New leadership"),
        EngagementResumed(**said),
        EngagementClosed(**said, closed_on=date(2026, 9, 30), reason="Merged"),
    ]


@pytest.mark.parametrize("active", [True, False])
def test_an_engagement_becomes_again_what_it_was(active: bool) -> None:
    engagement = an_engagement(active=active)
    before = engagement.state

    engagement.pause(PausedFor.PARTNER)
    engagement.resume(PausedFor.PARTNER)

    assert engagement.state is before


def test_nobody_resumes_by_hand_what_rests_with_its_partner() -> None:
    engagement = an_engagement()
    engagement.pause(PausedFor.PARTNER)

    with pytest.raises(EngagementNotPaused, match="is paused, for: partner"):
        engagement.resume(PausedFor.ITSELF)


def test_while_work_rests_nothing_is_planned_reached_agreed_or_begun() -> None:
    engagement, milestone = an_engagement(), a_milestone()
    engagement.pause(PausedFor.ITSELF)

    with pytest.raises(EngagementNotActive, match="is paused"):
        milestone.reach(engagement=engagement, on=date(2026, 6, 1), evidence=evidence())
    with pytest.raises(EngagementNotActive, match="is paused"):
        a_session(engagement=engagement)
    with pytest.raises(EngagementAtRest):
        engagement.activate(lead_coach=a_person("per_7"), on=date(2026, 1, 12))
    with pytest.raises(EngagementAtRest):
        engagement.pause(PausedFor.ITSELF)


def test_a_closed_engagement_stays_closed() -> None:
    engagement = an_engagement()
    engagement.pause(PausedFor.ITSELF)

    engagement.close(on=date(2026, 9, 30), reason="All of its aims are reached")

    assert engagement.recorded[-1] == EngagementClosed(
        engagement_id="eng_1", partner_id="prt_1", closed_on=date(2026, 9, 30), reason="All of its aims are reached"
    )
    for attempt in (
        lambda: engagement.close(on=date(2026, 9, 30), reason="Again"),
        lambda: engagement.resume(PausedFor.ITSELF),
        lambda: engagement.pause(PausedFor.PARTNER),
        lambda: engagement.agree(AGREEMENT),
        lambda: engagement.activate(lead_coach=a_person("per_7"), on=date(2026, 1, 12)),
    ):
        with pytest.raises(EngagementAlreadyClosed, match="was closed on 2026-09-30"):
            attempt()


def test_older_news_of_the_partner_changes_nothing() -> None:
    engagement = an_engagement()
    engagement.keep_profile(sequence=3, name="Bellin", zone="Europe/Stockholm")
    engagement.keep_standing(sequence=3)

    with pytest.raises(Superseded):
        engagement.keep_profile(sequence=2, name="An older name", zone="Asia/Qatar")
    with pytest.raises(Superseded):
        engagement.keep_standing(sequence=3)

    assert (engagement.partner_name, engagement.zone) == ("Bellin", "Europe/Stockholm")


def test_the_day_of_a_milestone_is_waited_for_only_while_work_is_under_way() -> None:
    engagement, milestone = an_engagement(), a_milestone()
    noon = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)

    engagement.pause(PausedFor.ITSELF)
    milestone.await_its_day(engagement=engagement, at=noon)
    assert milestone.overdue_at is None
    engagement.resume(PausedFor.ITSELF)
    milestone.await_its_day(engagement=engagement, at=noon)

    assert milestone.overdue_at == datetime(2026, 9, 2, 5, 0, tzinfo=UTC)


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
    engagement.close(on=date(2026, 6, 1), reason="The programme is over")

    with pytest.raises(EngagementAlreadyClosed):
        engagement.replace_lead_coach(coach=a_person("per_2"), **SAID)


def test_the_coach_of_an_engagement_that_rests_can_be_replaced() -> None:
    engagement = an_engagement()
    engagement.pause(PausedFor.PARTNER)

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

    engagement.close(on=date(2026, 6, 1), reason="The programme is over")

    assert engagement.coach_left_on is None


def test_a_coach_who_has_left_replaces_nobody() -> None:
    with pytest.raises(CoachHasLeft, match="'per_2' left on 2026-05-01"):
        an_engagement().replace_lead_coach(coach=a_person("per_2", present=False), **SAID)
