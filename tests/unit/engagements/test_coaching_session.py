from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from chassis.domain.errors import Invalid
from services.engagements.events.coaching import (
    CoachingCancelled,
    CoachingCoachLeft,
    CoachingCoachReturned,
    CoachingHandedOver,
    CoachingHeld,
    CoachingMoved,
    CoachingRetracted,
    CoachingScheduled,
)
from services.engagements.model.coaching_session import (
    CoachingAlreadyHeld,
    CoachingNotHeld,
    CoachingSession,
    CoachingWasCancelled,
    MilestoneOfAnotherEngagement,
    MovedToTheSameTime,
    SessionIsTheirsAlready,
)
from services.engagements.model.days import BeforeItBegan, DayIsPast, InTheFuture
from services.engagements.model.engagement_lifecycle import EngagementAlreadyClosed, EngagementNotActive
from services.engagements.model.person import CoachHasLeft, CoachOfAPartner, NotACoach, Person
from tests.builders.engagements import a_milestone, a_person, a_session, an_engagement, statement

SAID_AT = datetime(2026, 6, 10, 18, 0, tzinfo=UTC)
NAMED = {"session_id": "cos_1", "engagement_id": "eng_1", "partner_id": "prt_1"}


def test_a_scheduled_session_says_who_coaches_and_when() -> None:
    session = a_session(coach=a_person("per_7"), about=a_milestone())

    assert session.recorded == [
        CoachingScheduled(
            **NAMED,
            coach_id="per_7",
            held_at=datetime(2026, 6, 10, 12, 0, tzinfo=UTC),
            zone="Europe/Stockholm",
            milestone_id="mst_1",
        )
    ]


def test_coaching_begins_when_work_has() -> None:
    draft = an_engagement(active=False)

    with pytest.raises(EngagementNotActive):
        a_session(engagement=draft)


def test_no_session_takes_place_on_a_day_before_work_began_where_the_partner_is() -> None:
    last_minute_before = datetime(2026, 1, 12, 5, 59, tzinfo=UTC)  # work began on 12 January in Chicago

    with pytest.raises(BeforeItBegan, match="2026-01-12 or a later day is expected; got '2026-01-11'") as refused:
        a_session(held_at=last_minute_before)

    assert refused.value.fields[0]["pointer"] == "/held_at"
    assert a_session(held_at=last_minute_before + timedelta(minutes=1)).recorded


@pytest.mark.parametrize("role", ["coach", "staff"])
def test_a_coach_or_one_of_the_staff_of_the_institute_coaches(role: str) -> None:
    assert a_session(coach=a_person("per_7", role=role)).coach_id == "per_7"


@pytest.mark.parametrize(
    ("coach", "refusal", "code"),
    [
        (a_person(present=False), CoachHasLeft, "left"),
        (a_person(partner_id="prt_1", role="leader"), CoachOfAPartner, "another_organisation"),
        (a_person(role="donor"), NotACoach, "not_a_coach"),
    ],
    ids=["left", "of the partner", "another role"],
)
def test_nobody_else_does(coach: Person, refusal: type[Invalid], code: str) -> None:
    with pytest.raises(refusal, match=r"is expected; .*'per_1'") as refused:
        a_session(coach=coach)

    (field,) = refused.value.fields
    assert (field["pointer"], field["code"]) == ("/coach_id", code)


def test_a_session_is_not_about_a_milestone_of_another_engagement() -> None:
    with pytest.raises(MilestoneOfAnotherEngagement, match="of engagement eng_1 is expected; got 'mst_1'"):
        a_session(about=a_milestone(engagement_id="eng_2"))


def test_a_session_was_held_by_a_persons_word_and_its_notes_are_in_no_event() -> None:
    session = a_session(coach=a_person("per_7"))

    session.hold(engagement=an_engagement(), on=date(2026, 6, 10), notes="They fear the winter", at=SAID_AT)

    assert session.notes == "They fear the winter"
    assert session.recorded[-1] == CoachingHeld(**NAMED, coach_id="per_7", held_on=date(2026, 6, 10), milestone_id=None)


