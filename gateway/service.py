"""The gateway: which workers call the operations of which routes."""

from typing import Any

from chassis.rpc.client import Services
from gateway import docs
from gateway.endpoints.aggregation import Call, PageQuery, aggregate
from gateway.endpoints.registration import endpoints
from gateway.faculty_scope import restrict_page_to_assigned_partners, restrict_to_assigned_partners
from gateway.pages.public_pages import public_pages
from gateway.partner_scope import refuse_page_of_who_works_elsewhere, refuse_who_works_elsewhere
from gateway.routes import (
    camps,
    candidates,
    connections,
    engagements,
    faculty,
    inquiries,
    notifications,
    pages,
    partners,
    platform,
)
from gateway.settings import SECTIONS


class GatewayService:
    """The only HTTP server of the platform."""

    name = "gateway"
    settings = SECTIONS
    services = Services()
    documents = staticmethod(docs.endpoints)

    @endpoints(
        partners.ROUTES,
        candidates.ROUTES,
        inquiries.ROUTES,
        faculty.ROUTES,
        connections.ROUTES,
        engagements.ROUTES,
        camps.ROUTES,
        notifications.ROUTES,
        platform.ROUTES,
    )
    def call_operation(self, call: Call) -> dict[str, Any]:
        """Call the operation of a route."""
        refuse_who_works_elsewhere(call, self.services)
        return self.services.ask(**vars(restrict_to_assigned_partners(call, self.services)))

    @endpoints(pages.ROUTES)
    def aggregate_page(self, query: PageQuery) -> dict[str, Any]:
        """Call every operation that has a part of the page."""
        refuse_page_of_who_works_elsewhere(query, self.services)
        return aggregate(self.services, restrict_page_to_assigned_partners(query, self.services))

    @public_pages
    def answer_by_link(self, asked: Call | PageQuery) -> dict[str, Any]:
        """Call an operation for who has a link or sends the public form, or those whose answers stand beside that."""
        return aggregate(self.services, asked) if isinstance(asked, PageQuery) else self.services.ask(**vars(asked))
