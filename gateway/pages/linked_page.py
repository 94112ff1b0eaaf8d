"""The public pages by the links in letters: GET shows one, POST submits its form.

GET and HEAD change nothing, because mail scanners open every link. A POST contains the nonce of its form, which is
valid for one answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from nameko import config
from nameko.extensions import SharedExtension
from werkzeug.wrappers import Response

from chassis.domain.faults import Fault
from chassis.domain.scope import Scope
from chassis.rpc.client import Result
from gateway.endpoints.aggregation import OUTAGE_KINDS, Call, PageQuery
from gateway.endpoints.worker import WorkerEntrypoint
from gateway.http.client_address import network_of
from gateway.http.request import MAX_FORM_BYTES, ClientRequest
from gateway.pages.languages import Language, chosen
from gateway.pages.page import Pages
from gateway.pages.programme_calendar import CALENDAR, calendar_response

LINK_HOLDER = Scope(subject="link", organisation="none")
"""The service whose link it is checks it."""
_MAX_LINK_LENGTH = 100
"""Longer ones are counted by their beginning: none of ours is."""
SEE_OTHER = 303
HTML = "text/html"
NO_SUCH_LINK = Fault(kind="not_found", code="not_found", message="A link as it stands in a letter is expected")
NOTHING_TYPED: Mapping[str, Any] = {}
RETRYABLE_IN_FORM = frozenset({"conflict", "invalid"})
"""The kinds of fault after which the form is shown again, as it is now."""


@dataclass(frozen=True)
class PublicRoute:
    """One method on one path, without authentication, and the template of the page that is there."""

    method: str
    path: str
    operation: str
    template: str
    shown_by: str
    """The operation that shows the page; the answer's member `language`, if it has one, is the reader's own."""
    by_kind: tuple[tuple[str, str], ...] = ()
    """Kinds, as an answer's member `kind`, with the template that shows it in place of that."""
    feed: str = ""
    """The operation that gives what is on the page as a calendar has it, if one can follow it."""
    beside: tuple[tuple[str, str], ...] = ()
    """What is shown beside the answer, if its member `kind` is `beside_kind`: by its name, the operation."""
    beside_kind: str = ""

    def beside_of(self, shown: Mapping[str, Any]) -> Mapping[str, str]:
        """Give the operations whose answers are shown beside an answer, by their names there."""
        return dict(self.beside) if shown.get("kind") == self.beside_kind else {}

    def template_of(self, shown: Mapping[str, Any]) -> str:
        """Give the template that shows an answer."""
        return dict(self.by_kind).get(shown.get("kind", ""), self.template)

    @property
    def operations(self) -> tuple[str, ...]:
        """Every operation that a request can call."""
        beside = [operation for _, operation in self.beside]
        return tuple(dict.fromkeys(each for each in (self.operation, self.shown_by, self.feed, *beside) if each))

    def is_for_a_calendar(self, request: ClientRequest) -> bool:
        """Whether it answers a request with the file that a calendar follows: always, or because that is preferred."""
        types = request.accept_mimetypes
        is_preferred = bool(self.feed) and types.best_match([HTML, CALENDAR]) == CALENDAR
        return is_preferred or self.operation == self.feed


def form(
    path: str, *, template: str, show: str, submit: str, by_kind: tuple[tuple[str, str], ...] = ()
) -> tuple[PublicRoute, PublicRoute]:
    """Return the routes of a page with forms: `show` and `submit` are operations that take the `token` in the path."""
    get, post = (PublicRoute(method, path, operation, template, show, by_kind)
                 for method, operation in (("GET", show), ("POST", submit)))  # fmt: skip
    return get, post


BY_NAME = tuple((kind, "guest.html") for kind in ("guest", "faculty", "institute"))
"""Who is invited by name reads of themselves, and not of a partner."""


CAMP_OUTCOMES = (("outcomes", "engagements.show_camp_outcomes"), ("picture", "engagements.draw_camp_outcomes"))
"""How much of what was promised came back, camp after camp: partners see it beside the harvest of one."""


def read_only(path: str, *, template: str, show: str, feed: str = "", **beside: Any) -> tuple[PublicRoute, ...]:
    """Return the route of a page that only shows something: what the `token` in its path leads to.

    Where there is a `feed`, calendars follow it below the same path with `.ics`.
    """
    page = PublicRoute("GET", path, show, template, show, feed=feed, **beside)
    return (page, PublicRoute("GET", f"{path}.ics", feed, template, feed, feed=feed)) if feed else (page,)


