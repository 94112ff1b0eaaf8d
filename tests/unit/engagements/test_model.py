from datetime import UTC, date, datetime

import pytest

from services.engagements.events import EngagementActivated, EngagementDrafted, MilestonePlanned, MilestoneReached
from services.engagements.model import (
    Engagement,
    EngagementAlreadyActive,
    EngagementNotActive,
    Milestone,
    MilestoneAlreadyReached,
    MilestoneKind,
    ReachedInTheFuture,
)
from tests.builders.engagements import a_milestone, an_engagement, evidence


def test_an_engagement_begins_with_the_four_key_areas_of_the_programme() -> None:
    engagement = Engagement.draft(id="eng_1", partner_id="prt_1", partner_name="Region Jönköping County")

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

    engagement.activate(lead_coach_id="per_7", on=date(2026, 1, 12))

    assert engagement.recorded == [
        EngagementActivated(
            engagement_id="eng_1", partner_id="prt_1", lead_coach_id="per_7", activated_on=date(2026, 1, 12)
        )
    ]


def test_an_engagement_is_activated_once() -> None:
    engagement = an_engagement(active=True)

    with pytest.raises(EngagementAlreadyActive, match="active since 2026-01-12"):
        engagement.activate(lead_coach_id="per_8", on=date(2026, 2, 1))


def test_a_milestone_is_planned_only_while_work_is_under_way() -> None:
    with pytest.raises(EngagementNotActive, match="is draft: activate it with a lead coach first"):
        Milestone.plan(
            id="mst_1",
            engagement=an_engagement(active=False),
            kind=MilestoneKind.SPREAD,
            title="Ten wards",
            due_on=date(2026, 9, 1),
        )


def test_a_planned_milestone_says_what_is_to_be_reached_and_by_when() -> None:
    milestone = Milestone.plan(
        id="mst_1",
        engagement=an_engagement(active=True),
        kind=MilestoneKind.SPREAD,
        title="Ten wards",
        due_on=date(2026, 9, 1),
    )

    assert milestone.recorded == [
        MilestonePlanned(
            milestone_id="mst_1",
            engagement_id="eng_1",
            partner_id="prt_1",
            kind="spread",
            title="Ten wards",
            due_on=date(2026, 9, 1),
        )
    ]


def test_reaching_a_milestone_is_a_persons_word_with_evidence() -> None:
    milestone = a_milestone(title="Ten wards", kind=MilestoneKind.SPREAD)

    milestone.reach(engagement=an_engagement(coach="per_7"), on=date(2026, 6, 1), evidence=evidence(by="anna"))

    assert milestone.evidence[0].confirmed_by == "anna"
    assert milestone.recorded == [
        MilestoneReached(
            milestone_id="mst_1",
            engagement_id="eng_1",
            partner_id="prt_1",
            kind="spread",
            title="Ten wards",
            reached_on=date(2026, 6, 1),
            coach_id="per_7",
        )
    ]


def test_a_milestone_is_reached_once() -> None:
    milestone = a_milestone(reached_on=date(2026, 5, 1))

    with pytest.raises(MilestoneAlreadyReached, match="was reached on 2026-05-01"):
        milestone.reach(engagement=an_engagement(), on=date(2026, 6, 1), evidence=evidence())


def test_a_milestone_is_not_reached_in_the_future() -> None:
    said_at = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)

    with pytest.raises(ReachedInTheFuture, match="up to 2026-06-01 is expected; got '2026-06-02'"):
        a_milestone().reach(engagement=an_engagement(), on=date(2026, 6, 2), evidence=evidence(at=said_at))


def test_where_tomorrow_has_begun_already_a_milestone_can_be_reached_tomorrow() -> None:
    # 11:00 UTC on 1 June is 01:00 on 2 June in Kiritimati (UTC+14).
    said_at = datetime(2026, 6, 1, 11, 0, tzinfo=UTC)

    milestone = a_milestone()
    milestone.reach(engagement=an_engagement(), on=date(2026, 6, 2), evidence=evidence(at=said_at))

    assert milestone.reached_on == date(2026, 6, 2)
