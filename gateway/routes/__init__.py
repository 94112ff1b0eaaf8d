"""Every route, in a table for each service."""

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

TABLES = {
    "partners": (
        *partners.ROUTES,
        *candidates.ROUTES,
        *inquiries.ROUTES,
        *faculty.ROUTES,
        *connections.ROUTES,
    ),
    "engagements": engagements.ROUTES,
    "camps": camps.ROUTES,
    "notifications": notifications.ROUTES,
    "pages": pages.ROUTES,
    "platform": platform.ROUTES,
}
