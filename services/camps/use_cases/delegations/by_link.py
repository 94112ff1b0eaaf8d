"""Who leads a partner says by the link in their letter who comes."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Unpack

from chassis.domain.scope import Scope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import command
from services.camps.model.delegations.delegates_form import DelegateAction, FieldExpected, refuse_an_old_form
from services.camps.model.invitations.reply_link import ReplyLinks
from services.camps.repository.camp import People
from services.camps.repository.delegations import Delegates
from services.camps.repository.link_holders import invitation_of_a_partner
from services.camps.schemas.delegations import Access, DelegateChanges, DelegateId, Diet
from services.camps.schemas.invitations import Secret
from services.camps.use_cases.delegations import delegate
from services.camps.use_cases.delegations.needs import state_needs


@dataclass(frozen=True, kw_only=True)
class WhoComes:
    """How many are named after a change."""

    coming: int


@command
def change_delegates_by_link(
    uow: UnitOfWork,
    links: ReplyLinks,
    *,
    token: Secret,
    nonce: Secret,
    action: DelegateAction,
    delegate_id: DelegateId | None = None,
    diet: Diet | None = None,
    access: Access | None = None,
    **somebody: Unpack[DelegateChanges],
) -> WhoComes:
    """Name, confirm, substitute or withdraw a delegate, or state their needs, as the person a link was sent to."""
    held = links.read(token)
    invitation = invitation_of_a_partner(uow, held)
    holder = People(uow).holding(held)
    People(uow).touch(holder)  # Who leaves at this moment changes nothing unseen.
    holder.refuse_ended_links(partner_id=invitation.partner_id, address_digest=held.address_digest)
    named = Delegates(uow).of(invitation.id)
    refuse_an_old_form(links, nonce, named, invitation=invitation, holder_id=holder.id)
    scope = Scope(subject=holder.id, organisation=invitation.partner_id or "")
    if action is DelegateAction.NAME:
        _refuse_without("role", somebody)
        delegate.name_delegate(uow, scope, invitation_id=invitation.id, **somebody)
    else:
        of_theirs = delegate_id if delegate_id in {each.id for each in named} else None
        _refuse_without("delegate_id", {"delegate_id": of_theirs} if of_theirs else {})
        _actions(uow, scope, of_theirs or "", somebody, diet=diet, access=access)[action]()
    return WhoComes(coming=sum(each.comes for each in Delegates(uow).of(invitation.id)))


def _actions(
    uow: UnitOfWork, scope: Scope, delegate_id: str, somebody: DelegateChanges, *, diet: str | None, access: str | None
) -> dict[DelegateAction, Callable[[], object]]:
    which: dict[str, Any] = {"delegate_id": delegate_id, "version": None}
    return {
        DelegateAction.CONFIRM: partial(delegate.confirm_delegate, uow, scope, **which),
        DelegateAction.SUBSTITUTE: partial(delegate.substitute_delegate, uow, scope, **which, **somebody),
        DelegateAction.WITHDRAW: partial(delegate.withdraw_delegate, uow, scope, **which),
        DelegateAction.NEEDS: partial(state_needs, uow, scope, delegate_id=delegate_id, diet=diet, access=access),
    }


def _refuse_without(member: str, somebody: Any) -> None:
    if member not in somebody:
        raise FieldExpected.at(f"/{member}", "required", f"{member} is expected for this; got none")
