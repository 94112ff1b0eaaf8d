"""What is known of the terms of partners."""

from services.notifications.model.term import KnownTerm
from services.notifications.repository import OwnCopies


class KnownTerms(OwnCopies[KnownTerm]):
    """What was heard about the renewal of each partner, for us alone."""

    collection = "known_terms"
    aggregate = KnownTerm
