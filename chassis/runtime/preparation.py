"""What broker and database must have before a service runs: declared and created here, or found to be different."""

from collections.abc import Iterable
from typing import Any

from nameko import config
from pymongo import ASCENDING, IndexModel

from chassis.audit.records import AuditRecords
from chassis.messaging import relay, topology
from chassis.messaging.dead_letters import DeadLetters
from chassis.persistence import indexes
from chassis.persistence.indexes import kept
from chassis.persistence.repository import Repository
from chassis.persistence.unit_of_work import COMMANDS, INBOX, OUTBOX, RESTORING
from chassis.runtime.service import Service, open_store, reactions

INBOX_SECONDS = 130 * indexes.DAY_SECONDS
COMMAND_SECONDS = 7 * indexes.DAY_SECONDS


class HalfRestored(Exception):
    """A service's database is that of a backup, and not whole."""


def prepare(service: type[Service]) -> None:
    """Declare the broker's queues and create the database's indexes; repeatable, before anything runs.

    Raises TopologyMismatch and IndexMismatch where one exists that is different, and HalfRestored.
    """
    database = open_store(service.name).database
    if database[RESTORING].find_one() is not None:
        raise HalfRestored(f"a backup is being put back into database {database.name!r}, or was half put back: "
                           "wait, or restore it again")  # fmt: skip
    topology.declare(
        config["AMQP_URI"], service=service.name, hears=reactions(service), wait_seconds=config["RETRY_STEPS_SECONDS"]
    )
    indexes.apply(database, indexes_of(service.repositories, audit_days=config["AUDIT_DAYS"]))


def indexes_of(repositories: Iterable[type[Repository[Any]]], *, audit_days: float) -> indexes.Wanted:
    """Give every index of a service with these repositories, the chassis' own among them.

    Audit records are forgotten after `audit_days`, old ones too.
    """
    own = {
        OUTBOX: list(relay.INDEXES),
        INBOX: [kept(INBOX_SECONDS, "heard_at"), IndexModel([("correlation_id", ASCENDING)])],
        COMMANDS: [kept(COMMAND_SECONDS, "at")],
        AuditRecords.collection: [
            *AuditRecords.all_indexes(),
            kept(int(audit_days * indexes.DAY_SECONDS), "at", name="kept"),
        ],
    }
    repositories_of_all: list[type[Repository[Any]]] = [DeadLetters, *repositories]
    return own | {each.collection: each.all_indexes() for each in repositories_of_all}
