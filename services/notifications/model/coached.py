"""What notifications knows of what coaches do: engagements and sessions, each as events said it."""

from dataclasses import dataclass
from enum import StrEnum

from chassis.domain.aggregate import Aggregate
from chassis.domain.errors import Superseded
from chassis.domain.replica import newest


class Standing(StrEnum):
    """Whether coaches can act for an engagement."""

    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"


@dataclass(kw_only=True)
class Coached(Aggregate):
    """Whose an engagement or a session is, if that was heard, and which of its events told so last."""

    coach_id: str | None = None
    coach_sequence: int = 0
    need_sequence: int = 0
    interest_sequence: int = 0

    def change_coach(self, coach_id: str, *, sequence: int) -> None:
        """Keep whose it is from now on; raises Superseded when a later change is known."""
        self.coach_sequence, self.coach_id = newest(self.coach_sequence, sequence), coach_id

    def coach_since(self, sequence: int) -> str | None:
        """Give whose a later one of its events has made it; None when none is known to."""
        return self.coach_id if self.coach_sequence > sequence else None

    def keep_need(self, *, sequence: int) -> None:
        """Keep that one of its events tells whether it needs a coach; raises Superseded when a later one did."""
        self.need_sequence = newest(self.need_sequence, sequence)

    def keep_interest(self, *, sequence: int) -> None:
        """Keep that one of its events tells whether its coach has an interest; raises Superseded by a later one."""
        self.interest_sequence = newest(self.interest_sequence, sequence)


@dataclass(kw_only=True)
class Engagement(Coached):
    """Who leads an engagement, whether it rests, and which of its events told so last."""

    introduced_sequence: int = 0
    will_sequence: int = 0
    standing: Standing = Standing.OPEN
    standing_sequence: int = 0

    def keep_standing(self, standing: Standing, *, sequence: int) -> None:
        """Keep whether coaches can act for it; raises Superseded when a later event told."""
        self.standing_sequence, self.standing = newest(self.standing_sequence, sequence), standing

    def keep_introduction(self, *, sequence: int) -> None:
        """Keep that people are told who leads it; raises Superseded when a later one of its events names a coach."""
        if sequence < self.coach_sequence:
            raise Superseded(f"engagement {self.id} has another lead coach since")
        self.introduced_sequence = newest(self.introduced_sequence, sequence)

    def led_by(self, coach_id: str) -> str:
        """Give who leads it: the one it changed to, or else the one an event names."""
        return self.coach_id or coach_id


@dataclass(kw_only=True)
class CoachingSession(Coached):
    """Who is to hold a coaching session, if it was handed over, and which of its events told what of it last."""

    time_sequence: int = 0
    outcome_sequence: int = 0

    def keep_outcome(self, *, sequence: int) -> None:
        """Keep that an event told whether it was held; raises Superseded when a later one did."""
        self.outcome_sequence = newest(self.outcome_sequence, sequence)

    def keep_time(self, *, sequence: int) -> None:
        """Keep that an event told when it is, or that it is not; raises Superseded when a later one did, or held it."""
        self.time_sequence = newest(max(self.time_sequence, self.outcome_sequence), sequence)

    def is_told_anew_since(self, sequence: int) -> bool:
        """Whether a later one of its events told when it is, that it is not, or whether it was held."""
        return max(self.time_sequence, self.outcome_sequence) > sequence
