"""The gateway's contents page: the routes put together, and described."""

from collections.abc import Mapping
from typing import Any, ClassVar

from chassis.rpc.client import Services
from gateway import docs
from gateway.endpoints.aggregation import Call, PageQuery, gathered
from gateway.endpoints.endpoint import operation
from gateway.endpoints.faculty_scope import page_within_assignment, restrict_to_assigned_partners
from gateway.openapi import notices
from gateway.openapi.document import document
from gateway.pages.rsvp import rsvp
from gateway.routes import TABLES, camps, engagements, notifications, pages, partners, platform


class GatewayService:
    """The only HTTP door of the platform."""

    name = "gateway"
    services = Services()
    notices: ClassVar[Mapping[str, Any]] = {
        notices.START.rule: docs.Start(),
        notices.OPENAPI.rule: docs.openapi(document(TABLES, notices.NOTICES)),
        notices.DOCS.rule: docs.page(),
        notices.DOCS_FILE.rule: docs.files(),
        notices.ASYNCAPI.rule: docs.asyncapi(),
        notices.SCHEMA.rule: docs.schemas(),
    }

    @operation(partners.ROUTES, engagements.ROUTES, camps.ROUTES, notifications.ROUTES, platform.ROUTES)
    def ask(self, call: Call) -> dict[str, Any]:
        """Ask the service that owns what the request is about."""
        return self.services.ask(**vars(restrict_to_assigned_partners(call, self.services)))

    @operation(pages.ROUTES)
    def gather(self, gathering: PageQuery) -> dict[str, Any]:
        """Ask every service that has a part of the page."""
        return gathered(self.services, page_within_assignment(gathering, self.services))

    @rsvp
    def answer_by_link(self, call: Call) -> dict[str, Any]:
        """Ask for whoever has the link in a letter."""
        return self.services.ask(**vars(call))
