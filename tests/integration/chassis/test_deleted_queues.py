"""A queue that somebody deletes under a running service: it says which, and what to do, and goes on afterwards."""

from typing import Any

import pytest

from chassis.messaging import topology
from tests.integration.chassis.broker_client import BrokerClient
from tests.integration.chassis.conftest import ServiceProcess
from tests.integration.chassis.test_rpc_server import ask
from tests.waiting import eventually


def missing(sample_service: ServiceProcess, queue: str) -> list[str]:
    return [line for line in sample_service.lines if "queue_missing" in line and f"no queue '{queue}'" in line]


def apply_topology(amqp_uri: str) -> None:
    topology.declare(amqp_uri, service="sample", hears=["source.thing.happened"], wait_seconds=[1])


@pytest.mark.parametrize("queue", ["sample.inbox", "sample.dead", "rpc-sample"])
def test_a_deleted_queue_is_named_with_what_to_do_at_growing_intervals(
    sample_service: ServiceProcess, broker: BrokerClient, queue: str
) -> None:
    broker.delete(queue)

    eventually(lambda: len(missing(sample_service, queue)) == 3, within=20)

    assert "`topology apply`" in missing(sample_service, queue)[0]
    assert [line.partition('"looks": ')[2][:1] for line in missing(sample_service, queue)] == ["1", "2", "4"]
    assert not sample_service.logged("Connection to broker lost")


def test_once_the_queues_are_there_again_it_goes_on_by_itself(
    sample_service: ServiceProcess, broker: BrokerClient, database: Any, amqp_uri: str
) -> None:
    for queue in ("sample.inbox", "sample.dead", "rpc-sample"):
        broker.delete(queue)
        eventually(lambda queue=queue: missing(sample_service, queue))

    apply_topology(amqp_uri)
    broker.publish_event(text="heard again")
    broker.publish_event(text="refused", mood="refused")

    eventually(lambda: database["counted"].count_documents({"text": "heard again"}) == 1)
    eventually(lambda: database["dead_letters"].count_documents({}) == 1)
    eventually(lambda: topology.is_consumed(amqp_uri, "rpc-sample"))
    assert "ok" in ask(broker, "write", command_id="a", text="hello")["result"]
