"""The entrypoints of the API: from a request to a call of a service, and from its answer to a response."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

from werkzeug.wrappers import Response

from chassis.domain.errors import FieldError
from chassis.domain.faults import Fault
from chassis.domain.scope import Scope
from chassis.rpc.client import Result
from chassis.schemas.validation import shown
from gateway.auth import ENTERING_HISTORY, Role
from gateway.auth.roles import in_words
from gateway.endpoints.aggregation import Call, PageQuery
from gateway.endpoints.refusal_audit import ANONYMOUS
from gateway.endpoints.route import Route
from gateway.endpoints.worker import WorkerEntrypoint
from gateway.http import headers, problems, responses
from gateway.http.etags import expected_versions
from gateway.http.headers import SVG
from gateway.http.request import MAX_BODY_BYTES, ClientRequest


class Endpoint(WorkerEntrypoint):
    """Answers the requests on one route."""

    route: Route
    longest_body = MAX_BODY_BYTES

    def handle_request(self, request: ClientRequest) -> Response:
        """Answer the request; raises Fault when the caller may not call the operation."""
        scope = self._authorize(request)
        try:
            asked = self._read(request, drawn=request.media_type == SVG)  # whole, before it takes a place
            with self.server.concurrency_limit.slot(request.places):
                answer = self._perform(*asked, request, scope)
        except Fault as fault:
            return problems.response(fault, request, headers=self._current_etag(fault, request, scope))
        if request.media_type == SVG:
            return responses.picture(answer, request)
        return responses.response(answer, request, self.route.status)

    def show(self, request: ClientRequest, scope: Scope) -> Result:
        """Return the resource at the path, whatever else the request contains; raises Fault."""
        scope = _in_roles(scope, self.route.roles, address=scope.address)
        return self.run_in_worker(self._call(self.route.operation, request.path_values, request, scope))

    def _authorize(self, request: ClientRequest) -> Scope:
        caller = ANONYMOUS
        try:
            caller = self.server.tokens.caller(request.headers.get("Authorization"))
            request.subject = caller.subject
            scope = _in_roles(caller, self.route.roles, address=request.address)
            request.entered_as_history = _enters_history(request, scope)
        except Fault as fault:
            self.server.refusal_audit.record(fault, self.route, request, replace(caller, address=request.address))
            raise
        self.server.rate_limit.check("caller", scope.organisation, scope.subject)
        request.choose_media_type(self.route.media_types)
        return scope

    def _perform(self, operation: str, given: Mapping[str, Any], request: ClientRequest, scope: Scope) -> Result:
        arguments = {**given, **request.path_values}
        listed: Any = {"operation": operation, "arguments": arguments, "scope": scope}
        if "cursor" in arguments and request.is_safe:
            arguments = {**arguments, "cursor": self.server.cursors.verify(arguments["cursor"], **listed)}
        try:
            answer = self.run_in_worker(self._call(operation, arguments, request, scope))
        except Fault as fault:
            raise self._as_http(fault, request) from None
        if answer.get("next_cursor"):
            answer["next_cursor"] = self.server.cursors.sign(answer["next_cursor"], **listed)
        return answer

    def _call(
        self, operation: str, arguments: Mapping[str, Any], request: ClientRequest, scope: Scope
    ) -> Call | PageQuery:
        command_id = None if request.is_safe else headers.command_id(request.headers)
        call_of = partial(_call_of, arguments=arguments, scope=scope, cause=request.cause(), command_id=command_id)
        if self.route.aggregates:
            return PageQuery(parts={part: call_of(each) for part, each in self.route.aggregates.items()})
        return call_of(operation)

    def _read(self, request: ClientRequest, *, drawn: bool) -> tuple[str, dict[str, Any]]:
        """Return the operation, and its arguments beside those in the path."""
        operation = self.route.picture if drawn else self.route.operation
        contract = self.server.contracts.get(operation)
        parameters = request.parameters(types=contract.typed if contract else {})
        if self.route.method == "GET":
            _refuse_members(request.path_values, among=parameters, kind="wrong_parameter")
            return operation, parameters
        _refuse_members(parameters, among=parameters, kind="wrong_parameter")
        seen = {"version": expected_versions(request.headers)} if self.route.needs_if_match else {}
        body = request.body(self.longest_body)
        _refuse_members({*request.path_values, *seen}, among=body, kind="invalid")
        if not self.route.transitions:
            return self.route.operation, body | seen
        return self._transition(body.pop(self.route.choice, None)), body | seen

    def _transition(self, chosen: Any) -> str:
        if not isinstance(chosen, str) or chosen not in self.route.transitions:
            detail = f"One of {', '.join(self.route.transitions)} is expected; got {shown(chosen)}"
            error = FieldError(pointer=f"/{self.route.choice}", code="invalid", detail=detail)
            message = f"{error['pointer']}: {detail}"
            raise Fault(kind="invalid", code="unknown_transition", message=message, fields=(error,))
        return self.route.transitions[chosen]

    def _current_etag(self, fault: Fault, request: ClientRequest, scope: Scope) -> dict[str, str]:
        """Return the current ETag for a request with an older one, if the resource can be read."""
        reading = self.server.reading(self.route.resource_path)
        if fault.kind == "stale" and reading:
            with suppress(Fault), self.server.concurrency_limit.slot():
                return {"ETag": responses.etag_of(reading.show(request, scope))}
        return {}

    def _as_http(self, fault: Fault, request: ClientRequest) -> Fault:
        """Return the fault of a service in terms of the request: only the gateway knows what was in the path."""
        pointers = {each["pointer"] for each in fault.fields}
        if fault.kind == "invalid" and pointers & {f"/{name}" for name in request.path_values}:
            return Fault(kind="not_found", code="not_found", message="There is nothing of this id")
        if fault.kind == "invalid" and self.route.method == "GET":
            return replace(fault, kind="wrong_parameter")
        if fault.kind == "stale" and not self.route.needs_if_match:
            return replace(fault, kind="conflict")
        return fault


def _call_of(operation: str, **details: Any) -> Call:
    service, _, name = operation.partition(".")
    return Call(service=service, operation=name, **details)


def _in_roles(scope: Scope, roles: frozenset[Role], *, address: str | None) -> Scope:
    """Return the scope, at an address, with those of its roles that may do this, so that no other widens what is seen.

    Raises Fault when it has none.
    """
    held = tuple(role for role in scope.roles if role in roles)
    if not held:
        message = f"One of the roles {in_words(roles)} is needed; held: {in_words(scope.roles)}"
        raise Fault(kind="forbidden", code="role_missing", message=message)
    return replace(scope, roles=held, address=address)


def _enters_history(request: ClientRequest, scope: Scope) -> bool:
    """Return whether a command enters what happened before; raises Fault unless its caller may do that."""
    if request.is_safe or not headers.entered_as_history(request.headers):
        return False
    _in_roles(scope, ENTERING_HISTORY, address=scope.address)
    return True


def _refuse_members(names: Iterable[str], *, among: Mapping[str, Any], kind: str) -> None:
    """Raise Fault if any of these names is among the given members."""
    errors = [
        FieldError(pointer=f"/{name}", code="unknown", detail=f"Not expected here; got {shown(among[name])}")
        for name in sorted(names)
        if name in among
    ]
    if errors:
        message = "; ".join(f"{each['pointer']}: {each['detail']}" for each in errors)
        raise Fault(kind=kind, code="invalid_fields", message=message, fields=tuple(errors))
