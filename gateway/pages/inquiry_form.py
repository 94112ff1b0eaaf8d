"""The public form by which anybody makes an inquiry: GET shows it, POST sends it, and what was typed is never lost.

What keeps programs out asks nothing of people: a form that was not opened here, or only just now, and one with words in
a field that nobody sees, are shown again with what was typed, and are taken when they are sent once more.
"""

import math
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from nameko import config
from werkzeug.wrappers import Response

from chassis.domain.faults import Fault
from gateway.endpoints.public_endpoint import INQUIRER
from gateway.http.client_address import network_of
from gateway.http.hourly_limit import TooManyInAnHour
from gateway.http.request import MAX_INQUIRY_BYTES, ClientRequest
from gateway.pages.countries import countries
from gateway.pages.form_seal import FormSeals
from gateway.pages.linked_page import NOTHING_TYPED, SEE_OTHER, LinkedPage, PublicRoute, fingerprint, language_of

FORM, SENT = "/inquiry", "/inquiry-received"
"""The second is not below the first, where each inquiry has its page, by a token that can be posted to."""
MAKE_INQUIRY = "partners.make_inquiry"
SEAL, UNSEEN = "form", "subject"
"""The fields that people do not fill in: when the form was opened, and what only programs write into."""
INQUIRY_ROUTES = (
    PublicRoute("GET", FORM, "", "inquiry_form.html", ""),
    PublicRoute("POST", FORM, MAKE_INQUIRY, "inquiry_form.html", ""),
    PublicRoute("GET", SENT, "", "inquiry_sent.html", ""),
)


class InquiryForm(LinkedPage):
    """Answers with the form, and with the page that says that it was sent."""

    holder = INQUIRER
    longest_form = MAX_INQUIRY_BYTES
    seals: FormSeals

    def setup(self) -> None:
        """Take the secret."""
        super().setup()
        self.seals = FormSeals(config["TOKEN_SECRET"])

    def handle_request(self, request: ClientRequest) -> Response:
        """Show the form, or take what was written into it."""
        request.subject = self.holder.subject
        try:
            form = None if request.is_safe else self._form(request)
            return self._open(request) if form is None else self._send(request, form)
        except Fault as fault:
            return self.refusal(fault, request)

    def _open(self, request: ClientRequest) -> Response:
        self.server.page_rate.check("address", network_of(request.address))
        with self.server.page_limit.slot():
            return self._show(request)

    def _send(self, request: ClientRequest, form: dict[str, Any]) -> Response:
        """Take a form; whatever comes between, it is shown again with what was typed."""
        sender = network_of(request.address)
        try:
            self.server.page_rate.check("address", sender)
            with self.server.page_limit.slot(), self.server.inquiry_limit.counted(sender):
                self._take(request, form)
        except Fault as fault:
            return self._show(request, refused=fault, typed=form)
        seen = f"{SENT}?{urlencode({'lang': language_of(request).tag})}"
        return Response(status=SEE_OTHER, headers={**self.pages.rendered.headers, "Location": seen})

    def _take(self, request: ClientRequest, form: Mapping[str, Any]) -> None:
        self.seals.check(form.get(SEAL))
        if UNSEEN in form:
            raise Fault(kind="conflict", code="form_unseen", message=f"Nothing is expected in {UNSEEN}")
        asked = {name: value for name, value in form.items() if name != SEAL}
        asked["language"] = language_of(request).tag
        self._ask(self.route.operation, request, asked, command_id=fingerprint({**asked, SEAL: form[SEAL]}))

    def _show(
        self, request: ClientRequest, *, refused: Fault | None = None, typed: Mapping[str, Any] = NOTHING_TYPED
    ) -> Response:
        language = language_of(request)
        shown = {
            "typed": typed,
            SEAL: self.seals.renewed(typed.get(SEAL)),
            "countries": countries(language),
            "wrong": {each["pointer"].removeprefix("/") for each in refused.fields} if refused else set(),
            "minutes": _minutes(refused),
        }
        return self.pages.rendered.show(self.route.template, language, shown, refused=refused)


def _minutes(refused: Fault | None) -> int:
    """Give in how many minutes another inquiry is taken of a sender; 0 where that is not what is waited for."""
    return math.ceil(refused.retry_after_seconds / 60) if isinstance(refused, TooManyInAnHour) else 0
