"""Refuses who acts for one partner and works for another: tokens outlive a move, so each request asks partners."""

from chassis.domain.causation import Cause
from chassis.domain.faults import Fault
from chassis.domain.scope import Scope
from chassis.rpc.client import Services
from gateway.endpoints.aggregation import Call, PageQuery


def refuse_who_works_elsewhere(call: Call, services: Services) -> None:
    """Raise Fault, forbidden, if the caller acts for a partner and is a person on record who has moved to another one.

    A token that names no person, or none on record, is taken at its word. Raises Fault when partners does not answer.
    """
    scope = call.scope
    if scope.is_unrestricted or not scope.person:
        return
    if _employer_of(scope, call.cause, services) not in (None, scope.organisation):
        detail = f"the token is for {scope.organisation}, and {scope.person} works for another partner"
        raise Fault(kind="forbidden", code="works_elsewhere", message=f"{detail}: ask for a new one")


def refuse_page_of_who_works_elsewhere(query: PageQuery, services: Services) -> None:
    """Raise likewise for a page: all its parts have the same caller."""
    refuse_who_works_elsewhere(next(iter(query.parts.values())), services)


def _employer_of(scope: Scope, cause: Cause, services: Services) -> str | None:
    try:
        found = services.ask("partners", "show_employer", {"person_id": scope.person}, scope=scope, cause=cause)
    except Fault as fault:
        if fault.kind == "invalid":  # what the token calls a person is none of ours
            return None
        raise
    employer: str | None = found["partner_id"]
    return employer
