"""Ours: a service on the chassis behind our gateway, with the settings of production."""

from functools import partial
from typing import Annotated, Any

from bench.contestants.greenthreads import timed
from chassis.persistence.unit_of_work import Reading
from chassis.rpc.client import Result, Services
from chassis.runtime.service import Service
from chassis.schemas.fields import Text
from chassis.schemas.operations import query
from gateway.auth import EVERYBODY
from gateway.endpoints.aggregation import Call
from gateway.endpoints.registration import endpoints
from gateway.endpoints.route import Route
from gateway.settings import SECTIONS

ROUTES = (
    Route("GET", "/hello", EVERYBODY, "bench.hello"),
    Route("GET", "/find", EVERYBODY, "bench.find"),
    Route("GET", "/calls/<operation>", EVERYBODY, "bench.calls"),
)


@query
def hello() -> dict[str, Any]:
    """The least there is to answer."""
    return {"hello": "world"}


@query
def find(reading: Reading, *, id: Annotated[str, Text()]) -> dict[str, Any]:
    """One document."""
    return reading.database["things"].find_one({"_id": id}) or {}


class BenchService(Service):
    """The answering service."""

    name = "bench"
    queries = (hello, find)


class BenchGateway:
    """The calling gateway."""

    name = "bench_gateway"
    settings = SECTIONS
    services = Services()

    @endpoints(ROUTES)
    def ask(self, call: Call) -> Result:
        """Forward a request to the service, or make calls without HTTP."""
        if call.operation != "calls":
            return self.services.ask(**vars(call))
        asked = dict(call.arguments)
        at_once, seconds, name = int(asked.pop("at_once")), float(asked.pop("seconds")), asked.pop("operation")
        one = partial(self.services.ask, "bench", name, asked, scope=call.scope, cause=call.cause)
        return Result({"took": timed(one, at_once=at_once, seconds=seconds)})
