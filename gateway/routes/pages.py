"""Pages aggregated from several services: a partner's page, the portfolio, and the lifecycles of everything."""

from gateway.auth import EVERYBODY
from gateway.endpoints.route import Route
from gateway.routes.platform import SERVICES

PARTNER_PAGE = {
    "partner": "partners.show_partner",
    "candidacy": "partners.show_candidacy",
    "term": "partners.show_term",
    "fit": "partners.show_fit",
    "leadership": "partners.show_leadership",
    "people": "partners.list_people",
    "connections": "partners.list_connections",
    "timeline": "partners.list_timeline",
    "engagements": "engagements.list_engagements",
    "milestones": "engagements.list_milestones",
    "coaching_sessions": "engagements.list_coaching_sessions",
    "invitations": "camps.list_invitations",
    "attendances": "camps.list_attendances",
    "follow_ups": "notifications.list_follow_ups",
    "deliveries": "notifications.list_deliveries",
}
PORTFOLIO = {
    "reach": "partners.show_reach",
    "depth": "engagements.list_depth",
    "camps": "camps.list_camps",
}
LIFECYCLES = {service: f"{service}.list_transitions" for service in SERVICES}
ROUTES = (
    Route(
        "GET",
        "/v1/partners/<partner_id>/page",
        EVERYBODY,
        aggregates=PARTNER_PAGE,
        summary="Show a partner with everything that concerns it",
    ),
    Route("GET", "/v1/portfolio", EVERYBODY, aggregates=PORTFOLIO, summary="Show the portfolio of the programme"),
    Route(
        "GET",
        "/v1/transitions",
        EVERYBODY,
        aggregates=LIFECYCLES,
        summary="Show which operation leads from which states to which, and what leads back",
    ),
)
