"""An ask: what a partner wants help with."""

from dataclasses import dataclass
from types import MappingProxyType

from services.camps.events import ask as events
from services.camps.model.learning.notice import Notice
from services.camps.model.learning.notice_lifecycle import transitions_of

TRANSITIONS = transitions_of("ask", made_by="post_ask")


@dataclass(kw_only=True)
class Ask(Notice):
    """What a partner wants help with."""

    lifecycle = TRANSITIONS
    noun = "ask"
    events = MappingProxyType(
        {
            "made": events.AskPosted,
            "changed": events.AskChanged,
            "fulfilled": events.AskFulfilled,
            "withdrawn": events.AskWithdrawn,
            "reopened": events.AskReopened,
        }
    )
