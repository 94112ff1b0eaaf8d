"""The requests of each caller in a second are limited."""

from contextlib import suppress

import pytest

from chassis.domain.faults import Fault
from gateway.http.rate_limit import RateLimit


def caller(subject: str, organisation: str = "prt_1") -> tuple[str, str]:
    return organisation, subject


def test_who_asks_too_often_is_told_how_often_they_may() -> None:
    limit = RateLimit(5, clock=lambda: 100.0)
    for _ in range(5):
        limit.check(*caller("anna"))

    with pytest.raises(Fault) as refusal:
        limit.check(*caller("anna"))

    assert (refusal.value.kind, refusal.value.code) == ("too_fast", "too_many_requests")
    assert "5 requests a second" in refusal.value.message


def test_a_caller_beyond_the_limit_does_not_keep_another_out() -> None:
    limit = RateLimit(1, clock=lambda: 100.0)
    others = [caller("bo"), caller("chen"), caller("anna", organisation="prt_2")]
    assert let_in(limit, caller("anna"), times=3) == 1

    assert [let_in(limit, each, times=1) for each in others] == [1, 1, 1]


@pytest.mark.parametrize(
    ("seconds_later", "taken"),
    [(0.5, 0), (1.0, 0), (1.25, 3), (1.5, 5), (1.75, 8), (2.0, 10), (30.0, 10)],
)
def test_of_the_previous_second_the_part_within_the_sliding_window_counts(seconds_later: float, taken: int) -> None:
    now = 100.0
    limit = RateLimit(10, clock=lambda: now)
    let_in(limit, caller("anna"), times=10)

    now += seconds_later

    assert let_in(limit, caller("anna"), times=20) == taken


def test_who_was_refused_is_not_refused_longer_for_having_asked_again() -> None:
    now = 100.0
    limit = RateLimit(10, clock=lambda: now)
    let_in(limit, caller("anna"), times=1000)

    now += 1.5

    assert let_in(limit, caller("anna"), times=20) == 5


def let_in(limit: RateLimit, who: tuple[str, str], *, times: int) -> int:
    """How many of so many requests are taken."""
    taken = 0
    for _ in range(times):
        with suppress(Fault):
            limit.check(*who)
            taken += 1
    return taken
