"""Whether anybody who leads a partner can be written to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from chassis.domain.aggregate import Aggregate
from chassis.domain.transitions import Transition
from services.notifications import events
from services.notifications.model.copied import Recipient


class ReachabilityState(StrEnum):
    """Whether letters to a partner find somebody."""

    REACHABLE = "reachable"
    UNREACHABLE = "unreachable"


class UnreachableBecause(StrEnum):
    """Why nobody of a partner can be written to."""

    NOBODY_LEADS = "nobody_leads"
    MAIL_REFUSED = "mail_refused"


def _row(operation: str, before: tuple[str, ...], after: str, *, way_back: str) -> Transition:
    return Transition(aggregate="reachability", operation=operation, from_states=before, to=(after,), way_back=way_back)


REACHABLE, UNREACHABLE = map(str, ReachabilityState)
TRANSITIONS = (
    _row("stop_letters", (REACHABLE,), UNREACHABLE, way_back="register_recipient"),
    _row("write_for_the_new_partner", (REACHABLE,), UNREACHABLE, way_back="register_recipient"),
    _row("post_letters", (REACHABLE,), UNREACHABLE, way_back="re_route_letters"),
    _row("register_recipient", (UNREACHABLE,), REACHABLE, way_back="stop_letters"),
    _row("re_route_letters", (UNREACHABLE,), REACHABLE, way_back="post_letters"),
    _row("write_for_the_new_partner", (UNREACHABLE,), REACHABLE, way_back="stop_letters"),
    _row("post_letters", (UNREACHABLE,), REACHABLE, way_back="post_letters"),
    _row("cancel_coaching", (UNREACHABLE,), REACHABLE, way_back="A partnership that has ended needs no letters."),
    _row("stop_letters", (), UNREACHABLE, way_back="register_recipient"),
    _row("write_for_the_new_partner", (), UNREACHABLE, way_back="register_recipient"),
    _row("post_letters", (), UNREACHABLE, way_back="re_route_letters"),
    _row("register_partner", (), UNREACHABLE, way_back="register_recipient"),
)
"""What makes a partner reachable or not; nothing is kept of one that always was."""


@dataclass(kw_only=True)
class Reachability(Aggregate):
    """Whether anybody who leads a partner can be written to, under the partner's id; staff mends it when not."""

    lifecycle = TRANSITIONS

    partner_id: str
    state: ReachabilityState = ReachabilityState.REACHABLE
    because: UnreachableBecause | None = None
    """Why nobody can be written to, while nobody can: all leaders have left, or mail to those there are is refused."""
    unreachable_since: datetime | None = None

    def judge(self, leaders: Sequence[Recipient], *, is_needed: bool, at: datetime) -> None:
        """Find out anew, from those who lead the partner now; nobody is needed to read for one that has departed."""
        present = [leader for leader in leaders if leader.left_on is None]
        if not is_needed or any(leader.takes_mail for leader in present):
            self._be_reachable()
        else:
            because = UnreachableBecause.MAIL_REFUSED if present else UnreachableBecause.NOBODY_LEADS
            self._be_unreachable(because, at=at)

    def _be_reachable(self) -> None:
        if self.state is ReachabilityState.UNREACHABLE:
            self.state, self.because, self.unreachable_since = ReachabilityState.REACHABLE, None, None
            self.record(events.RecipientReachable(partner_id=self.partner_id))

    def _be_unreachable(self, because: UnreachableBecause, *, at: datetime) -> None:
        if self.because is not because:
            self.unreachable_since = self.unreachable_since or at
            self.state, self.because = ReachabilityState.UNREACHABLE, because
            self.record(events.RecipientUnreachable(partner_id=self.partner_id, because=because))