def test_a_session_is_held_once() -> None:
    session = a_session()
    session.hold(engagement=an_engagement(), on=date(2026, 6, 10), notes=None, at=SAID_AT)

    with pytest.raises(CoachingAlreadyHeld, match="was held on 2026-06-10"):
        session.hold(engagement=an_engagement(), on=date(2026, 6, 10), notes=None, at=SAID_AT)


def test_a_session_is_not_held_in_the_future() -> None:
    with pytest.raises(InTheFuture, match="up to 2026-06-10 is expected; got '2026-06-12'"):
        a_session().hold(engagement=an_engagement(), on=date(2026, 6, 12), notes=None, at=SAID_AT)


@pytest.mark.parametrize("with_engagement", [False, True])
def test_a_session_is_handed_over_to_another_coach(with_engagement: bool) -> None:
    session = a_session(coach=a_person("per_7"))
    session.recorded.clear()

    session.hand_over(coach=a_person("per_8"), with_engagement=with_engagement)

    assert session.coach_id == "per_8"
    assert session.recorded == [
        CoachingHandedOver(
            **NAMED,
            coach_id="per_8",
            former_coach_id="per_7",
            held_at=datetime(2026, 6, 10, 12, 0, tzinfo=UTC),
            zone="Europe/Stockholm",
            milestone_id=None,
            with_engagement=with_engagement,
        )
    ]


def test_a_session_that_was_held_is_not_handed_over() -> None:
    session = a_session()
    session.hold(engagement=an_engagement(), on=date(2026, 6, 10), notes=None, at=SAID_AT)

    with pytest.raises(CoachingAlreadyHeld):
        session.hand_over(coach=a_person("per_8"))


def test_a_session_is_not_handed_over_to_whose_it_is() -> None:
    with pytest.raises(SessionIsTheirsAlready, match="session cos_1 is per_7's already"):
        a_session(coach=a_person("per_7")).hand_over(coach=a_person("per_7"))


def test_a_session_is_not_handed_over_to_somebody_who_has_left() -> None:
    with pytest.raises(CoachHasLeft, match="'per_8' left on 2026-05-01"):
        a_session().hand_over(coach=a_person("per_8", present=False))


def test_a_session_whose_coach_leaves_says_once_since_when_it_waits_for_a_successor() -> None:
    session = a_session(coach=a_person("per_7"))
    session.recorded.clear()

    session.wait_for_a_successor(since=date(2026, 5, 29))
    session.wait_for_a_successor(since=date(2026, 5, 30))

    assert session.coach_left_on == date(2026, 5, 29)
    assert session.recorded == [
        CoachingCoachLeft(**NAMED, coach_id="per_7", milestone_id=None, held_at=session.held_at, zone=session.zone,
                          left_on=date(2026, 5, 29))
    ]  # fmt: skip


def test_a_session_whose_coach_is_back_waits_no_longer() -> None:
    session = a_session(coach=a_person("per_7"))
    session.wait_for_a_successor(since=date(2026, 5, 29))

    session.keep_its_coach()
    session.keep_its_coach()

    assert session.coach_left_on is None
    assert session.recorded[2:] == [CoachingCoachReturned(**NAMED, coach_id="per_7", milestone_id=None)]


@pytest.mark.parametrize("answer", [
    lambda it: it.hand_over(coach=a_person("per_8")),
    lambda it: it.hold(engagement=an_engagement(), on=date(2026, 6, 10), notes=None, at=SAID_AT),
    lambda it: it.cancel(statement=statement()),
], ids=["handed over", "held", "cancelled"])  # fmt: skip
def test_a_session_that_is_handed_over_held_or_cancelled_waits_for_nobody(
    answer: Callable[[CoachingSession], None],
) -> None:
    session = a_session()
    session.wait_for_a_successor(since=date(2026, 5, 29))

    answer(session)

    assert session.coach_left_on is None


def test_a_session_is_not_held_before_work_began() -> None:
    with pytest.raises(BeforeItBegan, match="2026-01-12 or a later day is expected; got '2026-01-11'") as refused:
        a_session().hold(engagement=an_engagement(), on=date(2026, 1, 11), notes=None, at=SAID_AT)

    assert refused.value.fields[0]["pointer"] == "/held_on"


