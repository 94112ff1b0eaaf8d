"""nameko's container, in which work that cannot begin fails like any other work."""

from collections.abc import Callable
from typing import Any

from nameko.containers import ServiceContainer


class SafeContainer(ServiceContainer):
    """Lets what fails before a worker begins fail that worker alone.

    2.17: stock nameko ends the whole process, and gives the message to the next one to end of.
    """

    def _inject_dependencies(self, worker_ctx: Any) -> None:
        _or_let_it_fail(super()._inject_dependencies, worker_ctx)

    def _worker_setup(self, worker_ctx: Any) -> None:
        _or_let_it_fail(super()._worker_setup, worker_ctx)


def _or_let_it_fail(prepare: Callable[[Any], None], worker_ctx: Any) -> None:
    try:
        prepare(worker_ctx)
    except Exception as error:
        setattr(worker_ctx.service, worker_ctx.entrypoint.method_name, _failing_with(error))


def _failing_with(error: Exception) -> Callable[..., Any]:
    def fail(*_: Any, **__: Any) -> Any:
        raise error

    return fail
