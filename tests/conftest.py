"""The real parts, started once for each process of a run that needs them, in a folder of their own."""

import os
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from chassis.persistence.unit_of_work import Store
from cli.local import ports
from cli.local.instance import Instance, instance_running
from cli.local.parts import Parts, parts_running
from cli.local.process import append_to
from tests.complaints import complaints
from tests.trace_collector import Collector, collector_running
from tests.waiting import emptied_store

# How fast an example runs says more of what else the machine does than of the rule it is about.
# What a runner of changes says of a commit is the same each time; whoever works on one tries other examples each time.
settings.register_profile(
    "patient", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=bool(os.environ.get("CI"))
)
settings.load_profile("patient")
LETTERS = {"MAIL_LEASE_SECONDS": "5", "SMTP_DATA_SECONDS": "5", "SMTP_BLOCK_SECONDS": "5", "SMTP_FINAL_SECONDS": "5"}
"""What a killed process was sending is uncertain after 20 seconds; by default it is after 16 minutes."""
KINDS = ("unit", "contracts", "architecture", "integration", "journeys", "surface", "pages", "containers")


def pytest_configure(config: pytest.Config) -> None:
    """Give each worker process ports of its own: two must not take the same one between a look and its use."""
    if worker := getattr(config, "workerinput", None):
        number = int(worker["workerid"].removeprefix("gw"))
        ports.RANGE = ports.RANGE[number :: worker["workercount"]]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where this run keeps the state and the logs of what it starts."""
    return tmp_path_factory.mktemp("parts")


@pytest.fixture(scope="session")
def parts(folder: Path) -> Iterator[Parts]:
    """A private broker, database and mail catcher, for this run alone."""
    log = append_to(folder / "parts.log")
    with parts_running(folder=folder / "parts", print_from=lambda who, line: log(f"{who}: {line}")) as running:
        yield running


@pytest.fixture(scope="session")
def mongo_uri(parts: Parts) -> str:
    """The real database."""
    return parts.mongo_uri


@pytest.fixture(scope="session")
def amqp_uri(parts: Parts) -> str:
    """The real broker."""
    return parts.amqp_uri


@pytest.fixture
def store(request: pytest.FixtureRequest, mongo_uri: str) -> Iterator[Store]:
    """A store with nothing in it; its database, and the indexes there, are those of the tests in the same folder."""
    folder = f"test_{request.path.parent.name}"
    with emptied_store(mongo_uri, name=folder, envelope_fields={"partnerid": "partner_id"}) as opened:
        yield opened


@pytest.fixture(scope="session")
def collector() -> Iterator[Collector]:
    """Where the spans of the whole platform go."""
    with collector_running() as listening:
        yield listening


@pytest.fixture(scope="session")
def instance(folder: Path, collector: Collector) -> Iterator[Instance]:
    """The whole platform as processes of its own, on parts of its own."""
    log = append_to(folder / "instance.log")
    quick = {
        "RETRY_STEPS_SECONDS": "[1, 2, 3]",
        "DUE_LOOP_SECONDS": "1",
        "TRACES_URL": collector.url,
        "REQUESTS_PER_SECOND": "10000",
        "PAGES_PER_SECOND": "10000",
        "INQUIRIES_PER_HOUR": "10000",
        **LETTERS,
    }
    print_from = lambda who, line: log(f"{who}: {line}")  # noqa: E731  as short as what it does
    own = folder / "instance"
    with instance_running(
        folder=own, described_in=own / "run.json", print_from=print_from, given={}, also=quick
    ) as running:
        yield running


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show beside a failed test what the instance that it used said of troubles: its files are gone after the run."""
    report = yield
    used = getattr(item, "funcargs", {}).values()
    if report.failed and (logs := {each.logs for each in used if isinstance(each, Instance)}):
        report.sections += [("what the instance complained of", complaints(folder)) for folder in logs]
    return report


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """One process runs the quick tests first; of several, none may be left alone with a slow file at the end."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    begins_early = hasattr(config, "workerinput")
    items.sort(key=lambda item: ((item.path in slow) != begins_early, _kind(item)))


def _kind(item: pytest.Item) -> int:
    return KINDS.index(item.path.relative_to(Path(__file__).parent).parts[0])


def pytest_report_header() -> str:
    """Say what the run has to work with."""
    return f"{os.cpu_count()} cores"
