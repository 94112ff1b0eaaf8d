"""What each service should end with: the actions of people in it, what may depend on the order of events, and checks.

A service without an entry must end in exactly the same state, whatever the order.
"""

from collections.abc import Callable
from dataclasses import dataclass

from chassis.persistence.unit_of_work import Document
from tests.integration.histories.camps import (
    actions_in_camps,
    check_camps,
    final_actions_in_camps,
    order_independent_camps,
)
from tests.integration.histories.canonical_state import State, without
from tests.integration.histories.event_feed import Action
from tests.integration.histories.generated_history import History
from tests.integration.histories.notifications import check_notifications, order_independent_notifications

STANDING = {("paused",): "paused", ("departed",): "closed"}
"""The state of an engagement, by the last change of its partner."""


# --- engagements: a pause that arrives after its resumption is not published, and nor is the resumption ---


def order_independent_engagements(state: State, history: History) -> State:
    """Only whether a pause was published and remembered, and so the sequence, depends on the order."""
    passing = ("engagements.engagement.paused", "engagements.engagement.resumed")
    events = [without(each, "sequence") for each in state["events"] if each["type"] not in passing]
    camps = [_without_what_counts_no_more(each) for each in state.get("camps", [])]
    return state | {
        "engagements": [_without_pauses(each) for each in state["engagements"]],
        "events": events,
        "camps": camps,
    }


def _without_pauses(engagement: Document) -> Document:
    turns = [each for each in engagement["transitions"] if each["to"] != "paused"]
    return without(engagement, "sequence") | {"transitions": turns}


def _without_what_counts_no_more(camp: Document) -> Document:
    """What a camp was to be called, and when, before it was heard that it does not take place then."""
    return without(camp, "title", "starts_on") if camp["is_cancelled"] else camp


# --- what must be there in the end, by the history itself ---


def check_engagements(history: History, state: State) -> None:
    states = {each["partner_id"]: each["state"] for each in state["engagements"]}
    assert len(states) == len(state["engagements"])
    assert states == {partner.id: STANDING.get(partner.changes[-1:], "draft") for partner in history.partners}


@dataclass(frozen=True, kw_only=True)
class ServiceExpectations:
    """The expectations of one service; the default is that nothing depends on the order."""

    actions: Callable[[History], list[Action]] = lambda history: []
    """What people do between the events."""
    answers: Callable[[History], list[Action]] = lambda history: []
    """What people do after the last event."""
    order_independent: Callable[[State, History], State] = lambda state, history: state
    check: Callable[[History, State], None] = lambda history, state: None


EXPECTATIONS = {
    "engagements": ServiceExpectations(order_independent=order_independent_engagements, check=check_engagements),
    "camps": ServiceExpectations(
        actions=actions_in_camps,
        answers=final_actions_in_camps,
        order_independent=order_independent_camps,
        check=check_camps,
    ),
    "notifications": ServiceExpectations(order_independent=order_independent_notifications, check=check_notifications),
}
