"""People named in commands: who may be, what is said of others, and what if their event is on its way."""

from collections.abc import Callable
from typing import Any

import pytest

from chassis.domain.causation import Cause
from chassis.domain.scope import PLATFORM
from chassis.persistence.unit_of_work import COMMANDS, UnitOfWork
from chassis.rpc import references
from services.engagements.model.milestone import MilestoneKind
from services.engagements.model.person import OwnerHasLeft
from services.engagements.use_cases.milestone import plan_milestone
from tests.integration.engagements.harness import Answer, EngagementsHarness

Pauses = list[float]
SESSION = {"held_at": "2026-05-20T14:00:00+02:00", "zone": "Europe/Stockholm"}
STEP: dict[str, Any] = {"kind": "spread", "title": "Ten wards", "due_on": "2026-09-01"}


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> Pauses:
    """How long is waited for events that never come, without waiting."""
    paused: Pauses = []
    monkeypatch.setattr(references, "sleep", paused.append)
    return paused


def during_the_pause(monkeypatch: pytest.MonkeyPatch, deed: Callable[[], object]) -> None:
    """Do something while a command waits."""
    monkeypatch.setattr(references, "sleep", lambda _: deed())


def refused(answer: Answer) -> tuple[str, str, str]:
    """Give the code of a refusal, and the field and the code of its one error."""
    (error,) = answer["fault"]["fields"]
    return answer["fault"]["code"], error["pointer"], error["code"]


def test_a_coach_nobody_ever_heard_of_is_refused_after_a_few_tries_and_nothing_is_left_of_them(
    engagements: EngagementsHarness, pauses: Pauses
) -> None:
    engagement = engagements.agreed()
    asked = {"engagement_id": engagement["id"], "version": 2, "activated_on": "2026-01-12"}

    answer = engagements.call("activate_engagement", id="again", lead_coach_id="per_nobody", **asked)

    assert refused(answer) == ("unknown_reference", "/lead_coach_id", "unknown")
    assert "got 'per_nobody'" in answer["fault"]["message"]
    assert (len(pauses), sum(pauses) < 1) == (3, True)
    assert engagements.store.database[COMMANDS].count_documents({}) == 1  # to agree
    engagements.person("per_nobody")
    assert engagements.call("activate_engagement", id="again", lead_coach_id="per_nobody", **asked)["ok"]


def test_a_coach_whose_event_is_on_its_way_is_waited_for(
    engagements: EngagementsHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    engagement = engagements.active()
    during_the_pause(monkeypatch, lambda: engagements.person("per_new"))

    session = engagements.command("schedule_coaching", engagement_id=engagement["id"], coach_id="per_new", **SESSION)

    assert session["coach_id"] == "per_new"


def test_only_some_of_a_processs_workers_wait_at_once(
    engagements: EngagementsHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    engagement = engagements.active()
    asked = {"engagement_id": engagement["id"], "owner_id": "per_nobody", **STEP}
    calls = 0

    def one_more_call() -> Answer:
        nonlocal calls
        calls += 1
        return engagements.call("plan_milestone", **asked)

    monkeypatch.setattr(references, "RETRY_DELAYS_SECONDS", (0.05,))
    during_the_pause(monkeypatch, one_more_call)

    assert refused(one_more_call())[0] == "unknown_reference"
    assert calls == references.MOST_WAITING + 1


def test_who_coaches_a_session_is_present_also_when_it_is_the_lead_coach_and_nobody_was_named(
    engagements: EngagementsHarness,
) -> None:
    engagement = engagements.active()
    engagements.hear("keep_departure", person_id="per_coach", partner_id=None, left_on="2026-05-01", sequence=2)

    answer = engagements.call("schedule_coaching", engagement_id=engagement["id"], **SESSION)

    assert refused(answer) == ("coach_has_left", "/coach_id", "left")


def test_who_owns_a_milestone_is_of_its_partner_or_of_the_institute(engagements: EngagementsHarness) -> None:
    engagement = engagements.active("prt_1")
    engagements.person("per_another", partner_id="prt_2", role="leader")

    answer = engagements.call("plan_milestone", engagement_id=engagement["id"], owner_id="per_another", **STEP)

    assert refused(answer) == ("owner_of_another_partner", "/owner_id", "another_organisation")


def test_who_leaves_while_a_command_names_them_is_not_named(engagements: EngagementsHarness) -> None:
    engagement, owner = engagements.active(), engagements.person("per_owner")
    has_left: list[bool] = []

    def plan_while_the_owner_leaves(uow: UnitOfWork) -> None:
        plan = {**STEP, "kind": MilestoneKind.SPREAD, "due_on": uow.now.date()}
        if not has_left:
            has_left.append(True)
            uow.collection("people").find_one({"_id": owner}, session=uow.session)  # what is seen is seen from here on
            engagements.hear("keep_departure", person_id=owner, partner_id=None, left_on="2026-06-01", sequence=2)
        plan_milestone(uow, PLATFORM, engagement_id=engagement["id"], owner_id=owner, **plan)

    with pytest.raises(OwnerHasLeft):
        engagements.store.transact(plan_while_the_owner_leaves, cause=Cause(correlation_id="req_test"))

    assert engagements.call("list_milestones")["ok"]["items"] == []
