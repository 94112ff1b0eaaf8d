"""Milestones that are dropped, and restored."""

from datetime import date

import pytest

from services.engagements.events.milestone import MilestoneDropped, MilestoneRestored
from services.engagements.model.engagement_lifecycle import EngagementAlreadyClosed
from services.engagements.model.milestone_lifecycle import MilestoneAlreadyDropped, MilestoneNotDropped, MilestoneState
from tests.builders.engagements import a_milestone, an_engagement, evidence, statement

NAMED = {"milestone_id": "mst_1", "engagement_id": "eng_1", "partner_id": "prt_1", "title": "Ten wards"}


def test_a_dropped_milestone_is_nobodys_aim_any_more() -> None:
    milestone = a_milestone()

    milestone.drop(statement=statement("The wards were merged"))

    assert milestone.recorded == [MilestoneDropped(**NAMED, reason="The wards were merged")]
    with pytest.raises(MilestoneAlreadyDropped, match="was dropped: The wards were merged"):
        milestone.reach(engagement=an_engagement(), on=date(2026, 6, 1), evidence=evidence())


@pytest.mark.parametrize("before", ["planned", "at_risk", "missed", "reopened"])
def test_what_was_dropped_by_mistake_is_again_what_it_was_and_both_reasons_are_kept(before: str) -> None:
    milestone = a_milestone()
    milestone.state = MilestoneState(before)
    milestone.drop(statement=statement("The wards were merged", by="anna"))

    milestone.restore(engagement=an_engagement(), statement=statement("They were not", by="bo"))

    assert milestone.state == before
    assert [(turn.to, turn.statement.reason, turn.statement.by) for turn in milestone.transitions] == [
        ("dropped", "The wards were merged", "anna"),
        (before, "They were not", "bo"),
    ]
    assert milestone.recorded[-1] == MilestoneRestored(
        **NAMED, reason="They were not", state=before, due_on=date(2026, 9, 1)
    )
    assert (milestone.overdue_at is None) == (before == "missed")


def test_what_was_not_dropped_is_not_restored() -> None:
    with pytest.raises(MilestoneNotDropped, match="is planned: restore_milestone is possible from dropped"):
        a_milestone().restore(engagement=an_engagement(), statement=statement())


def test_in_a_closed_engagement_no_milestone_is_open_again() -> None:
    closed, reached, dropped = an_engagement(), a_milestone(reached_on=date(2026, 5, 1)), a_milestone()
    dropped.drop(statement=statement())
    closed.close(on=date(2026, 6, 1), statement=statement())

    with pytest.raises(EngagementAlreadyClosed, match="reopen it first"):
        reached.reopen(engagement=closed, statement=statement())
    with pytest.raises(EngagementAlreadyClosed, match="reopen it first"):
        dropped.restore(engagement=closed, statement=statement())
