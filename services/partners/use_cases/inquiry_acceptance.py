"""An accepted inquiry becomes a proposed partner, once, with all that is known of it."""

from zoneinfo import ZoneInfo

from chassis.domain.errors import Invalid
from chassis.domain.scope import PLATFORM
from chassis.persistence.unit_of_work import UnitOfWork
from services.partners.model.inquiry.inquiry import Inquiry
from services.partners.model.inquiry.inquiry_lifecycle import Outcome, PartnerIsInTheProgramme
from services.partners.model.organisation.population import PopulationServed
from services.partners.model.organisation.scope_level import ScopeLevel
from services.partners.model.partner import Partner
from services.partners.model.partner_lifecycle import PartnerState
from services.partners.model.person import Person
from services.partners.model.role import Role
from services.partners.reference import CONTINENT_OF
from services.partners.repository.partner import Partners
from services.partners.repository.person import People
from services.partners.use_cases.leadership import follow_leader


class NotSaidByTheInquirer(Invalid):
    """What a partner is proposed with beside what the inquirer said is given where an inquiry is accepted."""


def partner_of(
    uow: UnitOfWork,
    inquiry: Inquiry,
    *,
    outcome: Outcome,
    kind: str | None,
    scope_level: ScopeLevel | None,
    zone: str | None,
) -> str | None:
    """Give the partner of an accepted inquiry, proposed now unless it was before; None for another outcome.

    Raises NotSaidByTheInquirer, and PartnerAlreadyProposed where there is one of that name.
    """
    if outcome is not Outcome.ACCEPTED or inquiry.partner_id is not None:
        return inquiry.partner_id
    for name, value in {"kind": kind, "scope_level": scope_level, "zone": zone}.items():
        if value is None:
            raise NotSaidByTheInquirer.at(
                f"/{name}", "required", f"{name} is expected, of an accepted inquiry; got none"
            )
    partner = Partner.propose(
        id=uow.new_id("prt"),
        name=inquiry.organisation,
        country=inquiry.country,
        continent=CONTINENT_OF[inquiry.country],
        zone=str(zone),
        language=inquiry.language,
        kind=str(kind),
        scope_level=ScopeLevel(str(scope_level)),
        focus_areas=inquiry.focus_areas,
        population_served=_population_of(inquiry, zone=str(zone)),
    )
    partner.inquiry_id = inquiry.id
    return Partners(uow).save_as(partner, same_name_is_meant=False).id


def _population_of(inquiry: Inquiry, *, zone: str) -> PopulationServed | None:
    if inquiry.population is None:
        return None
    source = f"the organisation itself, in inquiry {inquiry.id}"
    said_on = inquiry.received_at.astimezone(ZoneInfo(zone)).date()
    return PopulationServed(people=inquiry.population, source=source, counted_on=said_on)


def add_leader_to_be(uow: UnitOfWork, inquiry: Inquiry) -> None:
    """Put who made an accepted inquiry on record as a leader of its partner, unless they are of it already."""
    inquirer, decided = inquiry.inquirer, inquiry.determination
    if inquirer is None or decided is None or decided.outcome is not Outcome.ACCEPTED or inquiry.partner_id is None:
        return
    partner = Partners(uow).get(inquiry.partner_id, scope=PLATFORM)
    if People(uow).first({"partner_id": partner.id, "address": inquirer.address}, scope=PLATFORM) is None:
        leader = Person.join(id=uow.new_id("per"), partner_id=partner.id, name=inquirer.name, email=inquirer.email,
                             role=Role.LEADER, language=inquiry.language, zone=partner.zone, at=uow.now)  # fmt: skip
        follow_leader(uow, leader)
        People(uow).save_new(leader)


def refuse_unless_proposed(uow: UnitOfWork, inquiry: Inquiry, *, outcome: Outcome | None = None) -> None:
    """Raise PartnerIsInTheProgramme where an inquiry is not accepted any more whose partner was admitted since."""
    if inquiry.partner_id is None or outcome is Outcome.ACCEPTED:
        return
    partner = Partners(uow).get(inquiry.partner_id, scope=PLATFORM)
    Partners(uow).touch(partner)  # Nobody admits it at this moment unseen.
    if partner.state is not PartnerState.PROPOSED:
        raise PartnerIsInTheProgramme(f"partner {partner.id} of inquiry {inquiry.id} is {partner.state}")
