"""So often, and not more often, for each caller by itself."""

from contextlib import suppress

import pytest

from chassis.domain.faults import Fault
from gateway.http.rate_limit import RateLimit


def caller(subject: str, organisation: str = "prt_1") -> tuple[str, str]:
    return organisation, subject


def test_who_asks_too_often_is_told_how_often_they_may() -> None:
    limit = RateLimit(5)
    for _ in range(5):
        limit.check(*caller("anna"))

    with pytest.raises(Fault) as refusal:
        for _ in range(6):  # a second may have begun anew meanwhile
            limit.check(*caller("anna"))

    assert (refusal.value.kind, refusal.value.code) == ("too_fast", "too_many_requests")
    assert "5 requests a second" in refusal.value.message


def test_one_caller_in_haste_does_not_keep_another_out() -> None:
    limit = RateLimit(1)
    others = [caller("bo"), caller("chen"), caller("anna", organisation="prt_2")]
    assert let_in(limit, caller("anna"), times=3) < 3

    assert [let_in(limit, each, times=1) for each in others] == [1, 1, 1]


def let_in(limit: RateLimit, who: tuple[str, str], *, times: int) -> int:
    """How many of so many requests are taken."""
    taken = 0
    for _ in range(times):
        with suppress(Fault):
            limit.check(*who)
            taken += 1
    return taken
