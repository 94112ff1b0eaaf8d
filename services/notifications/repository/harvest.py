"""Where is kept what was told of the harvests of camps."""

from services.notifications.model.harvest import HarvestTold
from services.notifications.repository import OwnCopies


class HarvestsTold(OwnCopies[HarvestTold]):
    """Which edition everybody was told of last, for us alone."""

    collection = "harvests_told"
    aggregate = HarvestTold
