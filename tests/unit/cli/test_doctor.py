"""What the doctor thinks of what it sees."""

from collections.abc import Iterator
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
import yaml
from pymongo.errors import ServerSelectionTimeoutError

from cli.local.process import REPOSITORY
from cli.operations.doctor import dead_letters, machine, parts, run, support
from cli.operations.doctor.finding import Finding, Verdict, finding

MEGABYTE = 1024 * 1024
TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("free", "verdict"),
    [(2000 * MEGABYTE, "ok"), (1023 * MEGABYTE, "warn"), (200 * MEGABYTE, "warn"), (199 * MEGABYTE, "bad")],
)
def test_a_disk_is_warned_of_before_it_is_too_late(free: int, verdict: str) -> None:
    assert machine.disk("disk", free).verdict == verdict


def test_memory_is_judged_by_what_is_available(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    (tmp_path / "meminfo").write_text("MemTotal:  8000000 kB\nMemFree: 900000 kB\nMemAvailable:   400000 kB\n")
    monkeypatch.setattr(machine, "MEMORY", tmp_path / "meminfo")

    (memory,) = [each for each in machine.machine(today=TODAY) if each.what == "memory"]

    assert (memory.verdict, memory.seen) == (Verdict.WARN, "390 MB available")


def test_a_wrong_setting_is_bad_and_one_that_is_nearly_named_is_warned_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_LEVLE", "DEBUG")

    found = list(machine.settings({"LOG_LEVEL": "LOUD"}))

    assert "setting LOG_LEVEL: One of" in " ".join(each.seen for each in found if each.verdict is Verdict.BAD)
    assert [each.seen for each in found if each.verdict is Verdict.WARN] == [
        "the environment has LOG_LEVLE, which is no setting"
    ]


@pytest.mark.parametrize(
    ("version", "verdict"), [("3.9.27", "bad"), ("3.10.8", "warn"), ("4.3.0-rc.1", "ok"), ("", "bad")]
)
def test_a_broker_must_be_young_enough(version: str, verdict: str) -> None:
    assert support.version("RabbitMQ", version, today=TODAY, oldest=parts.OLDEST_BROKER).verdict == verdict


@pytest.mark.parametrize(
    ("product", "found", "seen"),
    [
        ("RabbitMQ", "3.13.7", "3.13.7, not supported since 2024-09-17"),
        ("RabbitMQ", "4.3.4", "4.3.4"),
        ("RabbitMQ", "5.0.0", "5.0.0"),
        ("MongoDB", "6.0.5", "6.0.5, not supported since 2025-07-31"),
        ("MongoDB", "6.2.0", "6.2.0, not supported for long"),
        ("MongoDB", "7.0.31", "7.0.31"),
        ("Python", "3.11.2", "3.11.2"),
    ],
)
def test_a_version_that_its_maker_no_longer_supports_is_named(product: str, found: str, seen: str) -> None:
    assert support.version(product, found, today=TODAY).seen == seen


def test_a_version_is_supported_to_the_end_of_its_last_day() -> None:
    last_day = date(2027, 8, 31)

    assert support.version("MongoDB", "7.0.31", today=last_day).verdict is Verdict.OK
    assert support.version("MongoDB", "7.0.31", today=last_day + timedelta(days=1)).verdict is Verdict.WARN


def test_who_has_an_unsupported_version_is_told_which_to_take() -> None:
    found = support.version("MongoDB", "6.0.5", today=TODAY)

    assert found.to_do == "its maker mends no fault in it any more: take 7.0, 8.0, 8.3; docs/operations.md, “Versions”"


@pytest.mark.parametrize(("product", "image"), [("RabbitMQ", "rabbitmq"), ("MongoDB", "mongo"), ("Python", "x-build")])
def test_what_the_containers_run_by_default_is_in_the_table_and_supported(product: str, image: str) -> None:
    # Not the safe loader, which nameko teaches to replace ${…} in this process.
    described = yaml.load((REPOSITORY / "docker-compose.yml").read_text(), Loader=yaml.BaseLoader)
    default = str(described["services"].get(image, {}).get("image") or described["x-build"]["args"]["PYTHON_IMAGE"])
    tag = default.partition(":-")[2].rstrip("}").partition(":")[2].partition("-")[0]

    assert support.series_of(tag) in support.SUPPORT_ENDS[product]
    assert support.version(product, tag, today=TODAY).verdict is Verdict.OK


def test_a_line_says_what_to_do_only_where_something_is_to_be_done() -> None:
    assert str(finding("clocks", "0.0 s apart", to_do="let NTP set both")) == "ok    clocks                 0.0 s apart"
    assert str(finding("clocks", "9.0 s apart", warn=True, to_do="let NTP set both")) == (
        "warn  clocks                 9.0 s apart: let NTP set both"
    )


@pytest.mark.parametrize(("verdicts", "code"), [(["ok", "warn"], 0), (["ok", "bad", "warn"], 1)])
def test_only_what_is_bad_makes_the_command_fail(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], verdicts: list[str], code: int
) -> None:
    found = [Finding(what="a thing", verdict=Verdict(each), seen="as it is") for each in verdicts]
    monkeypatch.setattr(run, "findings", lambda: iter(found))

    assert run.diagnose() == code
    assert (
        f"{len(verdicts)} things looked at: {verdicts.count('bad')} bad, 1 to be warned of" in capsys.readouterr().out
    )


@pytest.mark.parametrize(
    ("error", "named"), [(ServerSelectionTimeoutError("no primary"), "mongodb://b"), (TimeoutError("late"), "amqp://a")]
)
def test_what_needs_broker_and_database_names_the_one_that_does_not_answer(error: Exception, named: str) -> None:
    def check() -> Iterator[Finding]:
        yield finding("camps", "runs")
        raise error

    _, found = run._or_no_answer("dead letters", "amqp://a", check, mongo="mongodb://b")

    assert (found.verdict, found.seen) == (Verdict.BAD, f"{named} does not answer ({error})")


def test_the_doctor_waits_no_longer_than_for_the_last_probe(monkeypatch: pytest.MonkeyPatch) -> None:
    arriving = iter([False, True, True])
    pauses: list[float] = []
    monkeypatch.setattr(dead_letters, "take_arrival", lambda _database, *, id: next(arriving))
    monkeypatch.setattr(dead_letters.time, "sleep", pauses.append)
    place = SimpleNamespace(databases={"camps": None, "partners": None})

    arrived = dead_letters._arrived(place, {"camps": "prb_1", "partners": "prb_2"}, until=float("inf"))

    assert (arrived, len(pauses)) == ({"camps", "partners"}, 1)
