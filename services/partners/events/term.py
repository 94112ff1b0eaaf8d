"""What happens to terms of partners by the calendar, where each partner is."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, TypedDict

from chassis.domain.aggregate import Event, Keywords
from services.partners.events.partner import AdmissionNumber


class OfTerm(TypedDict):
    """Which term of which partner an event is about."""

    term_id: str
    partner_id: str
    on: date
    term_ends_on: date
    admission_number: int


@dataclass(frozen=True, kw_only=True)
class TermEvent(Event):
    """A day of a partner's term has begun where the partner is; each is told once, the earliest first."""

    term_id: Annotated[str, "the partner's calendar of terms; also the event's subject"]
    partner_id: Annotated[str, "the partner whose term it is"]
    on: Annotated[date, "the day, where the partner is, on which it was to be told"]
    term_ends_on: Annotated[date, "the last day of the term"]
    admission_number: AdmissionNumber


@dataclass(frozen=True, kw_only=True)
class TermAnniversary(TermEvent):
    """So many years ago the first term of this admission began. Published once for each year, the last one included."""

    type = "partners.term.anniversary"
    audience = "partner"

    years: Annotated[int, Keywords(minimum=1), "how many years ago"]


@dataclass(frozen=True, kw_only=True)
class TermRenewalDue(TermEvent):
    """A term ends before long, and nobody has decided whether another one follows. Published once for a term."""

    type = "partners.term.renewal_due"


@dataclass(frozen=True, kw_only=True)
class TermRenewalOverdue(TermEvent):
    """It should be decided by now whether another term follows, so that the partner knows in time; once for a term."""

    type = "partners.term.renewal_overdue"


@dataclass(frozen=True, kw_only=True)
class TermEnded(TermEvent):
    """The last day of a term is over, and no other term follows. The partner stays in the programme until it leaves."""

    type = "partners.term.ended"
    audience = "partner"
