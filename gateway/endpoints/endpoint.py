"""What answers every route: from a request to a question or command, and from the answer back to HTTP."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

from nameko.extensions import register_entrypoint
from werkzeug.wrappers import Response

from chassis.domain.errors import FieldError
from chassis.domain.faults import Fault
from chassis.domain.scope import Scope
from chassis.rpc.client import Answer
from chassis.schemas.validation import shown
from gateway.auth import Role
from gateway.endpoints.aggregation import Call, PageQuery
from gateway.endpoints.refusal_audit import ANONYMOUS
from gateway.endpoints.route import Route
from gateway.endpoints.worker import Asking
from gateway.http import headers, problems, responses
from gateway.http.etags import expected_version
from gateway.http.request import ClientRequest


class Operation(Asking):
    """Turns the requests on one route into calls, each carried out by a worker of the pool."""

    route: Route

    def handle_request(self, request: ClientRequest) -> Response:
        """Answer the request; raises Fault for what is refused, here or by the service."""
        with self.server.crowd.joined():
            scope = self._admitted(request)
            try:
                answer = self._answer(request, scope)
            except Fault as fault:
                return problems.response(fault, request, headers=self._present_tag(fault, request, scope))
            return responses.response(answer, request, self.route.status)

    def shown(self, request: ClientRequest, scope: Scope) -> Answer:
        """Show what stands at the path, whatever else the client says; raises Fault."""
        _admit(scope, self.route.roles)
        return self.carried_out(self._call(self.route.asks, request.path_values, request, scope))

    def _admitted(self, request: ClientRequest) -> Scope:
        scope = ANONYMOUS
        try:
            scope = self.server.tokens.caller(request.headers.get("Authorization"))
            request.subject = scope.subject
            _admit(scope, self.route.roles)
        except Fault as fault:
            self.server.refused.note(fault, self.route, request, scope)
            raise
        self.server.pace.kept_by(scope)
        request.refuse_unless_json_is_welcome()
        return scope

    def _answer(self, request: ClientRequest, scope: Scope) -> Answer:
        operation, asked = self._asked(request)
        arguments = {**asked, **request.path_values}
        listed: Any = {"operation": operation, "arguments": arguments, "scope": scope}
        if "cursor" in arguments and request.only_reads:
            arguments = {**arguments, "cursor": self.server.cursors.opened(arguments["cursor"], **listed)}
        try:
            answer = self.carried_out(self._call(operation, arguments, request, scope))
        except Fault as fault:
            raise self._told(fault, request) from None
        if answer.get("next_cursor"):
            answer["next_cursor"] = self.server.cursors.sealed(answer["next_cursor"], **listed)
        return answer

    def _call(
        self, operation: str, arguments: Mapping[str, Any], request: ClientRequest, scope: Scope
    ) -> Call | PageQuery:
        command_id = None if request.only_reads else headers.command_id(request.headers)
        call_of = partial(_call_of, arguments=arguments, scope=scope, cause=request.cause(), command_id=command_id)
        if self.route.gathers:
            return PageQuery(parts={part: call_of(asked) for part, asked in self.route.gathers.items()})
        return call_of(operation)

    def _asked(self, request: ClientRequest) -> tuple[str, dict[str, Any]]:
        """Give the operation and what the client says of it, beside what stands in the path."""
        contract = self.server.contracts.get(self.route.asks)
        parameters = request.parameters(numbers=contract.numbers if contract else ())
        if self.route.method == "GET":
            _refuse(request.path_values, among=parameters, kind="wrong_parameter")
            return self.route.asks, parameters
        _refuse(parameters, among=parameters, kind="wrong_parameter")
        version = {"version": expected_version(request.headers)} if self.route.changes_what_was_seen else {}
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

    def _present_tag(self, fault: Fault, request: ClientRequest, scope: Scope) -> dict[str, str]:
        """Give the tag of what is there now to whom has seen something older, where it can be known."""
        showing = self.server.showing(self.route.changed)
        if fault.kind == "stale" and showing:
            with suppress(Fault):
                return {"ETag": responses.tag_of(showing.shown(request, scope))}
        return {}

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
