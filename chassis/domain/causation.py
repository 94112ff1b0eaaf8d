"""Why something is done: carried by every command, every event and everything that follows from them."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Cause:
    """Why something is done: the request it began with, what directly led to it, and who acted.

    `causation_id` is the event that led to it, `reaction` what was done about that event.
    """

    correlation_id: str
    causation_id: str | None = None
    actor: str = "platform"
    traceparent: str | None = None
    reaction: str | None = None
