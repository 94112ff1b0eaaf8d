"""nameko's web server with problem details for every error, a log line for every request, and strict parsing."""

import logging
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from http import HTTPStatus
from typing import Any

import structlog
from eventlet import wsgi
from eventlet.semaphore import BoundedSemaphore
from nameko import config
from nameko.web.server import WebServer, WsgiApp
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Response

from chassis.domain.faults import Fault
from chassis.observability import attributes
from chassis.observability.instrumentation import Kind, Measurement, instrumented
from chassis.rpc.client import Services
from chassis.runtime.config import InvalidSettings
from chassis.runtime.listening import listen
from gateway import health
from gateway.auth import Tokens, trusted_tokens
from gateway.contracts import Contract, load
from gateway.endpoints.refusal_audit import RefusalAudit
from gateway.http import problems, responses
from gateway.http.client_address import network_of
from gateway.http.concurrency_limit import ConcurrencyLimit
from gateway.http.connections import ClientConnection, Connections, within_descriptors
from gateway.http.cursors import Cursors
from gateway.http.hourly_limit import HourlyLimit
from gateway.http.protocol import KEEPALIVE_TIMEOUT_SECONDS, StrictProtocol
from gateway.http.rate_limit import RateLimit
from gateway.http.request import ClientRequest
from gateway.http.responses import DEFAULT_HEADERS

NO_ROUTE = "none"
MAX_LOGGED_PATH = 1000
NO_SUCH_PATH = Fault(kind="not_found", code="no_such_path", message="There is no such path here")
NO_SUCH_METHOD = Fault(kind="no_such_method", code="no_such_method", message="Allow names what can be done here")
BROKEN = Fault(kind="broken", code="internal_error", message="Something broke here; it was logged with the request id")
_log = structlog.get_logger(__name__)


