"""The pages that a link leads to and that only show something, as OpenAPI describes them; their responses are HTML.

One that calendars follow is described a second time, as the file that they get.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dev.generated.openapi import components
from dev.generated.openapi.reply_page import HTML, READING, operation, refusals
from gateway.contracts import Contract

CALENDAR = {"text/calendar": {"schema": {"type": "string"}}}


@dataclass(frozen=True, kw_only=True)
class ShownPage:
    """A page: its operation and the service's, and what stands for its link in a sample."""

    name: str
    shown_by: str
    link: str
    content: Mapping[str, Any]
    also: Mapping[str, Any] | None = None
    """What it is answered with where that is preferred."""

    def describe(self, contract: Contract) -> dict[str, Any]:
        """Return its path."""
        token = {"name": "token", "in": "path", "required": True, "schema": contract.members["token"]}
        is_file = "text/calendar" in self.content
        said = "OK: the file." if is_file else "OK: the page."
        sent = components.headers("ETag") if is_file else components.headers()
        answered = {"200": {"description": said, "headers": sent, "content": {**self.content, **(self.also or {})}}}
        unchanged = {"304": components.reference("responses", components.NOT_MODIFIED)} if is_file else {}
        responses = answered | unchanged | refusals(READING)
        return {"parameters": [token], "get": operation(self.name, contract, f'curl "{self.link}"', responses)}


PAGES = {
    "/programme/{token}": ShownPage(name="show_programme_page", shown_by="camps.show_programme_by_link",
                                    link="$PROGRAMME_LINK", content=HTML, also=CALENDAR),
    "/programme/{token}.ics": ShownPage(name="show_programme_calendar", shown_by="camps.show_programme_feed_by_link",
                                        link="$PROGRAMME_LINK.ics", content=CALENDAR),
    "/harvest/{token}": ShownPage(name="show_harvest_page", shown_by="camps.show_harvest_by_link",
                                  link="$HARVEST_LINK", content=HTML),
}  # fmt: skip
"""By its path."""


def paths(contracts: Mapping[str, Contract]) -> dict[str, Any]:
    """Return the path of each page."""
    return {path: page.describe(contracts[page.shown_by]) for path, page in PAGES.items()}
