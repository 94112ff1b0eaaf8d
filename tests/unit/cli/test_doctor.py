"""What the doctor thinks of what it sees."""

import pytest

from cli.operations.doctor import machine, parts, visit
from cli.operations.doctor.finding import Finding, Verdict, judged

MEGABYTE = 1024 * 1024


@pytest.mark.parametrize(
    ("free", "verdict"),
    [(2000 * MEGABYTE, "ok"), (1023 * MEGABYTE, "warn"), (200 * MEGABYTE, "warn"), (199 * MEGABYTE, "bad")],
)
def test_a_disk_is_warned_of_before_it_is_too_late(free: int, verdict: str) -> None:
    assert machine.disk("disk", free).verdict == verdict


def test_memory_is_judged_by_what_is_available(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    (tmp_path / "meminfo").write_text("MemTotal:  8000000 kB\nMemFree: 900000 kB\nMemAvailable:   400000 kB\n")
    monkeypatch.setattr(machine, "MEMORY", tmp_path / "meminfo")

    (memory,) = [each for each in machine.machine() if each.what == "memory"]

    assert (memory.verdict, memory.seen) == (Verdict.WARN, "390 MB available")


def test_a_wrong_setting_is_bad_and_one_that_is_nearly_named_is_warned_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_LEVLE", "DEBUG")

    found = list(machine.settings({"LOG_LEVEL": "LOUD"}))

    assert "setting LOG_LEVEL: Must be one of" in " ".join(each.seen for each in found if each.verdict is Verdict.BAD)
    assert [each.seen for each in found if each.verdict is Verdict.WARN] == [
        "the environment has LOG_LEVLE, which is no setting"
    ]


@pytest.mark.parametrize(
    ("version", "verdict"), [("3.9.27", "bad"), ("3.10.8", "ok"), ("4.2.0-rc.1", "ok"), ("", "bad")]
)
def test_a_broker_must_be_young_enough(version: str, verdict: str) -> None:
    assert parts.version("RabbitMQ", version, parts.OLDEST_BROKER).verdict == verdict


def test_a_line_says_what_to_do_only_where_something_is_to_be_done() -> None:
    assert str(judged("clocks", "0.0 s apart", to_do="let NTP set both")) == "ok    clocks                 0.0 s apart"
    assert str(judged("clocks", "9.0 s apart", warn=True, to_do="let NTP set both")) == (
        "warn  clocks                 9.0 s apart: let NTP set both"
    )


@pytest.mark.parametrize(("verdicts", "code"), [(["ok", "warn"], 0), (["ok", "bad", "warn"], 1)])
def test_only_what_is_bad_makes_the_command_fail(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], verdicts: list[str], code: int
) -> None:
    found = [Finding(what="a thing", verdict=Verdict(each), seen="as it is") for each in verdicts]
    monkeypatch.setattr(visit, "findings", lambda: iter(found))

    assert visit.visit() == code
    assert (
        f"{len(verdicts)} things looked at: {verdicts.count('bad')} bad, 1 to be warned of" in capsys.readouterr().out
    )
