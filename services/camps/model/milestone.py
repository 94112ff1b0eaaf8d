"""A milestone, as far as camps knows it: whether the last that was heard of it is still news."""

from dataclasses import dataclass

from chassis.domain.aggregate import Aggregate


@dataclass(kw_only=True)
class Milestone(Aggregate):
    """A partner's milestone, reached or reopened by the event whose sequence is `seen_sequence`."""

    partner_id: str
    seen_sequence: int = 0

    def learn(self, *, sequence: int) -> bool:
        """Take an event of it, and give whether it is news: what is older has been overtaken."""
        if sequence <= self.seen_sequence:
            return False
        self.seen_sequence = sequence
        return True
