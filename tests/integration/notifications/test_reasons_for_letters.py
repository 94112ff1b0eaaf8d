"""Why did I get this? The answer in plain words, for whoever may see the letter."""

import re
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any

import pytest

from chassis.domain.errors import NotFound
from chassis.domain.scope import PLATFORM, Scope
from chassis.messaging.envelope import Envelope
from chassis.messaging.inbox import process_once
from chassis.persistence.documents import to_public
from chassis.persistence.unit_of_work import UnitOfWork
from services.notifications import views
from services.notifications.use_cases import engagement_standing, follow_up, milestone
from tests.builders.notifications import a_reached_milestone
from tests.integration.notifications.harness import CAUSE, NotificationsHarness

STRANGER = Scope(subject="bo", organisation="prt_2", roles=("partner_lead",))
LEADER = Scope(subject="asa", organisation="prt_1", roles=("partner_lead",))
REACHED = Envelope(
    id="evt_reached", source="/services/engagements", type="engagements.milestone.reached", subject="mst_1",
    time="2026-06-01T09:00:00.000Z", sequence=2, correlationid="req_42", actor="anna",
)  # fmt: skip


@pytest.fixture
def told(notifications: NotificationsHarness) -> NotificationsHarness:
    """A leader was told of a milestone that was heard to be reached."""
    notifications.partner()
    notifications.person("per_leader")
    about: dict[str, Any] = {"milestone_id": "mst_1", "partner_id": "prt_1", "title": "Infections halved"}
    reached_on = notifications.store.clock().date()

    def tell(uow: UnitOfWork) -> None:
        notifications.done(uow, milestone.congratulate_the_leaders, sequence=2, reached_on=reached_on, **about)

    process_once(notifications.store, tell, reaction="notifications.congratulate_the_leaders", event=REACHED)
    return notifications


def why(notifications: NotificationsHarness, scope: Scope = PLATFORM) -> Any:
    (letter,) = notifications.letters()
    reading = notifications.store.reading(cause=CAUSE)
    return to_public(views.explain_delivery(reading, scope, delivery_id=letter["id"]))


def test_a_letter_tells_in_sentences_what_happened_who_recorded_it_when_and_by_which_rule_we_wrote(
    told: NotificationsHarness,
) -> None:
    told.post()

    explained = why(told, LEADER)

    assert explained["event_type"] == "engagements.milestone.reached"
    sentences = explained["explanation"]
    assert [each["text"].partition(": 250")[0] for each in sentences] == [
        "Partner prt_1 reached the milestone “Infections halved” on 1 June 2026.",
        "anna recorded that on 1 June 2026 at 11:00 (Europe/Stockholm time).",
        "The rule: the leaders of a partner are told of each milestone that it reaches.",
        "You receive this because you lead Partner prt_1, whose milestone this is.",
        "On 1 June 2026 at 11:00 (Europe/Stockholm time) the letter was ready to be sent: written.",
        "On 1 June 2026 at 11:00 (Europe/Stockholm time) it was handed to the mail server: attempt 1.",
        "On 1 June 2026 at 11:00 (Europe/Stockholm time) the mail server took it",
    ]
    assert [each["ids"] for each in sentences[:4]] == [
        ["mst_1", "prt_1"], ["evt_reached", "req_42"], ["notifications.congratulate_the_leaders"], ["per_leader"],
    ]  # fmt: skip


def test_no_sentence_has_an_id_or_the_name_of_a_state_in_it(told: NotificationsHarness) -> None:
    text = " ".join(each["text"] for each in why(told)["explanation"]).replace("Partner prt_1", "")

    assert re.findall(r"\b(?:[a-z]{3}_\w+|[a-z]+\.[a-z_]+\.[a-z_]+)\b", text) == []


def test_what_befell_a_letter_later_does_not_hide_why_it_was_written(told: NotificationsHarness) -> None:
    told.move("per_leader")

    explained = why(told)

    assert (explained["event_id"], explained["actor"], explained["correlation_id"]) == ("evt_reached", "anna", "req_42")
    assert "new address" in explained["explanation"][-1]["text"]


def test_an_event_that_the_inbox_has_forgotten_is_still_named_by_its_id(told: NotificationsHarness) -> None:
    told.store.database["inbox"].delete_many({})

    explained = why(told)

    assert explained["event_type"] is None
    assert explained["explanation"][1]["ids"] == ["evt_reached", "req_42"]


