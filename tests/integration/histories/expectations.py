"""What is particular to a service in these histories: what people do in it meanwhile, and what order may decide.

A service that is not named here has to end in exactly the same state, whatever the order.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from chassis.store import Document
from tests.integration.histories.camps import acts_in_camps, answers_to_camps, camps_by_record, forgiven_in_camps
from tests.integration.histories.meaning import State
from tests.integration.histories.telling import Act
from tests.integration.histories.world import World

STANDING = {("paused",): "paused", ("departed",): "closed"}
"""Of an engagement, by the last that became of its partner."""


# --- engagements: a pause that its end has overtaken is not said, and so not its end ---


def forgiven_in_engagements(state: State, world: World) -> State:
    """Whether it was said that an engagement rested, and so the sequence, depends on the order; nothing else does."""
    passing = ("engagements.engagement.paused", "engagements.engagement.resumed")
    said = [_without(each, "sequence") for each in state["said"] if each["type"] not in passing]
    return state | {"engagements": [_without(each, "sequence") for each in state["engagements"]], "said": said}


def _without(thing: Document, name: str) -> Document:
    return {key: value for key, value in thing.items() if key != name}


# --- notifications: whoever begins to lead a partner later may or may not be there yet when its leaders are told ---


def forgiven_in_notifications(state: State, world: World) -> State:
    """Letters to those who lead a partner since it was admitted are written once; to others, if they are known."""
    letters = state.get("letters", [])
    written = [(each["occasion"], each["recipient_id"]) for each in letters]
    assert len(set(written)) == len(written)
    return state | {"letters": [each for each in letters if not each["recipient_id"].startswith("per_late")]}


# --- what the world's own record says must be there in the end ---


def engagements_by_record(world: World, state: State) -> None:
    states = {each["partner_id"]: each["state"] for each in state["engagements"]}
    assert len(states) == len(state["engagements"])
    assert states == {partner.id: STANDING.get(partner.turns[-1:], "draft") for partner in world.partners}


def notifications_by_record(world: World, state: State) -> None:
    reached = [milestone for partner in world.partners for milestone in partner.milestones]
    about = Counter((each["category"], each["recipient_id"]) for each in state["letters"])
    assert sorted(each["milestone_id"] for each in state.get("follow_ups", [])) == reached
    assert about["follow_up", "per_coach"] == len(reached)
    for partner in world.partners:
        for leader in partner.leaders:
            counted = tuple(about[category, leader] for category in ("welcome", "milestone", "invitation"))
            assert counted == (1, len(partner.milestones), 1)


@dataclass(frozen=True, kw_only=True)
class Particulars:
    """What a history has for one service beside the events; the plain one demands that order decides nothing."""

    acts: Callable[[World], list[Act]] = lambda world: []
    """What people do meanwhile."""
    answers: Callable[[World], list[Act]] = lambda world: []
    """What people do when all of it has been heard."""
    forgiven: Callable[[State, World], State] = lambda state, world: state
    by_record: Callable[[World, State], None] = lambda world, state: None


PARTICULARS = {
    "engagements": Particulars(forgiven=forgiven_in_engagements, by_record=engagements_by_record),
    "camps": Particulars(
        acts=acts_in_camps, answers=answers_to_camps, forgiven=forgiven_in_camps, by_record=camps_by_record
    ),
    "notifications": Particulars(forgiven=forgiven_in_notifications, by_record=notifications_by_record),
}
