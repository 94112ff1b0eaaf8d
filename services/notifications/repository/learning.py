"""Where is kept what was heard of matches of asks and offers, and of connections between partners."""

from services.notifications.model.connection import KnownConnection
from services.notifications.model.help_match import HelpMatch
from services.notifications.repository import OwnCopies


class KnownConnections(OwnCopies[KnownConnection]):
    """What became of connections between partners, for us alone."""

    collection = "known_connections"
    aggregate = KnownConnection


class HelpMatches(OwnCopies[HelpMatch]):
    """How far matches of asks and offers were heard of, for us alone."""

    collection = "help_matches"
    aggregate = HelpMatch
