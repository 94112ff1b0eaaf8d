"""So many are taken of each sender within an hour, and who is refused reads when the next is taken."""

from contextlib import suppress

import pytest

from chassis.domain.faults import Fault
from gateway.http.hourly_limit import HourlyLimit, TooManyInAnHour
from gateway.http.problems import retrying, status

MINUTE = 60.0


class Seconds:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def limit(seconds: Seconds) -> HourlyLimit:
    return HourlyLimit(3, clock=seconds)


def send(limit: HourlyLimit, sender: str = "192.0.2.1", *, fault: Fault | None = None) -> None:
    with limit.counted(sender):
        if fault:
            raise fault


def refusal(limit: HourlyLimit, sender: str = "192.0.2.1") -> TooManyInAnHour:
    with pytest.raises(TooManyInAnHour) as refused:
        send(limit, sender)
    return refused.value


def test_the_fourth_within_an_hour_is_taken_when_the_first_is_an_hour_old(limit: HourlyLimit, seconds: Seconds) -> None:
    for _ in range(3):
        send(limit)
        seconds.now += 10 * MINUTE

    assert retrying(refusal(limit)) == {"Retry-After": "1800"}
    seconds.now += 1799
    assert retrying(refusal(limit)) == {"Retry-After": "1"}
    seconds.now += 1
    send(limit)
    assert retrying(refusal(limit)) == {"Retry-After": "600"}


def test_part_of_a_second_is_waited_for_whole(limit: HourlyLimit, seconds: Seconds) -> None:
    for _ in range(3):
        send(limit)
    seconds.now += 0.25

    assert refusal(limit).retry_after_seconds == 3600


def test_who_is_refused_reads_that_it_was_too_often(limit: HourlyLimit) -> None:
    for _ in range(3):
        send(limit)

    refused = refusal(limit)

    assert (status(refused), refused.code) == (429, "too_many_in_an_hour")


def test_one_sender_beyond_the_limit_does_not_keep_another_out(limit: HourlyLimit) -> None:
    for _ in range(3):
        send(limit)
    refusal(limit)

    send(limit, "192.0.2.2")


def test_what_was_not_taken_does_not_count(limit: HourlyLimit) -> None:
    for _ in range(9):
        with suppress(Fault):
            send(limit, fault=Fault(kind="invalid", code="invalid_fields", message="/country: …"))

    for _ in range(3):
        send(limit)
    refusal(limit)


def test_of_who_has_sent_nothing_for_an_hour_nothing_is_kept(limit: HourlyLimit, seconds: Seconds) -> None:
    for number in range(100):
        send(limit, f"192.0.2.{number}")
    seconds.now += 60 * MINUTE
    send(limit, "198.51.100.1")

    assert list(limit._taken) == ["198.51.100.1"]


@pytest.mark.parametrize(("kind", "headers"), [
    ("too_fast", {"Retry-After": "1"}), ("unavailable", {"Retry-After": "1"}), ("late", {"Retry-After": "1"}),
    ("unauthenticated", {}), ("conflict", {}),
])  # fmt: skip
def test_what_passes_in_a_moment_says_so(kind: str, headers: dict[str, str]) -> None:
    assert retrying(Fault(kind=kind, code=kind, message="…")) == headers
