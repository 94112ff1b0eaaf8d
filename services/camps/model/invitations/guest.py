"""Who is invited by name, as the institute sees them, and where that stands."""

from dataclasses import dataclass, field, fields
from datetime import datetime
from enum import StrEnum

from chassis.domain.aggregate import PERSONAL
from chassis.domain.errors import NotFound
from services.camps.model.invitations.invitation import Invitation
from services.camps.model.invitations.invitation_lifecycle import InvitationState
from services.camps.model.invitations.invitee import Invitee


class InvitedKind(StrEnum):
    """Who is invited by name."""

    GUEST = "guest"
    FACULTY = "faculty"
    INSTITUTE = "institute"


class NobodyByName(NotFound):
    """A partner's invitation is for nobody by name."""


@dataclass(frozen=True, kw_only=True)
class Guest:
    """Somebody who is invited by name; their `id` is that of their invitation, by which it is answered."""

    id: str
    version: int
    updated_at: datetime | None
    camp_id: str
    kind: InvitedKind
    state: InvitationState
    person_id: str | None
    name: str = field(metadata=PERSONAL)
    email: str = field(metadata=PERSONAL)
    language: str
    zone: str
    organisation: str | None
    industry: str | None
    lesson: str | None
    hypothesis: str | None

    @classmethod
    def of(cls, invitation: Invitation) -> "Guest":
        """Show whom an invitation is for; raises NobodyByName for a partner's."""
        if invitation.guest is None:
            raise NobodyByName(f"invitation {invitation.id} is a partner's")
        shown = {name: getattr(invitation, name) for name in ("id", "version", "updated_at", "camp_id", "state")}
        return cls(kind=InvitedKind(invitation.kind), **shown, **vars(invitation.guest))

    @property
    def described(self) -> Invitee:
        """What is known of them."""
        return Invitee(**{each.name: getattr(self, each.name) for each in fields(Invitee)})
