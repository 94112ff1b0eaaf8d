from datetime import UTC, date, datetime

import pytest

from services.engagements.events import EngagementActivated, EngagementDrafted
from services.engagements.model.engagement import Engagement, EngagementAlreadyActive
from tests.builders.engagements import an_engagement


def test_an_engagement_begins_with_the_four_key_areas_of_the_programme() -> None:
    engagement = Engagement.draft(
        id="eng_1", partner_id="prt_1", partner_name="Region Jönköping County", zone="Europe/Stockholm"
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


@pytest.mark.parametrize(
    ("zone", "over"),
    [
        ("America/Chicago", datetime(2026, 9, 2, 5, 0, tzinfo=UTC)),
        ("Asia/Qatar", datetime(2026, 9, 1, 21, 0, tzinfo=UTC)),
    ],
)
def test_a_day_is_over_where_the_partner_is(zone: str, over: datetime) -> None:
    assert an_engagement(zone=zone).end_of(date(2026, 9, 1)) == over
