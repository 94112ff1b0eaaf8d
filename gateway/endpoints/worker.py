"""The base of all entrypoints of the gateway: a worker of the pool does the call, within a deadline."""

from contextlib import nullcontext
from typing import Any

from eventlet import Timeout
from nameko import config
from nameko.web.handlers import HttpRequestHandler

from chassis.domain.faults import Fault
from chassis.rpc.client import Result
from gateway.endpoints.aggregation import Call, PageQuery
from gateway.endpoints.server import Server

REPLY_MARGIN_SECONDS = 0.5
"""What a worker may take, after the deadline of its call, to return what it has."""


class WorkerEntrypoint(HttpRequestHandler):
    """An entrypoint on one route; a worker of the pool runs its method."""

    server = Server()
    worker_share: Any = nullcontext()
    """What has to be held to use a worker; none for those who may use all."""

    def __init__(self, route: Any, **kwargs: Any) -> None:
        """Answer on `route`."""
        self.route = route
        super().__init__(route.method, route.path, **kwargs)

    def stop(self) -> None:
        """Close the listening socket before waiting for the pool, so that the pool drains."""
        self.server.close()
        super().stop()

    def run_in_worker(self, call: Call | PageQuery) -> Result:
        """Return what a worker answers to the call; waiting for a free worker counts. Raises Fault."""
        if self.server.is_closed:
            raise Fault(kind="unavailable", code="stopping", message="This gateway is about to stop")
        seconds = config["RPC_DEADLINE_SECONDS"]
        fault = Fault(kind="unavailable", code="overloaded", message="Too many requests are waiting for a worker")
        try:
            with Timeout(seconds + REPLY_MARGIN_SECONDS), self.worker_share, self.container.place_in_pool():
                fault = Fault(kind="late", code="deadline_exceeded", message=f"There was no answer in {seconds:g} s")
                answer: Result = self.container.run_worker(self, call)
                return answer
        except Timeout:
            raise fault from None
