"""What one can ask of partners: each is one function that gets, asks the model, and saves."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from chassis.domain.scope import Scope
from chassis.persistence.documents import to_public
from chassis.persistence.unit_of_work import UnitOfWork
from services.partners.model.assessment import Assessment, Judgement, Verdict
from services.partners.model.partner import Admission, DecidedByTheInstitute, Partner, ScopeLevel
from services.partners.model.person import Person, PersonState, Role
from services.partners.reference import CONTINENT_OF, CRITERIA
from services.partners.repository import Assessments, Partners, People


def propose_partner(
    *,
    work: UnitOfWork,
    scope: Scope,
    country: str,
    scope_level: str,
    same_name_is_meant: bool = False,
    **described: Any,
) -> dict[str, object]:
    """Put forward a partner to be; its continent follows from its country."""
    _leave_to_the_institute(scope)
    partner = Partner.propose(
        id=work.new_id("prt"),
        country=country,
        continent=CONTINENT_OF[country],
        scope_level=ScopeLevel(scope_level),
        **described,
    )
    return to_public(Partners(work).save_as(partner, same_name_is_meant=same_name_is_meant))


def admit_partner(
    *,
    work: UnitOfWork,
    scope: Scope,
    partner_id: str,
    version: int | None,
    reasons: list[str],
    term_starts_on: date,
    term_ends_on: date,
) -> dict[str, object]:
    """Take the caller's word that the institute says yes to a partner, with reasons, for a term."""
    _leave_to_the_institute(scope)
    partner = Partners(work).get(partner_id, scope=scope, version=version)
    leading = {"partner_id": partner_id, "role": Role.LEADER, "state": PersonState.PRESENT}
    leaders = People(work).all(leading, scope=scope)
    admission = Admission(
        decided_by=scope.subject,
        decided_on=partner.today(work.now),
        reasons=reasons,
        term_starts_on=term_starts_on,
        term_ends_on=term_ends_on,
    )
    partner.admit(admission, leader_ids=[leader.id for leader in leaders])
    return to_public(Partners(work).save(partner))


def change_partner(
    *,
    work: UnitOfWork,
    scope: Scope,
    partner_id: str,
    version: int | None,
    same_name_is_meant: bool = False,
    **changed: Any,
) -> dict[str, object]:
    """Change the members given of what is described of a partner; its continent follows its country."""
    _leave_to_the_institute(scope)
    partner = Partners(work).get(partner_id, scope=scope, version=version)
    if "country" in changed:
        changed["continent"] = CONTINENT_OF[changed["country"]]
    if "scope_level" in changed:
        changed["scope_level"] = ScopeLevel(changed["scope_level"])
    known_as = (partner.name, partner.place)
    if not partner.change(**changed):
        return to_public(partner)
    if (partner.name, partner.place) == known_as:
        return to_public(Partners(work).save(partner))
    return to_public(Partners(work).save_as(partner, same_name_is_meant=same_name_is_meant))


def assess_partner(
    *, work: UnitOfWork, scope: Scope, partner_id: str, judgements: list[dict[str, Any]]
) -> dict[str, object]:
    """Judge a partner today, by the criteria in force."""
    _leave_to_the_institute(scope)
    partner = Partners(work).get(partner_id, scope=scope)
    assessment = Assessment.make(
        id=work.new_id("asm"),
        partner_id=partner_id,
        criteria=CRITERIA,
        judgements=[Judgement(**{**each, "verdict": Verdict(each["verdict"])}) for each in judgements],
        assessor=scope.subject,
        on=partner.today(work.now),
    )
    partner.note_assessment(assessment)
    Partners(work).save(partner)
    return to_public(Assessments(work).save(assessment))


def pause_partner(
    *, work: UnitOfWork, scope: Scope, partner_id: str, version: int | None, reason: str
) -> dict[str, object]:
    """Let a partnership rest, from today where the partner is."""
    _leave_to_the_institute(scope)
    partner = Partners(work).get(partner_id, scope=scope, version=version)
    partner.pause(reason=reason, on=partner.today(work.now))
    return to_public(Partners(work).save(partner))


def resume_partner(*, work: UnitOfWork, scope: Scope, partner_id: str, version: int | None) -> dict[str, object]:
    """Take a partnership up again."""
    _leave_to_the_institute(scope)
    partner = Partners(work).get(partner_id, scope=scope, version=version)
    partner.resume(on=partner.today(work.now))
    return to_public(Partners(work).save(partner))


def depart_partner(
    *, work: UnitOfWork, scope: Scope, partner_id: str, version: int | None, reason: str
) -> dict[str, object]:
    """End a partnership today."""
    _leave_to_the_institute(scope)
    partner = Partners(work).get(partner_id, scope=scope, version=version)
    partner.depart(reason=reason, on=partner.today(work.now))
    return to_public(Partners(work).save(partner))


def change_person(
    *, work: UnitOfWork, scope: Scope, person_id: str, version: int | None, **changed: Any
) -> dict[str, object]:
    """Change the members given of what is on record of somebody."""
    person = People(work).get(person_id, scope=scope, version=version)
    if "role" in changed:
        changed["role"] = Role(changed["role"])
    return to_public(People(work).save(person) if person.change(**changed) else person)


def leave_person(*, work: UnitOfWork, scope: Scope, person_id: str, version: int | None) -> dict[str, object]:
    """Note that somebody has left, today where they are."""
    person = People(work).get(person_id, scope=scope, version=version)
    person.leave(on=work.now.astimezone(ZoneInfo(person.zone)).date())
    return to_public(People(work).save(person))


def add_person(
    *, work: UnitOfWork, scope: Scope, partner_id: str | None, role: str, **described: Any
) -> dict[str, object]:
    """Put a person of a partner, or of the institute itself, on record."""
    if partner_id is None:
        _leave_to_the_institute(scope)
    else:
        Partners(work).get(partner_id, scope=scope)
    person = Person.join(id=work.new_id("per"), partner_id=partner_id, role=Role(role), **described)
    return to_public(People(work).save(person))


def _leave_to_the_institute(scope: Scope) -> None:
    if not scope.works_for_the_programme:
        raise DecidedByTheInstitute
