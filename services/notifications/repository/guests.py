"""Where is kept what was told of invitations by name."""

from services.notifications.model.guest import GuestInvitation
from services.notifications.repository import OwnCopies


class GuestInvitations(OwnCopies[GuestInvitation]):
    """What was told of invitations by name, for us alone."""

    collection = "guest_invitations"
    aggregate = GuestInvitation
