"""What happens to connections between two partners. They are internal: an outsider of one is none of the other."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, TypedDict

from chassis.domain.aggregate import Event, Keywords

ByPartner = Annotated[str | None, "the partner that did it; null where the institute or the platform did"]


class OfConnection(TypedDict):
    """Which connection it is: the members of `ConnectionEvent`."""

    connection_id: str
    partner_ids: list[str]
    kind: str


@dataclass(frozen=True, kw_only=True)
class ConnectionReason:
    """Why two partners may want to do something with each other."""

    kind: Annotated[str, "by_hand, matched_ask, adopted_same_change or same_session; more may come"]
    what: Annotated[str, "by hand, the institute's reason; else what was matched, adopted or presented"]
    about_id: Annotated[str | None, "the id of that match or session, or the code of that change; null by hand"] = None


@dataclass(frozen=True, kw_only=True)
class ConnectionEvent(Event):
    """Something happened to a connection between two partners."""

    connection_id: Annotated[str, "the connection; also the event's subject"]
    partner_ids: Annotated[
        list[str], Keywords(minItems=2, maxItems=2), "both partners, by id: neither comes before the other"
    ]  # fmt: skip
    kind: Annotated[str, "site_visit, buddy, joint_test or mentoring; more may come"]


@dataclass(frozen=True, kw_only=True)
class ConnectionSuggested(ConnectionEvent):
    """Two partners may want to do something with each other: either can propose that to the other."""

    type = "partners.connection.suggested"

    reasons: Annotated[list[ConnectionReason], "why"]


@dataclass(frozen=True, kw_only=True)
class ConnectionProposed(ConnectionEvent):
    """One of two partners proposes to the other what they might do with each other."""

    type = "partners.connection.proposed"

    by_partner_id: Annotated[str, "the partner that proposes it"]
    purpose: Annotated[str, "what for, in the partner's words"]


@dataclass(frozen=True, kw_only=True)
class ConnectionMade(ConnectionEvent):
    """Two partners agree on a visit, to be buddies, on a joint test or on mentoring."""

    type = "partners.connection.made"

    starts_on: Annotated[date, "the day from which on they are connected"]


@dataclass(frozen=True, kw_only=True)
class ConnectionDeclined(ConnectionEvent):
    """What was suggested or proposed comes to nothing: one of both, or the institute, says no."""

    type = "partners.connection.declined"

    by_partner_id: ByPartner
    reason: Annotated[str, "why"]


@dataclass(frozen=True, kw_only=True)
class ConnectionEnded(ConnectionEvent):
    """A connection is over: its purpose is reached or given up, or one of both rests or has departed.

    What was only suggested or proposed ends, too, when one of both rests or departs.
    """

    type = "partners.connection.ended"

    because: Annotated[str, "result, partner_paused or partner_departed; more may come"]
    was_made: Annotated[bool, "whether both had agreed on it"]
    ended_on: Annotated[date, "the day on which it ended"]


@dataclass(frozen=True, kw_only=True)
class ConnectionDormant(ConnectionEvent):
    """For a long time nothing is known of a connection that has not ended. Published once for each lapse."""

    type = "partners.connection.dormant"

    quiet_since: Annotated[date, "the day of the last contact, or else the first day of the connection"]


@dataclass(frozen=True, kw_only=True)
class ConnectionRevived(ConnectionEvent):
    """Of a connection that was dormant a contact is known."""

    type = "partners.connection.revived"

    contact_on: Annotated[date, "the day of that contact"]
