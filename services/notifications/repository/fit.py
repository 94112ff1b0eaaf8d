"""What is known of how partners fit."""

from services.notifications.model.fit import KnownFit
from services.notifications.repository import OwnCopies


class KnownFits(OwnCopies[KnownFit]):
    """What became of the fit of partners, for us alone."""

    collection = "known_fits"
    aggregate = KnownFit
