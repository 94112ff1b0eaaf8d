"""What a partner answers to an invitation, and how long seats are kept for its answer."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Via(StrEnum):
    """The way an answer came."""

    API = "api"
    RSVP = "rsvp"


class PossibleAnswer(StrEnum):
    """What can be answered to an invitation."""

    ACCEPTED = "accepted"
    TENTATIVE = "tentative"
    DECLINED = "declined"
    UNDONE = "undone"
    FEWER_SEATS = "fewer_seats"
    LEFT = "left"
    REJOINED = "rejoined"
    WAITING = "waiting"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Who answered an invitation, when and which way, and the reason given for a no."""

    by: str
    via: Via
    at: datetime
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Periods:
    """How long seats are kept: after a no, so that it can be taken back, and for who waited, so that it can say yes."""

    grace: timedelta
    offer: timedelta
