"""Processes that are told to stop, or lose the broker, while they work; each against stock nameko."""

from collections import Counter
from threading import Thread
from typing import Any

from chassis.messaging.consumer import SafeConsumer
from dev.chaos.proxy import Proxy
from tests.integration.chassis.broker_client import Broker
from tests.integration.chassis.cures.service_processes import Host, terminate
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
    host: Host, broker: Broker, database: Any
) -> None:
    first = host.run("Troubled", WORKERS=2)
    for text in TEXTS:
        broker.happen(text=text, mood="slow")
    eventually(lambda: begun_by(database, first) == 2)
    second = host.run("Troubled", WORKERS=2)

    terminate(first)

    assert first.process.wait_for_end(GRACE_SECONDS)
    assert first.process.how_it_ended() == "ended with exit code 0"
    eventually(lambda: done(database) == TEXTS)
    assert begun(database) == Counter(TEXTS)
    assert begun_by(database, first) + begun_by(database, second) == len(TEXTS)


def test_2_4_and_operations_3_2_stock_nameko_goes_on_with_what_another_is_given(
    host: Host, broker: Broker, database: Any
) -> None:
    first = host.run_stock("StockTroubled", max_workers=2)
    for text in TEXTS:
        broker.happen(text=text, mood="slow")
    eventually(lambda: begun_by(database, first) == 2)
    host.run_stock("StockTroubled", max_workers=2)

    terminate(first)

    eventually(lambda: len(done(database)) > len(TEXTS))


def test_2_5_a_connection_that_is_lost_while_a_reaction_runs_leaves_one_effect(
    host: Host, broker: Broker, database: Any, wire: Proxy, wired_uri: str
) -> None:
    service = host.run("Troubled", AMQP_URI=wired_uri)
    broker.happen(text="x", mood="slow")
    eventually(lambda: begun(database)["x"] == 1)

    wire.cut()

    eventually(lambda: service.said("duplicate_suppressed"))  # the broker has given it out again
    eventually(lambda: broker.is_empty("troubled.inbox"))
    assert done(database) == ["x"]


def test_2_5_stock_nameko_has_the_effect_of_both_copies(
    host: Host, broker: Broker, database: Any, wire: Proxy, wired_uri: str
) -> None:
    host.run_stock("StockTroubled", amqp_uri=wired_uri)
    broker.happen(text="x", mood="slow")
    eventually(lambda: begun(database)["x"] == 1)

    wire.cut()

    eventually(lambda: done(database) == ["x", "x"])


def test_operations_3_3_a_consumer_that_the_broker_does_not_let_in_ends_when_asked(amqp_uri: str) -> None:
    unknown = amqp_uri.replace("guest:guest", "nobody:nothing")
    consumer = SafeConsumer(unknown, queues=[], callbacks=[], prefetch_count=1)
    running = Thread(target=consumer.run, daemon=True)
    running.start()

    Thread(target=consumer.stop, daemon=True).start()

    running.join(5)
    assert not running.is_alive()


def test_operations_3_3_a_process_that_lost_the_broker_at_work_ends_by_its_deadline(
    host: Host, broker: Broker, database: Any, wire: Proxy, wired_uri: str
) -> None:
    service = host.run("Troubled", AMQP_URI=wired_uri, REACTION_LIMIT_SECONDS=3, STOP_DEADLINE_SECONDS=4)
    broker.happen(text="x", mood="endless")
    eventually(lambda: begun(database)["x"] == 1)

    wire.freeze()
    terminate(service)

    assert service.process.wait_for_end(GRACE_SECONDS)
    assert service.said("stop_deadline_passed")


def test_operations_3_3_stock_nameko_waits_for_its_workers_for_ever(
    host: Host, broker: Broker, database: Any, wire: Proxy, wired_uri: str
) -> None:
    service = host.run_stock("StockTroubled", amqp_uri=wired_uri)
    broker.happen(text="x", mood="endless")
    eventually(lambda: begun(database)["x"] == 1)

    wire.freeze()
    terminate(service)

    assert not service.process.wait_for_end(GRACE_SECONDS)
    service.process.kill()
