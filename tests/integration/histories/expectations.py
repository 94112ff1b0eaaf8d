"""What is particular to a service in these histories: what people do in it meanwhile, and what order may decide.

A service that is not named here has to end in exactly the same state, whatever the order.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from chassis.store import Document
from tests.by_hand import ServiceByHand
from tests.integration.histories.meaning import State
from tests.integration.histories.telling import Act
from tests.integration.histories.world import Partner, World

SEATS = 4
"""Of an invitation; no camp of these histories has fewer."""


# --- camps: people announce a camp and open its invitations; who came first decides who gets scarce seats ---


def acts_in_camps(world: World) -> list[Act]:
    """Announce a camp, and later invite to it."""
    return [lambda camps: _announce(camps, capacity=world.capacity), _open_invitations]


def _announce(camps: ServiceByHand, *, capacity: int) -> None:
    described = {"season": "summer", "year": 2026, "title": "Summer Camp 2026", "place": "Boston", "capacity": capacity}
    days = {"starts_on": "2026-07-13", "ends_on": "2026-07-15", "zone": "America/New_York"}
    camps.command("announce_camp", **described, **days, seats_per_invitation=SEATS)


def _open_invitations(camps: ServiceByHand) -> None:
    (camp,) = camps.store.database["camps"].find()
    camps.command("open_invitations", camp_id=camp["_id"], version=camp["version"], answer_by="2026-06-29")


def forgiven_in_camps(state: State, world: World) -> State:
    """Who comes first decides who has scarce seats, and which results are there when an invitation is issued.

    Those that come later are each proposed as a session.
    """
    for invitation in state.get("invitations", []):
        _is_whole(invitation, state)
    _within_capacity(state, world)
    said = [_without_reasons(each) for each in state["said"] if each["type"] != "camps.session.proposed"]
    state = state | {"sessions": [], "said": said}
    return _without_winners(state) if _is_scarce(state, world) else state


def _is_whole(invitation: Document, state: State) -> None:
    """Each reason was there when the invitation was issued, or made a session: never both, never neither."""
    issued_with = [
        reason["id"] for said in state["said"]
        if said["type"] == "camps.invitation.issued" and said["subject"] == invitation["_id"]
        for reason in said["data"]["reasons"]
    ]  # fmt: skip
    of_partner = [each for each in state.get("sessions", []) if each["partner_id"] == invitation["partner_id"]]
    sessions = [each["milestone_id"] for each in of_partner]
    reasons = sorted(reason["id"] for reason in invitation["reasons"])
    assert sorted(issued_with + sessions) == (reasons if invitation["state"] == "issued" else [])


def _within_capacity(state: State, world: World) -> None:
    (ledger,) = state["seat_ledgers"]
    invited, fitting = len(state.get("invitations", [])), world.capacity // SEATS
    assert len(ledger["allocations"]) == min(invited, fitting)
    assert len(ledger["waitlist"]) == max(invited - fitting, 0)


def _is_scarce(state: State, world: World) -> bool:
    return len(state.get("invitations", [])) * SEATS > world.capacity


def _without_reasons(said: Document) -> Document:
    return {**said, "data": {name: value for name, value in said["data"].items() if name != "reasons"}}


def _without_winners(state: State) -> State:
    """Only that each partner has its one invitation, with all its reasons, and how many events of a kind were said."""
    named = [{"partner_id": each["partner_id"], "reasons": each["reasons"]} for each in state["invitations"]]
    counted = Counter(said["type"] for said in state["said"] if not said["type"].startswith("camps.session"))
    return state | {"invitations": named, "seat_ledgers": [], "said": [dict(counted)]}


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
    return {name: value for name, value in letter.items() if name not in ("trail", "origin")}


def _without_offer(invitation: Document) -> Document:
    if not invitation["withdrawn_sequence"]:
        return invitation
    return {name: invitation[name] for name in ("_id", "withdrawn_sequence")}


# --- what the world's own record says must be there in the end ---


def engagements_by_record(world: World, state: State) -> None:
    assert sorted(each["partner_id"] for each in state["engagements"]) == [partner.id for partner in world.partners]


def camps_by_record(world: World, state: State) -> None:
    invited = {
        each["partner_id"]: {reason["id"] for reason in each["reasons"]} for each in state.get("invitations", [])
    }
    assert invited == {each.id: set(each.milestones) for each in world.partners if each.milestones}
    assert "kept_reasons" not in state
    ends = {partner.id: partner.letters_end for partner in world.partners}
    for invitation in state.get("invitations", []):
        known = invitation["delivery"]["letters"]
        assert known == (ends[invitation["partner_id"]] if invitation["state"] == "issued" else {})


def notifications_by_record(world: World, state: State) -> None:
    standing = [each for each in state["letters"] if each["state"] != "cancelled"]
    about = Counter((each["category"], each["recipient_id"]) for each in standing)
    ends = {each["milestone_id"]: each["state"] for each in state.get("follow_ups", []) if each["state"] != "cancelled"}
    milestones = [milestone for partner in world.partners for milestone in partner.milestones]
    assert ends == {id: end for partner in world.partners for id, end in _follow_ups_of(partner).items()}
    assert about["follow_up", "per_coach"] == list(ends.values()).count("planned")
    assert about["milestone_at_risk", "per_coach"] == about["milestone_missed", "per_coach"] == len(milestones)
    for partner in world.partners:
        invitations = 0 if "withdrawn" in partner.answers else 1
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
    forgiven: Callable[[State, World], State] = lambda state, world: state
    by_record: Callable[[World, State], None] = lambda world, state: None


PARTICULARS = {
    "engagements": Particulars(by_record=engagements_by_record),
    "camps": Particulars(acts=acts_in_camps, forgiven=forgiven_in_camps, by_record=camps_by_record),
    "notifications": Particulars(forgiven=forgiven_in_notifications, by_record=notifications_by_record),
}