def test_why_is_only_for_those_who_may_see_the_letter(told: NotificationsHarness) -> None:
    with pytest.raises(NotFound):
        why(told, STRANGER)


# --- of a follow-up ---


@pytest.fixture
def asked(notifications: NotificationsHarness) -> NotificationsHarness:
    """A coach is to follow up on a milestone that was heard to be reached."""
    notifications.partner()
    notifications.person("per_leader")
    notifications.coach(name="Ada Example")
    reached = asdict(a_reached_milestone())

    def plan(uow: UnitOfWork) -> None:
        notifications.done(uow, follow_up.plan_coaching_follow_up, **reached)

    process_once(notifications.store, plan, reaction="notifications.plan_coaching_follow_up", event=REACHED)
    return notifications


def why_asked(notifications: NotificationsHarness, scope: Scope = PLATFORM) -> Any:
    (only,) = notifications.follow_ups()
    reading = notifications.store.reading(cause=CAUSE)
    return to_public(views.explain_follow_up(reading, scope, follow_up_id=only["id"]))


def close(use_case: Callable[..., object]) -> Callable[[NotificationsHarness], None]:
    def closing(notifications: NotificationsHarness) -> None:
        (only,) = notifications.follow_ups()
        asked = {"follow_up_id": only["id"], "version": {only["version"]}, "reason": "We spoke on the telephone"}
        notifications.do(use_case, **asked, scope=Scope(subject="bo", organisation="*", roles=("programme_staff",)))

    return closing


def fall_due(notifications: NotificationsHarness) -> None:
    notifications.it_is(datetime(2026, 6, 15, 12, tzinfo=UTC))
    notifications.let_due_fall()


def pause(notifications: NotificationsHarness) -> None:
    about = {"engagement_id": "eng_1", "partner_id": "prt_1"}
    notifications.do(engagement_standing.rest_coaching, sequence=4, **about)


def end(notifications: NotificationsHarness) -> None:
    about = {"engagement_id": "eng_1", "partner_id": "prt_1", "closed_on": date(2026, 9, 30), "reason": "Merged"}
    notifications.do(engagement_standing.end_coaching, sequence=4, **about)


OUTCOMES: dict[str, tuple[Callable[[NotificationsHarness], None], str]] = {
    "planned": (lambda it: None, "That day has not come yet, and nobody has said that it was done."),
    "due": (fall_due, "That day has come, and nobody has said that it was done."),
    "resting": (pause, "It rests as long as the engagement does."),
    "held": (NotificationsHarness.hold, "It was done in a coaching session."),
    "completed": (close(follow_up.complete_follow_up), "bo said that it was done: We spoke on the telephone"),
    "skipped": (close(follow_up.skip_follow_up), "bo decided that nobody follows up: We spoke on the telephone"),
    "reopened": (NotificationsHarness.reopen, "It is asked no more: the milestone is not reached after all."),
    "ended": (end, "It is asked no more: the engagement has ended."),
    "departed": (NotificationsHarness.depart, "It is asked no more: the partnership has ended."),
}


@pytest.mark.parametrize(("happened", "outcome"), OUTCOMES.values(), ids=OUTCOMES.keys())
def test_a_follow_up_tells_in_sentences_why_it_is_asked_and_what_came_of_it(
    asked: NotificationsHarness, happened: Callable[[NotificationsHarness], None], outcome: str
) -> None:
    happened(asked)

    explained = why_asked(asked)["explanation"]

    assert [each["text"] for each in explained] == [
        "Partner prt_1 reached the milestone “Infections halved” on 1 June 2026.",
        "anna recorded that on 1 June 2026 at 05:00 (America/New_York time).",
        "By the institute's policy “hold the gain”, version 2, Ada Example is asked to follow up by the end of "
        "15 June 2026 (America/New_York time): Read the run chart with the team, ask which changes made the "
        "difference, and agree who watches the measure from now on so that the gain is held.",
        outcome,
    ]
    assert [each["ids"] for each in explained[:3]] == [
        ["mst_1", "eng_1", "prt_1"], ["evt_reached", "req_42"], ["per_coach"],
    ]  # fmt: skip


def test_why_a_follow_up_is_asked_is_only_for_those_who_may_see_it(asked: NotificationsHarness) -> None:
    with pytest.raises(NotFound):
        why_asked(asked, STRANGER)
