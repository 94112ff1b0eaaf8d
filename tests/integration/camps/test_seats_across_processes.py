"""Eight processes, fifty seats, five hundred commands: the judged test of seats."""

from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

import pytest

from chassis.domain.causation import Cause
from chassis.domain.scope import PLATFORM
from chassis.persistence.documents import from_document
from chassis.persistence.unit_of_work import Store
from services.camps.model.invitations.seat_history import SeatMove, SeatMoveKind, replayed
from services.camps.repository.invitations import SeatLedgers
from tests.integration.camps.concurrent_commands import AFTER_ANSWERS, end_it, issue_commands
from tests.integration.camps.harness import CampsHarness

PROCESSES, COMMANDS, CAPACITY, PARTNERS = 8, 504, 50, 60
AT_THE_END = 6
"""How many of its commands each process gives when the camp is cancelled."""


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_eight_processes_never_oversell_and_offer_each_freed_seat_to_the_first_who_waits_once(
    camps: CampsHarness, store: Store, mongo_uri: str
) -> None:
    """Answers, delegates, withdrawals, invitations issued again, other capacities and days, freezes, at once.

    It is frozen when they begin. At the end all of them cancel it, while others still answer and name somebody.
    """
    camp = camps.inviting(capacity=CAPACITY, answer_by="2026-06-01")
    camps.invite(*(f"prt_{number:02}" for number in range(PARTNERS)))
    camps.it_becomes(AFTER_ANSWERS)
    camps.command("freeze_camp", camp_id=camp["id"], version=camp["version"])

    here, of_each = (mongo_uri, store.database.name), COMMANDS // PROCESSES - AT_THE_END
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as processes:
        seen = list(processes.map(issue_commands, [(*here, of_each, seed) for seed in range(PROCESSES)]))
        camps.pass_on()
        assert_what_holds_of_seats(camps, store, camp)
        seen += processes.map(end_it, [(*here, seed) for seed in range(PROCESSES)])

    assert_what_holds_of_seats(camps, store, camp)
    # It was cancelled once, and with it all that was open for it ended, each with one event.
    assert len(camps.published("camps.camp.cancelled")) == 1
    assert (camps.ledger(camp)["allocations"], camps.ledger(camp)["waitlist"]) == ({}, [])
    assert "comes" not in {stands(each) for each in camps.store.database["delegates"].find()}
    codes = sum((each.codes for each in seen), start=Counter[str]())
    assert codes.total() == COMMANDS
    assert "internal_error" not in codes
    assert codes["ok"] > 100, [each.ends for each in seen]
    # No one came without a seat, as each process saw it after each of its commands; and each kind was carried out.
    assert [each.overfull for each in seen] == [[]] * len(seen)
    carried_out = {operation for each in seen for operation, code in each.ends if code == "ok"}
    assert carried_out >= {"name_delegate", "unfreeze_camp", "change_camp", "accept_invitation", "withdraw_invitation"}


def stands(delegate: Mapping[str, Any]) -> str:
    """Give whether a delegate comes."""
    return "comes" if delegate["state"] in ("named", "confirmed") else "away"


def assert_what_holds_of_seats(camps: CampsHarness, store: Store, camp: Mapping[str, Any]) -> None:
    """Hold the ledger, its history and what was published against each other."""
    rows = [from_document(row, SeatMove) for row in store.database["seat_moves"].find().sort("number")]
    # Each stored state of the ledger is a row of its history: none of them was oversold.
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    last = None
    for last in replayed(rows):
        assert last.free >= 0
    ledger = SeatLedgers(store.reading(cause=Cause(correlation_id="test"))).get(camp["id"], scope=PLATFORM)
    assert last is not None
    assert (last.allocations, last.waitlist, last.capacity) == (ledger.allocations, ledger.waitlist, ledger.capacity)
    # Nobody overtakes: who is offered seats was the first who waited. Nothing is offered while the camp is frozen.
    assert offered_out_of_turn(rows) == []
    assert offered_while_frozen(rows) == []
    # Who gave seats up freed each of them once, and no seat is idle beside one who could have it.
    given_up = sum(each["data"]["seats"] for each in camps.published("camps.seats.freed"))
    assert given_up == freed_by(rows)
    if camps.call("show_camp", camp_id=camp["id"])["ok"]["state"] == "inviting":
        assert ledger.next_in_line is None or ledger.next_in_line.seats > ledger.free


def offered_out_of_turn(rows: list[SeatMove]) -> list[SeatMove]:
    """The rows by which somebody was offered seats that was not next."""
    found, next_in_line = [], None
    for row, ledger in zip(rows, replayed(rows), strict=True):
        if row.kind is SeatMoveKind.OFFERED and row.invitation_id != next_in_line:
            found.append(row)
        next_in_line = ledger.next_in_line.invitation_id if ledger.next_in_line else None
    return found


def freed_by(rows: list[SeatMove]) -> int:
    """How many seats were given up, by whom they were, in all."""
    had, freed = Counter[str](), 0
    for row in rows:
        if row.invitation_id:
            freed += max(had[row.invitation_id] - row.standing.seats, 0)
            had[row.invitation_id] = row.standing.seats
    return freed


def offered_while_frozen(rows: list[SeatMove]) -> list[SeatMove]:
    """The rows by which somebody was offered seats between a freeze and what took it back."""
    found, closed = [], False
    for row in rows:
        if row.kind in (SeatMoveKind.CLOSED, SeatMoveKind.OPENED):
            closed = row.kind is SeatMoveKind.CLOSED
        elif closed and row.kind in (SeatMoveKind.OFFERED, SeatMoveKind.HELD, SeatMoveKind.JOINED):
            found.append(row)
    return found
