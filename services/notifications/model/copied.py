"""What notifications knows of other services' things: copies, each as one event said it."""

from dataclasses import dataclass

from chassis.domain import Aggregate

LEADER = "leader"


@dataclass(kw_only=True)
class Copy(Aggregate):
    """Our copy of a thing, under the thing's own id; `seen_sequence` is that of the event it is from."""

    seen_sequence: int

    def is_news_to(self, known: "Copy | None") -> bool:
        """Whether this is from a later event than the copy we have, if we have one."""
        return known is None or self.seen_sequence > known.seen_sequence


@dataclass(kw_only=True)
class Recipient(Copy):
    """A person we can write to; `partner_id` is None for the institute's own people."""

    partner_id: str | None
    name: str
    email: str
    role: str
    language: str
    zone: str


@dataclass(kw_only=True)
class Partner(Copy):
    """A partner that was admitted, with those who led it on that day; others may have joined since."""

    name: str
    leader_ids: list[str]
