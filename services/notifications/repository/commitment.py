"""Where is kept what partners promised at camps, and when to remind of it."""

from typing import ClassVar

from pymongo import IndexModel

from chassis.persistence.repository import Backlog
from services.notifications.model.commitment import Commitment
from services.notifications.repository import OwnCopies


class Commitments(OwnCopies[Commitment]):
    """What is known of commitments, for us alone."""

    collection = "commitments"
    backlog: ClassVar[Backlog] = Backlog(since="remind_at")
    """Those of which their owners may now be reminded."""
    aggregate = Commitment
    indexes = (IndexModel("remind_at"),)
