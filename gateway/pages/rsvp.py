"""The public page on which an invitation is answered by the link in its letter: GET shows, POST acts.

Mail scanners open every link and press no button: GET and HEAD change nothing. A POST brings the
nonce of the form it comes from, which is good for one answer.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from nameko.extensions import register_entrypoint
from werkzeug.wrappers import Response

from chassis.domain.faults import Fault
from chassis.domain.scope import Scope
from chassis.rpc.client import Answer
from gateway.endpoints.aggregation import Call
from gateway.endpoints.worker import Asking
from gateway.http.request import ClientRequest
from gateway.pages import reply_page

WHO_HAS_THE_LINK = Scope(subject="link", organisation="none")
"""Nobody in particular, and all of them one caller: what the link leads to is all they can see, and the service sees
to that."""
SEE_OTHER = 303
NO_SUCH_LINK = Fault(kind="not_found", code="unknown_link", message="A link as it stands in a letter is expected")


@dataclass(frozen=True)
class PublicRoute:
    """What one method on one path asks, for whoever comes."""

    method: str
    path: str
    asks: str

    @property
    def operations(self) -> tuple[str, ...]:
        """The one operation a request can lead to."""
        return (self.asks,)


SHOWS = PublicRoute("GET", "/rsvp/<token>", "camps.show_reply_form")
ACTS = PublicRoute("POST", "/rsvp/<token>", "camps.answer_by_link")


class Rsvp(Asking):
    """Answers people with pages; a refusal is a page, too."""

    def handle_request(self, request: ClientRequest) -> Response:
        """Show the invitation, or take an answer and lead back to it."""
        request.subject = WHO_HAS_THE_LINK.subject
        try:
            self.server.pace.kept_by(WHO_HAS_THE_LINK)
            with self.server.crowd.joined():
                return self._shown(request) if request.only_reads else self._answered(request)
        except Fault as fault:
            return self.refusal(fault, request)

    def refusal(self, fault: Fault, request: ClientRequest, *, headers: Mapping[str, str] | None = None) -> Response:
        """Say on a page what is refused."""
        return reply_page.refusal(fault, headers=headers)

    def _shown(self, request: ClientRequest, *, refused: Fault | None = None) -> Response:
        try:
            shown = self._asked(SHOWS, request, {"refused": refused.code} if refused else {})
        except Fault as fault:
            raise NO_SUCH_LINK if fault.kind == "invalid" else fault from None
        return reply_page.invitation(shown, refused=refused)

    def _answered(self, request: ClientRequest) -> Response:
        form = request.form_fields()
        try:
            self._asked(ACTS, request, _as_asked(form), command_id=urlencode(form))
        except Fault as fault:
            if fault.kind not in reply_page.RETRYABLE_IN_FORM:
                raise
            return self._shown(request, refused=fault)
        return Response(status=SEE_OTHER, headers={**reply_page.HEADERS, "Location": request.path})

    def _asked(
        self, route: PublicRoute, request: ClientRequest, said: Mapping[str, Any], *, command_id: str | None = None
    ) -> Answer:
        service, _, operation = route.asks.partition(".")
        call = Call(
            service=service,
            operation=operation,
            arguments={**said, **request.path_values},
            scope=WHO_HAS_THE_LINK,
            cause=request.cause(),
            command_id=command_id,
        )
        return self.carried_out(call)


def rsvp(method: Callable[..., Any]) -> Callable[..., Any]:
    """Make a method the worker of the page; it gets a call and gives the answer."""
    for route in (SHOWS, ACTS):
        register_entrypoint(method, Rsvp(route))
    return method


def _as_asked(form: dict[str, str]) -> dict[str, Any]:
    """A form knows only text, and sends what was left empty."""
    said: dict[str, Any] = {name: value for name, value in form.items() if value}
    seats = said.get("seats", "")
    return said | {"seats": int(seats)} if seats.isascii() and seats.isdecimal() and len(seats) < 10 else said
