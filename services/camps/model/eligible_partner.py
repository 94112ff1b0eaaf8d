"""A partner that may be invited, as far as camps knows it."""

from dataclasses import dataclass

from chassis.domain.aggregate import Aggregate


@dataclass(kw_only=True)
class EligiblePartner(Aggregate):
    """Camps' own copy of a partner that was admitted; `seen_sequence` is that of the event it is from."""

    name: str
    seen_sequence: int = 0
    departed: bool = False

    def learn(self, *, name: str, sequence: int) -> bool:
        """Take what an event says of the partner, and give whether it was news: older events change nothing."""
        if sequence <= self.seen_sequence:
            return False
        self.name, self.seen_sequence = name, sequence
        return True

    def leave(self, *, sequence: int) -> bool:
        """Take that it departed, and give whether that was news: from now on it is not invited."""
        if sequence <= self.seen_sequence:
            return False
        self.departed, self.seen_sequence = True, sequence
        return True
