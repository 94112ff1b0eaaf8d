"""What goes wrong is drawn from a seed."""

from collections import Counter

import pytest

from dev.chaos.schedule import FREEZES, Fault, Kind, Targets, draw

NAMED = {
    "kill", "terminate", "freeze", "kill_relay_leader", "kill_broker", "kill_database", "cut_connections",
    "freeze_connections",
}  # fmt: skip
TARGETS = Targets(processes=["camps", "camps.2", "gateway", "gateway.2"], services=["camps"])


def drawn(seed: int = 7, seconds: float = 180.0) -> list[Fault]:
    return draw(seed=seed, seconds=seconds, targets=TARGETS)


def counted(faults: list[Fault]) -> Counter[str]:
    return Counter(fault.kind.value for fault in faults)


def test_the_same_seed_draws_the_same_faults_and_another_seed_others() -> None:
    assert drawn(seed=7) == drawn(seed=7)
    assert drawn(seed=7) != drawn(seed=8)


@pytest.mark.parametrize("seed", range(50))
def test_three_minutes_see_at_least_forty_faults_and_each_kind_at_least_three_times(seed: int) -> None:
    counts = counted(drawn(seed))

    assert counts.total() >= 40
    assert set(counts) == NAMED
    assert min(counts.values()) >= 3


@pytest.mark.parametrize("seed", range(50))
def test_a_short_run_sees_each_kind_once(seed: int) -> None:
    assert set(counted(drawn(seed, seconds=45))) == NAMED


def test_a_long_run_sees_as_many_in_each_three_minutes() -> None:
    assert len(drawn(seconds=3600)) >= 40 * 20


def test_faults_come_in_order_of_time_and_the_end_is_calm() -> None:
    moments = [fault.at for fault in drawn()]

    assert moments == sorted(moments)
    assert moments[0] >= 4
    assert moments[-1] <= 180 - 8


def test_only_what_is_frozen_lasts_and_some_of_it_longer_than_any_deadline_of_five_seconds() -> None:
    faults = drawn(seconds=3600)

    assert all((fault.lasts > 0) == (fault.kind in FREEZES) for fault in faults)
    assert any(fault.lasts > 5 for fault in faults)


def test_each_kind_meets_what_it_is_meant_for() -> None:
    met = {kind: {fault.target for fault in drawn(seconds=3600) if fault.kind is kind} for kind in Kind}

    assert met[Kind.KILL] == met[Kind.TERMINATE] == met[Kind.FREEZE] == set(TARGETS.processes)
    assert met[Kind.KILL_RELAY_LEADER] == {"camps"}
    assert met[Kind.KILL_BROKER] == {"broker"}
    assert met[Kind.KILL_DATABASE] == {"database"}
    assert met[Kind.CUT_CONNECTIONS] == met[Kind.FREEZE_CONNECTIONS] == {"broker", "database"}
