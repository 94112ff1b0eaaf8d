"""Restricts faculty to the partners that they are assigned to, which engagements is asked for each request."""

from dataclasses import replace

from chassis.domain.causation import Cause
from chassis.domain.faults import Fault
from chassis.domain.scope import Scope
from chassis.rpc.client import Services
from gateway.auth import PROGRAMME_WIDE, Role
from gateway.endpoints.aggregation import Call, PageQuery


def restrict_to_assigned_partners(call: Call, services: Services) -> Call:
    """Return the call with its scope restricted to the caller's partners, if faculty is their only programme-wide role.

    Raises Fault when engagements does not answer.
    """
    if not call.scope.is_unrestricted or PROGRAMME_WIDE.intersection(call.scope.roles) != {Role.FACULTY}:
        return call
    assigned = _assigned_partners(call.scope, call.cause, services)
    return replace(call, scope=replace(call.scope, assigned=assigned))


def restrict_page_to_assigned_partners(query: PageQuery, services: Services) -> PageQuery:
    """Return the page with all its parts restricted likewise: they have the same caller."""
    any_call = next(iter(query.parts.values()))
    scope = restrict_to_assigned_partners(any_call, services).scope
    return PageQuery(parts={part: replace(call, scope=scope) for part, call in query.parts.items()})


def _assigned_partners(scope: Scope, cause: Cause, services: Services) -> tuple[str, ...]:
    if not scope.person:
        return ()
    asked = {"person_id": scope.person}
    try:
        assignment = services.ask("engagements", "show_assignment", asked, scope=scope, cause=cause)
    except Fault as fault:
        if fault.kind == "invalid":  # what the token calls a person is none of ours
            return ()
        raise
    return tuple(assignment["partner_ids"])
