from datetime import UTC, date, datetime

import pytest

from chassis.domain.errors import Invalid, Superseded
from services.engagements.events.engagement import (
    EngagementActivated,
    EngagementAgreed,
    EngagementClosed,
    EngagementDrafted,
    EngagementPaused,
    EngagementResumed,
)
from services.engagements.model.days import BeforeItBegan, InTheFuture
from services.engagements.model.engagement import Agreement, Engagement
from services.engagements.model.engagement_lifecycle import (
    EngagementAlreadyActive,
    EngagementAlreadyAgreed,
    EngagementAlreadyClosed,
    EngagementAtRest,
    EngagementNotActive,
    EngagementNotAgreed,
    EngagementNotPaused,
    EngagementState,
    PausedFor,
)
from services.engagements.model.person import CoachOfAPartner
from tests.builders.engagements import a_milestone, a_person, a_session, an_engagement, evidence, statement

AGREEMENT = Agreement(for_partner="Åsa Påhittad", for_institute="Ada Example", on=date(2026, 1, 8))
NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


def an_agreed_engagement() -> Engagement:
    engagement = an_engagement(active=False)
    engagement.state, engagement.agreement = EngagementState.AGREED, AGREEMENT
    return engagement


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
    engagement = an_agreed_engagement()

    engagement.activate(lead_coach=a_person("per_7"), on=date(2026, 1, 12), at=NOON)

    assert engagement.recorded == [
        EngagementActivated(
            engagement_id="eng_1", partner_id="prt_1", lead_coach_id="per_7", activated_on=date(2026, 1, 12)
        )
    ]


def test_nobody_of_the_partner_itself_leads_its_coaching() -> None:
    engagement = an_agreed_engagement()

    with pytest.raises(CoachOfAPartner, match="of the institute is expected; 'per_7' belongs to partner prt_1") as it:
        engagement.activate(
            lead_coach=a_person("per_7", partner_id="prt_1", role="leader"), on=date(2026, 1, 12), at=NOON
        )

    assert [field["pointer"] for field in it.value.fields] == ["/lead_coach_id"]
    assert (engagement.state, engagement.recorded) == (EngagementState.AGREED, [])


def test_an_engagement_is_activated_once() -> None:
    engagement = an_engagement(active=True)

    with pytest.raises(EngagementAlreadyActive, match="active since 2026-01-12"):
        engagement.activate(lead_coach=a_person("per_8"), on=date(2026, 2, 1), at=NOON)


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

    engagement.agree(AGREEMENT, at=NOON)

    assert engagement.recorded == [
        EngagementAgreed(engagement_id="eng_1", partner_id="prt_1", agreed_on=date(2026, 1, 8))
    ]
    with pytest.raises(EngagementAlreadyAgreed, match="is agreed"):
        engagement.agree(AGREEMENT, at=NOON)
    engagement.activate(lead_coach=a_person("per_7"), on=date(2026, 1, 12), at=NOON)
    with pytest.raises(EngagementAlreadyAgreed, match="is active"):
        engagement.agree(AGREEMENT, at=NOON)


def test_an_engagement_rests_as_long_as_there_is_a_reason() -> None:
    engagement = an_engagement(active=True)

    engagement.pause(PausedFor.ITSELF, statement=statement())
    engagement.pause(PausedFor.PARTNER, statement=statement())
    engagement.resume(PausedFor.PARTNER)
    assert engagement.state is EngagementState.PAUSED
    engagement.resume(PausedFor.ITSELF)

    assert engagement.state is EngagementState.ACTIVE
    assert [type(event) for event in engagement.recorded] == [EngagementPaused, EngagementResumed]


def test_what_rests_and_ends_with_its_partner_says_so_and_why() -> None:
    engagement = an_engagement()

    engagement.pause(PausedFor.PARTNER, statement=statement("New leadership"))
    engagement.resume(PausedFor.PARTNER)
    engagement.close(on=date(2026, 9, 30), statement=statement("Merged"), with_partner=True)

    said = {"engagement_id": "eng_1", "partner_id": "prt_1", "with_partner": True, "lead_coach_id": "per_1"}
    assert engagement.recorded == [
        EngagementPaused(**said, reason="New leadership"),
        EngagementResumed(**said),
        EngagementClosed(**said, closed_on=date(2026, 9, 30), reason="Merged"),
    ]


