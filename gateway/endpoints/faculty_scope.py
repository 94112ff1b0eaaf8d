"""Faculty see what they are assigned to: the partners whose engagements they lead, asked for anew each time."""

from dataclasses import replace
from typing import Any

from chassis.domain.causation import Cause
from chassis.domain.scope import Scope
from chassis.rpc.client import Services
from gateway.auth import PROGRAMME_WIDE, Role
from gateway.endpoints.aggregation import Call, PageQuery

MOST_AT_ONCE = 100


def restrict_to_assigned_partners(call: Call, services: Services) -> Call:
    """Give the call with the scope narrowed to what its caller is assigned to, if they are faculty and no more.

    Raises Fault when engagements cannot say what that is.
    """
    if not call.scope.works_for_the_programme or PROGRAMME_WIDE.intersection(call.scope.roles) != {Role.FACULTY}:
        return call
    assigned = _partners_coached(call.scope, call.cause, services) if call.scope.person else []
    return replace(call, scope=replace(call.scope, assigned=tuple(assigned)))


def page_within_assignment(gathering: PageQuery, services: Services) -> PageQuery:
    """Give the page with every part of it narrowed likewise; all its parts are asked for by one caller."""
    one_of_them = next(iter(gathering.parts.values()))
    scope = restrict_to_assigned_partners(one_of_them, services).scope
    return PageQuery(parts={part: replace(call, scope=scope) for part, call in gathering.parts.items()})


def _partners_coached(scope: Scope, cause: Cause, services: Services) -> list[str]:
    found: list[str] = []
    asked: dict[str, Any] = {"lead_coach_id": scope.person, "limit": MOST_AT_ONCE}
    while True:
        page = services.ask("engagements", "list_engagements", asked, scope=scope, cause=cause)
        found += [engagement["partner_id"] for engagement in page["items"]]
        if not page["next_cursor"]:
            return found
        asked["cursor"] = page["next_cursor"]
