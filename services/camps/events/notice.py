"""What asks and offers of help have in common when something happens to them."""

from dataclasses import dataclass
from typing import Annotated

from chassis.domain.aggregate import Event


@dataclass(frozen=True, kw_only=True)
class NoticeEvent(Event):
    """Something happened to an ask or an offer. Each of its events says all of it but its text, as it is by then."""

    audience = "partner"

    partner_id: Annotated[str, "the partner that asks or offers"]
    title: Annotated[str, "what it is about, in the partner's words"]
    topics: Annotated[list[str], "what it is about, as tags of an open list"]
    focus_area: Annotated[str | None, "the focus area that it belongs to; null where none was named"]
    languages: Annotated[list[str], "the languages in which the partner can talk about it (BCP 47)"]
    camp_id: Annotated[str | None, "the camp at which the two would meet; null where it is bound to none"]
    visibility: Annotated[str, "who may read it: everybody, or matched for those it is matched with; more may come"]
