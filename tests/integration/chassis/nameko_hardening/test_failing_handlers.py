"""Work that fails: what happens to it, and to what comes after it; each against stock nameko."""

from typing import Any

import pytest

from tests.integration.chassis.broker_client import BrokerClient
from tests.integration.chassis.nameko_hardening.faulty_services import STOCK_QUEUE
from tests.integration.chassis.nameko_hardening.service_processes import ServiceProcesses
from tests.waiting import eventually

TRIES = 4
"""Of one attempt: the first, and three more at once."""


def begun(database: Any, text: str) -> int:
    return int(database["begun"].count_documents({"text": text}))


def done(database: Any) -> list[str]:
    return sorted(each["text"] for each in database["done"].find())


def first_dead(database: Any) -> Any:
    return eventually(lambda: database["dead_letters"].find_one())


def test_2_2_what_always_fails_is_tried_so_often_and_not_more(
    processes: ServiceProcesses, broker: BrokerClient, database: Any
) -> None:
    processes.run("FaultyService")

    broker.publish_event(text="x", mood="broken")

    assert first_dead(database)["attempts"] == 2  # at first, and after its one retry step
    assert begun(database, "x") == 2 * TRIES


def test_2_2_stock_nameko_requeues_without_end(
    processes: ServiceProcesses, broker: BrokerClient, database: Any
) -> None:
    processes.run_stock("StockRequeueing")

    broker.publish_event(text="x", mood="broken")

    eventually(lambda: begun(database, "x") > 20 * TRIES)


@pytest.mark.parametrize(
    ("mood", "error"),
    [("endless", "ReactionTimedOut: over 1.0 s"), ("timed out", "ReactionTimedOut: a limit of its own: 0.5 seconds")],
)
def test_2_7_a_reaction_that_takes_too_long_leaves_its_place_to_the_next(
    processes: ServiceProcesses, broker: BrokerClient, database: Any, mood: str, error: str
) -> None:
    processes.run("FaultyService", WORKERS=1, REACTION_LIMIT_SECONDS=1)

    broker.publish_event(text="x", mood=mood)
    broker.publish_event(text="next")

    assert first_dead(database)["error"] == error
    assert done(database) == ["next"]


def test_2_7_stock_nameko_never_gives_the_place_of_a_timeout_back(
    processes: ServiceProcesses, broker: BrokerClient, database: Any
) -> None:
    processes.run_stock("StockFaultyService", PREFETCH_COUNT=1)

    broker.publish_event(text="x", mood="timed out")
    eventually(lambda: begun(database, "x") == 1)
    broker.publish_event(text="next")

    with pytest.raises(AssertionError, match="not within 3"):
        eventually(lambda: done(database) == ["next"], within=3)
    assert broker.length(STOCK_QUEUE) == 1


@pytest.mark.parametrize("name", ["MissingDependency", "FailingSetup"])
def test_2_17_what_fails_before_the_work_begins_fails_like_the_work(
    processes: ServiceProcesses, broker: BrokerClient, database: Any, name: str
) -> None:
    service = processes.run(name)

    broker.publish_event(text="x")

    dead = first_dead(database)
    assert dead["error"].startswith("LookupError: it is")
    assert dead["attempts"] == 2
    assert done(database) == []
    assert service.is_running


@pytest.mark.parametrize("name", ["StockMissingDependency", "StockFailingSetup"])
def test_2_17_stock_nameko_dies_of_what_fails_before_the_work_begins(
    processes: ServiceProcesses, broker: BrokerClient, name: str
) -> None:
    service = processes.run_stock(name)

    broker.publish_event(text="x")

    eventually(lambda: not service.is_running)
    eventually(lambda: broker.length(STOCK_QUEUE) == 1)  # for the next process to die of
