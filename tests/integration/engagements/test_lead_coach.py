"""Who leads an engagement, on the real database: replaced with what they had to do, and waited for when they leave."""

from datetime import datetime
from typing import Any

import pytest

from chassis.domain.causation import Cause
from chassis.domain.scope import PLATFORM
from chassis.persistence.unit_of_work import UnitOfWork
from services.engagements.use_cases.coaching_session import schedule_coaching
from tests.integration.engagements.harness import YEAR, Answer, EngagementsHarness

AGREED = {"held_at": "2026-06-20T14:00:00+02:00", "zone": "Europe/Stockholm"}
PARTNER_LEAD = {"subject": "lead", "organisation": "prt_1", "roles": ["partner_lead"]}
DESCRIBED = {"person_id": "per_coach", "partner_id": None, "name": "Coach Okonkwo", "zone": "Europe/Stockholm"}
GONE = {"person_id": "per_coach", "partner_id": None, "left_on": "2026-05-29"}


@pytest.fixture
def engagement(engagements: EngagementsHarness) -> Answer:
    """An engagement under way, led by `per_coach`, who is the institute's coach."""
    for coach in ("per_successor", "per_other"):
        engagements.person(coach)
    return engagements.active()


def seen(engagements: EngagementsHarness, engagement: Answer) -> Answer:
    found: Answer = engagements.call("show_engagement", engagement_id=engagement["id"])["ok"]
    return found


def replaced(
    engagements: EngagementsHarness, engagement: Answer, coach_id: str = "per_successor", **why: Any
) -> Answer:
    asked = {"engagement_id": engagement["id"], "version": seen(engagements, engagement)["version"]}
    return engagements.command("replace_lead_coach", **asked, coach_id=coach_id, **why)


def scheduled(engagements: EngagementsHarness, engagement: Answer, **with_whom: str) -> Answer:
    return engagements.command("schedule_coaching", engagement_id=engagement["id"], **AGREED, **with_whom)


def coach_of(engagements: EngagementsHarness, session: Answer) -> str:
    return str(engagements.call("show_coaching_session", session_id=session["id"])["ok"]["coach_id"])


def waits_since(engagements: EngagementsHarness, engagement: Answer) -> str | None:
    found: str | None = seen(engagements, engagement)["coach_left_on"]
    waiting = engagements.call("list_engagements", awaits_coach=True)["ok"]["items"]
    led = engagements.call("list_engagements", awaits_coach=False)["ok"]["items"]
    assert ([bool(waiting), bool(led)]) == [found is not None, found is None]
    return found


def test_who_takes_over_holds_the_sessions_that_the_former_coach_was_to_hold(
    engagements: EngagementsHarness, engagement: Answer
) -> None:
    theirs, others = scheduled(engagements, engagement), scheduled(engagements, engagement, coach_id="per_other")
    over = scheduled(engagements, engagement)
    engagements.command("hold_coaching", session_id=over["id"], version=1, held_on="2026-05-20")

    answer = replaced(engagements, engagement)

    assert answer["lead_coach_id"] == "per_successor"
    assert [coach_of(engagements, each) for each in (theirs, others, over)] == [
        "per_successor", "per_other", "per_coach",
    ]  # fmt: skip
    (said,) = engagements.said("coaching.handed_over")
    assert (said["subject"], said["data"]["with_engagement"]) == (theirs["id"], True)
    (said,) = engagements.said("engagement.coach_changed")
    assert said["data"] == {
        "engagement_id": engagement["id"], "partner_id": "prt_1", "coach_id": "per_successor",
        "former_coach_id": "per_coach", "admission_number": 1,
    }  # fmt: skip


def test_a_session_scheduled_while_the_coach_is_replaced_is_not_left_with_the_former_one(
    engagements: EngagementsHarness, engagement: Answer
) -> None:
    has_changed: list[bool] = []

    def schedule_meanwhile(uow: UnitOfWork) -> None:
        if not has_changed:
            has_changed.append(True)
            uow.collection("engagements").find_one(
                {"_id": engagement["id"]}, session=uow.session
            )  # the snapshot is taken
            replaced(engagements, engagement)
        held_at, zone = datetime.fromisoformat(AGREED["held_at"]), AGREED["zone"]
        schedule_coaching(uow, PLATFORM, YEAR, engagement_id=engagement["id"], held_at=held_at, zone=zone)

    engagements.store.transact(schedule_meanwhile, cause=Cause(correlation_id="req_test"))

    (session,) = engagements.call("list_coaching_sessions")["ok"]["items"]
    assert session["coach_id"] == "per_successor"


