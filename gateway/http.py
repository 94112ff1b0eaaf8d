"""The one entrypoint of the gateway: from a request to a question or command, and from the answer back to HTTP."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any
from urllib.parse import urlencode

import orjson
from eventlet import Timeout
from eventlet.event import Event
from nameko import config
from nameko.extensions import register_entrypoint
from nameko.web.handlers import HttpRequestHandler
from werkzeug.wrappers import Response

from chassis.domain import FieldError
from chassis.faults import Fault
from chassis.refusals import shown
from chassis.scope import Scope
from gateway import headers
from gateway.auth import Role
from gateway.gathering import Call, Gathering
from gateway.request import ClientRequest
from gateway.web import Server


@dataclass(frozen=True)
class Route:
    """What one method on one path does, and for whom.

    `asks` is the operation, as `service.operation`. A resource's transitions have `moves`
    instead: what is asked for in the member `choice`, and the operation that leads there. A page
    `gathers` the answers of several operations, by the names of its parts. Names in the path are the
    operation's own; what the query or the body holds is handed on to it as it is.
    """

    method: str
    path: str
    roles: frozenset[Role]
    asks: str = ""
    moves: Mapping[str, str] = field(default_factory=dict)
    choice: str = "to"
    gathers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200

    @property
    def operations(self) -> tuple[str, ...]:
        """Every operation a request on this route can lead to."""
        return tuple(filter(None, (self.asks, *self.moves.values(), *self.gathers.values())))

    @property
    def changes_what_was_seen(self) -> bool:
        """Whether a client must say, by `If-Match`, which version it wants to change."""
        return bool(self.moves) or self.method == "PATCH"


class Operation(HttpRequestHandler):
    """Turns the requests on one route into calls, each carried out by a worker of the pool."""

    server = Server()

    def __init__(self, route: Route, **kwargs: Any) -> None:
        """Answer on `route`."""
        self.route = route
        super().__init__(route.method, route.path, **kwargs)

    def stop(self) -> None:
        """Close the door before the pool is waited for, so that it empties."""
        self.server.close()
        super().stop()

    def handle_request(self, request: ClientRequest) -> Response:
        """Answer the request; raises Fault for what is refused, here or by the service."""
        call = self._call(request)
        try:
            answer = self._carried_out(call)
        except Fault as fault:
            raise self._told(fault, request) from None
        return _response(answer, request, self.route.status)

    def _call(self, request: ClientRequest) -> Call | Gathering:
        scope = self.server.tokens.caller(request.headers.get("Authorization"))
        request.subject = scope.subject
        _admit(scope, self.route.roles)
        request.refuse_unless_json_is_welcome()
        operation, arguments = self._asked(request)
        command_id = None if self.route.method == "GET" else headers.command_id(request.headers)
        said = {**arguments, **request.path_values}
        call_of = partial(_call_of, arguments=said, scope=scope, cause=request.cause(), command_id=command_id)
        if self.route.gathers:
            return Gathering(parts={part: call_of(asked) for part, asked in self.route.gathers.items()})
        return call_of(operation)

    def _asked(self, request: ClientRequest) -> tuple[str, dict[str, Any]]:
        """Give the operation and what the client says of it, beside what stands in the path."""
        parameters = request.parameters()
        if self.route.method == "GET":
            _refuse(request.path_values, among=parameters, kind="wrong_parameter")
            return self.route.asks, parameters
        _refuse(parameters, among=parameters, kind="wrong_parameter")
        version = {"version": headers.expected_version(request.headers)} if self.route.changes_what_was_seen else {}
        body = request.body()
        _refuse({**request.path_values, **version}, among=body, kind="invalid")
        operation = self._move(body.pop(self.route.choice, None)) if self.route.moves else self.route.asks
        return operation, {**body, **version}

    def _move(self, chosen: Any) -> str:
        if not isinstance(chosen, str) or chosen not in self.route.moves:
            detail = f"One of {', '.join(self.route.moves)} is expected; got {shown(chosen)}"
            wrong = FieldError(pointer=f"/{self.route.choice}", code="invalid", detail=detail)
            message = f"{wrong['pointer']}: {detail}"
            raise Fault(kind="invalid", code="unknown_transition", message=message, fields=(wrong,))
        return self.route.moves[chosen]

    def _carried_out(self, call: Call | Gathering) -> dict[str, Any]:
        done = Event()
        if self.server.is_closed:
            raise Fault(kind="unavailable", code="stopping", message="This gateway is about to stop")
        try:
            with Timeout(config["RPC_DEADLINE_SECONDS"]):
                self.container.spawn_worker(self, (call,), {}, handle_result=partial(self.handle_result, done))
        except Timeout:
            raise Fault(kind="unavailable", code="overloaded", message="Too much is asked for at once") from None
        answer: dict[str, Any] = done.wait()
        return answer

    def _told(self, fault: Fault, request: ClientRequest) -> Fault:
        """Say a service's refusal in the words of HTTP: the service does not know what stood where."""
        pointers = {each["pointer"] for each in fault.fields}
        if fault.kind == "invalid" and pointers & {f"/{name}" for name in request.path_values}:
            return Fault(kind="not_found", code="not_found", message="There is nothing of this id")
        if fault.kind == "invalid" and self.route.method == "GET":
            return replace(fault, kind="wrong_parameter")
        if fault.kind == "stale" and not self.route.changes_what_was_seen:
            return replace(fault, kind="conflict")
        return fault


def operation(*tables: Iterable[Route]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Make a method the worker of every route in these tables; it gets what is asked and gives the answer."""

    def decorate(method: Callable[..., Any]) -> Callable[..., Any]:
        for route in (each for table in tables for each in table):
            register_entrypoint(method, Operation(route))
        return method

    return decorate


def _call_of(operation: str, **said: Any) -> Call:
    service, _, name = operation.partition(".")
    return Call(service=service, operation=name, **said)


def _admit(scope: Scope, roles: frozenset[Role]) -> None:
    if not roles.intersection(scope.roles):
        needed, held = ", ".join(sorted(roles)), ", ".join(scope.roles) or "none"
        raise Fault(kind="forbidden", code="role_missing", message=f"One of the roles {needed} is needed; held: {held}")


def _refuse(names: Iterable[str], *, among: Mapping[str, Any], kind: str) -> None:
    """Raise Fault when one of these names is among what the client gave."""
    wrong = [
        FieldError(pointer=f"/{name}", code="unknown", detail=f"Not expected here; got {shown(among[name])}")
        for name in names
        if name in among
    ]
    if wrong:
        message = "; ".join(f"{each['pointer']}: {each['detail']}" for each in wrong)
        raise Fault(kind=kind, code="invalid_fields", message=message, fields=tuple(wrong))


def _response(answer: dict[str, Any], request: ClientRequest, status: int) -> Response:
    response = Response(orjson.dumps(answer), status=status, content_type="application/json")
    if "version" in answer:
        response.headers["ETag"] = f'"{answer["version"]}"'
    if status == 201:
        response.headers["Location"] = f"{request.path}/{answer['id']}"
    if answer.get("next_cursor"):
        following = {**request.parameters(), "cursor": answer["next_cursor"]}
        response.headers["Link"] = f'<{request.path}?{urlencode(following)}>; rel="next"'
    return response
