"""An engagement's agreement taken back, and a closed engagement reopened."""

from datetime import UTC, date, datetime

import pytest

from services.engagements.events.engagement import EngagementRedrafted, EngagementReopened
from services.engagements.model.engagement import Agreement, Engagement
from services.engagements.model.engagement_lifecycle import (
    EngagementNotClosed,
    EngagementState,
    PartnerHasDeparted,
    PausedFor,
)
from tests.builders.engagements import an_engagement, statement

AGREEMENT = Agreement(for_partner="Åsa Påhittad", for_institute="Ada Example", on=date(2026, 1, 8))
NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


def an_agreed_engagement() -> Engagement:
    engagement = an_engagement(active=False)
    engagement.state, engagement.agreement = EngagementState.AGREED, AGREEMENT
    return engagement


def test_an_agreement_that_does_not_hold_is_taken_back_and_both_sides_may_agree_again() -> None:
    engagement = an_agreed_engagement()

    engagement.redraft(statement("The chief executive had not signed"))

    assert (engagement.state, engagement.agreement) == (EngagementState.DRAFT, None)
    assert engagement.recorded == [
        EngagementRedrafted(engagement_id="eng_1", partner_id="prt_1", reason="The chief executive had not signed")
    ]
    engagement.agree(AGREEMENT, at=NOON)
    assert engagement.state is EngagementState.AGREED


@pytest.mark.parametrize("before", [EngagementState.DRAFT, EngagementState.AGREED, EngagementState.ACTIVE])
@pytest.mark.parametrize("at_rest", [True, False], ids=["at rest", "open"])
def test_what_was_closed_by_mistake_is_again_what_it_was_and_both_reasons_are_kept(
    before: EngagementState, at_rest: bool
) -> None:
    engagement = an_engagement()
    engagement.state = before
    if at_rest:
        engagement.pause(PausedFor.ITSELF, statement=statement("Summer"))
    engagement.close(on=date(2026, 6, 1), statement=statement("All is reached", by="anna"))

    engagement.reopen(statement("It was the other region", by="bo"))

    assert (engagement.state, engagement.closed_on) == (before, None)
    assert [(turn.to, turn.statement.reason, turn.statement.by) for turn in engagement.transitions[-2:]] == [
        ("closed", "All is reached", "anna"),
        (before, "It was the other region", "bo"),
    ]
    assert engagement.recorded[-1] == EngagementReopened(
        engagement_id="eng_1",
        partner_id="prt_1",
        reason="It was the other region",
        state=before,
        lead_coach_id="per_1",
    )


def test_what_ended_with_its_partner_stays_closed() -> None:
    engagement = an_engagement()
    engagement.close(on=date(2026, 6, 1), statement=statement("Merged"), with_partner=True)

    with pytest.raises(PartnerHasDeparted, match="was closed on 2026-06-01 with its partner"):
        engagement.reopen(statement("They are back"))


def test_only_what_is_closed_is_reopened() -> None:
    with pytest.raises(EngagementNotClosed, match="active since 2026-01-12: reopen_engagement is possible from closed"):
        an_engagement().reopen(statement())
