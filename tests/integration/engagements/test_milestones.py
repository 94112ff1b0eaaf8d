"""Milestones on the real database: what is kept, said, and missed by the clock."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from chassis.domain.causation import Cause
from chassis.domain.scope import PLATFORM
from chassis.persistence.unit_of_work import UnitOfWork
from services.engagements.model.engagement_lifecycle import EngagementAlreadyClosed, EngagementNotActive
from services.engagements.model.milestone import MilestoneKind
from services.engagements.repository.engagement import Engagements
from services.engagements.use_cases.milestone import plan_milestone, reopen_milestone
from tests.integration.engagements.harness import Answer, EngagementsHarness

OVER_IN_CHICAGO = datetime(2026, 9, 2, 5, 0, tzinfo=UTC)
PARTNER_LEAD = {"subject": "lead", "organisation": "prt_2", "roles": ["partner_lead"]}


def test_a_milestone_has_an_owner_and_an_instant_at_which_its_day_is_over(engagements: EngagementsHarness) -> None:
    milestone = engagements.planned(engagements.active(), owner_id=engagements.person("per_7"))

    assert engagements.seen(milestone)["owner_id"] == "per_7"
    assert milestone["overdue_at"] == "2026-09-02T05:00:00.000Z"


def test_reached_reopened_and_reached_again_is_said_each_time_in_order(engagements: EngagementsHarness) -> None:
    milestone = engagements.planned(engagements.active())
    evidence = {"reached_on": "2026-05-20", "evidence": "A shift"}

    reached = engagements.move("reach_milestone", milestone, **evidence)
    reopened = engagements.move("reopen_milestone", reached, reason="The data were wrong")
    engagements.move("reach_milestone", reopened, **evidence)

    assert [row["sequence"] for row in engagements.said("milestone.reached")] == [2, 4]
    (said,) = engagements.said("milestone.reopened")
    assert (said["sequence"], said["subject"]) == (3, milestone["id"])
    assert said["data"] == {
        "milestone_id": milestone["id"], "engagement_id": milestone["engagement_id"], "partner_id": "prt_1",
        "title": "Ten wards", "reason": "The data were wrong", "coach_id": "per_coach",
    }  # fmt: skip


def test_the_days_given_up_are_shown_with_who_gave_them_up_and_why(engagements: EngagementsHarness) -> None:
    milestone = engagements.planned(engagements.active())

    engagements.move("reschedule_milestone", milestone, due_on="2026-10-01", reason="Staff were ill")

    assert engagements.seen(milestone)["reschedulings"] == [
        {
            "from_due_on": "2026-09-01", "due_on": "2026-10-01",
            "statement": {"reason": "Staff were ill", "by": "anna", "at": "2026-06-01T09:00:00.000Z"},
        }
    ]  # fmt: skip


def test_a_milestone_is_missed_once_when_its_day_is_over_where_the_partner_is(engagements: EngagementsHarness) -> None:
    milestone = engagements.planned(engagements.active(zone="America/Chicago"))

    engagements.it_becomes(OVER_IN_CHICAGO - timedelta(milliseconds=1))
    assert engagements.said("milestone.missed") == []
    engagements.it_becomes(OVER_IN_CHICAGO)
    engagements.it_becomes(OVER_IN_CHICAGO + timedelta(days=1))

    (said,) = engagements.said("milestone.missed")
    assert (said["subject"], said["data"]["coach_id"]) == (milestone["id"], "per_coach")
    assert engagements.seen(milestone)["state"] == "missed"


def test_everything_overdue_is_missed_at_one_poke_and_nothing_else(engagements: EngagementsHarness) -> None:
    engagement = engagements.active()
    at_risk, reached, dropped, later, moved = (engagements.planned(engagement, title=f"Step {n}") for n in range(5))
    engagements.move("put_milestone_at_risk", at_risk, reason="No baseline")
    engagements.move("reach_milestone", reached, reached_on="2026-05-20", evidence="A shift")
    engagements.move("drop_milestone", dropped, reason="Merged")
    engagements.move("reschedule_milestone", later, due_on="2026-12-01", reason="Staff were ill")
    engagements.move("reschedule_milestone", moved, due_on="2026-08-01", reason="Sooner")

    engagements.it_becomes(OVER_IN_CHICAGO)

    assert {row["subject"] for row in engagements.said("milestone.missed")} == {at_risk["id"], moved["id"]}


def test_a_missed_milestone_tells_what_it_was_planned_with_as_its_cause(engagements: EngagementsHarness) -> None:
    engagements.planned(engagements.active())

    engagements.it_becomes(OVER_IN_CHICAGO)

    assert [row["correlation_id"] for row in engagements.said("milestone.missed")] == ["req_test"]


def test_nobody_changes_a_milestone_of_another_partner_or_one_they_have_not_seen(
    engagements: EngagementsHarness,
) -> None:
    milestone = engagements.planned(engagements.active("prt_1"))
    asked = {"milestone_id": milestone["id"], "reason": "Because"}

    another = engagements.call("drop_milestone", PARTNER_LEAD, version=1, **asked)["fault"]
    unseen = engagements.call("put_milestone_at_risk", version=7, **asked)["fault"]

    assert (another["kind"], unseen["kind"]) == ("not_found", "stale")
    assert engagements.seen(milestone) == milestone


def while_it_is_closed(
    engagements: EngagementsHarness, engagement: Answer, deed: Callable[[UnitOfWork], object]
) -> None:
    """Do something in a transaction that has seen the engagement under way, while another one closes it."""

    def step(uow: UnitOfWork) -> None:
        if not Engagements(uow).get(engagement["id"], scope=PLATFORM).is_closed:
            engagements.call("close_engagement", engagement_id=engagement["id"], version=None, reason="Merged")
        deed(uow)

    engagements.store.transact(step, cause=Cause(correlation_id="req_test"))


def test_nothing_is_planned_in_an_engagement_that_is_closed_at_the_same_time(engagements: EngagementsHarness) -> None:
    engagement = engagements.active()
    step = {"kind": MilestoneKind.SPREAD, "title": "Ten wards", "due_on": date(2026, 9, 1)}

    with pytest.raises(EngagementNotActive):
        while_it_is_closed(
            engagements, engagement,
            lambda uow: plan_milestone(uow, PLATFORM, engagement_id=engagement["id"], **step),
        )  # fmt: skip

    assert engagements.call("list_milestones")["ok"]["items"] == []


def test_nothing_is_reopened_in_an_engagement_that_is_closed_at_the_same_time(engagements: EngagementsHarness) -> None:
    engagement = engagements.active()
    milestone = engagements.planned(engagement)
    reached = engagements.move("reach_milestone", milestone, reached_on="2026-05-20", evidence="A shift")
    asked = {"milestone_id": reached["id"], "version": [reached["version"]], "reason": "The data were wrong"}

    with pytest.raises(EngagementAlreadyClosed):
        while_it_is_closed(engagements, engagement, lambda uow: reopen_milestone(uow, PLATFORM, **asked))

    assert engagements.seen(milestone)["state"] == "reached"
