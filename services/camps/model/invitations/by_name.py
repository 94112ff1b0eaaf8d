"""What is said of invitations by name: the same as of a partner's, by events that name whom they are for."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from chassis.domain.aggregate import Event
from services.camps.events import guest, invitation

SAID_OF_GUESTS: Mapping[type[Event], type[guest.GuestEvent]] = {
    invitation.InvitationIssued: guest.GuestInvited,
    invitation.WaitlistPromoted: guest.GuestOffered,
    invitation.WaitlistJoined: guest.GuestWaitlisted,
    invitation.WaitlistClosed: guest.GuestWaitlistClosed,
    invitation.WaitlistLeft: guest.GuestLeftWaitlist,
    invitation.InvitationAccepted: guest.GuestAccepted,
    invitation.InvitationTentative: guest.GuestTentative,
    invitation.InvitationDeclined: guest.GuestDeclined,
    invitation.InvitationAnswerUndone: guest.GuestAnswerUndone,
    invitation.InvitationExpired: guest.GuestExpired,
    invitation.InvitationWithdrawn: guest.GuestWithdrawn,
    invitation.InvitationCampChanged: guest.GuestCampChanged,
}


def said_of_guest(event: Event, named: Mapping[str, Any]) -> Event:
    """Give what is published of an invitation by name in place of what would be of a partner's.

    What says nothing of whom it is for, such as that seats are free, stays as it is.
    """
    published = SAID_OF_GUESTS.get(type(event))
    if published is None:
        return event
    said = {each.name: getattr(event, each.name) for each in fields(event)}
    said |= {"camp_zone": said.get("zone"), "withdrawn_for": said.get("kind"), **named}
    return published(**{each.name: said[each.name] for each in fields(published)})
