"""What diaries were told, and who comes to camps by name."""

from pymongo import IndexModel

from chassis.domain.scope import PLATFORM
from chassis.persistence.repository import Repository
from services.notifications.model.calendar_entry import CalendarEntry
from services.notifications.model.copied import Recipient
from services.notifications.model.delegate import Camp, Delegate
from services.notifications.repository import OwnCopies


class CalendarEntries(Repository[CalendarEntry]):
    """What every recipient's diary was told of every camp; each is its recipient's partner's."""

    collection = "calendar_entries"
    aggregate = CalendarEntry
    people_in = ("recipient_id",)
    owner_field = "partner_id"
    indexes = (IndexModel("recipient_id"), IndexModel("camp_id"))

    def of(self, camp_id: str, recipient: Recipient) -> CalendarEntry:
        """Give a recipient's entry of a camp, of which nothing was told if there is none."""
        id = f"{camp_id}.{recipient.id}"
        known = self.first({"_id": id}, scope=PLATFORM)
        return known or CalendarEntry(
            id=id, camp_id=camp_id, recipient_id=recipient.id, partner_id=recipient.partner_id
        )


class Camps(OwnCopies[Camp]):
    """What camps say of themselves, for us alone."""

    collection = "camps"
    aggregate = Camp


class Delegates(OwnCopies[Delegate]):
    """Who comes to camps by name, for us alone."""

    collection = "delegates"
    aggregate = Delegate
    people_in = ("person_id",)
    indexes = (IndexModel("camp_id"), IndexModel("invitation_id"), IndexModel("person_id"))

    def of_person(self, person_id: str) -> list[Delegate]:
        """Give everything that somebody on record ever was at camps."""
        return list(self.each({"person_id": person_id}, scope=PLATFORM))

    def at(self, camp_id: str, recipient_id: str) -> list[Delegate]:
        """Give what is known of somebody as a delegate of a camp: several, where they were named more than once."""
        by_name = {"invitation_id": recipient_id, "partner_id": None}
        who = [{"person_id": recipient_id}, {"_id": recipient_id}, by_name]
        return list(self.each({"camp_id": camp_id, "$or": who}, scope=PLATFORM))

    def of_guest(self, invitation_id: str) -> Delegate | None:
        """Give who was invited by name, once they have said that they come."""
        return self.first({"invitation_id": invitation_id, "partner_id": None}, scope=PLATFORM)

    def coming_to(self, camp_id: str) -> list[Delegate]:
        """Give everybody who comes to a camp."""
        return list(self.each({"camp_id": camp_id, "comes": True}, scope=PLATFORM))
