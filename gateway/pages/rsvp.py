"""The public page on which an invitation is answered by the link in its letter: GET shows it, POST answers.

GET and HEAD change nothing, because mail scanners open every link. A POST contains the nonce of its form, which is
valid for one answer.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from nameko import config
from nameko.extensions import register_entrypoint
from werkzeug.wrappers import Response

from chassis.domain.faults import Fault
from chassis.domain.scope import Scope
from chassis.rpc.client import Result
from gateway.endpoints.aggregation import Call
from gateway.endpoints.worker import WorkerEntrypoint
from gateway.http.client_address import network_of
from gateway.http.request import ClientRequest
from gateway.pages.reply_page import RETRYABLE_IN_FORM, ReplyPage

LINK_HOLDER = Scope(subject="link", organisation="none")
"""Camps checks the link."""
_MAX_LINK_LENGTH = 100
"""Longer ones are counted by their beginning: none of ours is."""
SEE_OTHER = 303
NO_SUCH_LINK = Fault(kind="not_found", code="not_found", message="A link as it stands in a letter is expected")


@dataclass(frozen=True)
class PublicRoute:
    """One method on one path, without authentication."""

    method: str
    path: str
    operation: str

    @property
    def operations(self) -> tuple[str, ...]:
        """Every operation that a request can call."""
        return (self.operation,)


SHOW = PublicRoute("GET", "/rsvp/<token>", "camps.show_reply_form")
ANSWER = PublicRoute("POST", "/rsvp/<token>", "camps.answer_by_link")


class Rsvp(WorkerEntrypoint):
    """Answers with pages; a refusal is a page, too."""

    def setup(self) -> None:
        """Read the templates."""
        super().setup()
        self.page = ReplyPage(config)
        self.worker_share = self.server.page_workers

    def handle_request(self, request: ClientRequest) -> Response:
        """Show the invitation, or submit an answer and redirect to it."""
        request.subject = LINK_HOLDER.subject
        try:
            self.server.page_rate.check("address", network_of(request.address))
            self.server.page_rate.check("link", request.path_values["token"][:_MAX_LINK_LENGTH])
            form = None if request.is_safe else self._form(request)  # whole, before it takes a place
            with self.server.page_limit.slot():
                return self._show(request) if form is None else self._submit(request, form)
        except Fault as fault:
            return self.refusal(fault, request)

    def refusal(self, fault: Fault, request: ClientRequest, *, headers: Mapping[str, str] | None = None) -> Response:
        """Return the page of a refusal."""
        return self.page.refusal(fault, headers=headers)

    def _show(self, request: ClientRequest, *, refused: Fault | None = None) -> Response:
        try:
            shown = self._ask(SHOW, request, {"refused": refused.code} if refused else {})
        except Fault as fault:
            raise replace(NO_SUCH_LINK) if fault.kind == "invalid" else fault from None
        return self.page.invitation(shown, refused=refused)

    def _form(self, request: ClientRequest) -> dict[str, Any]:
        return request.form_fields(types=self.server.contracts[ANSWER.operation].typed)

    def _submit(self, request: ClientRequest, form: dict[str, Any]) -> Response:
        try:
            self._ask(ANSWER, request, form, command_id=urlencode(form))
        except Fault as fault:
            if fault.kind not in RETRYABLE_IN_FORM:
                raise
            return self._show(request, refused=fault)
        return Response(status=SEE_OTHER, headers={**self.page.headers, "Location": request.path})

    def _ask(
        self, route: PublicRoute, request: ClientRequest, arguments: Mapping[str, Any], *, command_id: str | None = None
    ) -> Result:
        service, _, operation = route.operation.partition(".")
        call = Call(
            service=service,
            operation=operation,
            arguments={**arguments, **request.path_values},
            scope=replace(LINK_HOLDER, address=request.address),
            cause=request.cause(),
            command_id=command_id,
        )
        return self.run_in_worker(call)


def rsvp(method: Callable[..., Any]) -> Callable[..., Any]:
    """Make a method the worker of the page; it takes a call and returns the answer."""
    for route in (SHOW, ANSWER):
        register_entrypoint(method, Rsvp(route))
    return method
