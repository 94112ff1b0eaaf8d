"""How a container runs the methods of entrypoints: in threads of its pool, and in places of it."""

from collections.abc import Iterator

import eventlet
import pytest
from nameko import config
from nameko.exceptions import ContainerBeingKilled
from nameko.extensions import Entrypoint

from chassis.runtime.container import SafeContainer


class Greeter:
    name = "greeter"

    @Entrypoint.decorator
    def greet(self, whom: str) -> str:
        if not whom:
            raise LookupError("nobody")
        return f"Hello {whom}"


@pytest.fixture
def container() -> Iterator[SafeContainer]:
    with config.patch({"max_workers": 1}):
        yield SafeContainer(Greeter)


def entrypoint(container: SafeContainer) -> Entrypoint:
    (only,) = container.entrypoints
    return only


def test_a_method_is_run_in_the_thread_of_its_caller(container: SafeContainer) -> None:
    with container.place_in_pool():
        assert container.run_worker(entrypoint(container), "Anna") == "Hello Anna"


def test_an_error_of_the_method_is_raised_to_its_caller(container: SafeContainer) -> None:
    with container.place_in_pool(), pytest.raises(LookupError, match="nobody"):
        container.run_worker(entrypoint(container), "")


def test_a_container_that_is_killed_begins_nothing(container: SafeContainer) -> None:
    container.kill()

    with container.place_in_pool(), pytest.raises(ContainerBeingKilled):
        container.run_worker(entrypoint(container), "Anna")


def test_a_place_that_is_taken_is_one_of_the_worker_pool(container: SafeContainer) -> None:
    assert container.has_free_worker()

    with container.place_in_pool():
        assert not container.has_free_worker()
        second = eventlet.spawn(container.spawn_worker, entrypoint(container), ("Anna",), {})
        eventlet.sleep()
        assert container._worker_pool.waiting() == 1

    second.wait()
    assert container._worker_pool.waiting() == 0


def test_a_place_that_is_waited_for_is_not_free(container: SafeContainer) -> None:
    with container.place_in_pool():
        waiting = eventlet.spawn(container.spawn_worker, entrypoint(container), ("Anna",), {})
        eventlet.sleep()
    assert not container.has_free_worker()

    waiting.wait()
    container._worker_pool.waitall()
    assert container.has_free_worker()


def test_a_container_that_stops_waits_for_places_that_are_taken(container: SafeContainer) -> None:
    happened: list[str] = []
    with container.place_in_pool():
        stopping = eventlet.spawn(lambda: (container.stop(), happened.append("stopped")))
        eventlet.sleep()
        happened.append("answered")

    stopping.wait()
    assert happened == ["answered", "stopped"]


def test_a_worker_that_handles_its_result_is_told_of_error_or_result(container: SafeContainer) -> None:
    ended: list[object] = []

    def handle(_worker: object, result: object, exc_info: object) -> tuple[object, object]:
        ended.append(result or exc_info[1])
        return result, exc_info

    for whom in ("Anna", ""):
        container.spawn_worker(entrypoint(container), (whom,), {}, handle_result=handle)
    container._worker_pool.waitall()

    assert ended[0] == "Hello Anna"
    assert isinstance(ended[1], LookupError)
