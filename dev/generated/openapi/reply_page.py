"""The pages with a form that letters link to, as OpenAPI describes them; their responses are HTML."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dev.generated.openapi import components
from dev.generated.openapi.operations import in_short_and_whole
from gateway.contracts import Contract
from gateway.http import problems

READING = frozenset(
    {
        "malformed",
        "too_fast",
        "uri_too_long",
        "headers_too_large",
        "not_found",
        "gone",
        "conflict",
        "unavailable",
        "late",
        "broken",
    }
)
_WRITING = READING | {"too_large", "slow", "unsupported", "invalid", "reused"}
HTML = {"text/html": {"schema": {"type": "string"}}}
_FORM = "application/x-www-form-urlencoded"
_SEEN = {
    "303": {
        "description": "See Other: the form is taken; the page shows what is so now.",
        "headers": components.headers("Location"),
    }
}


@dataclass(frozen=True, kw_only=True)
class LinkedForm:
    """A page at a link in a letter, or below it, and what its form does."""

    path: str = "/rsvp/{token}"
    below: str = ""
    tag: str = "camps"
    link: str = "$LINK"
    show: str
    submit: str
    shown: str
    """The name of looking at it."""
    what: str
    """What it shows."""
    sample: str
    """What a form may say, without its nonce."""

    def describe(self, show: Contract, submit: Contract) -> dict[str, Any]:
        """Return the path with its two methods."""
        named = {name: each for name, each in submit.members.items() if name != "token"}
        form = {**submit.request, "properties": named, "required": [name for name in named if submit.requires(name)]}
        token = {"name": "token", "in": "path", "required": True, "schema": show.members["token"]}
        page = {"200": {"description": f"OK: {self.what}.", "headers": components.headers(), "content": HTML}}
        looking = operation(self.shown, show, f'curl "{self.link}{self.below}"', page | refusals(READING), tag=self.tag)
        sending = operation(
            self.submit.partition(".")[2], submit, self._sending, _SEEN | refusals(_WRITING), tag=self.tag
        )
        body = {"required": True, "content": {_FORM: {"schema": form}}}
        return {"parameters": [token], "get": looking, "post": sending | {"requestBody": body}}

    @property
    def _sending(self) -> str:
        words = [f'curl -X POST "{self.link}{self.below}"', f'-H "Content-Type: {_FORM}"', "--data @- <<END"]
        return " \\\n  ".join(words) + f"\n{self.sample}&nonce=$NONCE\nEND"


LINKED_FORMS = (
    LinkedForm(
        show="camps.show_reply_form",
        submit="camps.answer_by_link",
        shown="show_invitation_page",
        what="the invitation",
        sample="answer=accepted",
    ),
    LinkedForm(
        below="/delegates",
        show="camps.show_delegates_form",
        submit="camps.change_delegates_by_link",
        shown="show_delegates_page",
        what="who comes",
        sample="action=name&name=Bo&email=bo@example.org&role=Nurse",
    ),
    LinkedForm(
        path="/inquiry/{token}",
        tag="partners",
        link="$INQUIRY_LINK",
        show="partners.show_inquiry_by_link",
        submit="partners.answer_inquiry_by_link",
        shown="show_inquiry_page",
        what="how far the inquiry is",
        sample="action=inform&message=Nine+hospitals",
    ),
)


def paths(known: Mapping[str, Contract]) -> dict[str, Any]:
    """Return each path with its two methods."""
    return {f"{each.path}{each.below}": each.describe(known[each.show], known[each.submit])
            for each in LINKED_FORMS}  # fmt: skip


def operation(
    name: str, contract: Contract, source: str, responses: dict[str, Any], *, tag: str = "camps"
) -> dict[str, Any]:
    """Return one method on a page, which is public."""
    return {
        "operationId": name,
        "tags": [tag],
        **in_short_and_whole(contract),
        "security": [],
        "responses": responses,
        "x-roles": [],
        "x-codeSamples": [{"lang": "Shell", "label": "curl", "source": source}],
    }


def refusals(kinds: frozenset[str]) -> dict[str, Any]:
    """Return the error responses: an HTML page, or problem details for a request that is no valid HTTP."""
    content = HTML | components.PROBLEM_CONTENT
    return {
        status: {"description": f"{problems.reason(int(status))}.", "headers": components.headers(), "content": content}
        for status in components.problem_responses(kinds)
    }
