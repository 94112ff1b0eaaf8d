"""Stock nameko, as its documentation shows."""

import json
from functools import partial
from typing import Any

from nameko import config
from nameko.extensions import DependencyProvider
from nameko.rpc import ClusterRpc, rpc
from nameko.web.handlers import http
from pymongo import MongoClient
from werkzeug.wrappers import Request

from bench.contestants.greenthreads import timed


class Things(DependencyProvider):
    """Injects the collection."""

    def setup(self) -> None:
        """Connect to the database."""
        self.things = MongoClient[dict[str, Any]](config["MONGO_URI"])["bench"]["things"]

    def get_dependency(self, worker_ctx: Any) -> Any:
        """Give the shared collection."""
        return self.things


class BenchService:
    """The answering service."""

    name = "stock_bench"
    things = Things()

    @rpc
    def hello(self) -> dict[str, Any]:
        """Answer without a database."""
        return {"hello": "world"}

    @rpc
    def find(self, id: str) -> dict[str, Any]:
        """Find one document."""
        return self.things.find_one({"_id": id}) or {}


class BenchGateway:
    """The calling gateway."""

    name = "stock_gateway"
    services = ClusterRpc()

    @http("GET", "/hello")
    def hello(self, request: Request) -> tuple[int, dict[str, str], str]:
        """Call without a database."""
        return _answer(self.services.stock_bench.hello())

    @http("GET", "/find")
    def find(self, request: Request) -> tuple[int, dict[str, str], str]:
        """Call for one document."""
        return _answer(self.services.stock_bench.find(request.args["id"]))

    @http("GET", "/calls/<operation>")
    def calls(self, request: Request, operation: str) -> tuple[int, dict[str, str], str]:
        """Make calls without HTTP."""
        asked = request.args.to_dict()
        at_once, seconds = int(asked.pop("at_once")), float(asked.pop("seconds"))
        one = partial(self.services.stock_bench[operation], **asked)
        return _answer({"took": timed(one, at_once=at_once, seconds=seconds)})


def _answer(answer: dict[str, Any]) -> tuple[int, dict[str, str], str]:
    return 200, {"Content-Type": "application/json"}, json.dumps(answer)
