"""Partners and the institute write down what is to be shared, propose it, confirm it, and take it back."""

from collections.abc import Mapping, Sequence
from typing import Any, Unpack

from chassis.domain.errors import Invalid, UnknownReference
from chassis.domain.scope import PLATFORM, Scope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import command
from services.camps.model.delegations.delegate import Delegate
from services.camps.model.programme.session import Session
from services.camps.model.programme.session_content import SessionWithdrawal
from services.camps.repository.camp import Camps, EligiblePartners
from services.camps.repository.delegations import Delegates
from services.camps.repository.programme import Sessions
from services.camps.schemas.camp import CampId, ExpectedVersion, PartnerId
from services.camps.schemas.programme import SessionChanges, SessionContent, SessionId, SessionTitle
from services.camps.use_cases.programme.evidence import data_named, show_data

DATA = ("measure_id", "signal_id")
"""The members of a session that name the data it shows."""


class PartnerExpected(Invalid):
    """Only the institute drafts a session that is nobody's but its own."""


@command
def draft_session(
    uow: UnitOfWork,
    scope: Scope,
    *,
    camp_id: CampId,
    partner_id: PartnerId | None = None,
    title: SessionTitle,
    **content: Unpack[SessionContent],
) -> Session:
    """Draft a session of a partner, or without one by the institute; it is proposed by submitting it.

    Once the camp is frozen, only the institute does.
    """
    _refuse_what_is_nobodys(scope, partner_id)
    data = data_named(uow, scope, content)
    presenters = _presenters(uow, scope, content.get("presenter_ids", []))
    if partner_id:
        EligiblePartners(uow).named(partner_id, by="partner_id", scope=scope)
        EligiblePartners(uow).referenced(partner_id, by="partner_id").refuse_unless_invitable()
    camp = Camps(uow).named(camp_id, by="camp_id", scope=scope)
    camp.refuse_if_frozen(uow.now, by_staff=scope.is_unrestricted)
    _refuse_who_comes_elsewhere(presenters, camp.id)
    session = Session.draft(id=uow.new_id("ses"), camp=camp, partner_id=partner_id, title=title, **_in_words(content))
    show_data(uow, session, camp, data)
    Camps(uow).touch(camp)
    return Sessions(uow).save(session)


@command
def change_session(
    uow: UnitOfWork,
    scope: Scope,
    *,
    session_id: SessionId,
    version: ExpectedVersion,
    **changes: Unpack[SessionChanges],
) -> Session:
    """Change what is said of a session that is to take place, or may be."""
    data = data_named(uow, scope, changes)
    presenters = _presenters(uow, scope, changes.get("presenter_ids", []))
    session = Sessions(uow).get(session_id, scope=scope, version=version)
    _refuse_who_comes_elsewhere(presenters, session.camp_id)
    camp = Camps(uow).get(session.camp_id, scope=PLATFORM)
    differs = [session.change(**_in_words(changes)), show_data(uow, session, camp, data)]
    return Sessions(uow).save(session) if any(differs) else session


@command
def submit_session(uow: UnitOfWork, scope: Scope, *, session_id: SessionId, version: ExpectedVersion) -> Session:
    """Propose a session that is drafted, or was withdrawn, to the institute."""
    session = Sessions(uow).get(session_id, scope=scope, version=version)
    if session.partner_id:
        EligiblePartners(uow).referenced(session.partner_id, by="session_id").refuse_unless_invitable()
    camp = Camps(uow).get(session.camp_id, scope=PLATFORM)
    camp.refuse_if_frozen(uow.now, by_staff=scope.is_unrestricted)
    Camps(uow).touch(camp)  # It is not cancelled at this moment (write skew).
    session.submit(camp)
    return Sessions(uow).save(session)


@command
def withdraw_session(uow: UnitOfWork, scope: Scope, *, session_id: SessionId, version: ExpectedVersion) -> Session:
    """Withdraw a session that is to take place, or may be; a programme that has it is in conflict."""
    session = Sessions(uow).get(session_id, scope=scope, version=version)
    session.withdraw(SessionWithdrawal.BY_HAND)
    return Sessions(uow).save(session)


@command
def confirm_session(uow: UnitOfWork, scope: Scope, *, session_id: SessionId, version: ExpectedVersion) -> Session:
    """Confirm, for who presents a session that was accepted, that they will."""
    session = Sessions(uow).get(session_id, scope=scope, version=version)
    session.confirm()
    return Sessions(uow).save(session)


def _in_words(said: Mapping[str, Any]) -> dict[str, Any]:
    """Give what is said of a session, without the data that it shows."""
    return {name: value for name, value in said.items() if name not in DATA}


def _refuse_what_is_nobodys(scope: Scope, partner_id: str | None) -> None:
    if partner_id is None and not scope.is_unrestricted:
        detail = f"The caller's own partner, {scope.organisation}, is expected; got none"
        raise PartnerExpected.at("/partner_id", "missing", detail)


def _presenters(uow: UnitOfWork, scope: Scope, ids: Sequence[str]) -> list[Delegate]:
    """Give who is to present: of a partner's session its own people, of the institute's whoever comes."""
    return [Delegates(uow).named(id, by=f"presenter_ids/{place}", scope=scope) for place, id in enumerate(ids)]


def _refuse_who_comes_elsewhere(presenters: Sequence[Delegate], camp_id: str) -> None:
    for place, presenter in enumerate(presenters):
        if presenter.camp_id != camp_id:
            detail = f"A delegate at {camp_id} is expected; got '{presenter.id}'"
            raise UnknownReference.at(f"/presenter_ids/{place}", "unknown", detail)
