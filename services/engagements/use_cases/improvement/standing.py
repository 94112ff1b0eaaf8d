"""What becomes of initiatives and PDSA cycles with their engagement, with each other, and with people who leave."""

from chassis.domain.scope import PLATFORM
from chassis.persistence.unit_of_work import UnitOfWork
from services.engagements.model.engagement import Engagement
from services.engagements.model.improvement.initiative import Closing, Initiative
from services.engagements.model.improvement.initiative_lifecycle import Outcome
from services.engagements.model.improvement.pdsa_cycle import WITH_ENGAGEMENT, WITH_INITIATIVE
from services.engagements.model.person import Person
from services.engagements.model.statement import Statement
from services.engagements.repository.engagement import Engagements
from services.engagements.repository.improvement import Initiatives, PdsaCycles


def follow_engagement(uow: UnitOfWork, engagement: Engagement) -> None:
    """Have initiatives wait for a stall only as long as work in their engagement is under way."""
    for initiative in Initiatives(uow).open_of(engagement):
        initiative.await_stall(engagement=engagement, at=uow.now)
        Initiatives(uow).save(initiative)


def close_with(uow: UnitOfWork, engagement: Engagement, statement: Statement) -> None:
    """Close what is open in an engagement that is closed: abandoned, for the same reason."""
    for cycle in PdsaCycles(uow).open_of(engagement):
        cycle.cancel(statement, ended_with=WITH_ENGAGEMENT)
        PdsaCycles(uow).save(cycle)
    on = engagement.closed_on or engagement.today(uow.now)
    closing = Closing(outcome=Outcome.ABANDONED, closed_on=on, statement=statement)
    for initiative in Initiatives(uow).open_of(engagement):
        initiative.close(engagement=engagement, closing=closing, with_engagement=True)
        Initiatives(uow).save(initiative)


def reopen_with(uow: UnitOfWork, engagement: Engagement, statement: Statement) -> None:
    """Reopen what was closed with an engagement that is reopened."""
    for initiative in Initiatives(uow).closed_with(engagement):
        initiative.reopen(engagement=engagement, statement=statement)
        Initiatives(uow).save(initiative)
    for cycle in PdsaCycles(uow).cancelled_with_engagement(engagement):
        initiative = Initiatives(uow).get(cycle.initiative_id, scope=PLATFORM)
        cycle.restore(initiative=initiative, engagement=engagement, statement=statement)
        PdsaCycles(uow).save(cycle)


def cancel_cycles_with(uow: UnitOfWork, initiative: Initiative, statement: Statement) -> None:
    """Cancel the open cycles of an initiative that is closed."""
    for cycle in PdsaCycles(uow).open_of_initiative(initiative.id):
        cycle.cancel(statement, ended_with=WITH_INITIATIVE)
        PdsaCycles(uow).save(cycle)


def restore_cycles_with(uow: UnitOfWork, initiative: Initiative, engagement: Engagement, statement: Statement) -> None:
    """Restore the cycles that were cancelled with an initiative that is reopened."""
    for cycle in PdsaCycles(uow).cancelled_with_initiative(initiative.id):
        cycle.restore(initiative=initiative, engagement=engagement, statement=statement)
        PdsaCycles(uow).save(cycle)


def follow_person(uow: UnitOfWork, person: Person) -> None:
    """Have the roles of somebody who left wait for somebody else, until they are back."""
    for initiative in Initiatives(uow).open_with(person.id):
        engagement = Engagements(uow).get(initiative.engagement_id, scope=PLATFORM)
        initiative.follow(person, today=engagement.today(uow.now))
        if initiative.recorded:
            Initiatives(uow).save(initiative)
