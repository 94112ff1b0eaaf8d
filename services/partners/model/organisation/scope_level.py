"""How far what an organisation does reaches."""

from enum import StrEnum


class ScopeLevel(StrEnum):
    """The level of care and delivery on which a partner works (the programme description's four)."""

    LOCAL = "local"
    STATE = "state"
    REGIONAL = "regional"
    NATIONAL = "national"
