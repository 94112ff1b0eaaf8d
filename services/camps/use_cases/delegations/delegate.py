"""A partner names who comes in its seats, and may name somebody else until the camp is frozen."""

from typing import Unpack

from chassis.domain.errors import Invalid
from chassis.domain.scope import PLATFORM, Scope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import command
from services.camps.model.camp import Camp
from services.camps.model.delegations.delegate import Delegate
from services.camps.model.delegations.seats import refuse_one_more
from services.camps.model.invitations.invitation import Invitation
from services.camps.model.person import Whom
from services.camps.repository.camp import Camps, People
from services.camps.repository.delegations import Delegates
from services.camps.repository.invitations import Invitations
from services.camps.schemas.camp import ExpectedVersion, InvitationId
from services.camps.schemas.delegations import DelegateChanges, DelegateId, Role, Somebody
from services.camps.use_cases.delegations.following import refuse_who_comes_already

LANGUAGE = "en"
"""The language of who is named without one: that in which every text exists."""


class NameAndAddressExpected(Invalid):
    """Who is not on record is named by name and address; who is on record, by their id alone."""


@command
def name_delegate(
    uow: UnitOfWork, scope: Scope, *, invitation_id: InvitationId, role: Role, **somebody: Unpack[Somebody]
) -> Delegate:
    """Name somebody for one of the seats of an invitation that is accepted; without more, in English.

    They take part in person unless said otherwise, or the camp is online.
    """
    invitation = Invitations(uow).named(invitation_id, by="invitation_id", scope=scope)
    camp = _camp_that_takes_changes(uow, scope, invitation)
    refuse_one_more(Delegates(uow).of(invitation.id), invitation=invitation)
    named = Delegate.of_partner(_whom(uow, invitation, camp, somebody), id=uow.new_id("dlg"), invitation=invitation,
                                camp=camp, role=role, attends=somebody.get("attends"))  # fmt: skip
    return Delegates(uow).save(named)


@command
def substitute_delegate(
    uow: UnitOfWork,
    scope: Scope,
    *,
    delegate_id: DelegateId,
    version: ExpectedVersion,
    role: Role | None = None,
    **somebody: Unpack[Somebody],
) -> Delegate:
    """Have somebody else come in the seat of a delegate, in the same role unless said otherwise."""
    delegate, invitation, camp = _delegate_at(uow, scope, delegate_id, version)
    whom = _whom(uow, invitation, camp, somebody, instead_of=delegate)
    attends = somebody.get("attends", delegate.attends)
    substitute = delegate.substitute(whom, id=uow.new_id("dlg"), camp=camp, role=role or delegate.role, attends=attends)
    Delegates(uow).save(substitute)
    return Delegates(uow).save(delegate)


@command
def confirm_delegate(uow: UnitOfWork, scope: Scope, *, delegate_id: DelegateId, version: ExpectedVersion) -> Delegate:
    """Confirm that a delegate comes."""
    delegate, _, camp = _delegate_at(uow, scope, delegate_id, version)
    delegate.confirm(camp=camp)
    return Delegates(uow).save(delegate)


@command
def withdraw_delegate(uow: UnitOfWork, scope: Scope, *, delegate_id: DelegateId, version: ExpectedVersion) -> Delegate:
    """Withdraw a delegate: their seat is free for somebody else of the same partner."""
    delegate, _, camp = _delegate_at(uow, scope, delegate_id, version)
    delegate.withdraw(camp=camp)
    return Delegates(uow).save(delegate)


@command
def restore_delegate(uow: UnitOfWork, scope: Scope, *, delegate_id: DelegateId, version: ExpectedVersion) -> Delegate:
    """Have somebody come after all who was withdrawn or substituted, if a seat is left for them."""
    delegate, invitation, camp = _delegate_at(uow, scope, delegate_id, version)
    refuse_one_more(Delegates(uow).of(invitation.id), invitation=invitation)
    if delegate.person_id is not None:
        person = People(uow).referenced(delegate.person_id, by="delegate_id")
        person.refuse_unless_of(invitation.partner_id, field="delegate_id")
    refuse_who_comes_already(uow, camp, delegate.email)
    delegate.restore(camp=camp)
    return Delegates(uow).save(delegate)


@command
def change_delegate(
    uow: UnitOfWork,
    scope: Scope,
    *,
    delegate_id: DelegateId,
    version: ExpectedVersion,
    **changes: Unpack[DelegateChanges],
) -> Delegate:
    """Change the given members of a delegate; those of a person on record are changed there."""
    delegate, _, camp = _delegate_at(uow, scope, delegate_id, version)
    refuse_who_comes_already(uow, camp, changes.get("email", delegate.email), but=delegate)
    return Delegates(uow).save(delegate) if delegate.change(camp=camp, **changes) else delegate


def _delegate_at(
    uow: UnitOfWork, scope: Scope, delegate_id: str, version: ExpectedVersion
) -> tuple[Delegate, Invitation, Camp]:
    delegate = Delegates(uow).get(delegate_id, scope=scope, version=version)
    invitation = Invitations(uow).get(delegate.invitation_id or "", scope=PLATFORM)
    return delegate, invitation, _camp_that_takes_changes(uow, scope, invitation)


def _camp_that_takes_changes(uow: UnitOfWork, scope: Scope, invitation: Invitation) -> Camp:
    """Give the camp of an invitation; raises CampFrozen for a partner once it is, and CampCancelled.

    Nobody freezes it at this moment unseen, names a second one, or answers for fewer seats.
    """
    camp = Camps(uow).get(invitation.camp_id, scope=PLATFORM)
    Camps(uow).touch(camp)
    Invitations(uow).touch(invitation)
    camp.refuse_if_frozen(uow.now, by_staff=scope.is_unrestricted)
    return camp


def _whom(
    uow: UnitOfWork, invitation: Invitation, camp: Camp, somebody: Somebody, *, instead_of: Delegate | None = None
) -> Whom:
    person_id = somebody.get("person_id")
    whom = _described(somebody, camp) if person_id is None else _on_record(uow, invitation, person_id, somebody)
    refuse_who_comes_already(uow, camp, whom.email, but=instead_of)
    return whom


def _described(somebody: Somebody, camp: Camp) -> Whom:
    for member in ("name", "email"):
        if member not in somebody:
            detail = "A name and an address are expected, or the person_id of somebody on record; got neither"
            raise NameAndAddressExpected.at(f"/{member}", "required", detail)
    return Whom(name=somebody["name"], email=somebody["email"], language=somebody.get("language", LANGUAGE),
                zone=somebody.get("zone", camp.zone))  # fmt: skip


def _on_record(uow: UnitOfWork, invitation: Invitation, person_id: str, somebody: Somebody) -> Whom:
    for member in ("name", "email", "language", "zone"):
        if member in somebody:
            detail = f"Nothing is expected beside person_id: it is on record of {person_id}"
            raise NameAndAddressExpected.at(f"/{member}", "not_allowed", detail)
    person = People(uow).referenced(person_id, by="person_id")
    person.refuse_unless_of(invitation.partner_id, field="person_id")
    return person.as_whom()
