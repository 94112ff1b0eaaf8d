"""The gateway's contents page: the routes put together."""

from typing import Any

from chassis.rpc_client import Services
from gateway.assignments import within_assignment
from gateway.http import Call, operation
from gateway.routes import camps, engagements, notifications, partners, platform


class GatewayService:
    """The only HTTP door of the platform."""

    name = "gateway"
    services = Services()

    @operation(partners.ROUTES, engagements.ROUTES, camps.ROUTES, notifications.ROUTES, platform.ROUTES)
    def ask(self, call: Call) -> dict[str, Any]:
        """Ask the service that owns what the request is about."""
        return self.services.ask(**vars(within_assignment(call, self.services)))
