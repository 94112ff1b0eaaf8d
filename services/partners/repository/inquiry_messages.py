"""Where messages are kept that an inquiry does not hold."""

from pymongo import IndexModel

from chassis.domain.scope import PLATFORM
from chassis.persistence.repository import Repository
from services.partners.model.inquiry.inquirer import FurtherMessage


class FurtherMessages(Repository[FurtherMessage]):
    """What was written of inquiries that were full, for the institute alone."""

    collection = "inquiry_messages"
    aggregate = FurtherMessage
    owner_field = "organisation_id"
    indexes = (IndexModel(["inquiry_id", "_id"]), IndexModel(["inquiry_id", "by.address"]))

    def has_any_from(self, address: str, *, of: str) -> bool:
        """Whether something is kept of an inquiry that came from an address."""
        return self.first({"inquiry_id": of, "by.address": address}, scope=PLATFORM) is not None

    def remove_of(self, inquiry_id: str) -> None:
        """Remove all that is kept of an inquiry."""
        self._documents.delete_many({"inquiry_id": inquiry_id}, session=self._unit_of_work.session)
