"""How camps should end in these histories: scarce seats go to the first, what is undone may leave no trace."""

from datetime import timedelta
from functools import partial
from typing import Any

from chassis.domain.causation import Cause
from chassis.persistence.unit_of_work import Document, UnitOfWork
from services.camps.use_cases.partner import call_again_when_resumed
from tests.integration.histories.canonical_state import State, without
from tests.integration.histories.event_feed import Action
from tests.integration.histories.generated_history import ASKED, History, Partner
from tests.service_harness import ServiceHarness, an_event

SEATS = 4
"""Of an invitation; no camp of these histories has fewer."""
FEWER = SEATS - 1
"""What each partner takes in the end."""
AFTER = {
    None: ("issued", "joined"),
    "joined": ("promoted", "withdrawn", "reduced", "left"),
    "reduced": ("promoted", "withdrawn", "left"),
    "left": ("issued", "joined"),
    "issued": ("accepted", "withdrawn"),
    "promoted": ("accepted", "withdrawn"),
    "withdrawn": ("issued", "joined"),
}
"""By the last event of an invitation: the events that may follow it."""
TOLD = "camps.invitation.camp_changed"
ASIDE = ("camps.seats.freed", TOLD)
OFFERS = (*ASKED, "camps.waitlist.joined", TOLD)
"""The events that say where the camp takes place."""
STANDS = {"joined": "waitlisted", "reduced": "waitlisted", "left": "left_waitlist", "accepted": "accepted",
          "withdrawn": "withdrawn"}  # fmt: skip
"""The final state of an invitation, by its last event: whoever is asked accepts."""


WINTER = {"season": "winter", "title": "Winter Camp 2026", "starts_on": "2026-12-07", "ends_on": "2026-12-09"}


def actions_in_camps(history: History) -> list[Action]:
    """Announce a camp, later invite to it, say something else of it, and let who waits then take fewer seats.

    Who will depart leaves the waitlist before, if it waits then. In the end the camp may be cancelled.
    """
    announce, leave = partial(_announce, capacity=_capacity_at_first(history)), partial(_leave_and_depart, history)
    change = partial(_change, capacity=history.capacity)
    cancel = [_cancel] if history.is_cancelled else []
    return [announce, _open_invitations, leave, change, _take_fewer_seats, leave, *cancel]


def _capacity_at_first(history: History) -> int:
    """Fewer seats than in the end where not everybody has one then."""
    return SEATS if _is_scarce(history) else history.capacity


def _announce(camps: ServiceHarness, *, capacity: int, **other: str) -> None:
    described = {"season": "summer", "year": 2026, "title": "Summer Camp 2026", "place": "Boston", "capacity": capacity}
    days = {"starts_on": "2026-07-13", "ends_on": "2026-07-15", "zone": "America/New_York"}
    camps.command("announce_camp", **{**described, **days, **other}, seats_per_invitation=SEATS)


def _open_invitations(camps: ServiceHarness) -> None:
    _tell(camps, "open_invitations", answer_by="2026-06-29")


def _change(camps: ServiceHarness, *, capacity: int) -> None:
    _tell(camps, "change_camp", place="Cambridge", answer_by="2026-06-30", capacity=capacity)


def _cancel(camps: ServiceHarness) -> None:
    _tell(camps, "cancel_camp", reason="A storm has closed the place")


def _tell(camps: ServiceHarness, command: str, **said: Any) -> None:
    """Command something about the camp that is not cancelled."""
    (camp,) = camps.store.database["camps"].find({"cancellation": None})
    camps.command(command, camp_id=camp["_id"], version=camp["version"], **said)


def _leave_and_depart(history: History, camps: ServiceHarness) -> None:
    departing = [partner.id for partner in history.partners if partner.departs]
    _leave(camps, {"partner_id": {"$in": departing}})


def final_actions_in_camps(history: History) -> list[Action]:
    """In the end all are resumed, what is pending is applied, and no seats are kept for corrections.

    Who waits takes fewer seats, leaves and joins again. Every partner asked comes, with one person fewer than it might;
    so does who is asked because of that. In place of a camp that was cancelled there is another one.
    """
    anew: list[Action] = [partial(_announce, capacity=history.capacity, **WINTER), _open_invitations]
    settle = [partial(_resume, history), _apply_pending_reasons, _end_corrections]
    again = partial(_join_again, history)
    return [*(anew if history.is_cancelled else []), *settle, _take_fewer_seats, _leave, again, _come, _come]


def _resume(history: History, camps: ServiceHarness) -> None:
    paused = camps.store.database["eligible_partners"].find({"paused": True})
    known = {each["_id"]: each["admission_number"] for each in paused}
    for partner in history.partners:
        if partner.id in known:
            about = {"periods": camps.instance.periods, "partner_id": partner.id}
            about |= {"admission_number": known[partner.id]}
            camps.store.transact(partial(_call_again, about), cause=Cause(correlation_id="req_test"))


