"""The calendar of each partner's term is kept, and its days are told where the partner is."""

from functools import partial

from chassis.domain.scope import PLATFORM
from chassis.persistence.claims import Claimed, Claims
from chassis.persistence.unit_of_work import Store, UnitOfWork
from chassis.schemas.operations import reaction
from services.partners.model.term import RenewalPeriods, TermCalendar
from services.partners.repository.partner import Partners
from services.partners.repository.term import TermCalendars
from services.partners.schemas.identity import PartnerId


@reaction("partners.partner.admitted", "partners.partner.profile_changed", "partners.partner.departed")
def keep_term(uow: UnitOfWork, *, partner_id: PartnerId) -> None:
    """Keep the calendar of a partner's present term, in its zone, and none once it has left the programme.

    It asks what is so now, not what the event says, so that the order of events does not matter.
    """
    partner = Partners(uow).known(partner_id, scope=PLATFORM)
    # Of this and a later change of the partner, the later starts again.
    Partners(uow).touch(partner)
    calendar = TermCalendars(uow).of_partner(partner_id) or TermCalendar(id=uow.new_id("trm"), partner_id=partner_id)
    if calendar.follow(partner, uow.now):
        TermCalendars(uow).save(calendar)


def tell_days_of_terms(*, store: Store, claims: Claims, periods: RenewalPeriods) -> None:
    """Tell each day of a partner's term that has begun where the partner is, the earliest first."""
    tell = partial(_tell, store, periods)
    claims.process_ready(lambda: TermCalendars.backlog.as_of(store.clock()), tell, sort="next_at")


def _tell(store: Store, periods: RenewalPeriods, claimed: Claimed) -> bool:
    store.transact(partial(_tell_one, claimed.id, periods), cause=claimed.cause)
    return True


def _tell_one(calendar_id: str, periods: RenewalPeriods, uow: UnitOfWork) -> None:
    calendar = TermCalendars(uow).get(calendar_id, scope=PLATFORM)
    if calendar.tell(uow.now, periods):
        TermCalendars(uow).save(calendar)


REACTIONS = (keep_term,)