class Server(WebServer):
    """Serves all routes on one port; health and documents are answered outside the worker pool."""

    tokens: Tokens
    cursors: Cursors
    connections: Connections
    concurrency_limit: ConcurrencyLimit
    rate_limit: RateLimit
    """By caller and, without a valid token, by address."""
    page_limit: ConcurrencyLimit
    page_rate: RateLimit
    """By address and by what is in the path."""
    page_workers: BoundedSemaphore
    inquiry_limit: HourlyLimit
    """Of inquiries, by address; the form and the API count together."""
    trusted_proxies = 0
    contracts: Mapping[str, Contract]
    """By operation."""
    refusal_audit: RefusalAudit
    is_ready = False
    is_closed = False
    _sock: Any

    def bind(self, container: Any) -> "Server":
        """Read the settings before anything starts; raises InvalidSettings when no issuer of tokens is trusted.

        nameko binds it anew with every route, and gives the same server each time: it is made ready the first time.
        """
        bound: Server = super().bind(container)
        if not bound.is_ready:
            bound._make_ready()
            bound.is_ready = True
        return bound

    def _make_ready(self) -> None:
        self.tokens = trusted_tokens(config)
        self.cursors = Cursors(config["TOKEN_SECRET"])
        self.trusted_proxies = config["TRUSTED_PROXIES"]
        most = within_descriptors(config["CONNECTIONS"])
        of_one = most if self.trusted_proxies else config["CONNECTIONS_PER_ADDRESS"]  # a proxy's are of many clients
        self.connections = Connections(most=most, most_of_one=of_one)
        self.concurrency_limit = ConcurrencyLimit(config["REQUESTS_AT_ONCE"])
        self.rate_limit = RateLimit(config["REQUESTS_PER_SECOND"])
        self.page_limit = ConcurrencyLimit(config["PAGES_AT_ONCE"])
        self.page_rate = RateLimit(config["PAGES_PER_SECOND"])
        self.page_workers = BoundedSemaphore(max(1, config["WORKERS"] // 2))
        self.inquiry_limit = HourlyLimit(config["INQUIRIES_PER_HOUR"])
        self.contracts = load()
        self.refusal_audit = RefusalAudit(self._services)

    def start(self) -> None:
        """Listen; stock nameko shares its port with whoever listens there already, and each gets some requests."""
        if self._sock is None:
            try:
                address, shared = config["WEB_SERVER_ADDRESS"], config["WEB_SERVER_SHARED"]
                self._sock = listen(address, setting="WEB_SERVER_ADDRESS", shared=shared)
            except InvalidSettings as error:
                sys.exit(str(error))  # the hub ends the process; of any other error here eventlet prints a traceback
            self._sock.settimeout(None)  # kombu sets a default one (its issue 838)
            self._serv = self.get_wsgi_server(self._sock, self.get_wsgi_app())
            self._gt = self.container.spawn_managed_thread(self.run)

    def make_url_map(self) -> Map:
        """Return every route and every public endpoint; paths are matched as they are, without redirects."""
        rules = [Rule(each.route.path, methods=[each.route.method], endpoint=each) for each in self._providers]
        return Map([*rules, *self._public_rules()], merge_slashes=False)

    def get_wsgi_app(self) -> "App":
        """Return the application."""
        return App(self)

    def get_wsgi_server(self, sock: Any, wsgi_app: "App", **kwargs: Any) -> wsgi.Server:
        """Return eventlet's server with the strict protocol and without its own access log."""
        return wsgi.Server(
            sock,
            sock.getsockname(),
            wsgi_app,
            protocol=StrictProtocol,
            debug=False,
            log_output=False,
            log=logging.getLogger(__name__),
            socket_timeout=config["CLIENT_SECONDS"],
            keepalive=KEEPALIVE_TIMEOUT_SECONDS,
            capitalize_response_headers=False,
        )

    def run(self) -> None:
        """Accept connections; stock nameko accepts any number, and ends when there is no descriptor for one more."""
        while self._is_accepting:
            if connection := self.connections.accept(self._sock):
                connection.socket.settimeout(self._serv.socket_timeout)
                self.container.spawn_managed_thread(partial(self.serve, connection))

    def serve(self, connection: ClientConnection) -> None:
        """Serve one connection; stock nameko lets an OSError, from a client that went away, end the gateway."""
        try:
            self._serv.process_request([connection.address, connection.socket, wsgi.STATE_IDLE, connection])
        except OSError as error:
            _log.info("client_gone", error=type(error).__name__, address=connection.address[0])
        finally:
            connection.socket.close()
            self.connections.leave(connection)

    def check_pace(self, address: str) -> None:
        """Count a request without a valid token; raises Fault `too_fast` if its address makes too many."""
        self.rate_limit.check("address", network_of(address))

    def reading(self, path: str) -> Any:
        """Return the endpoint of GET on the path of a route, or None."""
        return next((each for each in self._providers if (each.route.method, each.route.path) == ("GET", path)), None)

    def close(self) -> None:
        """Accept no more connections; requests under way continue."""
        self.is_closed = True
        self._gt.kill()
        self._sock.close()

    def _public_rules(self) -> Iterable[Rule]:
        services = {name.partition(".")[0] for each in self._providers for name in each.route.operations}
        documents: Mapping[str, Any] = getattr(self.container.service_cls, "documents", dict)()
        public = {"/livez": health.Livez(), "/readyz": health.Readyz(self._services, services), **documents}
        yield from (Rule(path, methods=["GET"], endpoint=endpoint) for path, endpoint in public.items())

    def _services(self) -> Services:
        found: Services = next(each for each in self.container.dependencies if isinstance(each, Services))
        return found


class App(WsgiApp):
    """Dispatches requests to endpoints, and logs and measures each of them."""

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """Answer one request."""
        started = time.monotonic()
        request = ClientRequest(environ, trusted_proxies=self.server.trusted_proxies)
        with instrumented(service="gateway", entrypoint=NO_ROUTE, kind=Kind.HTTP, span=request.span) as measured:
            response = self._paced(request)
            _describe(measured, request, response.status_code)
        response.headers["X-Request-Id"] = request.request_id
        for name, value in DEFAULT_HEADERS.items():
            response.headers.setdefault(name, value)
        _log.info(
            "answered",
            method=request.method,
            path=request.instance[:MAX_LOGGED_PATH],
            status=response.status_code,
            ms=round((time.monotonic() - started) * 1000, 1),
            request_id=request.request_id,
            subject=request.subject,
            address=request.address,
        )
        return response(environ, start_response)

    def _paced(self, request: ClientRequest) -> Response:
        """Answer; without a valid token only at the pace of an address, beyond which the connection is closed."""
        try:
            if not request.has_credentials:
                self.server.check_pace(request.address)
            response = self._dispatch(request)
            if request.has_credentials and request.subject is None:
                self.server.check_pace(request.address)
            return response
        except Fault as fault:
            request.end_connection()
            return problems.response(fault, request)

    def _dispatch(self, request: ClientRequest) -> Response:
        try:
            request.validate_target()
            if request.method == "OPTIONS":
                return self._options(request)
            rule, request.path_values = self._match(request)
            request.route = rule.rule
            response: Response = rule.endpoint.handle_request(request)
            return response
        except Fault as fault:
            return self._refusal(fault, request)
        except MethodNotAllowed as error:
            return self._method_not_allowed(request, list(error.valid_methods or ()))
        except HTTPException:
            return problems.response(NO_SUCH_PATH, request)
        except Exception:
            _log.exception("request_broke", request_id=request.request_id)
            return problems.response(BROKEN, request)

    def _match(self, request: ClientRequest) -> Any:
        return self.url_map.bind("").match(request.path, method=request.method, return_rule=True)

    def _refusal(self, fault: Fault, request: ClientRequest) -> Response:
        """Return the refusal in the form in which its path is answered, if it has one: a page, or a problem."""
        try:
            rule, _ = self._match(request)
        except HTTPException:
            return problems.response(fault, request)
        refuse = getattr(rule.endpoint, "refusal", problems.response)
        response: Response = refuse(fault, request)
        return response

    def _method_not_allowed(self, request: ClientRequest, methods: Sequence[str]) -> Response:
        """Return the refusal in the form of the path's other methods: a page, or a problem."""
        endpoint, _ = self.url_map.bind("").match(request.path, method=methods[0])
        refuse = getattr(endpoint, "refusal", problems.response)
        response: Response = refuse(NO_SUCH_METHOD, request, headers=_allow(methods))
        return response

    def _options(self, request: ClientRequest) -> Response:
        methods = self._methods(request)
        if not methods:
            return problems.response(NO_SUCH_PATH, request)
        return responses.without_content(HTTPStatus.NO_CONTENT, _allow(methods))

    def _methods(self, request: ClientRequest) -> set[str]:
        """Return the methods that the path supports; those of all paths for `*`, the server as a whole."""
        if request.environ["RAW_PATH_INFO"] == "*":
            return {method for rule in self.url_map.iter_rules() for method in rule.methods or ()}
        return set(self.url_map.bind("").allowed_methods(request.path))


def _describe(measured: Measurement, request: ClientRequest, status: int) -> None:
    """Note how a request ended; a path without a route must not become the name of a metric."""
    if request.route:
        measured.entrypoint = f"{request.method} {request.route}"
        measured.attributes = attributes.of_request(request.method, route=request.route, status=status)
    measured.outcome, measured.failed = str(status), problems.is_server_error(status)


def _allow(methods: Iterable[str]) -> dict[str, str]:
    allowed = {*methods, "OPTIONS"}
    patches = {"Accept-Patch": problems.PATCHES} if "PATCH" in allowed else {}
    return {"Allow": ", ".join(sorted(allowed)), **patches}
