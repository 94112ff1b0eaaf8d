"""The team that leads a partner follows its people, and has a sponsor."""

from chassis.domain.scope import EVERY_ORGANISATION, PLATFORM, Scope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import command
from services.partners.model.leadership import LeadershipTeam
from services.partners.model.person import Person
from services.partners.repository.leadership import LeadershipTeams, team_of, team_seen
from services.partners.repository.partner import Partners
from services.partners.schemas.identity import ExpectedVersion, PartnerId, PersonId


@command(needs=EVERY_ORGANISATION)
def name_sponsor(
    uow: UnitOfWork,
    scope: Scope,
    *,
    partner_id: PartnerId,
    version: ExpectedVersion,
    sponsor_id: PersonId | None,
) -> LeadershipTeam:
    """Name who of those who lead a partner is its sponsor, or that nobody is any more."""
    partner = Partners(uow).get(partner_id, scope=scope)
    team = team_seen(uow, partner_id, version=version)
    if team.name_sponsor(sponsor_id, partner=partner, on=partner.today(uow.now)):
        LeadershipTeams(uow).save(team)
    return team


def follow_leader(uow: UnitOfWork, person: Person) -> None:
    """Have the team of a person's partner follow whether they lead it; asked before the person is stored."""
    if person.partner_id is not None:
        _follow(uow, person.partner_id, person.id, leads=person.leads)


def lead_no_more(uow: UnitOfWork, person_id: str, partner_id: str) -> None:
    """Have the team of a partner follow that somebody is of it no more; asked before the person is stored."""
    _follow(uow, partner_id, person_id, leads=False)


def _follow(uow: UnitOfWork, partner_id: str, person_id: str, *, leads: bool) -> None:
    partner = Partners(uow).get(partner_id, scope=PLATFORM)
    team = team_of(uow, partner.id)
    if team.follow(person_id, leads=leads, partner=partner, on=partner.today(uow.now)):
        # Of this and an admission at the same time, the later starts again: the leaders are in one of the two events.
        Partners(uow).touch(partner)
        LeadershipTeams(uow).save(team)


COMMANDS = (name_sponsor,)
