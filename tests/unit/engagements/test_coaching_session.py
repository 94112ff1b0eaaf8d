from datetime import UTC, date, datetime

import pytest

from chassis.domain.errors import Invalid
from services.engagements.events import CoachingHandedOver, CoachingHeld, CoachingScheduled
from services.engagements.model.coaching_session import (
    CoachingAlreadyHeld,
    HeldInTheFuture,
    MilestoneOfAnotherEngagement,
    SessionIsTheirsAlready,
)
from services.engagements.model.engagement import EngagementNotActive
from services.engagements.model.person import CoachHasLeft, CoachOfAPartner, NotACoach, Person
from tests.builders.engagements import a_milestone, a_person, a_session, an_engagement

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

    session.hold(on=date(2026, 6, 10), notes="They fear the winter", at=SAID_AT)

    assert session.notes == "They fear the winter"
    assert session.recorded[-1] == CoachingHeld(**NAMED, coach_id="per_7", held_on=date(2026, 6, 10), milestone_id=None)


def test_a_session_is_held_once() -> None:
    session = a_session()
    session.hold(on=date(2026, 6, 10), notes=None, at=SAID_AT)

    with pytest.raises(CoachingAlreadyHeld, match="was held on 2026-06-10"):
        session.hold(on=date(2026, 6, 10), notes=None, at=SAID_AT)


def test_a_session_is_not_held_in_the_future() -> None:
    with pytest.raises(HeldInTheFuture, match="up to 2026-06-11 is expected; got '2026-06-12'"):
        a_session().hold(on=date(2026, 6, 12), notes=None, at=SAID_AT)


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
    session.hold(on=date(2026, 6, 10), notes=None, at=SAID_AT)

    with pytest.raises(CoachingAlreadyHeld):
        session.hand_over(coach=a_person("per_8"))


def test_a_session_is_not_handed_over_to_whose_it_is() -> None:
    with pytest.raises(SessionIsTheirsAlready, match="session cos_1 is per_7's already"):
        a_session(coach=a_person("per_7")).hand_over(coach=a_person("per_7"))


def test_a_session_is_not_handed_over_to_somebody_who_has_left() -> None:
    with pytest.raises(CoachHasLeft, match="'per_8' left on 2026-05-01"):
        a_session().hand_over(coach=a_person("per_8", present=False))