@pytest.mark.parametrize("active", [True, False])
def test_an_engagement_becomes_again_what_it_was(active: bool) -> None:
    engagement = an_engagement(active=active)
    before = engagement.state

    engagement.pause(PausedFor.PARTNER, statement=statement())
    engagement.resume(PausedFor.PARTNER)

    assert engagement.state is before


def test_nobody_resumes_by_hand_what_rests_with_its_partner() -> None:
    engagement = an_engagement()
    engagement.pause(PausedFor.PARTNER, statement=statement())

    with pytest.raises(EngagementNotPaused, match="is paused, for: partner"):
        engagement.resume(PausedFor.ITSELF)


def test_while_work_rests_nothing_is_planned_reached_agreed_or_begun() -> None:
    engagement, milestone = an_engagement(), a_milestone()
    engagement.pause(PausedFor.ITSELF, statement=statement())

    with pytest.raises(EngagementNotActive, match="is paused"):
        milestone.reach(engagement=engagement, on=date(2026, 6, 1), evidence=evidence())
    with pytest.raises(EngagementNotActive, match="is paused"):
        a_session(engagement=engagement)
    with pytest.raises(EngagementAtRest):
        engagement.activate(lead_coach=a_person("per_7"), on=date(2026, 1, 12), at=NOON)
    with pytest.raises(EngagementAtRest):
        engagement.pause(PausedFor.ITSELF, statement=statement())


def test_a_closed_engagement_stays_closed() -> None:
    engagement = an_engagement()
    engagement.pause(PausedFor.ITSELF, statement=statement())

    engagement.close(on=date(2026, 9, 30), statement=statement("All of its aims are reached"))

    assert engagement.recorded[-1] == EngagementClosed(
        engagement_id="eng_1",
        partner_id="prt_1",
        closed_on=date(2026, 9, 30),
        reason="All of its aims are reached",
        lead_coach_id="per_1",
    )
    for attempt in (
        lambda: engagement.close(on=date(2026, 9, 30), statement=statement("Again")),
        lambda: engagement.resume(PausedFor.ITSELF),
        lambda: engagement.pause(PausedFor.PARTNER, statement=statement()),
        lambda: engagement.agree(AGREEMENT, at=NOON),
        lambda: engagement.activate(lead_coach=a_person("per_7"), on=date(2026, 1, 12), at=NOON),
    ):
        with pytest.raises(EngagementAlreadyClosed, match="is closed since 2026-09-30"):
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

    engagement.pause(PausedFor.ITSELF, statement=statement())
    milestone.await_its_day(engagement=engagement, at=noon)
    assert milestone.overdue_at is None
    engagement.resume(PausedFor.ITSELF)
    milestone.await_its_day(engagement=engagement, at=noon)

    assert milestone.overdue_at == datetime(2026, 9, 2, 5, 0, tzinfo=UTC)


def test_work_does_not_begin_before_both_sides_agree() -> None:
    with pytest.raises(EngagementNotAgreed, match="eng_1 is draft: activate_engagement is possible from agreed"):
        an_engagement(active=False).activate(lead_coach=a_person("per_7"), on=date(2026, 1, 12), at=NOON)


@pytest.mark.parametrize(
    ("day", "refusal", "expected"),
    [
        (date(2026, 1, 7), BeforeItBegan, "2026-01-08 or a later day is expected; got '2026-01-07'"),
        (date(2026, 6, 2), InTheFuture, "A day up to 2026-06-01 is expected; got '2026-06-02'"),
    ],
)
def test_work_begins_on_a_day_that_has_come_and_not_before_the_agreement(
    day: date, refusal: type[Invalid], expected: str
) -> None:
    with pytest.raises(refusal, match=expected) as refused:
        an_agreed_engagement().activate(lead_coach=a_person("per_7"), on=day, at=NOON)

    assert refused.value.fields[0]["pointer"] == "/activated_on"


def test_nobody_has_agreed_tomorrow_where_the_partner_is() -> None:
    engagement = an_engagement(active=False, zone="America/Chicago")
    still_may_there = datetime(2026, 6, 1, 4, 59, tzinfo=UTC)
    agreement = Agreement(for_partner="Åsa Påhittad", for_institute="Ada Example", on=date(2026, 6, 1))

    with pytest.raises(InTheFuture, match="A day up to 2026-05-31 is expected; got '2026-06-01'") as refused:
        engagement.agree(agreement, at=still_may_there)

    assert refused.value.fields[0]["pointer"] == "/agreed_on"
