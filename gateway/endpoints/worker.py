"""What every entrypoint of the gateway does: have a worker of the pool ask, and wait for the answer in time."""

from functools import partial
from typing import Any

from eventlet import Timeout
from eventlet.event import Event
from nameko import config
from nameko.web.handlers import HttpRequestHandler

from chassis.domain.faults import Fault
from chassis.rpc.client import Answer
from gateway.endpoints.aggregation import Call, PageQuery
from gateway.endpoints.server import Server

TO_SAY_SO_SECONDS = 0.5
"""What a worker may need, when the time is over for what it asked, to say so, or to give what it has."""


class Asking(HttpRequestHandler):
    """An entrypoint on one route, whose method is what a worker of the pool does."""

    server = Server()

    def __init__(self, route: Any, **kwargs: Any) -> None:
        """Answer on `route`."""
        self.route = route
        super().__init__(route.method, route.path, **kwargs)

    def stop(self) -> None:
        """Close the door before the pool is waited for, so that it empties."""
        self.server.close()
        super().stop()

    def carried_out(self, call: Call | PageQuery) -> Answer:
        """Have a worker of the pool ask; to wait for one is part of the time there is. Raises Fault."""
        if self.server.is_closed:
            raise Fault(kind="unavailable", code="stopping", message="This gateway is about to stop")
        seconds, done = config["RPC_DEADLINE_SECONDS"], Event()
        late = Fault(kind="unavailable", code="overloaded", message="Too much is asked for at once")
        try:
            with Timeout(seconds + TO_SAY_SO_SECONDS):
                self.container.spawn_worker(self, (call,), {}, handle_result=partial(self.handle_result, done))
                late = Fault(kind="late", code="deadline_exceeded", message=f"There was no answer in {seconds:g} s")
                answer: Answer = done.wait()
                return answer
        except Timeout:
            raise late from None
