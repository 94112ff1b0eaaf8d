"""Prepares broker and database before a service runs: declares its queues and creates its indexes."""

from collections.abc import Iterable
from typing import Any

from nameko import config
from pymongo import ASCENDING, IndexModel

from chassis.audit.records import AuditRecords
from chassis.audit.seals import SEALS
from chassis.erasure.erasures import Erasures
from chassis.messaging import relay, topology
from chassis.messaging.dead_letters import DeadLetters
from chassis.messaging.inbox import FAILURES
from chassis.persistence import indexes
from chassis.persistence.indexes import expiring_index
from chassis.persistence.repository import Repository
from chassis.persistence.unit_of_work import COMMANDS, INBOX, OUTBOX, RESTORING
from chassis.runtime.service import Service, open_store, reactions

INBOX_RETENTION_SECONDS = 130 * indexes.DAY_SECONDS
FAILURE_RETENTION_SECONDS = indexes.DAY_SECONDS
"""Longer than a reaction waits for its next attempt."""
SEALS_KEPT_LONGER_SECONDS = 2 * indexes.DAY_SECONDS
"""A record is never left behind by the seal that has its hash."""
COMMAND_RETENTION_SECONDS = 7 * indexes.DAY_SECONDS


class RestoreUnfinished(Exception):
    """A backup is being restored into a service's database, or that was interrupted."""


def prepare(service: type[Service]) -> None:
    """Declare the service's queues and create its indexes; idempotent.

    Raises TopologyMismatch and IndexMismatch when one exists with other options, and RestoreUnfinished.
    """
    database = open_store(service.name).database
    if database[RESTORING].find_one() is not None:
        raise RestoreUnfinished(f"a backup is being restored into database {database.name!r}, or that was interrupted: "
                           "wait, or restore it again")  # fmt: skip
    topology.declare(
        config["AMQP_URI"], service=service.name, hears=reactions(service), wait_seconds=config["RETRY_STEPS_SECONDS"]
    )
    indexes.apply(database, indexes_of(service.repositories, audit_days=config["AUDIT_DAYS"]))


def indexes_of(repositories: Iterable[type[Repository[Any]]], *, audit_days: float) -> indexes.RequiredIndexes:
    """Give every index of a service with these repositories, including those of the chassis.

    Audit records expire after `audit_days`, existing ones included.
    """
    own = {
        OUTBOX: list(relay.INDEXES),
        INBOX: [expiring_index(INBOX_RETENTION_SECONDS, "heard_at"), IndexModel([("correlation_id", ASCENDING)])],
        FAILURES: [expiring_index(FAILURE_RETENTION_SECONDS, "failed_at")],
        COMMANDS: [expiring_index(COMMAND_RETENTION_SECONDS, "at")],
        AuditRecords.collection: [
            *AuditRecords.all_indexes(),
            expiring_index(int(audit_days * indexes.DAY_SECONDS), "at", name="kept"),
        ],
        SEALS: [
            expiring_index(int(audit_days * indexes.DAY_SECONDS) + SEALS_KEPT_LONGER_SECONDS, "at", name="kept"),
            IndexModel("until"),
        ],
    }
    repositories_of_all: list[type[Repository[Any]]] = [DeadLetters, Erasures, *repositories]
    return own | {each.collection: each.all_indexes() for each in repositories_of_all}
