"""Pages aggregated from several services: a partner's page, and the portfolio."""

from gateway.auth import EVERYBODY
from gateway.endpoints.route import Route

PARTNER_PAGE = {
    "partner": "partners.show_partner",
    "people": "partners.list_people",
    "engagements": "engagements.list_engagements",
    "milestones": "engagements.list_milestones",
    "coaching_sessions": "engagements.list_coaching_sessions",
    "invitations": "camps.list_invitations",
    "follow_ups": "notifications.list_follow_ups",
    "deliveries": "notifications.list_deliveries",
}
PORTFOLIO = {
    "reach": "partners.show_reach",
    "depth": "engagements.list_depth",
    "camps": "camps.list_camps",
}
ROUTES = (
    Route(
        "GET",
        "/v1/partners/<partner_id>/page",
        EVERYBODY,
        aggregates=PARTNER_PAGE,
        summary="Show a partner with everything that concerns it",
    ),
    Route("GET", "/v1/portfolio", EVERYBODY, aggregates=PORTFOLIO, summary="Show the portfolio of the programme"),
)
