"""What a subscriber's user can do at the real broker, and what it is refused: whatever only the institute may know."""

import json
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from amqp.exceptions import AccessRefused
from kombu import Connection, Exchange, Queue

from chassis.messaging import topology
from chassis.runtime.service import reactions
from cli.connection.services import services
from cli.local.errors import CannotStart
from cli.local.parts import Parts
from cli.local.rabbitmqctl import Rabbitmqctl
from cli.operations.subscribers import subscriber, vhost_of
from dev.generated.contracts import REPOSITORY
from tests.subscribers import create_subscriber
from tests.waiting import eventually

CONTRACTS = [json.loads(path.read_text()) for path in (REPOSITORY / "contracts" / "events").glob("*.json")]
MAY_READ = {each["title"] for each in CONTRACTS if each["x-audience"] in ("partner", "all")}
INTERNAL = {each["title"] for each in CONTRACTS if each["x-audience"] == "internal"}
NAME = f"warehouse_{uuid4().hex[:6]}"
QUEUE = f"subscriber-{NAME}.events"
OF_NAMEKO = f"evt-engagements-milestone.reached--{NAME}.note"
Channel = Any


@pytest.fixture(scope="module")
def node(parts: Parts) -> Rabbitmqctl:
    """The broker's own tool, on a broker that has what the services need."""
    for name, service in services().items():
        topology.declare(parts.amqp_uri, service=name, hears=reactions(service), wait_seconds=[1])
    return Rabbitmqctl(parts.supervisor.pids()["rabbitmq"])


@pytest.fixture(scope="module")
def address(node: Rabbitmqctl, amqp_uri: str) -> str:
    """Where a subscriber who may read the events of every partner signs in."""
    return create_subscriber(node, amqp_uri, NAME, every_partner=True)


@pytest.fixture
def channel(address: str) -> Iterator[Channel]:
    """What such a subscriber speaks through."""
    with Connection(address) as connection:
        yield connection.channel()


def exchange_of(type: str) -> str:
    return f"{type.partition('.')[0]}.events"


def key_of(type: str) -> str:
    return type.partition(".")[2]


@pytest.mark.parametrize("type", sorted(MAY_READ))
def test_it_binds_its_queue_to_every_event_that_may_leave_and_reads_it(
    channel: Channel, amqp_uri: str, type: str
) -> None:
    channel.queue_bind(QUEUE, exchange_of(type), key_of(type))

    with Connection(amqp_uri) as services_own:
        where = Exchange(exchange_of(type), type="topic", durable=True)
        services_own.Producer().publish({"of": type}, exchange=where, routing_key=key_of(type))

    message = eventually(lambda: channel.basic_get(QUEUE, no_ack=True))
    assert json.loads(message.body) == {"of": type}


@pytest.mark.parametrize("type", sorted(INTERNAL))
def test_it_is_refused_every_internal_event(channel: Channel, type: str) -> None:
    with pytest.raises(AccessRefused):
        channel.queue_bind(QUEUE, exchange_of(type), key_of(type))


@pytest.mark.parametrize("key", ["#", "*", "*.*", "invitation.*", "invitation.#", "*.freed", "", "#.freed"])
def test_it_is_refused_whatever_would_match_more_than_one_event(channel: Channel, key: str) -> None:
    with pytest.raises(AccessRefused):
        channel.queue_bind(QUEUE, "camps.events", key)


