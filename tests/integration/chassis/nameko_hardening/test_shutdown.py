"""Processes that are told to stop, or lose the broker, while they work; each against stock nameko."""

from collections import Counter
from threading import Thread
from typing import Any

from chassis.messaging.consumer import SafeConsumer
from dev.chaos.proxy import Proxy
from tests.integration.chassis.broker_client import BrokerClient
from tests.integration.chassis.nameko_hardening.service_processes import ServiceProcesses, terminate
from tests.waiting import eventually

GRACE_SECONDS = 10
"""What a deployment gives a process to end in; ours ends itself after STOP_DEADLINE_SECONDS at the latest."""
TEXTS = [f"x{number}" for number in range(6)]


def begun(database: Any) -> Counter[str]:
    return Counter(each["text"] for each in database["begun"].find())


def done(database: Any) -> list[str]:
    return sorted(each["text"] for each in database["done"].find())


def begun_by(database: Any, process: Any) -> int:
    return int(database["begun"].count_documents({"by": process.process.pid}))


def test_2_4_and_operations_3_2_a_process_that_stops_finishes_what_it_began_and_nothing_else(
    processes: ServiceProcesses, broker: BrokerClient, database: Any
) -> None:
    first = processes.run("FaultyService", WORKERS=2)
    for text in TEXTS:
        broker.publish_event(text=text, mood="slow")
    eventually(lambda: begun_by(database, first) == 2)
    second = processes.run("FaultyService", WORKERS=2)

    terminate(first)

    assert first.process.wait_for_end(GRACE_SECONDS)
    assert first.process.how_it_ended() == "ended with exit code 0"
    eventually(lambda: done(database) == TEXTS)
    assert begun(database) == Counter(TEXTS)
    assert begun_by(database, first) + begun_by(database, second) == len(TEXTS)


def test_2_4_and_operations_3_2_stock_nameko_goes_on_with_what_another_is_given(
    processes: ServiceProcesses, broker: BrokerClient, database: Any
) -> None:
    first = processes.run_stock("StockFaultyService", max_workers=2)
    for text in TEXTS:
        broker.publish_event(text=text, mood="slow")
    eventually(lambda: begun_by(database, first) == 2)
    processes.run_stock("StockFaultyService", max_workers=2)

    terminate(first)

    eventually(lambda: len(done(database)) > len(TEXTS))


def test_2_5_a_connection_that_is_lost_while_a_reaction_runs_leaves_one_effect(
    processes: ServiceProcesses, broker: BrokerClient, database: Any, broker_proxy: Proxy, proxied_uri: str
) -> None:
    service = processes.run("FaultyService", AMQP_URI=proxied_uri)
    broker.publish_event(text="x", mood="slow")
    eventually(lambda: begun(database)["x"] == 1)

    broker_proxy.cut()

    eventually(lambda: service.logged("duplicate_suppressed"))  # the broker has given it out again
    eventually(lambda: broker.is_empty("faulty.inbox"))
    assert done(database) == ["x"]


def test_2_5_stock_nameko_has_the_effect_of_both_copies(
    processes: ServiceProcesses, broker: BrokerClient, database: Any, broker_proxy: Proxy, proxied_uri: str
) -> None:
    processes.run_stock("StockFaultyService", amqp_uri=proxied_uri)
    broker.publish_event(text="x", mood="slow")
    eventually(lambda: begun(database)["x"] == 1)

    broker_proxy.cut()

    eventually(lambda: done(database) == ["x", "x"])


def test_operations_3_3_a_consumer_that_the_broker_does_not_let_in_ends_when_asked(amqp_uri: str) -> None:
    unknown = amqp_uri.replace("guest:guest", "nobody:nothing")
    consumer = SafeConsumer(unknown, queues=[], callbacks=[], prefetch_count=1)
    consuming = Thread(target=consumer.run, daemon=True)
    consuming.start()

    Thread(target=consumer.stop, daemon=True).start()

    consuming.join(5)
    assert not consuming.is_alive()


def test_operations_3_3_a_process_that_lost_the_broker_at_work_ends_by_its_deadline(
    processes: ServiceProcesses, broker: BrokerClient, database: Any, broker_proxy: Proxy, proxied_uri: str
) -> None:
    service = processes.run("FaultyService", AMQP_URI=proxied_uri, REACTION_LIMIT_SECONDS=3, STOP_DEADLINE_SECONDS=4)
    broker.publish_event(text="x", mood="endless")
    eventually(lambda: begun(database)["x"] == 1)

    broker_proxy.freeze()
    terminate(service)

    assert service.process.wait_for_end(GRACE_SECONDS)
    assert service.logged("stop_deadline_passed")


def test_operations_3_3_stock_nameko_waits_for_its_workers_for_ever(
    processes: ServiceProcesses, broker: BrokerClient, database: Any, broker_proxy: Proxy, proxied_uri: str
) -> None:
    service = processes.run_stock("StockFaultyService", amqp_uri=proxied_uri)
    broker.publish_event(text="x", mood="endless")
    eventually(lambda: begun(database)["x"] == 1)

    broker_proxy.freeze()
    terminate(service)

    assert not service.process.wait_for_end(GRACE_SECONDS)
    service.process.kill()
