"""Where is kept what was told of sessions at camps, and of programmes."""

from services.notifications.model.programme import CampSession, ProgrammeTold
from services.notifications.repository import OwnCopies


class CampSessions(OwnCopies[CampSession]):
    """What was told of sessions at camps, for us alone."""

    collection = "camp_sessions"
    aggregate = CampSession


class ProgrammesTold(OwnCopies[ProgrammeTold]):
    """Which release each delegate was told of last, for us alone."""

    collection = "programmes_told"
    aggregate = ProgrammeTold
