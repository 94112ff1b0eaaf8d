"""The commands on a partner: each function loads it, changes it by the model, and saves it."""

from typing import Unpack

from chassis.domain.scope import EVERY_ORGANISATION, Scope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.external_ids import ExternalId
from chassis.schemas.operations import command
from services.partners.model.organisation.organisation import Changes
from services.partners.model.organisation.scope_level import ScopeLevel
from services.partners.model.partner import Partner
from services.partners.model.partner_terms import Admission
from services.partners.model.person_lifecycle import PersonState
from services.partners.model.role import Role
from services.partners.reference import CONTINENT_OF
from services.partners.repository.partner import Partners, described
from services.partners.repository.person import People
from services.partners.schemas.identity import ExpectedVersion, PartnerId
from services.partners.schemas.organisation import EffectiveOn
from services.partners.schemas.partner import (
    BesideAProposal,
    FirstDayOfTerm,
    FocusAreas,
    KindOfPartner,
    LastDayOfTerm,
    Name,
    PartnerChanges,
    Reason,
    Reasons,
)
from services.partners.schemas.place import CountryCode, LanguageTag, ZoneName
from services.partners.use_cases.candidacy.candidate import take_off_as_admitted
from services.partners.use_cases.candidacy.capacity import take_a_place
from services.partners.use_cases.description_change import Said, day_of_change, keep_changes


@command(needs=EVERY_ORGANISATION)
def propose_partner(
    uow: UnitOfWork,
    *,
    name: Name,
    country: CountryCode,
    zone: ZoneName,
    language: LanguageTag,
    kind: KindOfPartner,
    scope_level: ScopeLevel,
    focus_areas: FocusAreas,
    same_name_is_meant: bool = False,
    external_id: ExternalId | None = None,
    **beside: Unpack[BesideAProposal],
) -> Partner:
    """Propose a partner; its continent follows from its country."""
    partner = Partner.propose(
        id=uow.new_id("prt"),
        name=name,
        country=country,
        continent=CONTINENT_OF[country],
        zone=zone,
        language=language,
        kind=kind,
        scope_level=scope_level,
        focus_areas=focus_areas,
        **beside,
    )
    partner.external_id = external_id
    partner.refuse_days_to_come(partner.today(uow.now))
    Partners(uow).refuse_identifiers_of_others(partner)
    return Partners(uow).save_as(partner, same_name_is_meant=same_name_is_meant)


@command(needs=EVERY_ORGANISATION)
def admit_partner(
    uow: UnitOfWork,
    scope: Scope,
    *,
    partner_id: PartnerId,
    version: ExpectedVersion,
    reasons: Reasons,
    term_starts_on: FirstDayOfTerm,
    term_ends_on: LastDayOfTerm,
) -> Partner:
    """Admit a partner, with reasons, for a term; one that departed is admitted anew."""
    partner = Partners(uow).get(partner_id, scope=scope, version=version)
    admission = Admission(
        decided_by=scope.subject,
        decided_on=partner.today(uow.now),
        reasons=reasons,
        term_starts_on=term_starts_on,
        term_ends_on=term_ends_on,
    )
    partner.admit(admission, leader_ids=_leaders_of(partner_id, uow, scope), at=uow.now)
    take_a_place(uow, partner_id=partner_id)
    Partners(uow).save(partner)
    take_off_as_admitted(uow, scope, partner_id=partner_id)
    return partner


@command(needs=EVERY_ORGANISATION)
def change_partner(
    uow: UnitOfWork,
    scope: Scope,
    *,
    partner_id: PartnerId,
    version: ExpectedVersion,
    same_name_is_meant: bool = False,
    effective_on: EffectiveOn | None = None,
    reason: Reason | None = None,
    **changes: Unpack[PartnerChanges],
) -> Partner:
    """Change the given members of a partner's description, from today on or from an earlier day; all of it is kept.

    Its continent follows from its country; the name that it had becomes one of its former names.
    """
    partner = Partners(uow).get(partner_id, scope=scope, version=version)
    today = partner.today(uow.now)
    on = day_of_change(effective_on, today=today)
    before, known_as = described(partner), (partner.name, partner.place)
    wanted: Changes = {"continent": CONTINENT_OF[changes.get("country", partner.country)], **changes}
    partner.change(effective_on=on, **partner.with_names(wanted, on=on))
    partner.refuse_days_to_come(today)
    said = Said(before=before, after=described(partner), members=changes.keys(), on=on, reason=reason)
    if not keep_changes(uow, scope, partner, said=said):
        return partner
    Partners(uow).refuse_identifiers_of_others(partner)
    if (partner.name, partner.place) == known_as:
        return Partners(uow).save(partner)
    return Partners(uow).save_as(partner, same_name_is_meant=same_name_is_meant)


@command(needs=EVERY_ORGANISATION)
def pause_partner(
    uow: UnitOfWork, scope: Scope, *, partner_id: PartnerId, version: ExpectedVersion, reason: Reason
) -> Partner:
    """Pause a partnership, for a reason, from today where the partner is."""
    partner = Partners(uow).get(partner_id, scope=scope, version=version)
    partner.pause(reason=reason, on=partner.today(uow.now), by=scope.subject, at=uow.now)
    return Partners(uow).save(partner)


@command(needs=EVERY_ORGANISATION)
def resume_partner(uow: UnitOfWork, scope: Scope, *, partner_id: PartnerId, version: ExpectedVersion) -> Partner:
    """Resume a partnership that is paused."""
    partner = Partners(uow).get(partner_id, scope=scope, version=version)
    partner.resume(on=partner.today(uow.now), by=scope.subject, at=uow.now)
    return Partners(uow).save(partner)


@command(needs=EVERY_ORGANISATION)
def depart_partner(
    uow: UnitOfWork, scope: Scope, *, partner_id: PartnerId, version: ExpectedVersion, reason: Reason
) -> Partner:
    """End a partnership today, for a reason."""
    partner = Partners(uow).get(partner_id, scope=scope, version=version)
    partner.depart(reason=reason, on=partner.today(uow.now), by=scope.subject, at=uow.now)
    return Partners(uow).save(partner)


@command(needs=EVERY_ORGANISATION)
def graduate_partner(
    uow: UnitOfWork, scope: Scope, *, partner_id: PartnerId, version: ExpectedVersion, reason: Reason
) -> Partner:
    """End a partnership today because what the partner came for is reached, and say what that is."""
    partner = Partners(uow).get(partner_id, scope=scope, version=version)
    partner.graduate(reason=reason, on=partner.today(uow.now), by=scope.subject, at=uow.now)
    return Partners(uow).save(partner)


def _leaders_of(partner_id: str, uow: UnitOfWork, scope: Scope) -> list[str]:
    leading = {"partner_id": partner_id, "role": Role.LEADER, "state": PersonState.PRESENT}
    return [leader.id for leader in People(uow).each(leading, scope=scope)]


COMMANDS = (
    propose_partner,
    admit_partner,
    change_partner,
    pause_partner,
    resume_partner,
    depart_partner,
    graduate_partner,
)
