"""Where is kept what was heard of matches of asks and offers."""

from services.notifications.model.help_match import HelpMatch
from services.notifications.repository import OwnCopies


class HelpMatches(OwnCopies[HelpMatch]):
    """How far matches of asks and offers were heard of, for us alone."""

    collection = "help_matches"
    aggregate = HelpMatch
