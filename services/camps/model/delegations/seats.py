"""Delegates and the seats of their invitation: never more than these."""

from collections.abc import Iterable

from chassis.domain.errors import Conflict
from services.camps.model.delegations.delegate import Delegate
from services.camps.model.invitations.invitation import Invitation
from services.camps.model.invitations.invitation_lifecycle import InvitationState

TAKES_DELEGATES = (InvitationState.ACCEPTED, InvitationState.RECONFIRM)
"""Where a partner has said that it comes, so that it names who: also while a camp that was moved asks it anew."""


class NoSeatToFill(Conflict):
    """Delegates are named once their partner has said that it comes."""


class NoSeatLeft(Conflict):
    """A partner names no more delegates than it has seats."""


class MoreDelegatesThanSeats(Conflict):
    """A partner comes with as many people as it has named, or more: whoever is too many is withdrawn first."""


def refuse_one_more(delegates: Iterable[Delegate], *, invitation: Invitation) -> None:
    """Raise NoSeatToFill or NoSeatLeft unless an invitation has a seat for one more."""
    if invitation.state not in TAKES_DELEGATES:
        raise NoSeatToFill(f"{invitation.id} is {invitation.state}: accept it first")
    coming = _coming(delegates)
    if len(coming) >= invitation.seats:
        instead = "substitute one of them, or withdraw who does not come"
        raise NoSeatLeft(f"{invitation.id} has {invitation.seats} seats, and {_named(coming)} have them: {instead}")


def refuse_more_than_seats(delegates: Iterable[Delegate], *, invitation: Invitation) -> None:
    """Raise MoreDelegatesThanSeats when an invitation has seats for fewer than those who are named."""
    coming = _coming(delegates)
    if len(coming) > invitation.seats:
        too_many = len(coming) - invitation.seats
        raise MoreDelegatesThanSeats(
            f"{len(coming)} seats or more are expected, for {_named(coming)} are named: "
            f"withdraw {too_many} of them first, or take more seats; got {invitation.seats}"
        )


def seats_left(delegates: Iterable[Delegate], *, invitation: Invitation) -> int:
    """Give how many seats of an invitation nobody is named for."""
    return max(invitation.seats - len(_coming(delegates)), 0) if invitation.state in TAKES_DELEGATES else 0


def _coming(delegates: Iterable[Delegate]) -> list[Delegate]:
    return [each for each in delegates if each.comes]


def _named(delegates: Iterable[Delegate]) -> str:
    return ", ".join(each.id for each in delegates)
