"""Delegates follow their invitation and the person they are: they go with them, and come again with them."""

from chassis.domain.errors import Conflict
from chassis.domain.scope import PLATFORM
from chassis.persistence.unit_of_work import UnitOfWork
from services.camps.model.camp import Camp
from services.camps.model.delegations.delegate import Absence, Delegate
from services.camps.model.delegations.seats import TAKES_DELEGATES, refuse_more_than_seats, seats_left
from services.camps.model.invitations.answerable import WithdrawalKind
from services.camps.model.invitations.invitation import Invitation
from services.camps.model.invitations.invitee import Invitee
from services.camps.model.person import Person
from services.camps.repository.camp import Camps
from services.camps.repository.delegations import Delegates
from services.camps.repository.invitations import Invitations


class AlreadyComes(Conflict):
    """Nobody comes to a camp twice: one address is one person there."""


def follow_invitation(uow: UnitOfWork, invitation: Invitation) -> None:
    """Withdraw the delegates of an invitation that has no seats for them, and have them come again when it has.

    Who is invited by name is one as soon as they say that they come. Raises MoreDelegatesThanSeats when it is accepted
    for fewer seats than delegates are named, and AlreadyComes.
    """
    delegates = Delegates(uow).of(invitation.id)
    if invitation.guest and not delegates and invitation.state in TAKES_DELEGATES:
        _come_themselves(uow, invitation, invitation.guest)
    elif invitation.state in TAKES_DELEGATES:
        refuse_more_than_seats(delegates, invitation=invitation)
        for delegate in delegates:
            _regain(uow, delegate, Absence.INVITATION, left=seats_left(delegates, invitation=invitation))
    else:
        for delegate in delegates:
            _miss(uow, delegate, _why_nobody_comes(invitation))


def _why_nobody_comes(invitation: Invitation) -> Absence:
    with_the_camp = invitation.withdrawal and invitation.withdrawal.kind is WithdrawalKind.CAMP_CANCELLED
    return Absence.CAMP_CANCELLED if with_the_camp else Absence.INVITATION


def follow_person(uow: UnitOfWork, person: Person) -> None:
    """Take over what is on record of somebody in all they are to come to; who has left does not come.

    A camp that has begun keeps who is there, at the address they have now.
    """
    for delegate in Delegates(uow).each({"person_id": person.id}, scope=PLATFORM):
        camp = Camps(uow).get(delegate.camp_id, scope=PLATFORM)
        if uow.now >= camp.ends_at():
            continue
        if person.is_of(delegate.partner_id):
            if delegate.follow_person(person.as_whom(), camp=camp):
                Delegates(uow).save(delegate)
            _come_again(uow, delegate)
        elif not camp.has_begun(uow.now):
            _miss(uow, delegate, Absence.PERSON_LEFT)


def follow_mode(uow: UnitOfWork, camp: Camp) -> None:
    """Have all who are named for a camp, also who does not come now, take part as its mode lets them."""
    for delegate in Delegates(uow).each({"camp_id": camp.id}, scope=PLATFORM):
        if delegate.follow_mode(camp=camp):
            Delegates(uow).save(delegate)


def refuse_who_comes_already(uow: UnitOfWork, camp: Camp, email: str, *, but: Delegate | None = None) -> None:
    """Raise AlreadyComes if somebody else comes who is written to at this address."""
    other = Delegates(uow).that_comes(camp.id, email)
    if other is not None and (but is None or other.id != but.id):
        about = f"delegate {other.id} comes to camp {other.camp_id}, and is written to at that address"
        raise AlreadyComes(about)


def _come_themselves(uow: UnitOfWork, invitation: Invitation, guest: Invitee) -> None:
    camp = Camps(uow).get(invitation.camp_id, scope=PLATFORM)
    Camps(uow).touch(camp)  # Nobody names them for a partner at this moment unseen.
    refuse_who_comes_already(uow, camp, guest.email)
    Delegates(uow).save(Delegate.by_name(guest, id=uow.new_id("dlg"), invitation=invitation, camp=camp))


def _come_again(uow: UnitOfWork, delegate: Delegate) -> None:
    """Have who left and is back come again, if their partner has kept a seat for them."""
    if Absence.PERSON_LEFT in delegate.absences:
        invitation = Invitations(uow).get(delegate.invitation_id or "", scope=PLATFORM)
        Invitations(uow).touch(invitation)
        left = seats_left(Delegates(uow).of(invitation.id), invitation=invitation)
        _regain(uow, delegate, Absence.PERSON_LEFT, left=left)


def _regain(uow: UnitOfWork, delegate: Delegate, absence: Absence, *, left: int) -> None:
    """Have a delegate come again whom only this kept away, if a seat is left, those named first before others."""
    if absence in delegate.absences and (left or not delegate.comes_without(absence)):
        delegate.regain(absence, camp=Camps(uow).get(delegate.camp_id, scope=PLATFORM))
        Delegates(uow).save(delegate)


def _miss(uow: UnitOfWork, delegate: Delegate, absence: Absence) -> None:
    if delegate.miss(absence, camp=Camps(uow).get(delegate.camp_id, scope=PLATFORM)):
        Delegates(uow).save(delegate)