def _call_again(about: dict[str, Any], uow: UnitOfWork) -> None:
    call_again_when_resumed(uow, an_event(sequence=1000), **about)


def _apply_pending_reasons(camps: ServiceHarness) -> None:
    while camps.store.database["pending_reasons"].count_documents({}):
        camps.instance.apply_pending_reasons()


def _end_corrections(camps: ServiceHarness) -> None:
    clock = camps.store.clock
    camps.it_becomes(clock() + timedelta(days=1))
    while camps.store.database["invitations"].count_documents({"grace": {"$ne": None}}):
        camps.instance.give_up_seats()
    camps.store.clock = clock


def _take_fewer_seats(camps: ServiceHarness) -> None:
    _each(camps, {"state": "waitlisted", "seats": SEATS}, "take_fewer_seats", seats=FEWER)


def _leave(camps: ServiceHarness, which: Document | None = None) -> None:
    _each(camps, {"state": "waitlisted", **(which or {})}, "leave_waitlist", reason="The partner called")


def _join_again(history: History, camps: ServiceHarness) -> None:
    staying = [partner.id for partner in history.partners if not partner.departs]
    _each(camps, {"state": "left_waitlist", "partner_id": {"$in": staying}}, "rejoin_waitlist")


def _come(camps: ServiceHarness) -> None:
    _each(camps, {"state": "issued"}, "accept_invitation", seats=FEWER)


def _each(camps: ServiceHarness, which: Document, command: str, **arguments: Any) -> None:
    for invitation in list(camps.store.database["invitations"].find(which)):
        camps.command(command, invitation_id=invitation["_id"], version=invitation["version"], **arguments)


def check_camps(history: History, state: State) -> None:
    """Who is invited in the end, why, and how the letters fare of those who come."""
    invitations = {each["partner_id"]: each for each in _staying(_of_the_camp_that_takes_place(state))}
    invited = {id: {reason["id"] for reason in each["reasons"]} for id, each in invitations.items()}
    assert invited == {each.id: each.standing for each in history.partners if each.standing and not each.departs}
    assert "pending_reasons" not in state
    ends = {partner.id: partner.letters_end for partner in history.partners}
    for partner_id, invitation in invitations.items():
        if invitation["state"] == "accepted":
            assert invitation["delivery"]["letters"] == ends[partner_id]


def order_independent_camps(state: State, history: History) -> State:
    """Which results are there when an invitation is issued, and what was taken back before it was made."""
    state = _of_the_camp_that_takes_place(state)
    for invitation in state.get("invitations", []):
        _has_valid_transitions(invitation, state)
        _has_every_reason_once(invitation, state)
        _was_told_where_the_camp_is(invitation, state)
    _within_capacity(state, history)
    state = _without_undone(_without_changes(_without_turns(state)), history)
    return _without_winners(state) if _is_scarce(history) else state


def _is_steady(partner: Partner) -> bool:
    """Whether nothing about this partner is ever undone."""
    return not (partner.departs or partner.reopened or "paused" in partner.changes)


def _without_turns(state: State) -> State:
    """Without the order in which they asked; who waits stands in it."""
    ledgers = [
        without(each, "turns") | {"waitlist": [without(entry, "turn") for entry in each["waitlist"]]}
        for each in state["seat_ledgers"]
    ]
    return state | {
        "seat_ledgers": ledgers,
        "invitations": [without(each, "turn") for each in state.get("invitations", [])],
    }


def _staying(state: State) -> list[Document]:
    return [each for each in state.get("invitations", []) if each["state"] not in ("withdrawn", "left_waitlist")]


def _of_the_camp_that_takes_place(state: State) -> State:
    """Without one that was cancelled, where nothing is open."""
    (camp_id,) = [each["_id"] for each in state["camps"] if each["state"] != "cancelled"]
    elsewhere = {name: [each for each in some if each["camp_id"] != camp_id]
                 for name, some in state.items() if name in ("invitations", "sessions")}  # fmt: skip
    assert {each["state"] for some in elsewhere.values() for each in some} <= {"withdrawn", "left_waitlist"}
    ledgers = [each for each in state["seat_ledgers"] if each["_id"] != camp_id]
    assert all(each["allocations"] == {} and each["waitlist"] == [] for each in ledgers)
    gone = [*ledgers, *(each for some in elsewhere.values() for each in some)]
    events = [each for each in state["events"] if each["data"].get("camp_id", camp_id) == camp_id
              or each["type"].startswith("camps.camp")]  # fmt: skip
    kept = {name: [each for each in some if each not in gone] for name, some in state.items()}
    return {name: some for name, some in (kept | {"events": events}).items() if some}


