"""Where delegates, what they need, and who was there are kept."""

from collections.abc import Iterator, Mapping
from typing import Any

from pymongo import IndexModel

from chassis.domain.scope import PLATFORM
from chassis.persistence.repository import NOTHING, Repository
from chassis.schemas.mail_addresses import canonical_address
from services.camps.model.delegations.attendance import CAME, Attendance, AttendanceState, Occasion
from services.camps.model.delegations.delegate import Delegate
from services.camps.model.delegations.delegate_lifecycle import COMING
from services.camps.model.delegations.needs import Needs

THAT_CAME = {"state": AttendanceState.RECORDED, "presence": {"$in": list(CAME)}}
"""What of attendance counts, and says that somebody was there."""


class Delegates(Repository[Delegate]):
    """Everybody who comes to a camp, or was to; each is their partner's."""

    collection = "delegates"
    aggregate = Delegate
    people_in = ("person_id",)
    owner_field = "partner_id"
    indexes = (
        IndexModel(["camp_id", "address"]),
        IndexModel(["invitation_id", "_id"]),
        IndexModel(["person_id", "_id"]),
        IndexModel("address"),
    )

    def save(self, aggregate: Delegate, *, index_members: Mapping[str, Any] = NOTHING) -> Delegate:
        """Store it, and one spelling of the address, by which it is found."""
        address = canonical_address(aggregate.email)
        return super().save(aggregate, index_members={**index_members, "address": address})

    def of(self, invitation_id: str) -> list[Delegate]:
        """Give everybody who was ever named for an invitation's seats, in that order."""
        return list(self.each({"invitation_id": invitation_id}, scope=PLATFORM))

    def of_person(self, person_id: str, address: str) -> Iterator[Delegate]:
        """Iterate over what somebody ever was at camps: by their id, or on no record and written to at an address."""
        on_no_record = {"person_id": None, "address": canonical_address(address)} if address else {"_id": None}
        return self.each({"$or": [{"person_id": person_id}, on_no_record]}, scope=PLATFORM)

    def that_comes(self, camp_id: str, address: str) -> Delegate | None:
        """Give who comes to a camp and is written to at an address, whatever its spelling."""
        where = {"camp_id": camp_id, "address": canonical_address(address), "state": {"$in": list(COMING)}}
        return self.first(where, scope=PLATFORM)

    def linked(self, camp_id: str, holder_id: str) -> Delegate | None:
        """Give who comes to a camp under the id that a link names: a person's on record, or else the delegate's own."""
        theirs = {"$or": [{"_id": holder_id}, {"person_id": holder_id}]}
        return self.first({"camp_id": camp_id, "state": {"$in": list(COMING)}, **theirs}, scope=PLATFORM)

    def ids_of_who_come(self, camp_id: str) -> list[str]:
        """Give the ids of all who come to a camp."""
        coming = {"camp_id": camp_id, "state": {"$in": list(COMING)}}
        return sorted(self.counts("_id", where=coming, scope=PLATFORM))


class NeedsOfDelegates(Repository[Needs]):
    """What delegates need, under their ids: in no other collection, and for no longer than it is of use."""

    collection = "delegate_needs"
    aggregate = Needs
    people_in = ("_id",)
    owner_field = "partner_id"
    indexes = (IndexModel(["camp_id", "_id"]),)

    def camps(self) -> list[str]:
        """Give the camps for which something is kept."""
        return sorted(self.counts("camp_id", where={}, scope=PLATFORM))

    def remove(self, where: Mapping[str, Any]) -> None:
        """Keep nothing of what fits."""
        self._documents.delete_many(dict(where), session=self._unit_of_work.session)


class Attendances(Repository[Attendance]):
    """All that was recorded of who was there; each is the delegate's partner's."""

    collection = "attendances"
    aggregate = Attendance
    people_in = ("delegate_id",)
    owner_field = "partner_id"
    indexes = (
        IndexModel(["delegate_id", "on", "session_id"], unique=True, partialFilterExpression={"corrected_by": None}),
        IndexModel(["camp_id", "partner_id", "state"]),
    )
    """Of a delegate one thing counts for each day and each session."""

    def that_counts(self, delegate_id: str, occasion: Occasion) -> Attendance | None:
        """Give what counts of a delegate for a day or a session, if something is recorded."""
        session = {"session_id": occasion.session_id, "on": occasion.on.isoformat() if occasion.on else None}
        return self.first({"delegate_id": delegate_id, "corrected_by": None, **session}, scope=PLATFORM)

    def attended(self, camp_id: str, partner_id: str) -> bool:
        """Whether somebody who came in a seat of a partner was there, on a day or in a session."""
        return self.first({"camp_id": camp_id, "partner_id": partner_id, **THAT_CAME}, scope=PLATFORM) is not None

    def who_came(self, camp_id: str) -> frozenset[str]:
        """Give the ids of the delegates of a camp who were there, on a day or in a session."""
        return frozenset(self.counts("delegate_id", where={"camp_id": camp_id, **THAT_CAME}, scope=PLATFORM))

    def partners_that_came(self, camp_id: str) -> list[str]:
        """Give the partners in whose seats somebody was there."""
        return sorted(self.counts("partner_id", where={"camp_id": camp_id, **THAT_CAME}, scope=PLATFORM))
