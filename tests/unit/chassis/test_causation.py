from datetime import UTC, datetime, timedelta

import pytest

from chassis.domain.causation import Cause

STORED_AT = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
MOMENT = timedelta(milliseconds=1)
HISTORY = Cause(correlation_id="req_1", actor="anna", entered_as_history=True)


@pytest.mark.parametrize(
    ("due_at", "is_history"),
    [
        pytest.param(STORED_AT - MOMENT, True, id="due before it was stored"),
        pytest.param(STORED_AT, True, id="due by being stored"),
        pytest.param(STORED_AT + MOMENT, False, id="due later"),
        pytest.param(None, False, id="due at no instant"),
        pytest.param("pnd_1", False, id="sorted by its id"),
    ],
)
def test_what_a_timer_does_about_history_is_history_if_it_was_due_when_that_was_stored(
    due_at: object, is_history: bool
) -> None:
    assert HISTORY.when_due(due_at, stored_at=STORED_AT).entered_as_history is is_history


def test_what_was_no_history_does_not_become_it_by_a_timer() -> None:
    cause = Cause(correlation_id="req_1", causation_id="evt_1")

    assert cause.when_due(STORED_AT, stored_at=STORED_AT) == cause


def test_history_that_was_stored_by_nobody_knows_when_is_none_when_a_timer_comes() -> None:
    assert not HISTORY.when_due(STORED_AT, stored_at=None).entered_as_history


def test_who_knows_of_no_history_is_told_of_none() -> None:
    assert "entered_as_history" not in Cause(correlation_id="req_1").as_data()
    assert Cause(**HISTORY.as_data()) == HISTORY
