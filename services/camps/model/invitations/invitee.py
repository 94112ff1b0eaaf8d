"""Who is invited to a camp: a partner, or somebody by name whom the institute asks itself."""

from dataclasses import dataclass
from enum import StrEnum

from chassis.domain.errors import Conflict, Invalid
from services.camps.model.person import Whom

COACH = "coach"
"""The role on record of who is on the faculty."""


class InviteeKind(StrEnum):
    """Whom an invitation is for."""

    PARTNER = "partner"
    GUEST = "guest"
    FACULTY = "faculty"
    INSTITUTE = "institute"


class NotOfThisKind(Invalid):
    """Faculty and the institute's own delegation are people on its record; a guest is described."""


class InvitedByName(Conflict):
    """Who is invited by name comes themselves, and as long as their invitation says so."""


@dataclass(frozen=True, kw_only=True)
class Invitee(Whom):
    """Somebody who is invited by name, with what a guest brings: a lesson, and where it may hold for others, too."""

    organisation: str | None = None
    industry: str | None = None
    lesson: str | None = None
    hypothesis: str | None = None
