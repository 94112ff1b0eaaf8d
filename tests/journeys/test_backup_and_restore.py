"""The drill: everything is kept, everything is destroyed, and after the restore everything goes on where it was."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

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


class Milestones(NamedTuple):
    """Three that were reached before the destruction, each heard by fewer than the one before."""

    heard: Any
    on_its_way: Any
    """Published, and heard by notifications, but not by camps: it lies in a queue that will be lost."""
    unsaid: Any
    """Stored, and published by nobody."""


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_after_backup_destruction_and_restore_everything_goes_on_and_no_letter_goes_twice(
    own_parts: Parts, place: Datastores, start: Start, tmp_path: Path
) -> None:
    with start() as platform:
        reached = reach_while_camps_is_away(platform)
        refuse_to_restore_over_what_runs(place, tmp_path)
    reach_while_no_service_runs(place, reached.unsaid)
    sent_before, before = mails(own_parts), all_documents(place)

    manifest = taken(place, tmp_path / "kept")
    assert manifest.documents == sum(map(len, before.values())) + len(place.databases)  # the backup is on record, too
    last = last_backups(place)
    assert {each and each.taken_at for each in last.values()} == {manifest.taken_at}
    destroy_and_restore(place, tmp_path / "kept", taken_at=manifest.taken_at)

    assert last_backups(place) == last
    check_that_all_is_back(place, before, said_of=tmp_path / "kept")
    with start() as platform:
        check_that_everything_goes_on(platform, reached)
    sent = mails(own_parts)
    assert sent_before <= sent
    assert set(sent.values()) == {1}


def reach_while_camps_is_away(platform: PlatformDriver) -> Milestones:
    platform.camp_inviting()
    planned = Milestones(*(a_milestone(platform) for _ in Milestones._fields))
    platform.reach(planned.heard)
    eventually(lambda: platform.delivery_of_the_invitation(planned.heard["partner_id"]) == "sent")
    platform.instance.parts.supervisor.stop("camps")
    platform.reach(planned.on_its_way)
    eventually(lambda: len(platform.letters(partner_id=planned.on_its_way["partner_id"], state="sent")) == 5)
    return planned


def refuse_to_restore_over_what_runs(place: Datastores, folder: Path) -> None:
    """A backup of what runs can be taken, where there is room for one; it is not restored over what runs."""
    with pytest.raises(CannotStart, match=r"/dev/null/kept\S*: Not a directory, for uid \d+"):
        taken(place, Path("/dev/null/kept"))
    taken(place, folder / "while it runs")
    with pytest.raises(CannotStart, match=r"engagements, notifications, partners run: stop every service first"):
        checked(place, folder / "while it runs", replace=True)


def last_backups(place: Datastores) -> dict[str, LastBackup | None]:
    return {name: last_backup(database) for name, database in place.databases.items()}


def destroy_and_restore(place: Datastores, kept: Path, *, taken_at: datetime) -> None:
    with pytest.raises(CannotStart, match=r"camps, engagements, notifications, partners are not empty"):
        checked(place, kept, replace=False)
    destroy(place)
    # What is left of a database that is given up is nothing to be sorry for.
    note(place.databases["camps"], LastBackup(taken_at=taken_at - IN_FLIGHT, documents=1))
    put_back(place, kept, checked(place, kept, replace=False), verify=True, sent_nothing_since=False)


def check_that_all_is_back(place: Datastores, before: dict[str, list[Any]], *, said_of: Path) -> None:
    """All but what camps has not heard, which is said again, and the records of the backup and of this restore."""
    again = all_documents(place)
    trails = {f"{name}.audit_records" for name in place.databases}
    changed = {name for name in again if again[name] != before.get(name)}
    assert changed == {"engagements.outbox", "notifications.outbox"} | trails
    for trail in trails:
        recorded = [each for each in again[trail] if each not in before[trail]]
        assert [each["operation"].partition(".")[2] for each in recorded] == ["back_up", "restore"]
        assert [str(said_of) in each["detail"] for each in recorded] == [True, True]


def check_that_everything_goes_on(platform: PlatformDriver, reached: Milestones) -> None:
    for milestone in (reached.on_its_way, reached.unsaid):
        partner = milestone["partner_id"]
        eventually(lambda partner=partner: platform.invitations(partner))
        eventually(lambda partner=partner: platform.delivery_of_the_invitation(partner) == "sent")
    eventually(lambda: len(platform.letters(partner_id=reached.unsaid["partner_id"], state="sent")) == 6)
    for milestone in reached:
        assert len(platform.follow_ups(milestone["id"])) == 1
        assert len(platform.letters(partner_id=milestone["partner_id"])) == 6
