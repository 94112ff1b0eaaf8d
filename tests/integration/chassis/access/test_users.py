"""A process runs with its own user of broker and database, and is refused what is another's."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from amqp.exceptions import AccessRefused
from kombu import Connection, Exchange, Queue
from pymongo import MongoClient
from pymongo.database import Database
from pymongo.errors import OperationFailure

from chassis.access import database_users
from chassis.access.database_users import BackupUser, DatabaseUser
from chassis.audit.records import record_operator
from chassis.audit.refusals import AuditedAction
from chassis.backup import snapshot
from chassis.backup.last_backup import last_backup
from chassis.domain.causation import Cause
from chassis.domain.scope import PLATFORM
from chassis.messaging.publisher import ConfirmedPublisher, NotConfirmed, Outgoing
from chassis.messaging.topology import rpc_queue
from cli.connection.instance_address import store_of
from tests.integration.chassis.access.conftest import ASKS, as_user
from tests.integration.chassis.broker_client import BrokerClient
from tests.integration.chassis.conftest import ServiceProcess
from tests.waiting import eventually

RPC = "nameko-rpc"


@pytest.fixture
def settings(settings: dict[str, str], broker_users_made: str, database_users_made: str) -> dict[str, str]:
    """Those of a service that signs in as itself."""
    own = {"AMQP_URI": as_user(broker_users_made, "sample"), "MONGO_URI": as_user(database_users_made, "sample")}
    return {**settings, **own}


@pytest.fixture
def database(guarded_database: str) -> Iterator[Database[Any]]:
    """The database of the sample service, as its administrator sees it."""
    with MongoClient[Any](guarded_database, tz_aware=True) as client:
        client.drop_database("sample")
        yield client["sample"]


@pytest.fixture
def broker(amqp_uri: str) -> Iterator[BrokerClient]:
    """A client of the broker that leaves the topology alone: only an administrator could make it again."""
    with BrokerClient(amqp_uri) as opened:
        yield opened


def texts(database: Database[Any], collection: str) -> list[str]:
    return sorted(each["text"] for each in database[collection].find())


def test_a_service_hears_as_its_own_user(
    sample_service: ServiceProcess, broker: BrokerClient, database: Database[Any]
) -> None:
    broker.publish_event(text="heard")

    eventually(lambda: texts(database, "notes") == ["heard"])


def test_a_service_answers_as_its_own_user(
    sample_service: ServiceProcess, broker: BrokerClient, database: Database[Any]
) -> None:
    asked = {"scope": asdict(PLATFORM), "cause": {"correlation_id": "req_1"}, "command_id": "cmd_1"}

    answered = broker.request("sample.write", arguments={"text": "asked"}, **asked)

    assert answered["error"] is None
    assert texts(database, "notes") == ["asked"]


def test_what_a_service_could_not_do_waits_in_its_own_queues_and_ends_there(
    sample_service: ServiceProcess, broker: BrokerClient, database: Database[Any]
) -> None:
    id = broker.publish_event(text="x", mood="broken")

    kept = eventually(lambda: database["dead_letters"].find_one({"event_id": id}), within=30)

    assert kept["reaction"] == "sample.take_note"
    assert sample_service.logged("reaction_rescheduled")


@pytest.fixture
def channel_of(broker_users_made: str) -> Iterator[Any]:
    """Give a fresh channel on the connection of a user."""
    connections: list[Connection] = []

    def opened(user: str) -> Any:
        connections.append(Connection(as_user(broker_users_made, user)))
        return connections[-1].channel()

    yield opened
    for each in connections:
        each.release()


REFUSED = {
    "consume another's inbox": lambda channel: Queue("source.inbox")(channel).get(),
    "consume another's dead letters": lambda channel: Queue("source.dead")(channel).get(),
    "take what another is asked": lambda channel: Queue("rpc-source")(channel).get(),
    "bind its inbox to another's events": lambda channel: Queue("sample.inbox")(channel).bind_to(
        "source.events", routing_key="#"
    ),
    "bind its inbox to what others are asked": lambda channel: Queue("sample.inbox")(channel).bind_to(
        RPC, routing_key="source.*"
    ),
    "bind another's inbox to its own events": lambda channel: Queue("source.inbox")(channel).bind_to(
        "sample.events", routing_key="#"
    ),
    "declare a queue": lambda channel: Queue("sample.more", durable=True)(channel).queue_declare(),
    "declare an exchange": lambda channel: Exchange("sample.more", type="topic")(channel).declare(),
    "delete its own inbox": lambda channel: Queue("sample.inbox")(channel).delete(),
    "empty another's inbox": lambda channel: Queue("source.inbox")(channel).purge(),
}
"""What a user of the sample service tries in vain."""


@pytest.mark.parametrize("attempt", REFUSED.values(), ids=REFUSED.keys())
def test_a_service_is_refused(attempt: Any, channel_of: Any) -> None:
    with pytest.raises(AccessRefused):
        attempt(channel_of("sample"))


UNPUBLISHED = {
    "as another's event": ("source.events", "thing.happened"),
    "into another's inbox": ("", "source.inbox"),
    "into its own inbox by the exchange that reaches every queue": ("", "sample.inbox"),
    "into another's inbox by the exchange that is that one's own": ("source.direct", "source.inbox"),
    "as a question to another": (RPC, "source.write"),
}


@pytest.mark.parametrize(("exchange", "key"), UNPUBLISHED.values(), ids=UNPUBLISHED.keys())
def test_a_service_cannot_publish(exchange: str, key: str, broker_users_made: str) -> None:
    publisher = ConfirmedPublisher(as_user(broker_users_made, "sample"))

    with pytest.raises(NotConfirmed, match="AccessRefused"):
        publisher.publish([Outgoing(exchange=exchange, routing_key=key, data={}, headers={})])


def a_queue_for_answers(key: str, *, named: str = f"rpc.reply-{ASKS}-") -> Queue:
    exchange = Exchange(RPC, type="topic", durable=True, no_declare=True)
    return Queue(f"{named}{uuid4()}", exchange, routing_key=key, queue_arguments={"x-expires": 60_000})


@pytest.mark.parametrize("service", ["source", "sample"])
def test_a_caller_asks_every_service(broker_users_made: str, broker: BrokerClient, service: str) -> None:
    publisher = ConfirmedPublisher(as_user(broker_users_made, ASKS))

    publisher.publish([Outgoing(exchange=RPC, routing_key=f"{service}.write", data={"asked": service}, headers={})])
    publisher.drop()

    assert broker.next_message(rpc_queue(service)).payload == {"asked": service}


def test_a_caller_has_a_queue_for_its_answers(channel_of: Any) -> None:
    answers = a_queue_for_answers(str(uuid4()))(channel_of(ASKS))

    answers.declare()

    assert answers.get() is None
    answers.delete()


CALLER_REFUSED = {
    "hear an event": lambda channel: Queue("sample.inbox")(channel).get(),
    "listen to what others ask": lambda channel: a_queue_for_answers("source.*")(channel).declare(),
    "listen to everything that is asked and answered": lambda channel: a_queue_for_answers("#")(channel).declare(),
    "have a queue of another name": lambda channel: a_queue_for_answers(str(uuid4()), named="x-")(channel).declare(),
    "bind its answers to events": lambda channel: Queue(
        f"rpc.reply-{ASKS}-{uuid4()}", Exchange("sample.events", type="topic", no_declare=True), routing_key="#"
    )(channel).declare(),
}


@pytest.mark.parametrize("attempt", CALLER_REFUSED.values(), ids=CALLER_REFUSED.keys())
def test_a_caller_is_refused(attempt: Any, channel_of: Any) -> None:
    with pytest.raises(AccessRefused):
        attempt(channel_of(ASKS))


@pytest.mark.parametrize(("exchange", "key"), [("sample.events", "thing.happened"), ("", "sample.inbox")])
def test_a_caller_cannot_publish_an_event(exchange: str, key: str, broker_users_made: str) -> None:
    publisher = ConfirmedPublisher(as_user(broker_users_made, ASKS))

    with pytest.raises(NotConfirmed, match="AccessRefused"):
        publisher.publish([Outgoing(exchange=exchange, routing_key=key, data={}, headers={})])


def test_a_service_is_refused_the_database_of_another(database_users_made: str) -> None:
    with MongoClient[Any](as_user(database_users_made, "sample")) as client:
        client["sample"]["things"].insert_one({})
        for attempt in (client["source"]["things"].find_one, client["source"].list_collection_names):
            with pytest.raises(OperationFailure, match="not authorized"):
                attempt()
        with pytest.raises(OperationFailure, match="not authorized"):
            client["source"]["things"].insert_one({})
        assert client.list_database_names() == ["sample"]


def test_a_service_changes_how_long_its_own_database_keeps_things(database_users_made: str) -> None:
    with MongoClient[Any](as_user(database_users_made, "sample")) as client:
        kept = client["sample"]["kept"]
        index = kept.create_index("at", expireAfterSeconds=60)
        client["sample"].command("collMod", "kept", index={"name": index, "expireAfterSeconds": 90})

        assert kept.index_information()[index]["expireAfterSeconds"] == 90
        kept.drop()


def test_users_of_the_database_are_made_again_with_another_password(database_users_made: str) -> None:
    changed = [DatabaseUser(name="sample", password="another", database="sample")]
    database_users.make_users(changed, mongo_uri=database_users_made)

    with MongoClient[Any](as_user(database_users_made, "sample").replace(":sample@", ":another@")) as client:
        assert client["sample"]["things"].find_one({"_id": 0}) is None


@pytest.fixture
def as_backup(guarded_database: str) -> Iterator[MongoClient[Any]]:
    """The user who takes backups of two databases, of which one keeps something."""
    with MongoClient[Any](guarded_database) as administrator:
        for name in ("sample", "source", "foreign"):
            administrator.drop_database(name)
            administrator[name]["outbox"].insert_one({"_id": "evt_1", "published_at": None})
    user = BackupUser(name="backup", password="backup", databases=["sample", "source"])
    for _ in range(2):  # repeatable
        database_users.make_users([user], mongo_uri=guarded_database)
    with MongoClient[Any](as_user(guarded_database, "backup"), tz_aware=True) as client:
        yield client


def test_who_takes_backups_can_take_one_and_note_that_it_did(as_backup: MongoClient[Any], tmp_path: Path) -> None:
    databases = {name: as_backup[name] for name in ("sample", "source")}
    at = datetime(2026, 6, 1, 9, tzinfo=UTC)

    for number in (1, 2):
        folder = tmp_path / str(number)
        taken = snapshot.take(databases, folder, at=at, versions={}, print_line=lambda _: None)

    store = store_of(databases["sample"], service="sample")
    action = AuditedAction(operation="sample.back_up", scope=PLATFORM, about=())
    record_operator(store, action, detail="to a folder", cause=Cause(correlation_id="cmd_1"))

    assert taken.documents == 2
    noted = [last_backup(each) for each in databases.values()]
    assert [each.taken_at for each in noted if each] == [at, at]


@pytest.mark.parametrize(
    ("database", "deed"),
    [
        ("sample", lambda database: database["outbox"].insert_one({"_id": "evt_2"})),
        ("sample", lambda database: database["outbox"].delete_one({"_id": "evt_1"})),
        ("sample", lambda database: database.command("dropDatabase")),
        ("sample", lambda database: database["last_backup"].drop()),
        ("sample", lambda database: database["audit_records"].delete_one({})),
        ("foreign", lambda database: database["outbox"].find_one()),
        ("admin", lambda database: database.command("usersInfo", 1)),
    ],
    ids=["write", "remove", "drop", "drop its note", "remove a record", "read another's", "see users"],
)
def test_who_takes_backups_may_do_nothing_else(as_backup: MongoClient[Any], database: str, deed: Any) -> None:
    with pytest.raises(OperationFailure, match="not authorized"):
        deed(as_backup[database])
