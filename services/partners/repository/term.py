"""Where the calendars of terms are kept."""

from typing import ClassVar

from pymongo import IndexModel

from chassis.domain.scope import PLATFORM
from chassis.persistence.repository import Backlog, Repository
from services.partners.model.term import TermCalendar


class TermCalendars(Repository[TermCalendar]):
    """The calendar of every partner that was admitted; each is of one partner."""

    collection = "terms"
    aggregate = TermCalendar
    owner_field = "partner_id"
    backlog: ClassVar[Backlog] = Backlog(since="next_at")
    """Those of which something is to be told."""
    indexes = (IndexModel("partner_id", unique=True), IndexModel("next_at"))

    def of_partner(self, partner_id: str) -> TermCalendar | None:
        """Give the calendar of a partner, if it was ever admitted."""
        return self.first({"partner_id": partner_id}, scope=PLATFORM)