def test_why_a_coach_was_replaced_is_seen_by_the_institute_and_not_by_the_partner(
    engagements: EngagementsHarness, engagement: Answer
) -> None:
    replaced(engagements, engagement, reason="Ada is ill")
    asked = {"engagement_id": engagement["id"]}

    assert seen(engagements, engagement)["coach_changes"][0]["reason"] == "Ada is ill"
    shown = engagements.call("show_engagement", PARTNER_LEAD, **asked)["ok"]
    (listed,) = engagements.call("list_engagements", PARTNER_LEAD)["ok"]["items"]
    assert "Ada is ill" not in repr([shown, listed, engagements.said("engagement.coach_changed")])


def test_a_session_is_handed_over_alone(engagements: EngagementsHarness, engagement: Answer) -> None:
    session = scheduled(engagements, engagement)

    engagements.command("hand_over_coaching", session_id=session["id"], version=1, coach_id="per_other")

    assert coach_of(engagements, session) == "per_other"
    assert seen(engagements, engagement)["lead_coach_id"] == "per_coach"
    (said,) = engagements.said("coaching.handed_over")
    assert (said["data"]["former_coach_id"], said["data"]["with_engagement"]) == ("per_coach", False)


@pytest.mark.parametrize("unfit", ["per_left", "per_leader", "per_nobody"])
@pytest.mark.parametrize("command", ["replace_lead_coach", "hand_over_coaching"])
def test_only_a_coach_of_the_institute_who_is_there_can_take_over(
    engagements: EngagementsHarness, engagement: Answer, command: str, unfit: str
) -> None:
    engagements.person("per_left")
    engagements.hear("keep_departure", **GONE | {"person_id": "per_left"}, sequence=2)
    engagements.person("per_leader", partner_id="prt_1", role="leader")
    session = scheduled(engagements, engagement)
    about = {
        "replace_lead_coach": {"engagement_id": engagement["id"], "version": engagement["version"]},
        "hand_over_coaching": {"session_id": session["id"], "version": 1},
    }[command]

    fault = engagements.call(command, **about, coach_id=unfit)["fault"]

    assert (fault["kind"], fault["fields"][0]["pointer"]) == ("invalid", "/coach_id")
    assert unfit in fault["fields"][0]["detail"]


def test_an_engagement_whose_coach_leaves_says_so_until_a_successor_is_named(
    engagements: EngagementsHarness, engagement: Answer
) -> None:
    assert waits_since(engagements, engagement) is None

    engagements.hear("keep_departure", **GONE, sequence=2)

    assert waits_since(engagements, engagement) == "2026-05-29"
    (said,) = engagements.said("engagement.coach_left")
    assert said["data"] == {
        "engagement_id": engagement["id"], "partner_id": "prt_1", "coach_id": "per_coach", "left_on": "2026-05-29",
        "admission_number": 1,
    }  # fmt: skip
    replaced(engagements, engagement)
    assert waits_since(engagements, engagement) is None


@pytest.mark.parametrize("elsewhere", [{"role": "librarian"}, {"role": "leader", "partner_id": "prt_2"}])
def test_an_engagement_whose_coach_coaches_no_more_waits_since_the_day_that_is_heard(
    engagements: EngagementsHarness, engagement: Answer, elsewhere: dict[str, str]
) -> None:
    engagements.hear("keep_person", **DESCRIBED | elsewhere, sequence=2)

    assert waits_since(engagements, engagement) == "2026-06-01"


def test_an_engagement_whose_coach_is_back_waits_no_longer(engagements: EngagementsHarness, engagement: Answer) -> None:
    engagements.hear("keep_departure", **GONE, sequence=2)

    engagements.hear("keep_person", **DESCRIBED, role="coach", sequence=3)

    assert waits_since(engagements, engagement) is None
    assert [each["data"]["coach_id"] for each in engagements.said("engagement.coach_returned")] == ["per_coach"]


def test_a_departure_that_was_overtaken_by_the_return_lets_nobody_wait(
    engagements: EngagementsHarness, engagement: Answer
) -> None:
    engagements.hear("keep_person", **DESCRIBED, role="coach", sequence=3)
    engagements.hear("keep_departure", **GONE, sequence=2)

    assert waits_since(engagements, engagement) is None


def test_an_engagement_that_closes_waits_for_nobody_and_does_not_begin_to(
    engagements: EngagementsHarness, engagement: Answer
) -> None:
    engagements.hear("close_with_partner", partner_id="prt_1", reason="Over", departed_on="2026-05-28", sequence=2)

    engagements.hear("keep_departure", **GONE, sequence=2)

    assert waits_since(engagements, engagement) is None
    assert engagements.said("engagement.coach_left") == []
