"""nameko's service container, in which an error before a worker starts fails only that worker."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from eventlet import Event, getcurrent
from nameko.containers import ServiceContainer, WorkerContext
from nameko.exceptions import ContainerBeingKilled


class Worker(WorkerContext):
    """One run of an entrypoint's method; without nameko's call ids, for causes and traces say what called it."""

    def _make_call_id(self) -> str:
        return ""

    def _make_call_id_stack(self) -> list[str]:
        return []


class Outcome:
    """Takes the result of a worker, or its error, for whoever waits for it in the same thread."""

    def __call__(self, _worker: Worker, result: Any, exc_info: Any) -> tuple[Any, Any]:
        """Keep how a worker ended."""
        self._result, self._error = result, exc_info and exc_info[1]
        return result, exc_info

    def result(self) -> Any:
        """Return the result, or raise the error."""
        try:
            if self._error:
                raise self._error
            return self._result
        finally:
            del self._error  # it refers to the frames that refer to this: without the cycle all are freed at once


class SafeContainer(ServiceContainer):
    """Turns an error in a worker's setup into an error of that worker.

    2.17: stock nameko ends the whole process, and the redelivered message then ends the next one.
    Workers are run as stock nameko runs them, without its call ids and the seven debug lines about each worker, which
    cost a tenth of what it takes to answer a call.
    """

    def spawn_worker(
        self,
        entrypoint: Any,
        args: Sequence[Any],
        kwargs: Mapping[str, Any],
        context_data: dict[str, Any] | None = None,
        handle_result: Callable[..., Any] | None = None,
    ) -> Worker:
        """Run the entrypoint's method in a thread of the pool, waiting for a free one; raises ContainerBeingKilled."""
        worker = self._new_worker(entrypoint, args, kwargs, context_data)
        thread = self._worker_pool.spawn(self._run_worker, worker, handle_result)
        self._worker_threads[worker] = thread
        thread.link(self._handle_worker_thread_exited, worker)
        return worker

    def run_worker(self, entrypoint: Any, *args: Any) -> Any:
        """Run the entrypoint's method in this thread, which has a `place_in_pool`, as in a thread of its own.

        Returns its result; raises what it raises, or ContainerBeingKilled.
        """
        worker, ended = self._new_worker(entrypoint, args, {}), Outcome()
        self._run_worker(worker, ended)
        return ended.result()

    @contextmanager
    def place_in_pool(self) -> Iterator[None]:
        """Wait for a free place in the worker pool and occupy it; a container that stops waits until it is left."""
        pool, thread = self._worker_pool, getcurrent()
        pool.sem.acquire()
        if not pool.coroutines_running:
            pool.no_coros_running = Event()
        pool.coroutines_running.add(thread)
        try:
            yield
        finally:
            pool._spawn_done(thread)

    def has_free_worker(self) -> bool:
        """Whether `spawn_worker` would not wait, and nobody else waits."""
        return bool(self._worker_pool.sem.balance > 0)

    def _new_worker(self, entrypoint: Any, args: Any, kwargs: Any, data: dict[str, Any] | None = None) -> Worker:
        if self._being_killed:
            raise ContainerBeingKilled
        return Worker(self, self.service_cls(), entrypoint, args, kwargs, data=data)

    def _run_worker(self, worker_ctx: Worker, handle_result: Callable[..., Any] | None) -> None:
        self._inject_dependencies(worker_ctx)
        self._worker_setup(worker_ctx)
        result = exc_info = None
        try:
            method = getattr(worker_ctx.service, worker_ctx.entrypoint.method_name)
            result = method(*worker_ctx.args, **worker_ctx.kwargs)
        except Exception:  # whoever handles the result logs it
            exc_info = sys.exc_info()
        if handle_result is not None:
            result, exc_info = handle_result(worker_ctx, result, exc_info)
        self._worker_result(worker_ctx, result, exc_info)
        del exc_info  # it refers to this frame: without the cycle, both are freed at once
        self._worker_teardown(worker_ctx)

    def _inject_dependencies(self, worker_ctx: Any) -> None:
        _fail_worker_on_error(super()._inject_dependencies, worker_ctx)

    def _worker_setup(self, worker_ctx: Any) -> None:
        _fail_worker_on_error(super()._worker_setup, worker_ctx)


def _fail_worker_on_error(prepare: Callable[[Any], None], worker_ctx: Any) -> None:
    try:
        prepare(worker_ctx)
    except Exception as error:
        setattr(worker_ctx.service, worker_ctx.entrypoint.method_name, _raising(error))


def _raising(error: Exception) -> Callable[..., Any]:
    def fail(*_: Any, **__: Any) -> Any:
        raise error

    return fail
