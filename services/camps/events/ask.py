"""What happens to asks: what partners want help with."""

from dataclasses import dataclass
from typing import Annotated

from services.camps.events.notice import NoticeEvent


@dataclass(frozen=True, kw_only=True)
class AskEvent(NoticeEvent):
    """Something happened to an ask."""

    ask_id: Annotated[str, "the ask; also the event's subject"]


@dataclass(frozen=True, kw_only=True)
class AskPosted(AskEvent):
    """A partner asks for help with something. Published once for each ask."""

    type = "camps.ask.posted"


@dataclass(frozen=True, kw_only=True)
class AskChanged(AskEvent):
    """Something of what a partner asks for is otherwise."""

    type = "camps.ask.changed"


@dataclass(frozen=True, kw_only=True)
class AskFulfilled(AskEvent):
    """A partner has the help that it asked for, and asks no more."""

    type = "camps.ask.fulfilled"


@dataclass(frozen=True, kw_only=True)
class AskWithdrawn(AskEvent):
    """A partner asks no more: for a reason, or because it has left the programme."""

    type = "camps.ask.withdrawn"

    kind: Annotated[str, "by_hand or partner_departed; more may come"]
    reason: Annotated[str | None, "why, where a person withdrew it"]


@dataclass(frozen=True, kw_only=True)
class AskReopened(AskEvent):
    """An ask that was fulfilled or withdrawn stands again."""

    type = "camps.ask.reopened"
