"""What is particular to a service in these histories: what people do in it meanwhile, and what order may decide.

A service that is not named here has to end in exactly the same state, whatever the order.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from chassis.persistence.unit_of_work import Document
from tests.integration.histories.camps import acts_in_camps, answers_to_camps, camps_by_record, forgiven_in_camps
from tests.integration.histories.canonical_state import State, without
from tests.integration.histories.event_feed import Act
from tests.integration.histories.generated_history import Partner, World

STANDING = {("paused",): "paused", ("departed",): "closed"}
"""Of an engagement, by the last that became of its partner."""


# --- engagements: a pause that its end has overtaken is not said, and so not its end ---


def forgiven_in_engagements(state: State, world: World) -> State:
    """Whether it was said that an engagement rested, and so the sequence, depends on the order; nothing else does."""
    passing = ("engagements.engagement.paused", "engagements.engagement.resumed")
    said = [without(each, "sequence") for each in state["said"] if each["type"] not in passing]
    return state | {"engagements": [without(each, "sequence") for each in state["engagements"]], "said": said}


# --- notifications: what is undone before it was done need not have been there; late leaders may not be there yet ---


def forgiven_in_notifications(state: State, world: World) -> State:
    """Letters to those who lead a partner since it was admitted are written once; to others, if they are known.

    What came to nothing, such as a letter or follow-up that was cancelled, may never have been.
    """
    letters = state.get("letters", [])
    written = [(each["occasion"], each["recipient_id"]) for each in letters]
    assert len(set(written)) == len(written)
    lasting = [each for each in letters if not each["recipient_id"].startswith("per_late")]
    undone = {each["_id"] for each in state.get("follow_ups", []) + letters if each["state"] == "cancelled"}
    return state | {
        "letters": [_without_trail(each) for each in lasting if each["_id"] not in undone],
        "follow_ups": [each for each in state.get("follow_ups", []) if each["_id"] not in undone],
        "milestones": [each for each in state.get("milestones", []) if each["reopened_sequence"] or each["session_id"]],
        "invitations": [_without_offer(each) for each in state.get("invitations", [])],
        "said": [said for said in state.get("said", []) if said["subject"] not in undone],
    }


def _without_trail(letter: Document) -> Document:
    """Where it went first, and which event it is from when two said the same, is a matter of order."""
    return without(letter, "trail", "origin")


def _without_offer(invitation: Document) -> Document:
    """An end overtakes everything before it, and an answer the one before that left it open."""
    if not invitation["ended_sequence"]:
        return without(invitation, "left_open_sequence")
    return {name: invitation[name] for name in ("_id", "link", "ended_sequence")}


# --- what the world's own record says must be there in the end ---


def engagements_by_record(world: World, state: State) -> None:
    states = {each["partner_id"]: each["state"] for each in state["engagements"]}
    assert len(states) == len(state["engagements"])
    assert states == {partner.id: STANDING.get(partner.turns[-1:], "draft") for partner in world.partners}


def notifications_by_record(world: World, state: State) -> None:
    standing = [each for each in state["letters"] if each["state"] != "cancelled"]
    about = Counter((each["category"], each["recipient_id"]) for each in standing)
    ends = {each["milestone_id"]: each["state"] for each in state.get("follow_ups", []) if each["state"] != "cancelled"}
    milestones = [milestone for partner in world.partners for milestone in partner.milestones]
    assert ends == {id: end for partner in world.partners for id, end in _follow_ups_of(partner).items()}
    assert about["follow_up", "per_coach"] == list(ends.values()).count("planned")
    assert about["milestone_at_risk", "per_coach"] == about["milestone_missed", "per_coach"] == len(milestones)
    for partner in world.partners:
        invitations = 0 if {"withdrawn", "expired"} & set(partner.answers) else 1
        for leader in partner.leaders:
            counted = tuple(about[category, leader] for category in ("welcome", "milestone", "invitation"))
            assert counted == (1, len(partner.milestones) - len(partner.reopened), invitations)
            assert about["waitlist_offer", leader] == 1
    assert {each["to"] for each in standing if each["recipient_id"] in _moved(world)} == {
        f"{id}@moved.example" for id in _moved(world)
    }


def _follow_ups_of(partner: Partner) -> dict[str, str]:
    """How each of a partner's follow-ups ends that is not cancelled."""
    kept = () if partner.departs else [id for id in partner.milestones if id not in partner.reopened]
    return {id: "completed" if id in partner.coached else "planned" for id in kept}


def _moved(world: World) -> set[str]:
    return {partner.leaders[0] for partner in world.partners}


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
