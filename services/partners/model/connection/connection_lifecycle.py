"""The states of a connection, what leads from which to which, and what is refused."""

from enum import StrEnum

from chassis.domain.errors import Conflict, Invalid
from chassis.domain.transitions import Transition


class ConnectionState(StrEnum):
    """How far two partners are with what they might do with each other."""

    SUGGESTED = "suggested"
    PROPOSED = "proposed"
    """By one of both."""
    ACTIVE = "active"
    ENDED = "ended"
    DECLINED = "declined"


SUGGESTED, PROPOSED, ACTIVE, ENDED, DECLINED = ConnectionState
OPEN = frozenset({SUGGESTED, PROPOSED, ACTIVE})
"""The states in which it is the only one of its kind between its partners."""
_ANEW = "It stays on record, and another one of that kind can be suggested or proposed."
BY_ITSELF = ("suggest_mentoring", "suggest_who_adopted_the_same", "suggest_who_attended", "suggest_who_presented")
"""The reactions that suggest by what partners did."""
TRANSITIONS = (
    *(
        Transition(
            aggregate="connection",
            operation=each,
            from_states=(),
            to=(SUGGESTED,),
            way_back="decline_connection",
        )
        for each in BY_ITSELF
    ),
    Transition(
        aggregate="connection",
        operation="suggest_connection",
        from_states=(),
        to=(SUGGESTED,),
        needs_reason=True,
        way_back="decline_connection",
    ),
    Transition(
        aggregate="connection",
        operation="propose_connection",
        from_states=(),
        to=(PROPOSED,),
        way_back="decline_connection",
    ),
    Transition(
        aggregate="connection",
        operation="take_up_connection",
        from_states=(SUGGESTED,),
        to=(PROPOSED,),
        way_back="decline_connection",
    ),
    Transition(
        aggregate="connection",
        operation="agree_to_connection",
        from_states=(PROPOSED,),
        to=(ACTIVE,),
        way_back="end_connection",
    ),
    Transition(
        aggregate="connection",
        operation="decline_connection",
        from_states=(SUGGESTED, PROPOSED),
        to=(DECLINED,),
        needs_reason=True,
        way_back=_ANEW,
    ),
    Transition(
        aggregate="connection",
        operation="end_connection",
        from_states=(ACTIVE,),
        to=(ENDED,),
        way_back=_ANEW,
    ),
    Transition(
        aggregate="connection",
        operation="end_connections_with_partner",
        from_states=(SUGGESTED, PROPOSED, ACTIVE),
        to=(ENDED,),
        way_back=_ANEW,
    ),
)


class ConnectedWithItself(Invalid):
    """A partner is connected with another one."""


class SideNotNamed(Invalid):
    """It is said for which of both partners it is done, and done for one's own."""


class NotOfTheConnection(Invalid):
    """A connection is one of its two partners' to propose and to agree to."""


class ProposedByThem(Conflict):
    """What one partner proposes, the other one agrees to."""


class PurposeMissing(Invalid):
    """Who proposes something says what for."""


class ConnectionIsOpen(Conflict):
    """Two partners have one open connection of a kind."""


class NotConnected(Conflict):
    """Contacts are noted while both partners have agreed on a connection, and it has not ended."""


class ConnectionIsFull(Conflict):
    """A connection takes no more contacts: end it with what came of it, and begin another one."""


class DayNotOfTheConnection(Invalid):
    """A day of a connection is not before its first, and not to come."""


class PartnerNotActive(Conflict):
    """Partners are connected while both are in the programme and neither rests."""
