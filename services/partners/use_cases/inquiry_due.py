"""What becomes of inquiries by the clock: nobody answered in time, or what was said is removed."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from chassis.domain.scope import PLATFORM
from chassis.persistence.claims import Claimed, Claims
from chassis.persistence.unit_of_work import Store, UnitOfWork
from services.partners.model.inquiry.inquiry import Inquiry
from services.partners.repository.inquiry import Inquiries
from services.partners.repository.inquiry_messages import FurtherMessages


def note_overdue_inquiries(*, store: Store, claims: Claims) -> None:
    """Note of every inquiry that was not answered in time that it is overdue."""
    _follow(store, claims, lambda: Inquiries.backlog.as_of(store.clock()), Inquiry.fall_overdue, by="answer_due_at")


def forget_inquirers(*, store: Store, claims: Claims) -> None:
    """Remove who made an inquiry that led to no partner, and what was said in it, once its time is over."""
    _follow(store, claims, lambda: {"forget_at": {"$lte": store.clock()}}, Inquiry.forget, by="forget_at")


def _follow(
    store: Store, claims: Claims, ready: Callable[[], Mapping[str, Any]], step: Callable[..., bool], *, by: str
) -> None:
    claims.process_ready(ready, partial(_take_a_step, store, step), sort=by)


def _take_a_step(store: Store, step: Callable[..., bool], claimed: Claimed) -> bool:
    store.transact(partial(_apply, claimed.id, step), cause=claimed.cause)
    return True


def _apply(inquiry_id: str, step: Callable[..., bool], uow: UnitOfWork) -> None:
    inquiry = Inquiries(uow).get(inquiry_id, scope=PLATFORM)
    if step(inquiry, uow.now):
        if inquiry.forgotten_at is not None:
            FurtherMessages(uow).remove_of(inquiry.id)
        Inquiries(uow).save(inquiry)
