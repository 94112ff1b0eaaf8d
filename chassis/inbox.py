"""What was heard: one row for each reaction to each event, written with the reaction's effect."""

from pymongo.errors import DuplicateKeyError

from chassis.envelope import Envelope
from chassis.store import INBOX, Work


class AlreadyHeard(Exception):
    """This reaction to this event has taken effect before: the copy has nothing left to do."""


def remember(work: Work, *, reaction: str, event: Envelope) -> None:
    """Write the inbox row first, so that a second copy of the event finds it.

    Raises AlreadyHeard when it is there. Another transaction that is writing the same row at
    this moment makes this one start again.
    """
    row = {
        "_id": f"{reaction}:{event.id}",
        "reaction": reaction,
        "event_id": event.id,
        "type": event.type,
        "correlation_id": event.correlationid,
        "heard_at": work.now,
    }
    try:
        work.collection(INBOX).insert_one(row, session=work.session)
    except DuplicateKeyError:
        raise AlreadyHeard(row["_id"]) from None
