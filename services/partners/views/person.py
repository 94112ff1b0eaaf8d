"""What one can see of people: read only."""

from dataclasses import dataclass

from chassis.domain.scope import PLATFORM, Scope
from chassis.persistence.queries import list_page
from chassis.persistence.unit_of_work import Reading
from chassis.schemas.external_ids import ExternalId
from chassis.schemas.messages import Page, Paging
from chassis.schemas.operations import query
from services.partners.model.person import Person
from services.partners.model.person_lifecycle import PersonState
from services.partners.model.role import Role
from services.partners.repository.person import People, at_address, in_role
from services.partners.schemas.identity import PartnerId, PersonId
from services.partners.schemas.partner import Query
from services.partners.schemas.person import Address


@query
def show_person(reading: Reading, scope: Scope, *, person_id: PersonId) -> Person:
    """Show a person."""
    return People(reading).get(person_id, scope=scope)


@dataclass(frozen=True, kw_only=True)
class Employer:
    """For which partner somebody works, or worked when they left; None for the institute's and for nobody on record."""

    person_id: str
    partner_id: str | None


@query
def show_employer(reading: Reading, *, person_id: PersonId) -> Employer:
    """Show for which partner somebody works."""
    person = People(reading).first({"_id": person_id}, scope=PLATFORM)
    return Employer(person_id=person_id, partner_id=person.partner_id if person else None)


@query
def list_people(
    reading: Reading,
    scope: Scope,
    *,
    paging: Paging,
    partner_id: PartnerId | None = None,
    role: Role | None = None,
    state: PersonState | None = None,
    email: Address | None = None,
    external_id: ExternalId | None = None,
    q: Query | None = None,
) -> Page[Person]:
    """List people: of one partner, in one role, in one state, or by name, or by a mail address, also a former one."""
    wanted = {"partner_id": partner_id, "state": state, "external_id": external_id}
    conditions = [at_address(email)] if email else []
    conditions += [in_role(role)] if role else []
    both = {"$and": conditions} if conditions else {}
    return list_page(People(reading), paging, scope=scope, q=q, **wanted, **both)


QUERIES = (show_person, show_employer, list_people)
