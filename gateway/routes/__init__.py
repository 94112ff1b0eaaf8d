"""Every route, in a table for each service."""

from gateway.routes import (
    camps,
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
    "partners": (*partners.ROUTES, *inquiries.ROUTES, *faculty.ROUTES, *connections.ROUTES),
    "engagements": engagements.ROUTES,
    "camps": camps.ROUTES,
    "notifications": notifications.ROUTES,
    "pages": pages.ROUTES,
    "platform": platform.ROUTES,
}
