"""One run of a program: heard, waited for, ended with all it started."""

import os

import pytest

from cli.local.errors import CannotStart
from cli.local.process import Process, Program, append_to

IGNORES_SIGTERM = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("deaf", flush=True)
time.sleep(60)
"""
HAS_A_CHILD = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(child.pid, flush=True)
time.sleep(60)
"""


def test_each_line_it_writes_is_heard(program) -> None:
    heard: list[str] = []
    process = Process(program("import sys; print('one'); print('  two', file=sys.stderr)", on_line=heard.append))
    assert process.wait_for_end(5)
    process.kill()
    assert heard == ["one", "  two"]


def test_bytes_that_are_no_text_do_not_silence_it(program) -> None:
    heard: list[str] = []
    process = Process(program(r"import os; os.write(1, b'\xff\n'); print('after')", on_line=heard.append))
    assert process.wait_for_end(5)
    process.kill()
    assert heard[-1] == "after"


def test_lines_can_be_written_to_a_file(program, tmp_path) -> None:
    process = Process(program("print('kept')", on_line=append_to(tmp_path / "log")))
    assert process.wait_for_end(5)
    process.kill()
    assert (tmp_path / "log").read_text() == "kept\n"


def test_it_has_a_session_of_its_own_so_that_ctrl_c_misses_it(program) -> None:
    process = Process(program())
    assert os.getsid(process.pid) == process.pid
    process.kill()


def test_it_sees_only_the_environment_it_is_given(program, monkeypatch) -> None:
    monkeypatch.setenv("RABBITMQ_NODENAME", "stray")
    heard: list[str] = []
    process = Process(program("import os; print(os.environ.get('RABBITMQ_NODENAME'))", on_line=heard.append))
    assert process.wait_for_end(5)
    process.kill()
    assert heard == ["None"]


def test_waiting_returns_when_the_condition_holds(program) -> None:
    heard: list[str] = []
    process = Process(program(on_line=heard.append))
    process.wait_until(lambda: heard == ["here"], within=5)
    assert process.is_running
    process.kill()


def test_waiting_for_what_ended_tells_how_and_its_last_words(program) -> None:
    process = Process(program("print('no such setting'); raise SystemExit(3)", name="camps"))
    with pytest.raises(CannotStart, match="camps ended with exit code 3 while starting: no such setting"):
        process.wait_until(lambda: False, within=5)


def test_waiting_has_a_limit(program) -> None:
    process = Process(program(name="camps"))
    with pytest.raises(CannotStart, match="camps is not ready after 0 s"):
        process.wait_until(lambda: False, within=0.1)
    process.kill()


def test_a_command_that_does_not_exist_is_one_sentence(tmp_path) -> None:
    missing = Program(name="camps", command=[str(tmp_path / "none")], environment={}, on_line=print)
    with pytest.raises(CannotStart, match=r"camps cannot be started: .*none"):
        Process(missing)


def test_stopping_asks_first(program) -> None:
    process = Process(program())
    process.stop()
    assert process.how_it_ended() == "was ended by SIGTERM"


def test_stopping_insists_when_asking_does_not_help(program) -> None:
    heard: list[str] = []
    process = Process(program(IGNORES_SIGTERM, on_line=heard.append, stops_within=0.2))
    process.wait_until(lambda: heard == ["deaf"], within=5)
    process.stop()
    assert process.how_it_ended() == "was ended by SIGKILL"


def test_stopping_ends_what_it_started_as_well(program, eventually, lives) -> None:
    heard: list[str] = []
    process = Process(program(HAS_A_CHILD, on_line=heard.append))
    process.wait_until(lambda: bool(heard), within=5)
    process.stop()
    assert eventually(lambda: not lives(int(heard[0])))
