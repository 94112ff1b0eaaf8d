"""Restricts faculty to the partners whose engagements they lead, looked up for each request."""

from dataclasses import replace
from typing import Any

from chassis.domain.causation import Cause
from chassis.domain.scope import Scope
from chassis.rpc.client import Services
from gateway.auth import PROGRAMME_WIDE, Role
from gateway.endpoints.aggregation import Call, PageQuery

PAGE_SIZE = 100


def restrict_to_assigned_partners(call: Call, services: Services) -> Call:
    """Return the call with its scope restricted to the caller's partners, if faculty is their only programme-wide role.

    Raises Fault when engagements does not answer.
    """
    if not call.scope.is_unrestricted or PROGRAMME_WIDE.intersection(call.scope.roles) != {Role.FACULTY}:
        return call
    assigned = _partners_coached(call.scope, call.cause, services) if call.scope.person else []
    return replace(call, scope=replace(call.scope, assigned=tuple(assigned)))


def restrict_page_to_assigned_partners(query: PageQuery, services: Services) -> PageQuery:
    """Return the page with all its parts restricted likewise: they have the same caller."""
    any_call = next(iter(query.parts.values()))
    scope = restrict_to_assigned_partners(any_call, services).scope
    return PageQuery(parts={part: replace(call, scope=scope) for part, call in query.parts.items()})


def _partners_coached(scope: Scope, cause: Cause, services: Services) -> list[str]:
    found: list[str] = []
    arguments: dict[str, Any] = {"lead_coach_id": scope.person, "limit": PAGE_SIZE}
    while True:
        page = services.ask("engagements", "list_engagements", arguments, scope=scope, cause=cause)
        found += [engagement["partner_id"] for engagement in page["items"]]
        if not page["next_cursor"]:
            return found
        arguments["cursor"] = page["next_cursor"]
