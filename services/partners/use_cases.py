"""What one can ask of partners: each is one function that gets, asks the model, and saves."""

from datetime import date
from typing import Any

from chassis.documents import to_public
from chassis.scope import Scope
from chassis.store import Work
from services.partners.model import Admission, DecidedByTheInstitute, Partner, Person, Role, ScopeLevel
from services.partners.reference import CONTINENT_OF
from services.partners.repository import Partners, People


def propose_partner(*, work: Work, scope: Scope, country: str, scope_level: str, **described: Any) -> dict[str, object]:
    """Put forward a partner to be; its continent follows from its country."""
    _leave_to_the_institute(scope)
    partner = Partner.propose(
        id=work.new_id("prt"),
        country=country,
        continent=CONTINENT_OF[country],
        scope_level=ScopeLevel(scope_level),
        **described,
    )
    return to_public(Partners(work).save(partner))


def admit_partner(
    *,
    work: Work,
    scope: Scope,
    partner_id: str,
    version: int,
    reasons: list[str],
    term_starts_on: date,
    term_ends_on: date,
) -> dict[str, object]:
    """Take the caller's word that the institute says yes to a partner, with reasons, for a term."""
    _leave_to_the_institute(scope)
    partner = Partners(work).get(partner_id, scope=scope, version=version)
    leaders = People(work).all({"partner_id": partner_id, "role": Role.LEADER}, scope=scope)
    admission = Admission(
        decided_by=scope.subject,
        decided_on=work.now.date(),
        reasons=reasons,
        term_starts_on=term_starts_on,
        term_ends_on=term_ends_on,
    )
    partner.admit(admission, leader_ids=[leader.id for leader in leaders])
    return to_public(Partners(work).save(partner))


def add_person(*, work: Work, scope: Scope, partner_id: str | None, role: str, **described: Any) -> dict[str, object]:
    """Put a person of a partner, or of the institute itself, on record."""
    if partner_id is None:
        _leave_to_the_institute(scope)
    else:
        Partners(work).get(partner_id, scope=scope)
    person = Person.join(id=work.new_id("per"), partner_id=partner_id, role=Role(role), **described)
    return to_public(People(work).save(person))


def _leave_to_the_institute(scope: Scope) -> None:
    if not scope.sees_every_organisation:
        raise DecidedByTheInstitute
