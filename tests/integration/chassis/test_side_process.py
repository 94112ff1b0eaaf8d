"""A process beside a service: begun when needed, bounded in time and number, killed when it hangs, begun again."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from chassis.runtime.side_process import MOST_WAITING, NotInTime, Overloaded, SideProcess, SideProcessFailed
from tests.waiting import eventually

WORK = "tests.integration.chassis.side_work"
ENVIRONMENT = {"PYTHONPATH": str(Path.cwd())}
IN_GREEN_THREADS = """
from chassis.runtime import bootstrap
import time, eventlet
from chassis.runtime.side_process import SideProcess
side = SideProcess("tests.integration.chassis.side_work:slow", seconds=10, environment={})
side.call(0)
ticks = []
def tick():
    while True:
        ticks.append(1); time.sleep(0.01)
eventlet.spawn(tick)
print(side.call(0.3), len(ticks) > 10)
side.end()
"""

DIES = """
import os
from chassis.runtime.side_process import SideProcess
side = SideProcess("tests.integration.chassis.side_work:doubled", seconds=10, environment={})
side.call(1)
print(side.pid, flush=True)
os._exit(0)
"""


@pytest.fixture
def begun() -> Iterator[list[SideProcess]]:
    processes: list[SideProcess] = []
    yield processes
    for each in processes:
        each.end()


def beside(begun: list[SideProcess], function: str, *, seconds: float = 10, idle_seconds: float = 60) -> SideProcess:
    process = SideProcess(f"{WORK}:{function}", seconds=seconds, environment=ENVIRONMENT, idle_seconds=idle_seconds)
    begun.append(process)
    return process


def test_it_begins_with_the_first_call_and_serves_the_next_ones(begun: list[SideProcess]) -> None:
    side = beside(begun, "described")

    assert side.pid is None
    first, second = side.call(None), side.call(None)
    assert first["pid"] == second["pid"] == side.pid != os.getpid()


def test_it_knows_neither_our_environment_nor_our_libraries(
    begun: list[SideProcess], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONGO_URI", "mongodb://user:password@host")

    there = beside(begun, "described").call(None)

    assert not set(there["environment"]) - {"PATH", "PYTHONPATH", "LC_CTYPE"}
    assert not {"eventlet", "nameko", "pymongo"} & set(there["modules"])


def test_a_large_result_comes_back_whole(begun: list[SideProcess]) -> None:
    assert beside(begun, "doubled").call("a" * 3_000_000) == "a" * 6_000_000


def test_an_error_there_is_one_here_and_the_process_goes_on(begun: list[SideProcess]) -> None:
    side = beside(begun, "broken")

    with pytest.raises(SideProcessFailed, match="ValueError: cannot be drawn"):
        side.call(None)
    pid = side.pid
    with pytest.raises(SideProcessFailed):
        side.call(None)
    assert side.pid == pid


def test_one_that_hangs_is_killed_and_the_next_call_begins_another(begun: list[SideProcess]) -> None:
    side = beside(begun, "slow", seconds=1.5)
    side.call(0)
    hanging = side.pid

    with pytest.raises(NotInTime):
        side.call(60)
    assert is_gone(hanging)
    assert side.call(0.01) == 0.01


def test_one_that_was_killed_meanwhile_is_replaced_unseen(begun: list[SideProcess]) -> None:
    side = beside(begun, "doubled")
    side.call(1)
    killed = side.pid
    os.kill(killed, signal.SIGKILL)

    assert side.call(21) == 42
    assert side.pid != killed


def test_one_that_ends_while_it_works_is_told_and_not_asked_for_ever(begun: list[SideProcess]) -> None:
    with pytest.raises(SideProcessFailed, match="it ended while it was asked"):
        beside(begun, "dies").call(None)


def test_one_that_nobody_asks_ends_and_gives_its_memory_back(begun: list[SideProcess]) -> None:
    side = beside(begun, "doubled", idle_seconds=0.1)
    side.call(1)
    idle = side.pid

    eventually(lambda: is_gone(idle))
    assert side.call(2) == 4


def test_what_is_too_much_at_once_is_refused_at_once(begun: list[SideProcess]) -> None:
    side, refused = beside(begun, "slow", seconds=5), []
    side.call(0)

    def ask() -> None:
        try:
            side.call(0.2)
        except Overloaded as error:
            refused.append(error.code)

    threads = [threading.Thread(target=ask) for _ in range(MOST_WAITING + 2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert refused == ["overloaded"] * 2


def test_it_ends_with_who_began_it() -> None:
    said = subprocess.run([sys.executable, "-c", DIES], capture_output=True, text=True, check=True)

    eventually(lambda: is_gone(int(said.stdout)))


def test_others_go_on_while_a_green_thread_waits_for_it() -> None:
    said = subprocess.run([sys.executable, "-c", IN_GREEN_THREADS], capture_output=True, text=True, check=True)

    assert said.stdout == "0.3 True\n"


def is_gone(pid: int | None) -> bool:
    """Whether a process has ended: it is not there any more, or only its exit status is."""
    assert pid is not None
    with suppress(FileNotFoundError, ProcessLookupError), open(f"/proc/{pid}/stat") as stat:  # noqa: PTH123
        return stat.read().rpartition(")")[2].split()[0] == "Z"
    return True
