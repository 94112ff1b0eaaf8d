"""nameko's service container, in which an error before a worker starts fails only that worker."""

from collections.abc import Callable
from typing import Any

from nameko.containers import ServiceContainer


class SafeContainer(ServiceContainer):
    """Turns an error in a worker's setup into an error of that worker.

    2.17: stock nameko ends the whole process, and the redelivered message then ends the next one.
    """

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
