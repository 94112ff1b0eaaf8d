"""Planning a milestone: while work is under way, with an owner, for a day to come."""

from datetime import UTC, date, datetime, timedelta

import pytest

from chassis.domain.errors import Invalid
from services.engagements.events.milestone import MilestonePlanned
from services.engagements.model.days import DayIsPast
from services.engagements.model.engagement_lifecycle import EngagementNotActive
from services.engagements.model.milestone import Milestone, MilestoneKind
from services.engagements.model.person import OwnerHasLeft, OwnerOfAnotherPartner, Person
from tests.builders.engagements import a_person, an_engagement, statement

NAMED = {"milestone_id": "mst_1", "engagement_id": "eng_1", "partner_id": "prt_1", "title": "Ten wards"}
THE_NEXT_DAY = datetime(2026, 9, 2, 5, 0, tzinfo=UTC)
"""When 1 September is over in Chicago."""


def test_a_milestone_is_planned_only_while_work_is_under_way() -> None:
    with pytest.raises(EngagementNotActive, match="is draft: activate it with a lead coach first"):
        Milestone.plan(
            id="mst_1",
            engagement=an_engagement(active=False),
            kind=MilestoneKind.SPREAD,
            title="Ten wards",
            due_on=date(2026, 9, 1),
            at=datetime(2026, 6, 1, 9, 0, tzinfo=UTC),
        )


def owned_by(owner: Person) -> Milestone:
    """A milestone of partner `prt_1`."""
    return Milestone.plan(id="mst_1", engagement=an_engagement(), kind=MilestoneKind.SPREAD, title="Ten wards",
                          due_on=date(2026, 9, 1), at=datetime(2026, 6, 1, 9, 0, tzinfo=UTC), owner=owner)  # fmt: skip


@pytest.mark.parametrize("partner_id", ["prt_1", None], ids=["the partner's", "the institute's"])
def test_an_owner_is_of_the_partner_or_of_the_institute(partner_id: str | None) -> None:
    assert owned_by(a_person("per_7", partner_id=partner_id)).owner_id == "per_7"


@pytest.mark.parametrize(
    ("owner", "refusal", "code"),
    [
        (a_person(partner_id="prt_1", present=False), OwnerHasLeft, "left"),
        (a_person(partner_id="prt_2"), OwnerOfAnotherPartner, "another_organisation"),
    ],
    ids=["left", "another partner's"],
)
def test_nobody_else_owns_a_milestone(owner: Person, refusal: type[Invalid], code: str) -> None:
    with pytest.raises(refusal, match=r"is expected; .*'per_1'") as refused:
        owned_by(owner)

    (field,) = refused.value.fields
    assert (field["pointer"], field["code"]) == ("/owner_id", code)


def test_a_planned_milestone_says_what_is_to_be_reached_and_by_when() -> None:
    milestone = Milestone.plan(
        id="mst_1",
        engagement=an_engagement(active=True),
        kind=MilestoneKind.SPREAD,
        title="Ten wards",
        due_on=date(2026, 9, 1),
        at=datetime(2026, 6, 1, 9, 0, tzinfo=UTC),
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


def planned_for(day: date) -> Milestone:
    just_before_midnight = THE_NEXT_DAY - timedelta(minutes=1)  # in UTC it is 2 September already
    about = an_engagement(active=True)
    return Milestone.plan(
        id="mst_1", engagement=about, kind=MilestoneKind.SPREAD, title="Ten", due_on=day, at=just_before_midnight
    )


def test_a_milestone_can_be_planned_for_what_is_today_where_the_partner_is() -> None:
    assert planned_for(date(2026, 9, 1)).due_on == date(2026, 9, 1)


@pytest.mark.parametrize("day", [date(2026, 8, 31), date(1999, 1, 1)])
def test_no_milestone_is_planned_for_a_day_that_is_past_where_the_partner_is(day: date) -> None:
    with pytest.raises(DayIsPast, match="2026-09-01 or a later day is expected"):
        planned_for(day)


def planned_in_history(day: date) -> Milestone:
    return Milestone.plan(id="mst_1", engagement=an_engagement(), kind=MilestoneKind.SPREAD, title="Ten", due_on=day,
                          at=THE_NEXT_DAY, in_history=True)  # fmt: skip


@pytest.mark.parametrize(
    ("day", "awaited_until"),
    [
        pytest.param(date(2026, 9, 1), None, id="over at this instant"),
        pytest.param(date(2025, 3, 1), None, id="long past"),
        pytest.param(date(2026, 9, 2), THE_NEXT_DAY + timedelta(days=1), id="today"),
    ],
)
def test_a_milestone_put_on_record_as_history_waits_for_its_day_only_if_that_is_to_come(
    day: date, awaited_until: datetime | None
) -> None:
    milestone = planned_in_history(day)

    assert (milestone.due_on, milestone.overdue_at) == (day, awaited_until)
    assert not milestone.miss(engagement=an_engagement(), at=THE_NEXT_DAY)


def test_a_day_that_was_past_when_it_was_put_on_record_is_not_waited_for_after_a_rest_either() -> None:
    milestone = planned_in_history(date(2025, 3, 1))

    milestone.await_its_day(engagement=an_engagement(), at=THE_NEXT_DAY)

    assert milestone.overdue_at is None


def test_another_day_that_is_to_come_is_waited_for_and_one_that_was_past_in_history_is_not() -> None:
    milestone = planned_in_history(date(2025, 3, 1))
    past, to_come = date(2025, 9, 1), date(2026, 12, 1)

    milestone.reschedule(engagement=an_engagement(), due_on=past, statement=statement(at=THE_NEXT_DAY), in_history=True)
    before = milestone.overdue_at
    milestone.reschedule(engagement=an_engagement(), due_on=to_come, statement=statement(at=THE_NEXT_DAY))

    assert (before, milestone.overdue_at) == (None, datetime(2026, 12, 2, 6, 0, tzinfo=UTC))
