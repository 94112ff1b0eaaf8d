"""The calendar of each partner's term is kept, and its days are told where the partner is."""

from functools import partial

from chassis.domain.scope import EVERY_ORGANISATION, PLATFORM, Scope
from chassis.persistence.claims import Claimed, Claims
from chassis.persistence.unit_of_work import Store, UnitOfWork
from chassis.schemas.operations import command, reaction
from services.partners.model.partner import Partner
from services.partners.model.term import RenewalPeriods, TermCalendar
from services.partners.repository.partner import Partners
from services.partners.repository.term import TermCalendars
from services.partners.schemas.identity import ExpectedVersion, PartnerId
from services.partners.schemas.partner import LastDayOfNextTerm, Reason, Reasons


@command(needs=EVERY_ORGANISATION)
def renew_partner(
    uow: UnitOfWork,
    scope: Scope,
    *,
    partner_id: PartnerId,
    version: ExpectedVersion,
    reasons: Reasons,
    term_ends_on: LastDayOfNextTerm,
) -> Partner:
    """Let another term follow the present one of a partner, with reasons, once its renewal is due."""
    partner = Partners(uow).get(partner_id, scope=scope, version=version)
    calendar = _calendar_where_due(uow, partner)
    partner.renew(term_ends_on=term_ends_on, reasons=reasons, on=partner.today(uow.now), by=scope.subject)
    return _decided(uow, partner, calendar)


@command(needs=EVERY_ORGANISATION)
def let_term_end(
    uow: UnitOfWork, scope: Scope, *, partner_id: PartnerId, version: ExpectedVersion, reasons: Reasons
) -> Partner:
    """Let no other term follow the present one of a partner, with reasons; it can be renewed all the same."""
    partner = Partners(uow).get(partner_id, scope=scope, version=version)
    calendar = _calendar_where_due(uow, partner)
    partner.let_term_end(reasons=reasons, on=partner.today(uow.now), by=scope.subject)
    return _decided(uow, partner, calendar)


@command(needs=EVERY_ORGANISATION)
def reconsider_renewal(
    uow: UnitOfWork, scope: Scope, *, partner_id: PartnerId, version: ExpectedVersion, reason: Reason
) -> Partner:
    """Take back, with a reason, what was decided last of a partner's term, while no term that follows has begun."""
    partner = Partners(uow).get(partner_id, scope=scope, version=version)
    partner.reconsider_renewal(reason=reason, on=partner.today(uow.now), by=scope.subject)
    return _decided(uow, partner, _calendar_of(uow, partner))


@reaction(
    "partners.partner.admitted",
    "partners.partner.profile_changed",
    "partners.partner.departed",
    "partners.partner.graduated",
)
def keep_term(uow: UnitOfWork, *, partner_id: PartnerId) -> None:
    """Keep the calendar of a partner's present term, in its zone, and none once it has left the programme.

    It asks what is so now, not what the event says, so that the order of events does not matter.
    """
    partner = Partners(uow).known(partner_id, scope=PLATFORM)
    # Of this and a later change of the partner, the later starts again.
    Partners(uow).touch(partner)
    calendar = _calendar_of(uow, partner)
    if calendar.follow(partner, uow.now):
        TermCalendars(uow).save(calendar)


def _calendar_of(uow: UnitOfWork, partner: Partner) -> TermCalendar:
    kept = TermCalendars(uow).of_partner(partner.id)
    return kept or TermCalendar(id=uow.new_id("trm"), partner_id=partner.id)


def _calendar_where_due(uow: UnitOfWork, partner: Partner) -> TermCalendar:
    calendar = _calendar_of(uow, partner)
    calendar.follow(partner, uow.now)
    calendar.refuse_before_it_is_due()
    return calendar


def _decided(uow: UnitOfWork, partner: Partner, calendar: TermCalendar) -> Partner:
    if calendar.follow(partner, uow.now):
        TermCalendars(uow).save(calendar)
    return Partners(uow).save(partner)


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


COMMANDS = (renew_partner, let_term_end, reconsider_renewal)
REACTIONS = (keep_term,)
