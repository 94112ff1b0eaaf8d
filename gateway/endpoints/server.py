"""nameko's web server with what it lacks: every refusal is a problem, every request a log line, no client a danger."""

import logging
import time
from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

import structlog
from eventlet import wsgi
from nameko import config
from nameko.web.server import WebServer, WsgiApp
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Response

from chassis.domain.faults import Fault
from chassis.observability import attributes
from chassis.observability.instrumentation import Kind, Measurement, instrumented
from chassis.rpc.client import Services
from gateway import health
from gateway.auth import Tokens, trusted_tokens
from gateway.contracts import Contract, load
from gateway.endpoints.refusal_audit import RefusalAudit
from gateway.http import problems
from gateway.http.concurrency_limit import ConcurrencyLimit
from gateway.http.cursors import Cursors
from gateway.http.protocol import IDLE_SECONDS, StrictProtocol
from gateway.http.rate_limit import RateLimit
from gateway.http.request import ClientRequest
from gateway.http.responses import ON_EVERY_ANSWER

NO_ROUTE = "none"
NO_SUCH_PATH = Fault(kind="not_found", code="no_such_path", message="There is no such path here")
NO_SUCH_METHOD = Fault(kind="no_such_method", code="no_such_method", message="Allow names what can be done here")
BROKEN = Fault(kind="broken", code="internal_error", message="Something broke here; it was logged with the request id")
_log = structlog.get_logger(__name__)


class Server(WebServer):
    """Serves every route of the gateway on one port, and its health and its notices below the worker pool."""

    tokens: Tokens
    cursors: Cursors
    crowd: ConcurrencyLimit
    pace: RateLimit
    contracts: Mapping[str, Contract]
    """What is asked, by operation."""
    refused: RefusalAudit
    is_closed = False

    def bind(self, container: Any) -> "Server":
        """Learn whose tokens to trust, before anything starts; raises InvalidSettings when that is nobody."""
        bound: Server = super().bind(container)
        bound.tokens = trusted_tokens(config)
        bound.cursors = Cursors(config["TOKEN_SECRET"])
        bound.crowd = ConcurrencyLimit(config["REQUESTS_AT_ONCE"])
        bound.pace = RateLimit(config["REQUESTS_PER_SECOND"])
        bound.contracts = load()
        bound.refused = RefusalAudit(bound._services)
        return bound

    def make_url_map(self) -> Map:
        """Give every route and every notice; a path is taken as it is, never mended."""
        rules = [Rule(each.route.path, methods=[each.route.method], endpoint=each) for each in self._providers]
        return Map([*rules, *self._notices()], merge_slashes=False)

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
            socket_timeout=config["CLIENT_SECONDS"],
            keepalive=IDLE_SECONDS,
            capitalize_response_headers=False,
        )

    def process_request(self, sock: Any, address: Any) -> None:
        """Serve one connection; a client that goes away must not take the gateway with it, as stock nameko lets it."""
        try:
            super().process_request(sock, address)
        except OSError as error:
            _log.info("client_gone", error=type(error).__name__)

    def showing(self, path: str) -> Any:
        """Give what answers GET on the path of a route, None where nothing does."""
        return next((each for each in self._providers if (each.route.method, each.route.path) == ("GET", path)), None)

    def close(self) -> None:
        """Take no more connections; what is under way goes on."""
        self.is_closed = True
        self._gt.kill()
        self._sock.close()

    def _notices(self) -> Iterable[Rule]:
        names = {asked.partition(".")[0] for each in self._providers for asked in each.route.operations}
        own = getattr(self.container.service_cls, "notices", {})
        told = {"/livez": health.Livez(), "/readyz": health.Readyz(self._services, names), **own}
        yield from (Rule(path, methods=["GET"], endpoint=endpoint) for path, endpoint in told.items())

    def _services(self) -> Services:
        found: Services = next(each for each in self.container.dependencies if isinstance(each, Services))
        return found


class App(WsgiApp):
    """Finds the route, answers whatever happens, and says so in the log."""

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """Answer one request."""
        begun = time.monotonic()
        request = ClientRequest(environ)
        with instrumented(service="gateway", entrypoint=NO_ROUTE, kind=Kind.HTTP, span=request.span) as work:
            response = self._answered(request)
            _tell(work, request, response.status_code)
        response.headers["X-Request-Id"] = request.request_id
        for name, value in ON_EVERY_ANSWER.items():
            response.headers.setdefault(name, value)
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
            request.refuse_what_can_be_misread()
            if request.method == "OPTIONS":
                return self._what_can_be_done(request)
            rule, request.path_values = self._found(request)
            request.route = rule.rule
            response: Response = rule.endpoint.handle_request(request)
            return response
        except Fault as fault:
            return problems.response(fault, request)
        except MethodNotAllowed as error:
            return self._not_this_method(request, list(error.valid_methods or ()))
        except HTTPException:
            return problems.response(NO_SUCH_PATH, request)
        except Exception:
            _log.exception("request_broke", request_id=request.request_id)
            return problems.response(BROKEN, request)

    def _found(self, request: ClientRequest) -> Any:
        return self.url_map.bind("").match(request.path, method=request.method, return_rule=True)

    def _not_this_method(self, request: ClientRequest, methods: Sequence[str]) -> Response:
        """Refuse as what answers the other methods does: people get a page."""
        endpoint, _ = self.url_map.bind("").match(request.path, method=methods[0])
        refuse = getattr(endpoint, "refusal", problems.response)
        response: Response = refuse(NO_SUCH_METHOD, request, headers=_allowing(methods))
        return response

    def _what_can_be_done(self, request: ClientRequest) -> Response:
        methods = set(self.url_map.bind("").allowed_methods(request.path))
        if not methods:
            return problems.response(NO_SUCH_PATH, request)
        return Response(status=HTTPStatus.NO_CONTENT, headers=_allowing(methods), content_type="")


def _tell(work: Measurement, request: ClientRequest, status: int) -> None:
    """Say how a request ended; what a client made up, such as a path that is not there, names nothing."""
    if request.route:
        work.entrypoint = f"{request.method} {request.route}"
        work.attributes = attributes.of_request(request.method, route=request.route, status=status)
    work.outcome, work.failed = str(status), problems.is_server_error(status)


def _allowing(methods: Iterable[str]) -> dict[str, str]:
    allowed = {*methods, "OPTIONS"}
    patches = {"Accept-Patch": problems.PATCHES} if "PATCH" in allowed else {}
    return {"Allow": ", ".join(sorted(allowed)), **patches}
