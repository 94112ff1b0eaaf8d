"""The events that camps publishes: facts, in the past tense. Their contracts are written from these classes."""

from services.camps.events.camp import (
    CampAnnounced,
    CampCancelled,
    CampChanged,
    CampInvitationsOpened,
    CampRescheduled,
    CampTerms,
)
from services.camps.events.invitation import (
    InvitationAccepted,
    InvitationAnswerUndone,
    InvitationCampChanged,
    InvitationDeclined,
    InvitationExpired,
    InvitationIssued,
    InvitationTentative,
    InvitationWithdrawn,
    Reason,
    SeatsFreed,
    SeatsOffered,
    WaitlistJoined,
    WaitlistLeft,
    WaitlistPromoted,
    WaitlistReduced,
)
from services.camps.events.session import (
    SessionProposed,
    SessionWithdrawn,
)

__all__ = [
    "CampAnnounced",
    "CampCancelled",
    "CampChanged",
    "CampInvitationsOpened",
    "CampRescheduled",
    "CampTerms",
    "InvitationAccepted",
    "InvitationAnswerUndone",
    "InvitationCampChanged",
    "InvitationDeclined",
    "InvitationExpired",
    "InvitationIssued",
    "InvitationTentative",
    "InvitationWithdrawn",
    "Reason",
    "SeatsFreed",
    "SeatsOffered",
    "SessionProposed",
    "SessionWithdrawn",
    "WaitlistJoined",
    "WaitlistLeft",
    "WaitlistPromoted",
    "WaitlistReduced",
]
