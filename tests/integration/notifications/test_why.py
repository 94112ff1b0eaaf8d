"""Why did I get this? The answer in plain words, for whoever may see the letter."""

from typing import Any

import pytest

from chassis.domain.errors import NotFound
from chassis.domain.scope import PLATFORM, Scope
from chassis.messaging.envelope import Envelope
from chassis.messaging.inbox import process_once
from chassis.persistence.documents import to_public
from chassis.persistence.unit_of_work import UnitOfWork
from services.notifications import views
from services.notifications.use_cases import milestone
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


def test_a_letter_tells_who_did_what_and_what_came_of_it_in_order(told: NotificationsHarness) -> None:
    told.post()

    explained = why(told, LEADER)

    assert explained["event_type"] == "engagements.milestone.reached"
    assert [line.partition(" (250")[0] for line in explained["explanation"]] == [
        "It began with what anna asked for, as req_42.",
        "So engagements.milestone.reached was said, as event evt_reached.",
        "notifications.congratulate_the_leaders heard it, and wrote about milestone mst_1.",
        "The letter is to per_leader, and says why: "
        "You receive this because you lead Partner prt_1, whose milestone this is.",
        "2026-06-01T09:00:00.000Z: ready (written).",
        "2026-06-01T09:00:00.000Z: sending (attempt 1).",
        "2026-06-01T09:00:00.000Z: sent",
    ]


def test_what_befell_a_letter_later_does_not_hide_why_it_was_written(told: NotificationsHarness) -> None:
    told.move("per_leader")

    explained = why(told)

    assert (explained["event_id"], explained["actor"], explained["correlation_id"]) == ("evt_reached", "anna", "req_42")
    assert "new address" in explained["explanation"][-1]


def test_an_event_that_the_inbox_has_forgotten_is_still_named_by_its_id(told: NotificationsHarness) -> None:
    told.store.database["inbox"].delete_many({})

    explained = why(told)

    assert explained["event_type"] is None
    assert explained["explanation"][1] == "So something was said, as event evt_reached."


def test_why_is_only_for_those_who_may_see_the_letter(told: NotificationsHarness) -> None:
    with pytest.raises(NotFound):
        why(told, STRANGER)