def _was_told_where_the_camp_is(invitation: Document, state: State) -> None:
    """What an invitation that is open was told last of its camp is so."""
    places = {each["_id"]: each["place"] for each in state["camps"]}
    told = [each for each in state["events"] if each["subject"] == invitation["_id"] and each["type"] in OFFERS]
    last = max(told, key=lambda each: each["sequence"])["data"]
    assert invitation not in _staying(state) or last["place"] == places[invitation["camp_id"]]


def _without_changes(state: State) -> State:
    """Without who was told of a change, and what was said before; the numbers of what was said have no gap."""
    changeable = ("place", "answer_by")
    for invitation in state.get("invitations", []):
        numbers = sorted(each["sequence"] for each in state["events"] if each["subject"] == invitation["_id"])
        assert numbers == [*range(1, invitation["sequence"] + 1)]
    events = [{**without(each, "sequence"), "data": without(each["data"], *changeable)}
              if each["subject"].startswith("inv_") else each
              for each in state["events"] if each["type"] != TOLD]  # fmt: skip
    return state | {"invitations": [_without_numbers(each) for each in state.get("invitations", [])], "events": events}


def _has_valid_transitions(invitation: Document, state: State) -> None:
    """Each event of an invitation is one that may follow the one before, and its state is that of the last."""
    events = sorted(
        (each for each in state["events"] if each["subject"] == invitation["_id"]), key=lambda e: e["sequence"]
    )
    steps = [each["type"].rpartition(".")[2] for each in events if each["type"] not in ASIDE]
    assert all(step in AFTER[before] for before, step in zip([None, *steps], steps, strict=False))
    assert STANDS[steps[-1]] == invitation["state"]


def _has_every_reason_once(invitation: Document, state: State) -> None:
    """Each reason was there when the partner was asked last, or made a session: never both, never neither."""
    asked = [each for each in state["events"] if each["type"] in ASKED and each["subject"] == invitation["_id"]]
    asked_with = max(asked, key=lambda each: each["sequence"])["data"]["reasons"] if asked else []
    proposed = [
        each["milestone_id"] for each in state.get("sessions", [])
        if each["partner_id"] == invitation["partner_id"] and each["state"] == "proposed"
    ]  # fmt: skip
    reasons = {reason["id"] for reason in invitation["reasons"]}
    comes = invitation["state"] == "accepted"
    assert sorted(proposed) == sorted(reasons - {reason["id"] for reason in asked_with} if comes else [])


def _within_capacity(state: State, history: History) -> None:
    (ledger,) = state["seat_ledgers"]
    staying, fitting = len(_staying(state)), history.capacity // FEWER
    assert len(ledger["allocations"]) == min(staying, fitting)
    assert len(ledger["waitlist"]) == max(staying - fitting, 0)
    too_few = history.capacity > FEWER * len(ledger["allocations"])
    assert (ledger["stuck_since"] is not None) == bool(ledger["waitlist"] and too_few)


def _is_scarce(history: History) -> bool:
    """Whether somebody may have to wait, if only until others give their seats back."""
    return sum(SEATS for partner in history.partners if partner.milestones) > history.capacity


def _without_undone(state: State, history: History) -> State:
    """Without what was undone, and without which reasons the invitation had when it was issued."""
    wavering = {partner.id for partner in history.partners if not _is_steady(partner)}
    gone = {partner.id for partner in history.partners if partner.departs}
    lasting = _staying(state)
    wavered = {each["_id"] for each in state.get("invitations", []) if each["partner_id"] in wavering}
    events = [_without_reasons(each) for each in state["events"] if _is_lasting(each, wavered)]
    heard_of = [each for each in state.get("milestones", []) if each["partner_id"] not in gone]
    known = [without(each, "pause_sequence") if each["departed"] else each for each in state["eligible_partners"]]
    kept = {"eligible_partners": known, "invitations": lasting, "milestones": heard_of}
    return state | kept | {"sessions": [], "events": events}


def _without_numbers(invitation: Document) -> Document:
    """Without how often it was asked, and by which of its events last."""
    return without(invitation, "sequence", "told_sequence") | {"delivery": without(invitation["delivery"], "asking")}


def _is_lasting(event: Document, wavered: set[str]) -> bool:
    if event["subject"] in wavered:
        return bool(event["type"] == "camps.invitation.accepted")
    return not event["type"].startswith("camps.session")


def _without_reasons(event: Document) -> Document:
    """Without the reasons that it had when it was issued."""
    return {**event, "data": without(event["data"], "reasons")}


def _without_winners(state: State) -> State:
    """Only that each partner has its one invitation, with all its reasons, and how many come."""
    named = [{"partner_id": each["partner_id"], "reasons": each["reasons"]} for each in state["invitations"]]
    coming = [{"come": sum(event["type"] == "camps.invitation.accepted" for event in state["events"])}]
    return state | {"invitations": named, "seat_ledgers": [], "events": coming}
