"""The supervisor keeps programs running and leaves nothing behind."""

import os
import signal
import subprocess
import sys

import pytest

from cli.local.errors import CannotStart
from cli.local.process import REPOSITORY, Process
from cli.local.supervisor import Supervisor

TELLS_WHEN_IT_IS_STOPPED = """
import signal, sys, time
def stop(*_):
    print("{name} stops", flush=True)
    sys.exit()
signal.signal(signal.SIGTERM, stop)
print("{name} is here", flush=True)
time.sleep(60)
"""
ENDS_ONLY_AFTER_ANOTHER_WAS_ASKED = """
import pathlib, signal, sys, time
def stop(*_):
    pathlib.Path("{own}").touch()
    while not pathlib.Path("{other}").exists():
        time.sleep(0.02)
    print("ended", flush=True)
    sys.exit()
signal.signal(signal.SIGTERM, stop)
print("here", flush=True)
time.sleep(60)
"""
STARTS_ONE_AND_WAITS = """
import sys, time
from cli.local.process import Program
from cli.local.supervisor import Supervisor
supervisor = Supervisor(print_from=print)
command = [sys.executable, "-c", "import time; time.sleep(60)"]
supervisor.start(Program(name="sleeper", command=command, environment={}, on_line=print))
print(supervisor.pids()["sleeper"], flush=True)
time.sleep(60)
"""


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def supervisor(said):
    with Supervisor(print_from=lambda who, line: said.append(f"{who} {line}")) as supervisor:
        yield supervisor


def test_who_waits_for_a_program_hears_at_once_that_another_one_could_not_start(supervisor, program) -> None:
    supervisor.start(program("raise SystemExit('no port is free')", name="camps"))
    supervisor.start(program(name="gateway"))

    with pytest.raises(CannotStart, match="camps ended with exit code 1 while starting: no port is free"):
        supervisor.wait_until_ready("gateway", lambda: False, within=20)


def test_a_program_that_dies_is_started_again_and_that_is_said(supervisor, program, eventually, said) -> None:
    supervisor.start(program(name="camps"))
    supervisor.wait_until_ready("camps")
    first = supervisor.pids()["camps"]
    os.kill(first, signal.SIGKILL)
    assert eventually(lambda: supervisor.pids().get("camps", first) != first)
    assert said == ["camps was ended by SIGKILL; starting it again in 0.5 s"]


def test_the_pause_grows_while_it_keeps_dying(supervisor, program, eventually, said) -> None:
    supervisor.start(program("import sys; sys.stdin.read()", name="camps"))
    supervisor.wait_until_ready("camps")
    assert eventually(lambda: len(said) == 2)
    assert [line.split(" in ")[1] for line in said] == ["0.5 s", "1 s"]


def test_a_program_that_dies_before_it_was_ready_stays_dead(supervisor, program) -> None:
    supervisor.start(program("raise SystemExit(1)", name="camps"))
    with pytest.raises(CannotStart, match="camps ended with exit code 1"):
        supervisor.wait_until_ready("camps", lambda: False, within=5)
    assert "camps" not in supervisor.pids()


def test_a_program_stopped_on_purpose_is_not_started_again(supervisor, program, said) -> None:
    supervisor.start(program(name="camps"))
    supervisor.wait_until_ready("camps")
    supervisor.stop("camps")
    assert supervisor.pids() == {}
    assert said == []


def test_replicas_of_one_service_run_beside_each_other(supervisor, program) -> None:
    supervisor.start(program(name="camps"))
    supervisor.start(program(name="camps.2"))
    pids = supervisor.pids()
    assert list(pids) == ["camps", "camps.2"]
    assert pids["camps"] != pids["camps.2"]


def test_the_last_started_is_stopped_first(program) -> None:
    heard: list[str] = []
    with Supervisor(print_from=lambda *_: None) as supervisor:
        for name in ("broker", "camps", "gateway"):
            supervisor.start(program(TELLS_WHEN_IT_IS_STOPPED.format(name=name), name=name, on_line=heard.append))
            supervisor.wait_until_ready(name, lambda line=f"{name} is here": line in heard)
        heard.clear()
    assert heard == ["gateway stops", "camps stops", "broker stops"]


def test_those_of_a_kind_are_stopped_together(program, tmp_path) -> None:
    heard: list[str] = []
    asked = {name: tmp_path / name for name in ("camps", "partners")}
    with Supervisor(print_from=lambda *_: None) as supervisor:
        for own, other in (asked.values(), reversed(asked.values())):
            text = ENDS_ONLY_AFTER_ANOTHER_WAS_ASKED.format(own=own, other=other)
            supervisor.start(program(text, name=own.name, on_line=heard.append, kind="service", stops_within=3.0))
        for name in asked:
            supervisor.wait_until_ready(name, lambda: heard.count("here") == len(asked))
    assert heard.count("ended") == len(asked)


def test_nothing_runs_once_it_is_left(program, lives) -> None:
    with Supervisor(print_from=lambda *_: None) as supervisor:
        supervisor.start(program())
        pids = supervisor.pids().values()
    assert not any(lives(pid) for pid in pids)


def test_a_second_ctrl_c_ends_everything_at_once(program, lives, monkeypatch) -> None:
    supervisor = Supervisor(print_from=lambda *_: None)
    supervisor.start(program(name="broker"))
    supervisor.start(program(name="camps"))
    pids = list(supervisor.pids().values())

    def interrupted(_: Process) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Process, "stop", interrupted)
    with pytest.raises(KeyboardInterrupt):
        supervisor.stop_all()
    assert not any(lives(pid) for pid in pids)


def test_a_supervisor_killed_without_warning_leaves_nothing_running(eventually, lives) -> None:
    command = [sys.executable, "-c", STARTS_ONE_AND_WAITS]
    with subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True) as killed:
        child = int(killed.stdout.readline())
        assert lives(child)
        killed.kill()
    assert eventually(lambda: not lives(child))
