"""The roles, and the groups of roles that routes name."""

from collections.abc import Iterable
from enum import StrEnum


class Role(StrEnum):
    """A role of a caller, at the institute or at a partner."""

    INSTITUTE_ADMIN = "institute_admin"
    PROGRAMME_STAFF = "programme_staff"
    FACULTY = "faculty"
    """Coaches; they see the partners whose engagements they lead."""
    PARTNER_LEAD = "partner_lead"
    PARTNER_EDITOR = "partner_editor"
    PARTNER_VIEWER = "partner_viewer"
    INTEGRATOR = "integrator"
    """A program of a partner; read-only."""
    AUDITOR = "auditor"
    """Reads everything; read-only."""


ADMINISTRATION = frozenset({Role.INSTITUTE_ADMIN})
INSTITUTE = frozenset({Role.INSTITUTE_ADMIN, Role.PROGRAMME_STAFF})
COACHES = INSTITUTE | {Role.FACULTY}
IMPROVERS = INSTITUTE | {Role.FACULTY, Role.PARTNER_LEAD, Role.PARTNER_EDITOR}
EVERYBODY = frozenset(Role)
AUDITING = frozenset({Role.INSTITUTE_ADMIN, Role.AUDITOR, Role.PARTNER_LEAD})
"""Roles that may read audit records; a partner's lead sees those of the partner's own people."""
ENTERING_HISTORY = INSTITUTE
"""Roles that may put on record what happened before, as history."""
PROGRAMME_WIDE = INSTITUTE | {Role.FACULTY, Role.AUDITOR}
"""Roles that can be held for the whole programme; others are held for one organisation."""


def misplaced_roles(roles: Iterable[str], *, for_all: bool) -> list[str]:
    """Give the roles of one organisation that are held for all, or those of the institute that are held for one."""
    return [role for role in roles if (role in PROGRAMME_WIDE) != for_all]


def in_words(roles: Iterable[str]) -> str:
    """Name some roles in a sentence."""
    return ", ".join(sorted(roles)) or "none"
