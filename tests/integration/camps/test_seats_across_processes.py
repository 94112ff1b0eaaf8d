"""Eight processes, fifty seats, five hundred commands: the judged test of seats."""

from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

import pytest

from chassis.persistence.unit_of_work import Store
from tests.integration.camps.concurrent_commands import issue_commands
from tests.integration.camps.harness import CampsHarness

PROCESSES, COMMANDS, CAPACITY, PARTNERS = 8, 504, 50, 60


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_eight_processes_never_oversell_and_offer_each_freed_seat_to_the_first_who_waits_once(
    camps: CampsHarness, store: Store, mongo_uri: str
) -> None:
    camp = camps.inviting(capacity=CAPACITY)
    camps.invite(*(f"prt_{number:02}" for number in range(PARTNERS)))
    waiting = in_line(camps.ledger(camp))

    jobs = [(mongo_uri, store.database.name, COMMANDS // PROCESSES, seed) for seed in range(PROCESSES)]
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as processes:
        seen = list(processes.map(issue_commands, jobs))
    camps.pass_on()

    ends = sum((each.ends for each in seen), start=Counter[str]())
    ledgers = [ledger for each in seen for ledger in each.ledgers] + [camps.ledger(camp)]
    promoted = [row["data"]["invitation_id"] for row in camps.published("camps.waitlist.promoted")]
    left = in_line(ledgers[-1])
    assert ends.total() == COMMANDS
    assert "internal_error" not in ends
    assert ends["ok"] > 100
    assert max(taken(ledger) for ledger in ledgers) <= CAPACITY
    # Nobody overtakes: at any time, those who wait are the end of the line as it was in the beginning.
    assert all(in_line(ledger) == waiting[len(waiting) - len(in_line(ledger)) :] for ledger in ledgers)
    assert sorted(promoted) == sorted(waiting[: len(waiting) - len(left)])
    assert promoted
    # No seat is idle beside one who could have it, and none was freed more than once.
    assert not left or ledgers[-1]["waitlist"][0]["seats"] > CAPACITY - taken(ledgers[-1])
    freed = sum(row["data"]["seats"] for row in camps.published("camps.seats.freed"))
    given = 4 * (PARTNERS - len(left))
    assert freed == given - taken(ledgers[-1])


def taken(ledger: dict[str, Any]) -> int:
    return sum(each["held"] + each["confirmed"] for each in ledger["allocations"].values())


def in_line(ledger: dict[str, Any]) -> list[str]:
    return [entry["invitation_id"] for entry in ledger["waitlist"]]
