import pytest
from pymongo.errors import (
    AutoReconnect,
    DuplicateKeyError,
    ExecutionTimeout,
    NetworkTimeout,
    ServerSelectionTimeoutError,
)

from chassis.messaging.circuit_breaker import CircuitBreaker, is_outage
from chassis.messaging.envelope import Envelope
from chassis.messaging.headers import ATTEMPT_HEADER
from chassis.messaging.publisher import Outgoing
from chassis.messaging.retries import FailedReaction, RetrySchedule
from tests.unit.chassis.test_envelope import an_envelope


@pytest.mark.parametrize("error", [AutoReconnect(), ServerSelectionTimeoutError(), NetworkTimeout()])
def test_a_database_that_is_away_is_an_outage(error: Exception) -> None:
    assert is_outage(error)


@pytest.mark.parametrize("error", [DuplicateKeyError("x"), RuntimeError(), KeyError()])
def test_an_error_that_a_message_causes_is_no_outage(error: Exception) -> None:
    assert not is_outage(error)


def test_a_write_conflict_is_no_outage() -> None:
    conflict = ExecutionTimeout("WriteConflict error", 112, {"errorLabels": ["TransientTransactionError"]})

    assert not is_outage(conflict)


def test_the_same_failure_three_times_in_a_row_is_an_outage() -> None:
    breaker = CircuitBreaker(after=3)

    seen = []
    for _ in range(3):
        breaker.failed(AutoReconnect())
        seen.append(breaker.is_open)

    assert seen == [False, False, True]


def test_one_success_ends_an_outage() -> None:
    breaker = CircuitBreaker(after=1)
    breaker.failed(AutoReconnect())

    breaker.succeeded()

    assert not breaker.is_open


def test_a_failure_caused_by_a_message_begins_the_count_of_an_outage_anew() -> None:
    breaker = CircuitBreaker(after=2)

    for error in (AutoReconnect(), RuntimeError(), AutoReconnect()):
        breaker.failed(error)

    assert not breaker.is_open


class Recorder:
    """Takes messages instead of a broker, to see where they would go."""

    def __init__(self) -> None:
        self.sent: list[Outgoing] = []

    def publish(self, messages: list[Outgoing]) -> None:
        self.sent.extend(messages)


def where(attempt: int, *, permanent: bool = False, outage: bool = False) -> tuple[str, int]:
    recorder, event = Recorder(), an_envelope()
    assert isinstance(event, Envelope)
    retries = RetrySchedule(service="sample", steps=[10, 60], publisher=recorder)  # type: ignore[arg-type]
    error = RuntimeError("x")
    retries.schedule(
        FailedReaction(
            reaction="sample.do", event=event, data={}, attempt=attempt, error=error, permanent=permanent, outage=outage
        )
    )
    (message,) = recorder.sent
    return message.routing_key, message.headers[ATTEMPT_HEADER]


def test_each_failure_waits_longer_and_past_the_last_step_it_is_given_up() -> None:
    assert [where(1), where(2), where(3)] == [("sample.wait.10s", 1), ("sample.wait.60s", 2), ("sample.dead", 3)]


def test_a_permanent_error_is_given_up_at_once() -> None:
    assert where(1, permanent=True) == ("sample.dead", 1)


def test_during_an_outage_attempts_are_not_counted() -> None:
    assert where(1, outage=True) == ("sample.wait.10s", 0)
    assert where(3, outage=True) == ("sample.wait.10s", 2)
