"""The institute agrees on how a partner fits, and sees to it that each partner is assessed each year."""

from datetime import timedelta
from functools import partial

from chassis.domain.scope import EVERY_ORGANISATION, PLATFORM, Scope
from chassis.persistence.claims import Claimed, Claims
from chassis.persistence.unit_of_work import Store, UnitOfWork
from chassis.schemas.operations import command, reaction
from services.partners.model.fit import Fit
from services.partners.model.partner import Partner
from services.partners.repository.fit import Fits
from services.partners.repository.partner import Partners
from services.partners.schemas.assessment import AgreedVerdicts
from services.partners.schemas.identity import ExpectedVersion, PartnerId
from services.partners.schemas.partner import Reason


@command(needs=EVERY_ORGANISATION)
def agree_on_fit(
    uow: UnitOfWork, scope: Scope, *, partner_id: PartnerId, version: ExpectedVersion, verdicts: AgreedVerdicts
) -> Fit:
    """Agree, for the institute, on how a partner fits, once two people at least have assessed it.

    Where they differ, the verdict is said with a reason; elsewhere it is what all found, unless another one is said.
    """
    partner = _refuse_if_departed(Partners(uow).get(partner_id, scope=scope))
    fit = Fits(uow).seen(partner_id, version=version)
    fit.agree(verdicts, by=scope.subject, on=partner.today(uow.now), at=uow.now)
    return Fits(uow).save(fit)


@command(needs=EVERY_ORGANISATION)
def reconsider_fit(
    uow: UnitOfWork, scope: Scope, *, partner_id: PartnerId, version: ExpectedVersion, reason: Reason
) -> Fit:
    """Take back, with a reason, what was agreed on: the round is open again."""
    _refuse_if_departed(Partners(uow).get(partner_id, scope=scope))
    fit = Fits(uow).seen(partner_id, version=version)
    fit.reconsider(reason=reason, by=scope.subject, at=uow.now)
    return Fits(uow).save(fit)


@reaction(
    "partners.partner.admitted",
    "partners.partner.profile_changed",
    "partners.partner.paused",
    "partners.partner.resumed",
    "partners.partner.departed",
    "partners.partner.graduated",
)
def await_assessment(uow: UnitOfWork, *, partner_id: PartnerId) -> None:
    """Await the yearly assessment of a partner in the programme, in its zone, and none while it rests or has departed.

    It asks what is so now, not what the event says, so that the order of events does not matter.
    """
    partner = Partners(uow).known(partner_id, scope=PLATFORM)
    # Of this and a later change of the partner, the later starts again.
    Partners(uow).touch(partner)
    fit = fit_of(uow, partner)
    if fit.follow(partner) and (fit.version or fit.admitted_on):
        Fits(uow).save(fit)


def note_due_assessments(*, store: Store, claims: Claims, overdue_after: timedelta) -> None:
    """Note of every partner whose yearly assessment is due, or overdue, that it is."""
    note = partial(_note, store, overdue_after)
    claims.process_ready(lambda: Fits.backlog.as_of(store.clock()), note, sort="next_at")


def fit_of(uow: UnitOfWork, partner: Partner) -> Fit:
    """Give the fit of a partner, if only that there is nothing yet."""
    return Fits(uow).of_partner(partner.id) or Fit(id=uow.new_id("fit"), partner_id=partner.id)


def _refuse_if_departed(partner: Partner) -> Partner:
    partner.refuse_if_it_has_left()
    return partner


def _note(store: Store, overdue_after: timedelta, claimed: Claimed) -> bool:
    store.transact(partial(_note_one, claimed.id, overdue_after), cause=claimed.cause)
    return True


def _note_one(fit_id: str, overdue_after: timedelta, uow: UnitOfWork) -> None:
    fit = Fits(uow).get(fit_id, scope=PLATFORM)
    if fit.note(uow.now, overdue_after=overdue_after):
        Fits(uow).save(fit)


COMMANDS = (agree_on_fit, reconsider_fit)
REACTIONS = (await_assessment,)
