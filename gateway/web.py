"""nameko's web server with what it lacks: every refusal is a problem, every request a log line, no client a danger."""

import logging
import time
from collections.abc import Iterable
from typing import Any

import orjson
import structlog
from eventlet import wsgi
from nameko import config
from nameko.web.server import HttpOnlyProtocol, WebServer, WsgiApp
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Response

from chassis.faults import Fault
from chassis.identity import new_id
from chassis.rpc_client import Services
from gateway import health, problems
from gateway.auth import Tokens
from gateway.request import ClientRequest

SILENCE_SECONDS = 30
"""How long a client may take for the next bytes of what it has begun to send."""
IDLE_SECONDS = 75
"""How long a connection is kept for a next request."""
NO_SUCH_PATH = Fault(kind="not_found", code="no_such_path", message="There is no such path here")
NO_SUCH_METHOD = Fault(kind="no_such_method", code="no_such_method", message="Allow names what can be done here")
MISTRUSTED = Fault(kind="malformed", code="malformed_request", message="This is no HTTP that can be trusted")
BROKEN = Fault(kind="broken", code="internal_error", message="Something broke here; it was logged with the request id")
_log = structlog.get_logger(__name__)


class Server(WebServer):
    """Serves every route of the gateway on one port, and its health below the worker pool."""

    tokens: Tokens
    is_closed = False

    def bind(self, container: Any) -> "Server":
        """Learn whose tokens to trust, before anything starts; raises InvalidSettings without a secret."""
        bound: Server = super().bind(container)
        bound.tokens = Tokens(config["TOKEN_SECRET"])
        return bound

    def make_url_map(self) -> Map:
        """Give every route and the two of health; a path is taken as it is, never mended."""
        rules = [Rule(each.route.path, methods=[each.route.method], endpoint=each) for each in self._providers]
        return Map([*rules, *self._health()], merge_slashes=False)

    def get_wsgi_app(self) -> "App":
        """Give our app."""
        return App(self)

    def get_wsgi_server(self, sock: Any, wsgi_app: "App", **kwargs: Any) -> wsgi.Server:
        """Give eventlet's server, strict about what it reads and silent about what it answers."""
        return wsgi.Server(
            sock,
            sock.getsockname(),
            wsgi_app,
            protocol=StrictProtocol,
            debug=False,
            log_output=False,
            log=logging.getLogger(__name__),
            socket_timeout=SILENCE_SECONDS,
            keepalive=IDLE_SECONDS,
            capitalize_response_headers=False,
        )

    def process_request(self, sock: Any, address: Any) -> None:
        """Serve one connection; a client that goes away must not take the gateway with it, as stock nameko lets it."""
        try:
            super().process_request(sock, address)
        except OSError as error:
            _log.info("client_gone", error=type(error).__name__)

    def close(self) -> None:
        """Take no more connections; what is under way goes on."""
        self.is_closed = True
        self._gt.kill()
        self._sock.close()

    def _health(self) -> Iterable[Rule]:
        names = {asked.partition(".")[0] for each in self._providers for asked in each.route.operations}
        yield Rule("/livez", methods=["GET"], endpoint=health.Livez())
        yield Rule("/readyz", methods=["GET"], endpoint=health.Readyz(self._services, names))

    def _services(self) -> Services:
        found: Services = next(each for each in self.container.dependencies if isinstance(each, Services))
        return found


class App(WsgiApp):
    """Finds the route, answers whatever happens, and says so in the log."""

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """Answer one request."""
        begun = time.monotonic()
        request = ClientRequest(environ)
        response = self._answered(request)
        response.headers["X-Request-Id"] = request.request_id
        _log.info(
            "answered",
            method=request.method,
            path=request.instance,
            status=response.status_code,
            ms=round((time.monotonic() - begun) * 1000, 1),
            request_id=request.request_id,
            subject=request.subject,
        )
        return response(environ, start_response)

    def _answered(self, request: ClientRequest) -> Response:
        try:
            endpoint, request.path_values = self._found(request)
            response: Response = endpoint.handle_request(request)
            return response
        except Fault as fault:
            return problems.response(fault, request)
        except MethodNotAllowed as error:
            allow = ", ".join(sorted(error.valid_methods or ()))
            return problems.response(NO_SUCH_METHOD, request, headers={"Allow": allow})
        except HTTPException:
            return problems.response(NO_SUCH_PATH, request)
        except Exception:
            _log.exception("request_broke", request_id=request.request_id)
            return problems.response(BROKEN, request)

    def _found(self, request: ClientRequest) -> Any:
        return self.url_map.bind("").match(request.path, method=request.method)


class StrictProtocol(HttpOnlyProtocol):
    """Refuses what a proxy in front could read in another way than we do, and says every refusal as a problem."""

    def parse_request(self) -> bool:
        """Read the request line and the headers; False when the request was refused."""
        if not super().parse_request():
            return False
        if not _has_one_length(self.headers) or (self.request_version == "HTTP/1.1" and "Host" not in self.headers):
            self.send_error(problems.KINDS[MISTRUSTED.kind][0])
            return False
        return True

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse what is no HTTP, and end the connection: nobody knows where the next request would begin."""
        problem = problems.document(MISTRUSTED, instance="", request_id=new_id("req"))
        body = orjson.dumps({**problem, "status": int(code)})
        self.request_version = self.protocol_version  # without it an answer has no headers
        self.send_response_only(code)
        self.send_header("Content-Type", problems.CONTENT_TYPE)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)


def _has_one_length(headers: Any) -> bool:
    """Whether there is at most one way to see where the body ends."""
    lengths = headers.get_all("Content-Length", [])
    encodings = headers.get_all("Transfer-Encoding", [])
    plain = all(length.isascii() and length.isdecimal() for length in lengths)
    return plain and len(lengths) + len(encodings) <= 1 and all(each.lower() == "chunked" for each in encodings)
