from typing import Any

import pytest
from structlog.testing import capture_logs

from chassis.runtime.timers import SettingTimer, timer


class Forgetful:
    name = "things"

    @timer("DUE_LOOP_SECONDS")
    def look_for_what_is_due(self) -> None:
        raise KeyError("due_on")


def test_a_loop_that_breaks_says_so_with_its_stack() -> None:
    with capture_logs() as said, pytest.raises(KeyError):
        Forgetful().look_for_what_is_due()

    assert [(line["event"], line["loop"], line["exc_info"]) for line in said] == [
        ("claim_loop_broke", "look_for_what_is_due", True)
    ]


class Container:
    """Keeps what ticks begin, and ends it when told."""

    def __init__(self) -> None:
        self.at_work: list[Any] = []

    def spawn_worker(self, entrypoint: Any, args: Any, kwargs: Any, *, handle_result: Any) -> None:
        self.at_work.append(handle_result)

    def end_one(self) -> None:
        self.at_work.pop()(None, None, None)


def ticking(timer: SettingTimer) -> bool:
    """Let one tick come, and tell whether the next one may."""
    timer.handle_timer_tick()
    may_go_on = bool(timer.worker_complete.ready())
    if may_go_on:
        timer.worker_complete.reset()
    return may_go_on


@pytest.mark.parametrize(("at_once", "go_on"), [(1, [False]), (3, [True, True, False])])
def test_a_tick_is_skipped_while_as_many_as_may_run_at_once_are_running(at_once: int, go_on: list[bool]) -> None:
    timer = SettingTimer("DUE_LOOP_SECONDS", at_once=at_once)
    timer.container = Container()

    assert [ticking(timer) for _ in go_on] == go_on
    timer.container.end_one()
    assert timer.worker_complete.ready()
    timer.worker_complete.reset()
    assert [ticking(timer) for _ in range(2)] == [False, False]
    assert len(timer.container.at_work) == at_once
