"""Refusals of a caller beyond a limit are counted by kind, and what is remembered of them is bounded."""

from datetime import UTC, datetime, timedelta

import pytest

from chassis.audit.refusals import MOST_CALLERS, MOST_KINDS, AuditedAction, Counted, Refusal, RefusalLimit
from chassis.domain.scope import Scope

BEGIN = datetime(2026, 6, 1, 9, tzinfo=UTC)


class Clock:
    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def limit(clock: Clock) -> RefusalLimit:
    return RefusalLimit(2, clock=clock)


def probe(
    number: int = 0, *, who: str = "anna", operation: str = "camps.show_camp", code: str = "not_found"
) -> Refusal:
    scope = Scope(subject=who, organisation="prt_1", address=f"192.0.2.{number % 256}")
    action = AuditedAction(operation=operation, scope=scope, about=(f"cmp_{number}",))
    at = BEGIN + timedelta(seconds=number)
    return Refusal(service="camps", action=action, code=code, at=at, request_id=f"req_{number}")


def count(limit: RefusalLimit, *probes: Refusal) -> None:
    for each in probes:
        limit.count(Counted.of(each))


def told(limit: RefusalLimit) -> list[tuple[str, str, int]]:
    return [(each.kind.operation, each.kind.code, each.times) for each in limit.take(at_once=True)]


def test_refusals_up_to_a_limit_per_minute_are_recorded_one_by_one(limit: RefusalLimit, clock: Clock) -> None:
    first_minute = [limit.admits(probe(number)) for number in range(3)]
    clock.seconds = 60.0

    assert first_minute == [True, True, False]
    assert limit.admits(probe())


def test_the_refusals_of_one_caller_do_not_count_for_another(limit: RefusalLimit) -> None:
    taken = [limit.admits(probe(who=who)) for who in ("anna", "anna", "anna", "bo")]

    assert taken == [True, True, False, True]


def test_of_each_kind_the_first_the_last_and_the_number_are_kept(limit: RefusalLimit) -> None:
    count(limit, probe(5), probe(7, code="forbidden"), probe(9), probe(8))

    missing, forbidden = limit.take(at_once=True)

    assert (missing.times, missing.first, missing.last) == (3, probe(5), probe(9))
    assert missing.action.about == ("cmp_5", "cmp_9")
    assert missing.repeats() == {
        "times": 3,
        "first_at": BEGIN + timedelta(seconds=5),
        "last_at": BEGIN + timedelta(seconds=9),
        "last_address": "192.0.2.9",
        "last_request_id": "req_9",
    }
    assert (forbidden.kind.code, forbidden.times) == ("forbidden", 1)


def test_counted_refusals_are_given_after_a_minute_and_once(limit: RefusalLimit, clock: Clock) -> None:
    count(limit, probe())
    clock.seconds = 59.9
    assert limit.take() == []

    clock.seconds = 60.0

    assert [each.times for each in limit.take()] == [1]
    assert limit.take(at_once=True) == []


def test_what_could_not_be_recorded_is_counted_beside_what_came_meanwhile(limit: RefusalLimit) -> None:
    count(limit, probe(1), probe(2))
    taken = limit.take(at_once=True)
    count(limit, probe(3))

    for each in taken:
        limit.count(each)

    (again,) = limit.take(at_once=True)
    assert (again.times, again.first, again.last) == (3, probe(1), probe(3))


def test_more_kinds_of_one_caller_than_there_is_room_for_are_counted_together(limit: RefusalLimit) -> None:
    count(limit, *(probe(number, code=f"code_{number}") for number in range(MOST_KINDS + 5)))

    found = told(limit)

    assert len(found) == MOST_KINDS + 1
    assert found[-1] == ("various", "various", 5)


def test_more_callers_than_there_is_room_for_are_counted_together(limit: RefusalLimit) -> None:
    count(limit, *(probe(number, who=f"caller_{number}") for number in range(MOST_CALLERS + 5)))

    *_, last = limit.take(at_once=True)

    assert (last.times, last.kind.operation) == (5, "camps.show_camp")
    assert (last.action.scope.subject, last.action.scope.organisation) == ("various", "*")
    assert last.first == probe(MOST_CALLERS, who=f"caller_{MOST_CALLERS}")


def test_the_number_of_remembered_refusals_is_bounded(limit: RefusalLimit) -> None:
    for who in range(MOST_CALLERS + 50):
        count(limit, *(probe(who=f"caller_{who}", code=f"code_{kind}") for kind in range(MOST_KINDS + 10)))

    found = told(limit)

    assert len(found) <= (MOST_CALLERS + 1) * (MOST_KINDS + 1)
    assert sum(times for _, _, times in found) == (MOST_CALLERS + 50) * (MOST_KINDS + 10)
