"""What one can see of partners: read-only, plain data out."""

from typing import Any

from chassis.domain.errors import NotFound
from chassis.domain.scope import Scope
from chassis.persistence.documents import to_public
from chassis.persistence.queries import listed, shown
from chassis.persistence.unit_of_work import UnitOfWork
from services.partners.model.assessment import SeenByTheInstitute
from services.partners.model.partner import IN_THE_PROGRAMME
from services.partners.repository import Assessments, Partners, People

COUNTED_BY = {
    "continents": "continent",
    "countries": "country",
    "scope_levels": "scope_level",
    "focus_areas": "focus_areas",
}


def show_partner(*, work: UnitOfWork, scope: Scope, partner_id: str) -> dict[str, object]:
    """One partner within the caller's scope."""
    return shown(Partners(work), partner_id, scope=scope)


def list_partners(*, work: UnitOfWork, scope: Scope, **asked: Any) -> dict[str, object]:
    """Partners within the caller's scope, a page at a time."""
    return listed(Partners(work), scope=scope, **asked)


def show_reach(*, work: UnitOfWork, scope: Scope) -> dict[str, object]:
    """How far the programme reaches: its partners at present, by where they are and what they focus on."""
    partners, present = Partners(work), {"state": {"$in": sorted(IN_THE_PROGRAMME)}}
    counted = {name: partners.counts(field, where=present, scope=scope) for name, field in COUNTED_BY.items()}
    return {"partners": sum(counted["continents"].values()), **counted}


def show_person(*, work: UnitOfWork, scope: Scope, person_id: str) -> dict[str, object]:
    """One person within the caller's scope."""
    return shown(People(work), person_id, scope=scope)


def list_people(*, work: UnitOfWork, scope: Scope, **asked: Any) -> dict[str, object]:
    """People within the caller's scope, a page at a time."""
    return listed(People(work), scope=scope, **asked)


def show_assessment(*, work: UnitOfWork, scope: Scope, partner_id: str, assessment_id: str) -> dict[str, object]:
    """One assessment; only for those who work for the whole programme."""
    _show_to_the_institute_alone(scope)
    found = Assessments(work).first({"_id": assessment_id, "partner_id": partner_id}, scope=scope)
    if found is None:
        raise NotFound(f"there is no assessment {assessment_id!r} of partner {partner_id!r}")
    return to_public(found)


def list_assessments(*, work: UnitOfWork, scope: Scope, partner_id: str, **asked: Any) -> dict[str, object]:
    """A partner's assessments, the oldest first; only for those who work for the whole programme."""
    _show_to_the_institute_alone(scope)
    Partners(work).get(partner_id, scope=scope)
    return listed(Assessments(work), scope=scope, partner_id=partner_id, **asked)


def _show_to_the_institute_alone(scope: Scope) -> None:
    if not scope.works_for_the_programme:
        raise SeenByTheInstitute
