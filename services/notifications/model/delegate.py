"""Who comes to a camp by name, and what is known of the camp, each as events said it."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from chassis.domain.aggregate import Aggregate
from chassis.domain.erasure import ERASED, NO_LANGUAGE, NO_ZONE, erased_address
from chassis.domain.replica import newest
from services.notifications.model.calendar_entry import Appointment
from services.notifications.model.camp_where import Where
from services.notifications.model.copied import Recipient

DELEGATE = "delegate"


@dataclass(frozen=True, kw_only=True)
class CampTerms(Where):
    """What a delegate is told of a camp; `anchor_revision` says how often its days were moved."""

    camp_title: str
    zone: str
    starts_on: date
    ends_on: date
    begins_at: datetime
    ends_at: datetime
    anchor_revision: int = 0

    @classmethod
    def of_days(
        cls, *, opens_at: str, closes_at: str, starts_on: date, ends_on: date, zone: str, **said: object
    ) -> "CampTerms":
        """Give the same by the hours of its first and last day, such as 09:00, as the clocks of the place show them."""
        begins_at, ends_at = (
            datetime.combine(day, time.fromisoformat(hour), ZoneInfo(zone)).astimezone(UTC)
            for day, hour in ((starts_on, opens_at), (ends_on, closes_at))
        )
        days = {"starts_on": starts_on, "ends_on": ends_on, "begins_at": begins_at, "ends_at": ends_at}
        return cls(zone=zone, **days, **said)  # type: ignore[arg-type]


@dataclass(kw_only=True)
class Camp(Aggregate):
    """A camp, as its own events said it last."""

    terms: CampTerms | None = None
    is_postponed: bool = False
    """Whether nobody knows its days: those here do not count any more."""
    seen_sequence: int = 0

    def keep(self, terms: CampTerms, *, sequence: int) -> None:
        """Keep what is said of it; raises Superseded when something later is known."""
        self.seen_sequence = newest(self.seen_sequence, sequence)
        self.terms, self.is_postponed = terms, False

    def postpone(self, *, sequence: int) -> None:
        """Keep that its days do not count any more; raises Superseded when something later is known."""
        self.seen_sequence = newest(self.seen_sequence, sequence)
        self.is_postponed = True


@dataclass(kw_only=True)
class Delegate(Aggregate):
    """Somebody who comes to a camp, or does not any more; `person_id` is None for who is named for it alone."""

    camp_id: str = ""
    partner_id: str | None = None
    invitation_id: str | None = None
    person_id: str | None = None
    name: str = ""
    email: str = ""
    language: str = ""
    zone: str = ""
    remote: bool = False
    terms: CampTerms | None = None
    comes: bool = False
    sure: bool = False
    seen_sequence: int = 0
    state_sequence: int = 0
    """Of the last event that told whether they come."""

    def keep(self, said: "Delegate", *, sequence: int, comes: bool, sure: bool = False) -> "Delegate":
        """Give them as they are by an event that tells whether they come; raises Superseded when a later one did.

        What is said of them in it counts unless a later event said otherwise.
        """
        state_sequence = newest(self.state_sequence, sequence)
        base = said if sequence > self.seen_sequence else self
        return replace(base, version=self.version, seen_sequence=max(self.seen_sequence, sequence),
                       state_sequence=state_sequence, comes=comes, sure=sure)  # fmt: skip

    def describe(self, said: "Delegate", *, sequence: int) -> "Delegate":
        """Give them as an event says that they are now; raises Superseded when a later one did."""
        return replace(said, version=self.version, seen_sequence=newest(self.seen_sequence, sequence),
                       state_sequence=self.state_sequence, comes=self.comes, sure=self.sure)  # fmt: skip

    def forgotten(self) -> "Delegate":
        """Give them without who they are."""
        return replace(self, name=ERASED, email=erased_address(self.recipient_id), language=NO_LANGUAGE, zone=NO_ZONE)

    @property
    def recipient_id(self) -> str:
        """Under which they are written to: the person's on record, that of the invitation by name, or their own."""
        return self.person_id or (self.invitation_id if self.is_by_name else None) or self.id

    @property
    def is_by_name(self) -> bool:
        """Whether they come for no partner: they were invited by name, and are told of that as such."""
        return self.partner_id is None

    def recipient(self, known: Recipient | None) -> Recipient:
        """Give to whom letters go: the person as they are known, or whom the event says."""
        return known or Recipient(
            id=self.recipient_id, seen_sequence=0, partner_id=self.partner_id, name=self.name, email=self.email,
            role=DELEGATE, language=self.language, zone=self.zone,
        )  # fmt: skip

    def terms_of(self, camp: Camp) -> CampTerms | None:
        """Give what is so of the camp: as its own events say, unless those about the delegate know of a later move."""
        if camp.terms and (self.terms is None or camp.terms.anchor_revision >= self.terms.anchor_revision):
            return camp.terms
        return self.terms

    def is_remote(self, camp: Camp) -> bool:
        """Whether they take part from where they are, as far as that is known."""
        terms = self.terms_of(camp)
        return terms is not None and terms.is_remote(chosen=self.remote)

    def appointment(self, camp: Camp) -> Appointment | None:
        """Give what their diary should have of the camp; None when they do not come, or nobody knows when."""
        terms = self.terms_of(camp)
        if terms is None or not self.comes or camp.is_postponed:
            return None
        return Appointment(title=terms.camp_title, place=terms.location(remote=self.remote), zone=terms.zone,
                           starts_on=terms.starts_on, ends_on=terms.ends_on, begins_at=terms.begins_at,
                           ends_at=terms.ends_at, sure=self.sure)  # fmt: skip