FORMS = (
    form("/rsvp/<token>", template="reply.html", show="camps.show_reply_form", submit="camps.answer_by_link",
         by_kind=BY_NAME),
    form("/rsvp/<token>/delegates", template="delegates.html",
         show="camps.show_delegates_form", submit="camps.change_delegates_by_link"),
    form("/inquiry/<token>", template="inquiry.html", show="partners.show_inquiry_by_link",
         submit="partners.answer_inquiry_by_link"),
    read_only("/programme/<token>", template="programme.html", show="camps.show_programme_by_link",
              feed="camps.show_programme_feed_by_link"),
    read_only("/harvest/<token>", template="harvest.html", show="camps.show_harvest_by_link",
              beside=CAMP_OUTCOMES, beside_kind="partners"),
)  # fmt: skip
LINKED_ROUTES = tuple(route for routes in FORMS for route in routes)


class InstancePages(SharedExtension):
    """The pages, read once for all their routes."""

    rendered: Pages

    def setup(self) -> None:
        """Read the templates."""
        self.rendered = Pages(config)


class LinkedPage(WorkerEntrypoint):
    """Answers with pages; a refusal is a page, too."""

    route: PublicRoute
    holder = LINK_HOLDER
    longest_form = MAX_FORM_BYTES
    pages = InstancePages()

    def setup(self) -> None:
        """Take its share of the workers."""
        super().setup()
        self.worker_share = self.server.page_workers

    def handle_request(self, request: ClientRequest) -> Response:
        """Show the page, or submit its form and redirect to it."""
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
        return self.pages.rendered.refusal(fault, language_of(request), headers=headers)

    def _show(
        self, request: ClientRequest, *, refused: Fault | None = None, typed: Mapping[str, Any] = NOTHING_TYPED
    ) -> Response:
        if self.route.is_for_a_calendar(request):
            shown = self._shown(self.route.feed, request)
            return calendar_response(shown, request, domain=self.pages.rendered.domain)
        shown = self._shown(self.route.shown_by, request)
        language = language_of(request, own=shown.get("language"))
        seen = {**shown, "token": request.path_values["token"], "typed": typed, **self._beside(shown, request)}
        page = self.pages.rendered.show(self.route.template_of(seen), language, seen, refused=refused)
        if self.route.feed:
            page.vary.add("Accept")
        return page

    def _shown(self, operation: str, request: ClientRequest) -> Result:
        try:
            return self._ask(operation, request, {})
        except Fault as fault:
            raise replace(NO_SUCH_LINK) if fault.kind == "invalid" else fault from None

    def _beside(self, shown: Result, request: ClientRequest) -> dict[str, Any]:
        """Give what is shown beside an answer: None for what is not to be had now."""
        calls = {name: self._call(operation, request, {}) for name, operation in self.route.beside_of(shown).items()}
        try:
            return dict.fromkeys(calls) | (self.run_in_worker(PageQuery(parts=calls)) if calls else {})
        except Fault as fault:
            if fault.kind not in OUTAGE_KINDS:
                raise
            return dict.fromkeys(calls)

    def _form(self, request: ClientRequest) -> dict[str, Any]:
        types = self.server.contracts[self.route.operation].typed
        return request.form_fields(types=types, limit=self.longest_form)

    def _submit(self, request: ClientRequest, form: dict[str, Any]) -> Response:
        try:
            self._ask(self.route.operation, request, form, command_id=fingerprint(form))
        except Fault as fault:
            if fault.kind not in RETRYABLE_IN_FORM:
                raise
            return self._show(request, refused=fault, typed=form)
        asked = _asked_language(request)
        seen = f"{request.path}?{urlencode({'lang': asked})}" if asked else request.path
        return Response(status=SEE_OTHER, headers={**self.pages.rendered.headers, "Location": seen})

    def _ask(
        self, operation: str, request: ClientRequest, arguments: Mapping[str, Any], *, command_id: str | None = None
    ) -> Result:
        asked = {**arguments, **request.path_values}
        return self.run_in_worker(self._call(operation, request, asked, command_id=command_id))

    def _call(
        self, operation: str, request: ClientRequest, arguments: Mapping[str, Any], *, command_id: str | None = None
    ) -> Call:
        service, _, name = operation.partition(".")
        return Call(
            service=service,
            operation=name,
            arguments=arguments,
            scope=replace(self.holder, address=request.address),
            cause=request.cause(),
            command_id=command_id,
        )


def fingerprint(form: Mapping[str, Any]) -> str:
    """Give what stands for a form, for what people write in it is kept nowhere but where it belongs."""
    return sha256(urlencode(form).encode()).hexdigest()


def language_of(request: ClientRequest, *, own: str | None = None) -> Language:
    """Give the language in which a request is answered."""
    return chosen(_asked_language(request), own=own, accepted=request.accept_languages)


def _asked_language(request: ClientRequest) -> str | None:
    """Return the parameter `lang`; a query that cannot be read, which is refused for that, asks for none."""
    try:
        return request.parameters().get("lang")
    except Fault:
        return None
