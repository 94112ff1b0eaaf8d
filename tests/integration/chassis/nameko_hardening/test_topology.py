"""Queues, connections and rights; each against stock nameko."""

from collections.abc import Iterator
from typing import Any

import pytest
from amqp.exceptions import PreconditionFailed
from kombu import Connection, Queue

from chassis.messaging.topology import TopologyMismatch, declare
from tests.integration.chassis.broker_client import BrokerClient
from tests.integration.chassis.nameko_hardening.broker_admin import BrokerAdmin
from tests.integration.chassis.nameko_hardening.faulty_services import STOCK_QUEUE
from tests.integration.chassis.nameko_hardening.service_processes import STARTED, ServiceProcesses
from tests.waiting import eventually

# As the design has them, not as the chassis does.
SAFE = {
    "x-queue-type": "quorum",
    "x-dead-letter-exchange": "",
    "x-dead-letter-strategy": "at-least-once",
    "x-overflow": "reject-publish",
}
DESIGNED = {
    "faulty.inbox": {**SAFE, "x-dead-letter-routing-key": "faulty.dead", "x-delivery-limit": 20},
    "faulty.wait.1s": {**SAFE, "x-dead-letter-routing-key": "faulty.inbox", "x-message-ttl": 1000},
    "faulty.dead": {**SAFE, "x-dead-letter-routing-key": "faulty.parked", "x-delivery-limit": 20},
    "faulty.parked": {"x-queue-type": "quorum"},
}


def done(database: Any) -> list[str]:
    return sorted(each["text"] for each in database["done"].find())


def connections(broker_admin: BrokerAdmin, processes: ServiceProcesses, **kind: str) -> int:
    """How many connections one more process has to the broker."""
    before = len(broker_admin.list("connections", "pid"))
    for run, name in kind.items():
        getattr(processes, run)(name)
    return len(broker_admin.list("connections", "pid")) - before


def test_2_14_four_reactions_need_no_more_connections_than_one(
    processes: ServiceProcesses, broker_admin: BrokerAdmin
) -> None:
    assert connections(broker_admin, processes, run="FourReactions") == connections(
        broker_admin, processes, run="FaultyService"
    )


def test_2_14_stock_nameko_has_a_connection_for_each_handler(
    processes: ServiceProcesses, broker_admin: BrokerAdmin
) -> None:
    of_one_handler_and_calls = connections(broker_admin, processes, run_stock="StockFaultyService")

    assert of_one_handler_and_calls == 2
    assert connections(broker_admin, processes, run_stock="StockFourReactions") == 4


def test_2_15_a_reaction_with_another_name_hears_what_waited_for_the_old_one(
    processes: ServiceProcesses, broker: BrokerClient, database: Any
) -> None:
    processes.run("FaultyService").process.stop()
    broker.publish_event(text="meanwhile")

    processes.run("Renamed")

    eventually(lambda: done(database) == ["meanwhile"])


def test_2_15_stock_nameko_leaves_it_in_a_queue_that_nobody_hears(
    processes: ServiceProcesses, broker: BrokerClient, database: Any
) -> None:
    processes.run_stock("StockFaultyService").process.stop()
    broker.publish_event(text="meanwhile")

    processes.run_stock("StockRenamed")

    broker.publish_event(text="later")
    eventually(lambda: done(database) == ["later"])
    assert broker.length(STOCK_QUEUE) == 2  # and every later one beside it


def test_2_16_the_queues_have_the_arguments_that_keep_messages_safe(
    processes: ServiceProcesses, broker: BrokerClient, broker_admin: BrokerAdmin
) -> None:
    processes.prepare("FaultyService")

    queues = {each["name"]: each["arguments"] for each in broker_admin.list("queues", "name", "arguments")}

    for name, arguments in DESIGNED.items():
        assert {argument: value for argument, _type, value in queues[name]} == arguments


def test_2_16_stock_nameko_has_none_and_cannot_be_given_any_later(
    processes: ServiceProcesses, broker: BrokerClient, broker_admin: BrokerAdmin, amqp_uri: str
) -> None:
    processes.run_stock("StockFaultyService")

    queues = {each["name"]: each["arguments"] for each in broker_admin.list("queues", "name", "arguments")}

    # RabbitMQ 4 adds the type itself.
    assert [each for each in queues[STOCK_QUEUE] if each[0] != "x-queue-type"] == []
    with Connection(amqp_uri) as connection, pytest.raises(PreconditionFailed):
        Queue(STOCK_QUEUE, durable=True, queue_arguments=SAFE)(connection.channel()).queue_declare()


@pytest.fixture
def without_configure(broker_admin: BrokerAdmin, amqp_uri: str) -> Iterator[str]:
    """A user who may read and write everything, and declare nothing."""
    broker_admin.add_user("reader", configure="^$", write=".*", read=".*")
    yield amqp_uri.replace("guest:guest", "reader:reader")
    broker_admin.delete_user("reader")


def test_2_19_a_user_who_may_declare_nothing_runs_a_service_whose_topology_is_there(
    without_configure: str, processes: ServiceProcesses, broker: BrokerClient, database: Any
) -> None:
    processes.prepare("FaultyService")

    processes.run("FaultyService", AMQP_URI=without_configure)

    broker.publish_event(text="x")
    eventually(lambda: done(database) == ["x"])


def test_2_19_what_is_missing_is_named_to_a_user_who_may_not_declare_it(
    broker: BrokerClient, without_configure: str
) -> None:
    with pytest.raises(TopologyMismatch, match=r"faulty\.\w+ is not there, and this user may not declare it"):
        declare(without_configure, service="faulty", hears=[], wait_seconds=[1])


def test_2_19_stock_nameko_does_not_start_for_such_a_user(without_configure: str, processes: ServiceProcesses) -> None:
    processes.run_stock("StockFaultyService").process.stop()

    refused = processes.run_stock("StockFaultyService", amqp_uri=without_configure, ready="ACCESS_REFUSED")

    with pytest.raises(AssertionError, match="not within 3"):
        eventually(lambda: refused.logged(STARTED), within=3)
    refused.process.kill()


def test_operations_3_1_what_was_said_before_a_hearer_first_ran_is_heard(
    processes: ServiceProcesses, broker: BrokerClient, database: Any
) -> None:
    processes.prepare("FaultyService")
    for text in "abc":
        broker.publish_event(text=text)

    processes.run("FaultyService")

    eventually(lambda: done(database) == ["a", "b", "c"])


def test_operations_3_1_stock_nameko_never_hears_it(
    processes: ServiceProcesses, broker: BrokerClient, database: Any
) -> None:
    for text in "abc":
        broker.publish_event(text=text)

    processes.run_stock("StockFaultyService")

    broker.publish_event(text="d")
    eventually(lambda: done(database) == ["d"])
