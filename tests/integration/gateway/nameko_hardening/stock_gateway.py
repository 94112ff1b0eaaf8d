"""HTTP by unmodified nameko."""

import json
from typing import Any

from nameko.rpc import ServiceRpc
from nameko.web.handlers import http
from werkzeug.exceptions import BadRequest


class StockGateway:
    name = "stock_gateway"
    silent = ServiceRpc("silent")

    @http("GET", "/health")
    def health(self, request: Any) -> str:
        return "well"

    @http("GET", "/broken")
    def broken(self, request: Any) -> str:
        raise RuntimeError("mongodb://user:topsecret@host")

    @http("GET", "/bad")
    def bad(self, request: Any) -> str:
        raise BadRequest("not understood")

    @http("POST", "/bodies")
    def read(self, request: Any) -> str:
        return f"read {len(request.get_data())}"

    @http("GET", "/items/<name>")
    def item(self, request: Any, name: str) -> str:
        return json.dumps([name, request.args.get("q")])

    @http("GET", "/silent")
    def ask_who_never_answers(self, request: Any) -> str:
        return str(self.silent.answer())
