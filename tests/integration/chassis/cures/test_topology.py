"""Queues, connections and rights; each against stock nameko."""

from collections.abc import Iterator
from typing import Any

import pytest
from amqp.exceptions import PreconditionFailed
from kombu import Connection, Queue

from chassis.messaging.topology import TopologyMismatch, declare
from tests.integration.chassis.broker_client import Broker
from tests.integration.chassis.cures.broker_admin import BrokerTools
from tests.integration.chassis.cures.faulty_services import STOCK_QUEUE
from tests.integration.chassis.cures.service_processes import STARTED, Host
from tests.waiting import eventually

# As the design has them, not as the chassis does.
SAFE = {
    "x-queue-type": "quorum",
    "x-dead-letter-exchange": "",
    "x-dead-letter-strategy": "at-least-once",
    "x-overflow": "reject-publish",
}
DESIGNED = {
    "troubled.inbox": {**SAFE, "x-dead-letter-routing-key": "troubled.dead", "x-delivery-limit": 20},
    "troubled.wait.1s": {**SAFE, "x-dead-letter-routing-key": "troubled.inbox", "x-message-ttl": 1000},
    "troubled.dead": {"x-queue-type": "quorum"},
}


def done(database: Any) -> list[str]:
    return sorted(each["text"] for each in database["done"].find())


def connections(broker_tools: BrokerTools, host: Host, **kind: str) -> int:
    """How many connections one more process has to the broker."""
    before = len(broker_tools.list("connections", "pid"))
    for run, name in kind.items():
        getattr(host, run)(name)
    return len(broker_tools.list("connections", "pid")) - before


def test_2_14_four_reactions_need_no_more_connections_than_one(host: Host, broker_tools: BrokerTools) -> None:
    assert connections(broker_tools, host, run="FourEars") == connections(broker_tools, host, run="Troubled")


def test_2_14_stock_nameko_has_a_connection_for_each_handler(host: Host, broker_tools: BrokerTools) -> None:
    of_one_handler_and_calls = connections(broker_tools, host, run_stock="StockTroubled")

    assert of_one_handler_and_calls == 2
    assert connections(broker_tools, host, run_stock="StockFourEars") == 4


def test_2_15_a_reaction_with_another_name_hears_what_waited_for_the_old_one(
    host: Host, broker: Broker, database: Any
) -> None:
    host.run("Troubled").process.stop()
    broker.happen(text="meanwhile")

    host.run("Renamed")

    eventually(lambda: done(database) == ["meanwhile"])


def test_2_15_stock_nameko_leaves_it_in_a_queue_that_nobody_hears(host: Host, broker: Broker, database: Any) -> None:
    host.run_stock("StockTroubled").process.stop()
    broker.happen(text="meanwhile")

    host.run_stock("StockRenamed")

    broker.happen(text="later")
    eventually(lambda: done(database) == ["later"])
    assert broker.length(STOCK_QUEUE) == 2  # and every later one beside it


def test_2_16_the_queues_have_the_arguments_that_keep_messages_safe(
    host: Host, broker: Broker, broker_tools: BrokerTools
) -> None:
    host.prepare("Troubled")

    queues = {each["name"]: each["arguments"] for each in broker_tools.list("queues", "name", "arguments")}

    for name, arguments in DESIGNED.items():
        assert {argument: value for argument, _type, value in queues[name]} == arguments


def test_2_16_stock_nameko_has_none_and_cannot_be_given_any_later(
    host: Host, broker: Broker, broker_tools: BrokerTools, amqp_uri: str
) -> None:
    host.run_stock("StockTroubled")

    queues = {each["name"]: each["arguments"] for each in broker_tools.list("queues", "name", "arguments")}

    assert queues[STOCK_QUEUE] == []
    with Connection(amqp_uri) as connection, pytest.raises(PreconditionFailed):
        Queue(STOCK_QUEUE, durable=True, queue_arguments=SAFE)(connection.channel()).queue_declare()


@pytest.fixture
def without_configure(broker_tools: BrokerTools, amqp_uri: str) -> Iterator[str]:
    """A user who may read and write everything, and declare nothing."""
    broker_tools.let_in("reader", configure="^$", write=".*", read=".*")
    yield amqp_uri.replace("guest:guest", "reader:reader")
    broker_tools.shut_out("reader")


def test_2_19_a_user_who_may_declare_nothing_runs_a_service_whose_topology_is_there(
    without_configure: str, host: Host, broker: Broker, database: Any
) -> None:
    host.prepare("Troubled")

    host.run("Troubled", AMQP_URI=without_configure)

    broker.happen(text="x")
    eventually(lambda: done(database) == ["x"])


def test_2_19_what_is_missing_is_named_to_a_user_who_may_not_declare_it(broker: Broker, without_configure: str) -> None:
    with pytest.raises(TopologyMismatch, match=r"troubled\.\w+ is not there, and this user may not declare it"):
        declare(without_configure, service="troubled", hears=[], wait_seconds=[1])


def test_2_19_stock_nameko_does_not_start_for_such_a_user(without_configure: str, host: Host) -> None:
    host.run_stock("StockTroubled").process.stop()

    refused = host.run_stock("StockTroubled", amqp_uri=without_configure, ready="ACCESS_REFUSED")

    with pytest.raises(AssertionError, match="not within 3"):
        eventually(lambda: refused.said(STARTED), within=3)
    refused.process.kill()


def test_operations_3_1_what_was_said_before_a_hearer_first_ran_is_heard(
    host: Host, broker: Broker, database: Any
) -> None:
    host.prepare("Troubled")
    for text in "abc":
        broker.happen(text=text)

    host.run("Troubled")

    eventually(lambda: done(database) == ["a", "b", "c"])


def test_operations_3_1_stock_nameko_never_hears_it(host: Host, broker: Broker, database: Any) -> None:
    for text in "abc":
        broker.happen(text=text)

    host.run_stock("StockTroubled")

    broker.happen(text="d")
    eventually(lambda: done(database) == ["d"])
