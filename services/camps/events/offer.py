"""What happens to offers of help: what partners would help others with."""

from dataclasses import dataclass
from typing import Annotated

from services.camps.events.notice import NoticeEvent


@dataclass(frozen=True, kw_only=True)
class OfferEvent(NoticeEvent):
    """Something happened to an offer."""

    offer_id: Annotated[str, "the offer; also the event's subject"]


@dataclass(frozen=True, kw_only=True)
class OfferMade(OfferEvent):
    """A partner offers help with something. Published once for each offer."""

    type = "camps.offer.made"


@dataclass(frozen=True, kw_only=True)
class OfferChanged(OfferEvent):
    """Something of what a partner offers is otherwise."""

    type = "camps.offer.changed"


@dataclass(frozen=True, kw_only=True)
class OfferFulfilled(OfferEvent):
    """A partner has given the help that it offered, and offers it no more."""

    type = "camps.offer.fulfilled"


@dataclass(frozen=True, kw_only=True)
class OfferWithdrawn(OfferEvent):
    """A partner offers it no more: for a reason, or because it has left the programme."""

    type = "camps.offer.withdrawn"

    kind: Annotated[str, "by_hand or partner_departed; more may come"]
    reason: Annotated[str | None, "why, where a person withdrew it"]


@dataclass(frozen=True, kw_only=True)
class OfferReopened(OfferEvent):
    """An offer that was fulfilled or withdrawn stands again."""

    type = "camps.offer.reopened"
