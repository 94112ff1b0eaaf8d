"""The roles there are, and the groups of them that routes name."""

from enum import StrEnum


class Role(StrEnum):
    """What somebody may do, for the institute or for a partner."""

    INSTITUTE_ADMIN = "institute_admin"
    PROGRAMME_STAFF = "programme_staff"
    FACULTY = "faculty"
    """Coaches: of the partners whose engagements they lead."""
    PARTNER_LEAD = "partner_lead"
    PARTNER_EDITOR = "partner_editor"
    PARTNER_VIEWER = "partner_viewer"
    INTEGRATOR = "integrator"
    """A program of a partner's; it reads."""
    AUDITOR = "auditor"
    """Reads everything, and changes nothing."""


INSTITUTE = frozenset({Role.INSTITUTE_ADMIN, Role.PROGRAMME_STAFF})
COACHES = INSTITUTE | {Role.FACULTY}
IMPROVERS = INSTITUTE | {Role.FACULTY, Role.PARTNER_LEAD, Role.PARTNER_EDITOR}
EVERYBODY = frozenset(Role)
AUDITING = frozenset({Role.INSTITUTE_ADMIN, Role.AUDITOR, Role.PARTNER_LEAD})
"""Who sees who did what: a partner's lead what the partner's own people did."""
PROGRAMME_WIDE = INSTITUTE | {Role.FACULTY, Role.AUDITOR}
"""Roles that can be held for the whole programme; all others are held for one organisation."""
