"""The drill: everything is kept, everything is destroyed, and after the restore everything goes on where it was."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from kombu import Connection, Queue
from pymongo import MongoClient

from chassis.backup.last_backup import LAST_BACKUP, LastBackup, last_backup, note
from chassis.domain.causation import Cause
from chassis.domain.scope import PLATFORM
from cli.connection.datastores import Datastores
from cli.connection.services import services
from cli.local.errors import CannotStart
from cli.local.instance import instance_running
from cli.local.parts import Parts, parts_running
from cli.local.process import append_to
from cli.operations.backup import checked, put_back, taken
from cli.operations.redelivery import IN_FLIGHT
from services.engagements.use_cases.milestone import reach_milestone
from tests.journeys.platform_driver import PlatformDriver
from tests.waiting import eventually

Start = Callable[[], AbstractContextManager[PlatformDriver]]


@pytest.fixture
def own_parts(tmp_path: Path) -> Iterator[Parts]:
    """A broker and a database of its own, because this test destroys what they hold."""
    log = append_to(tmp_path / "parts.log")
    with parts_running(folder=tmp_path / "parts", print_from=lambda who, line: log(f"{who}: {line}")) as running:
        yield running


@pytest.fixture
def start(own_parts: Parts, tmp_path: Path) -> Start:
    """Start the services on those parts; they stop when the context ends, and the parts go on."""
    given = {"amqp_uri": own_parts.amqp_uri, "mongo_uri": own_parts.mongo_uri, "smtp_uri": own_parts.smtp_uri}
    log = append_to(tmp_path / "instance.log")

    @contextmanager
    def run() -> Iterator[PlatformDriver]:
        with instance_running(
            folder=tmp_path / "instance",
            described_in=tmp_path / "run.json",
            print_from=lambda who, line: log(f"{who}: {line}"),
            given=given,
        ) as instance:
            yield PlatformDriver(instance)

    return run


@pytest.fixture
def place(own_parts: Parts) -> Iterator[Datastores]:
    """What the operator's commands work on."""
    with MongoClient[dict[str, Any]](own_parts.mongo_uri, tz_aware=True) as client:
        yield Datastores(amqp=own_parts.amqp_uri, client=client, prefix="")


def a_milestone(platform: PlatformDriver) -> Any:
    """One to be reached, of a partner with one leader who was welcomed."""
    partner = platform.admitted_partner()
    milestone = platform.planned_milestone(platform.active_engagement(partner["id"])["id"])
    eventually(lambda: platform.letters(category="welcome", about_id=partner["id"], state="sent"))
    return milestone


def reach_while_no_service_runs(place: Datastores, milestone: Any) -> None:
    """It is stored and said, and nobody has published it."""
    reached = {"reached_on": date(2026, 6, 1), "evidence": "A shift", "version": {milestone["version"]}}
    place.store("engagements").transact(
        lambda uow: reach_milestone(uow, PLATFORM, milestone_id=milestone["id"], **reached),
        cause=Cause(correlation_id="by-hand"),
    )


def destroy(place: Datastores) -> None:
    """The databases, and every queue with what waits in it."""
    for database in place.databases.values():
        place.client.drop_database(database.name)
    with Connection(place.amqp) as connection:
        for service in services():
            for queue in (f"{service}.inbox", f"{service}.dead", f"{service}.wait.10s", f"rpc-{service}"):
                Queue(queue)(connection.channel()).delete()


def mails(parts: Parts) -> Counter[tuple[str, str]]:
    """How often each letter arrived: to whom, about what."""
    found: Counter[tuple[str, str]] = Counter()
    for path in sorted((parts.mail_folder or Path()).glob("*.eml")):
        lines = dict(line.split(": ", 1) for line in path.read_text().split("\n\n")[0].splitlines() if ": " in line)
        found[lines["To"], lines["Subject"]] += 1
    return found


def all_documents(place: Datastores) -> dict[str, list[Any]]:
    """Everything but what they say of their last backup."""
    return {
        f"{service}.{name}": list(database[name].find().sort("_id"))
        for service, database in place.databases.items()
        for name in sorted(set(database.list_collection_names()) - {LAST_BACKUP})
    }


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_after_backup_destruction_and_restore_everything_goes_on_and_no_letter_goes_twice(
    own_parts: Parts, place: Datastores, start: Start, tmp_path: Path
) -> None:
    with start() as platform:
        platform.camp_inviting()
        heard, on_its_way, unsaid = (a_milestone(platform) for _ in range(3))
        platform.reach(heard)
        eventually(lambda: platform.delivery_of_the_invitation(heard["partner_id"]) == "sent")
        # Published, and heard by notifications, but not by camps: it lies in a queue that will be lost.
        own = platform.instance.parts.supervisor
        own.stop("camps")
        platform.reach(on_its_way)
        eventually(lambda: len(platform.letters(partner_id=on_its_way["partner_id"], state="sent")) == 5)
        with pytest.raises(CannotStart, match=r"/dev/null/kept\S*: Not a directory, for uid \d+"):
            taken(place, Path("/dev/null/kept"))
        taken(place, tmp_path / "while it runs")
        with pytest.raises(CannotStart, match=r"engagements, notifications, partners run: stop every service first"):
            checked(place, tmp_path / "while it runs", replace=True)
    reach_while_no_service_runs(place, unsaid)
    sent_before, before = mails(own_parts), all_documents(place)
    manifest = taken(place, tmp_path / "kept")
    with pytest.raises(CannotStart, match=r"camps, engagements, notifications, partners are not empty"):
        checked(place, tmp_path / "kept", replace=False)

    last = {name: last_backup(database) for name, database in place.databases.items()}
    assert {each and each.taken_at for each in last.values()} == {manifest.taken_at}
    destroy(place)
    # What is left of a database that is given up is nothing to be sorry for.
    note(place.databases["camps"], LastBackup(taken_at=manifest.taken_at - IN_FLIGHT, documents=1))
    put_back(place, tmp_path / "kept", checked(place, tmp_path / "kept", replace=False), verify=True,
             sent_nothing_since=False)  # fmt: skip

    again = all_documents(place)
    assert {name: last_backup(database) for name, database in place.databases.items()} == last
    changed = {name for name in again if again[name] != before.get(name)}
    trails = {f"{name}.audit_records" for name in place.databases}
    assert changed == {"engagements.outbox", "notifications.outbox"} | trails  # what camps has not heard is said again
    for trail in trails:
        recorded = [each for each in again[trail] if each not in before[trail]]
        assert [each["operation"].partition(".")[2] for each in recorded] == ["back_up", "restore"]
        assert [str(tmp_path / "kept") in each["detail"] for each in recorded] == [True, True]
    assert manifest.documents == sum(map(len, before.values())) + len(trails)
    with start() as platform:
        for milestone in (on_its_way, unsaid):
            eventually(lambda milestone=milestone: platform.invitations(milestone["partner_id"]), within=30)
            eventually(
                lambda milestone=milestone: platform.delivery_of_the_invitation(milestone["partner_id"]) == "sent"
            )
        eventually(lambda: len(platform.letters(partner_id=unsaid["partner_id"], state="sent")) == 6)
        for milestone in (heard, on_its_way, unsaid):
            assert len(platform.follow_ups(milestone["id"])) == 1
            assert len(platform.letters(partner_id=milestone["partner_id"])) == 6
    sent = mails(own_parts)
    assert sent_before <= sent
    assert set(sent.values()) == {1}
