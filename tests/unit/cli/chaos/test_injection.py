"""Faults are injected into processes of a few lines."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.local.supervisor import Supervisor
from dev.chaos.injection import FaultInjector
from dev.chaos.schedule import Fault, Kind

FROZEN, DEAD = "T", "Z"


class FakeProxy:
    """Notes what is done to it."""

    def __init__(self) -> None:
        self.done: list[str] = []

    def cut(self) -> None:
        self.done.append("cut")

    def freeze(self) -> None:
        self.done.append("freeze")

    def thaw(self) -> None:
        self.done.append("thaw")


@pytest.fixture
def supervisor(program) -> Iterator[Supervisor]:
    with Supervisor(print_from=lambda *_: None) as running:
        for name in ("camps", "camps.2", "rabbitmq", "mongod"):
            running.start(program(name=name))
            running.wait_until_ready(name)
        yield running


@pytest.fixture
def proxy() -> FakeProxy:
    return FakeProxy()


@pytest.fixture
def fault_injector(supervisor: Supervisor, proxy: FakeProxy) -> FaultInjector:
    return FaultInjector(
        services=supervisor,
        parts=supervisor,
        proxies={"broker": proxy, "database": FakeProxy()},
        leader_of=lambda service: supervisor.pids().get(f"{service}.2"),
    )


def state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return DEAD


def a_fault(kind: Kind, target: str, *, lasts: float = 0.0) -> Fault:
    return Fault(at=0.0, kind=kind, target=target, lasts=lasts)


@pytest.mark.parametrize(
    ("kind", "target", "killed"),
    [
        (Kind.KILL, "camps", "camps"),
        (Kind.TERMINATE, "camps", "camps"),
        (Kind.KILL_RELAY_LEADER, "camps", "camps.2"),
        (Kind.KILL_BROKER, "broker", "rabbitmq"),
        (Kind.KILL_DATABASE, "database", "mongod"),
    ],
)
def test_what_is_killed_ends_and_is_started_again(
    fault_injector: FaultInjector, supervisor: Supervisor, eventually, kind: Kind, target: str, killed: str
) -> None:
    before = dict(supervisor.pids())

    with fault_injector.running([a_fault(kind, target)], begun=time.monotonic()):
        assert eventually(lambda: supervisor.pids().get(killed, before[killed]) != before[killed])

    assert [each.fault.kind for each in fault_injector.injected] == [kind]
    assert {name for name, pid in supervisor.pids().items() if pid != before[name]} == {killed}


def test_what_is_frozen_stands_still_and_thaws_in_time(
    fault_injector: FaultInjector, supervisor: Supervisor, eventually
) -> None:
    pid = supervisor.pids()["camps"]

    with fault_injector.running([a_fault(Kind.FREEZE, "camps", lasts=0.5)], begun=time.monotonic()):
        assert eventually(lambda: state(pid) == FROZEN)
        assert eventually(lambda: state(pid) != FROZEN)

    assert supervisor.pids()["camps"] == pid


def test_at_the_end_of_a_run_what_is_frozen_is_thawed_and_no_other_fault_is_injected(
    fault_injector: FaultInjector, supervisor: Supervisor, proxy: FakeProxy, eventually
) -> None:
    faults = [
        a_fault(Kind.FREEZE, "camps", lasts=60),
        a_fault(Kind.FREEZE_CONNECTIONS, "broker", lasts=60),
        Fault(at=60, kind=Kind.KILL, target="camps.2"),
    ]
    before = dict(supervisor.pids())
    begun = time.monotonic()

    with fault_injector.running(faults, begun=begun):
        assert eventually(lambda: state(before["camps"]) == FROZEN and proxy.done == ["freeze"])

    assert time.monotonic() - begun < 30
    assert state(before["camps"]) != FROZEN
    assert proxy.done == ["freeze", "thaw"]
    assert supervisor.pids() == before


def test_connections_are_cut(fault_injector: FaultInjector, proxy: FakeProxy, eventually) -> None:
    with fault_injector.running([a_fault(Kind.CUT_CONNECTIONS, "broker")], begun=time.monotonic()):
        assert eventually(lambda: proxy.done == ["cut"])


def test_each_fault_waits_for_its_time(fault_injector: FaultInjector, eventually) -> None:
    begun = time.monotonic()

    with fault_injector.running([Fault(at=0.5, kind=Kind.CUT_CONNECTIONS, target="broker")], begun=begun):
        assert eventually(lambda: bool(fault_injector.injected))

    assert 0.5 <= fault_injector.injected[0].at - begun < 5


def test_a_process_that_is_just_being_started_again_is_waited_for(
    fault_injector: FaultInjector, supervisor: Supervisor, eventually
) -> None:
    first = supervisor.pids()["camps"]

    with fault_injector.running([a_fault(Kind.KILL, "camps"), a_fault(Kind.KILL, "camps")], begun=time.monotonic()):
        assert eventually(lambda: len(fault_injector.injected) == 2)

    assert eventually(lambda: state(first) == DEAD)


def test_a_fault_whose_target_does_not_run_is_not_counted(fault_injector: FaultInjector, monkeypatch) -> None:
    monkeypatch.setattr("dev.chaos.injection.TIMEOUT_SECONDS", 0.2)

    with fault_injector.running([a_fault(Kind.KILL, "nobody")], begun=time.monotonic()):
        pass

    assert fault_injector.injected == []
