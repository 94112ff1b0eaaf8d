"""The institute invites somebody by name: a guest of another industry, faculty, or one of its own delegation."""

from dataclasses import fields, replace
from typing import Unpack

from chassis.domain.scope import EVERY_ORGANISATION, PLATFORM, Scope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import command
from services.camps.model.camp import Camp
from services.camps.model.invitations.answer import Periods
from services.camps.model.invitations.guest import Guest, InvitedKind
from services.camps.model.invitations.invitation import Invitation
from services.camps.model.invitations.invitation_lifecycle import UNANSWERED
from services.camps.model.invitations.invitee import COACH, Invitee, InviteeKind, NotOfThisKind
from services.camps.model.person import Whom
from services.camps.repository.camp import Camps, People
from services.camps.repository.delegations import Delegates
from services.camps.repository.invitations import Invitations
from services.camps.schemas.camp import CampId, ExpectedVersion, PersonId, Reason
from services.camps.schemas.guests import GuestChanges, GuestId, SomebodyByName
from services.camps.use_cases.delegations.delegate import LANGUAGE
from services.camps.use_cases.delegations.following import refuse_who_comes_already
from services.camps.use_cases.invitations.by_hand import said
from services.camps.use_cases.invitations.invitation import issue

OF_GUESTS = ("organisation", "industry", "lesson", "hypothesis")
OF_WHOM = tuple(each.name for each in fields(Whom) if each.name != "person_id")


@command(needs=EVERY_ORGANISATION)
def invite_guest(
    uow: UnitOfWork,
    periods: Periods,
    *,
    camp_id: CampId,
    kind: InvitedKind,
    reason: Reason,
    **somebody: Unpack[SomebodyByName],
) -> Guest:
    """Invite somebody to a camp by name, for a reason that their letter gives: they are asked, or wait for a seat.

    A guest is described, in English and with the hours of the camp unless said otherwise; faculty and the institute's
    own delegation are on its record.
    """
    person_id = somebody.get("person_id")
    camp = Camps(uow).named(camp_id, by="camp_id", scope=PLATFORM)
    camp.refuse_unless_inviting(uow.now)
    guest = _described(somebody, camp, kind) if person_id is None else _on_record(uow, person_id, kind, somebody)
    _refuse_a_second(uow, camp, guest.email)
    invitation = Invitation.by_name(id=uow.new_id("inv"), camp=camp, kind=InviteeKind(kind), guest=guest,
                                    reasons=[said(uow, reason)])  # fmt: skip
    issue(uow, periods, camp, invitation)
    return Guest.of(invitation)


@command(needs=EVERY_ORGANISATION)
def change_guest(
    uow: UnitOfWork,
    scope: Scope,
    *,
    guest_id: GuestId,
    version: ExpectedVersion,
    **changes: Unpack[GuestChanges],
) -> Guest:
    """Change the given members of what is known of who is invited by name; of people on record that is changed there.

    Who has still to answer is asked anew at another address.
    """
    invitation = Invitations(uow).get(guest_id, scope=scope, version=version)
    camp, known = Camps(uow).get(invitation.camp_id, scope=PLATFORM), Guest.of(invitation).described
    _refuse_what_is_on_record(known, changes)
    guest = replace(known, **changes)
    if guest.email != known.email:
        _refuse_a_second(uow, camp, guest.email, but=invitation)
    if invitation.describe(guest):
        if guest.email != known.email and invitation.state in UNANSWERED:
            invitation.ask_once_more(camp=camp, until=invitation.offer_until)
        Invitations(uow).save(invitation)
        _describe_who_comes(uow, invitation, camp)
    return Guest.of(invitation)


def describe_who_is_invited(uow: UnitOfWork, whom: Whom) -> None:
    """Take over what is on record of somebody in what they are invited to by name."""
    for invitation in Invitations(uow).each({"guest.person_id": whom.person_id}, scope=PLATFORM):
        if invitation.guest and invitation.describe(replace(invitation.guest, **vars(whom))):
            Invitations(uow).save(invitation)


def _describe_who_comes(uow: UnitOfWork, invitation: Invitation, camp: Camp) -> None:
    for delegate in Delegates(uow).of(invitation.id):
        if invitation.guest and delegate.follow_person(invitation.guest, camp=camp):
            Delegates(uow).save(delegate)


def _described(somebody: SomebodyByName, camp: Camp, kind: str) -> Invitee:
    if kind != InviteeKind.GUEST:
        raise NotOfThisKind.at("/person_id", "required", f"The person_id of somebody on record is expected for {kind}")
    for member in ("name", "email"):
        if member not in somebody:
            raise NotOfThisKind.at(f"/{member}", "required", "A name and an address are expected of a guest; got none")
    brings = {name: somebody.get(name) for name in OF_GUESTS}
    return Invitee(name=somebody["name"], email=somebody["email"], language=somebody.get("language", LANGUAGE),
                   zone=somebody.get("zone", camp.zone), **brings)  # type: ignore[arg-type]  # fmt: skip


def _on_record(uow: UnitOfWork, person_id: PersonId, kind: str, somebody: SomebodyByName) -> Invitee:
    if kind == InviteeKind.GUEST:
        detail = f"Name and address of a guest are expected, who is on no record; got '{person_id}'"
        raise NotOfThisKind.at("/person_id", "not_allowed", detail)
    _refuse_what_is_on_record(Invitee(person_id=person_id, name="", email="", language="", zone=""), somebody)
    person = People(uow).referenced(person_id, by="person_id")
    person.refuse_unless_of(None, field="person_id")
    if kind == InviteeKind.FACULTY and not person.has_role(COACH):
        detail = f"Somebody of the faculty ({COACH}) is expected; {person_id} is {person.role or 'not known to be'}"
        raise NotOfThisKind.at("/person_id", "not_allowed", detail)
    return Invitee(**vars(person.as_whom()))


def _refuse_what_is_on_record(known: Invitee, said_of_them: GuestChanges) -> None:
    for member in (*OF_WHOM, *OF_GUESTS):
        if known.person_id is not None and member in said_of_them:
            detail = f"Nothing is expected, for {known.person_id} is on record, and no guest"
            raise NotOfThisKind.at(f"/{member}", "not_allowed", detail)


def _refuse_a_second(uow: UnitOfWork, camp: Camp, email: str, *, but: Invitation | None = None) -> None:
    """Raise AlreadyInvited and AlreadyComes for an address at which somebody is invited by name, or comes."""
    other = Invitations(uow).of_address(camp.id, email)
    if other is not None:
        raise other.already_invited()
    mine = [each for each in Delegates(uow).of(but.id) if each.comes] if but else []
    refuse_who_comes_already(uow, camp, email, but=mine[0] if mine else None)