def test_a_session_that_was_not_held_after_all_is_scheduled_again_and_what_was_said_is_kept() -> None:
    session = a_session(coach=a_person("per_7"))
    session.hold(engagement=an_engagement(), on=date(2026, 6, 10), notes="They fear the winter", at=SAID_AT)

    session.retract(engagement=an_engagement(), statement=statement("It was the other region", by="bo"))

    assert (session.state, session.held_on, session.notes) == ("scheduled", None, "They fear the winter")
    assert [(turn.to, turn.statement.reason, turn.statement.by) for turn in session.transitions] == [
        ("scheduled", "It was the other region", "bo")
    ]
    assert session.recorded[-1] == CoachingRetracted(
        **NAMED, coach_id="per_7", milestone_id=None, reason="It was the other region"
    )


def test_only_what_was_held_is_retracted_and_nothing_in_a_closed_engagement() -> None:
    session, closed = a_session(), an_engagement()
    closed.close(on=date(2026, 6, 10), statement=statement())

    with pytest.raises(CoachingNotHeld, match="cos_1 is scheduled: retract_coaching is possible from held"):
        session.retract(engagement=an_engagement(), statement=statement())
    session.hold(engagement=an_engagement(), on=date(2026, 6, 10), notes=None, at=SAID_AT)
    with pytest.raises(EngagementAlreadyClosed, match="reopen it first"):
        session.retract(engagement=closed, statement=statement())


def test_a_session_is_moved_to_another_time_for_a_reason() -> None:
    session, next_week = a_session(coach=a_person("per_7")), datetime(2026, 6, 17, 8, 30, tzinfo=UTC)

    session.move(held_at=next_week, zone="America/Chicago", statement=statement("A strike"))

    assert (session.held_at, session.zone) == (next_week, "America/Chicago")
    assert session.recorded[-1] == CoachingMoved(
        **NAMED, coach_id="per_7", milestone_id=None, from_held_at=datetime(2026, 6, 10, 12, 0, tzinfo=UTC),
        held_at=next_week, zone="America/Chicago", reason="A strike",
    )  # fmt: skip


def test_a_session_is_moved_neither_into_the_past_nor_to_where_it_is() -> None:
    session, noon = a_session(), statement(at=datetime(2026, 6, 1, 12, 0, tzinfo=UTC))

    with pytest.raises(
        DayIsPast, match="2026-06-01T12:00:00\\+00:00 or a later time is expected; got '2026-05-31"
    ) as it:
        session.move(held_at=datetime(2026, 5, 31, 12, 0, tzinfo=UTC), zone="UTC", statement=noon)
    assert it.value.fields[0]["pointer"] == "/held_at"
    with pytest.raises(MovedToTheSameTime):
        session.move(held_at=session.held_at, zone=session.zone, statement=noon)


def test_a_session_that_is_cancelled_says_why_and_when_it_was_to_be() -> None:
    session = a_session(coach=a_person("per_7"))

    session.cancel(statement=statement("The coach is ill"))

    assert session.recorded[-1] == CoachingCancelled(
        **NAMED, coach_id="per_7", milestone_id=None, held_at=datetime(2026, 6, 10, 12, 0, tzinfo=UTC),
        zone="Europe/Stockholm", reason="The coach is ill", with_engagement=False,
    )  # fmt: skip
    with pytest.raises(CoachingWasCancelled, match="was cancelled: The coach is ill: hold_coaching is poss"):
        session.hold(engagement=an_engagement(), on=date(2026, 6, 10), notes=None, at=SAID_AT)


def test_a_session_is_moved_to_a_time_that_is_past_where_that_is_put_on_record_as_history() -> None:
    session, last_year = a_session(), datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
    noon = statement(at=datetime(2026, 6, 1, 12, 0, tzinfo=UTC))

    session.move(held_at=last_year, zone="UTC", statement=noon, in_history=True)

    assert session.held_at == last_year
