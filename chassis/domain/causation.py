"""The cause of a change, which every command, every event and all of their consequences carry."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Cause:
    """Why a change is made: the request it began with, the event that directly caused it, and the actor.

    `correlation_id` is that of the request, `causation_id` the id of the event, `reaction` the reaction to that event.
    """

    correlation_id: str
    causation_id: str | None = None
    actor: str = "platform"
    traceparent: str | None = None
    reaction: str | None = None
