"""Prints events of the Strategic Partnerships Platform, in a nameko service.

    cd examples
    nameko run --define AMQP_URI=ADDRESS --define DECLARE_EVENT_EXCHANGES=false nameko_subscriber

ADDRESS is what the operator of the platform gave you for a service that is called as this one is. The exchanges are
the platform's: without DECLARE_EVENT_EXCHANGES=false nameko would declare them, and be refused.
"""

from typing import Any

from nameko.events import event_handler
from nameko.extensions import DependencyProvider


class CloudEvent(DependencyProvider):
    """Gives the attributes of the event that is handled: nameko passes only its data to the method."""

    def get_dependency(self, worker_ctx: Any) -> dict[str, str]:
        """Read them from the headers, where they begin with `cloudEvents_`."""
        headers = worker_ctx.data.items()
        return {name.removeprefix("cloudEvents_"): value for name, value in headers if name.startswith("cloudEvents_")}


class Warehouse:
    """Called as `./partnerships subscribers add warehouse --nameko` was told; no other name may have queues."""

    name = "warehouse"
    event = CloudEvent()

    @event_handler("engagements", "milestone.reached")
    def note_milestone(self, data: dict[str, Any]) -> None:
        """Print one event.

        nameko acknowledges it even when this raises, and by requeue_on_error has it come again at once and for
        ever: store what you could not handle yourself. How to tell copies and late events: pika_subscriber.py.
        """
        print(self.event["type"], self.event["subject"], self.event["sequence"], data, flush=True)
