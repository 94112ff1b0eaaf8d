import pytest
from structlog.testing import capture_logs

from chassis.runtime.timers import timer


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