REFUSED: dict[str, Callable[[Channel], Any]] = {
    "declare a queue": lambda channel: channel.queue_declare("mine", durable=True),
    "declare a queue that would hold up the publisher": lambda channel: channel.queue_declare(
        QUEUE + ".2", durable=True, arguments={"x-max-length": 1, "x-overflow": "reject-publish"}
    ),
    "delete its queue, to declare it otherwise": lambda channel: channel.queue_delete(QUEUE),
    "declare a service's inbox": lambda channel: channel.queue_declare("camps.inbox", durable=True),
    "read a service's inbox": lambda channel: channel.basic_get("camps.inbox"),
    "consume a service's dead letters": lambda channel: channel.basic_consume("notifications.dead"),
    "read what a service is asked": lambda channel: channel.basic_get("rpc-partners"),
    "purge a service's inbox": lambda channel: channel.queue_purge("camps.inbox"),
    "bind to the calls of services": lambda channel: channel.queue_bind(QUEUE, "nameko-rpc", "#"),
    "bind to the broker's trace": lambda channel: channel.queue_bind(QUEUE, "amq.rabbitmq.trace", "#"),
    "have an exchange of its own": lambda channel: channel.exchange_declare("mine", "topic"),
    "lead events into another exchange": lambda channel: channel.exchange_bind("amq.topic", "camps.events", "#"),
    "delete an exchange": lambda channel: channel.exchange_delete("camps.events"),
}


@pytest.mark.parametrize("deed", REFUSED)
def test_it_is_refused_to(channel: Channel, deed: str) -> None:
    with pytest.raises(AccessRefused):
        REFUSED[deed](channel)


@pytest.mark.parametrize("exchange", ["engagements.events", "camps.events", "nameko-rpc", "amq.topic", ""])
def test_it_is_refused_to_publish_anywhere(address: str, exchange: str) -> None:
    with Connection(address, transport_options={"confirm_publish": True}) as connection, pytest.raises(AccessRefused):
        channel = connection.channel()
        channel.basic_publish_confirm(channel.prepare_message(b"{}"), exchange=exchange, routing_key="camps.inbox")


def test_without_more_rights_it_reads_only_what_is_for_all(node: Rabbitmqctl, amqp_uri: str) -> None:
    name = f"public_{uuid4().hex[:6]}"
    with Connection(create_subscriber(node, amqp_uri, name)) as connection:
        connection.channel().queue_bind(f"subscriber-{name}.events", "camps.events", "camp.announced")
        for exchange, key in (("camps.events", "invitation.issued"), ("engagements.events", "milestone.reached")):
            with pytest.raises(AccessRefused):
                connection.channel().queue_bind(f"subscriber-{name}.events", exchange, key)


def test_only_a_nameko_service_declares_queues_and_only_those_of_its_own_handlers(
    node: Rabbitmqctl, amqp_uri: str, channel: Channel
) -> None:
    with pytest.raises(AccessRefused):
        channel.queue_declare(OF_NAMEKO, durable=True)

    with Connection(create_subscriber(node, amqp_uri, NAME + "_n", every_partner=True, nameko=True)) as connection:
        own = OF_NAMEKO.replace(NAME, NAME + "_n")
        Queue(own, durable=True)(connection.channel()).queue_declare()
        for other in (OF_NAMEKO, "camps.inbox", f"{own}--other.note".replace(NAME, "x")):
            with pytest.raises(AccessRefused):
                connection.channel().queue_declare(other, durable=True)


def test_made_again_it_has_a_new_password_and_the_old_one_is_worth_nothing(node: Rabbitmqctl, amqp_uri: str) -> None:
    name = f"renewed_{uuid4().hex[:6]}"
    old = create_subscriber(node, amqp_uri, name)
    create_subscriber(node, amqp_uri, name)

    with pytest.raises(AccessRefused), Connection(old, transport_options={"max_retries": 1}) as connection:
        connection.connect()


@pytest.mark.parametrize("name", ["", "a", "Warehouse", "ware house", "camps.x", "a|b", "x" * 32, "1st"])
def test_a_name_that_could_mean_other_queues_is_refused(name: str) -> None:
    with pytest.raises(CannotStart, match="NAME is"):
        subscriber(name, every_partner=False, nameko=False)


@pytest.mark.parametrize(
    ("address", "vhost"),
    [
        ("amqp://b:1", "/"),
        ("amqp://b:1/", "/"),
        ("amqp://b:1//", "/"),
        ("amqp://b:1/%2F", "/"),
        ("amqp://b:1/t1", "t1"),
    ],
)
def test_the_virtual_host_is_that_of_the_brokers_address(address: str, vhost: str) -> None:
    assert vhost_of(address) == vhost
