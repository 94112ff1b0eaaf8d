"""What other systems call what is on record here."""

from dataclasses import dataclass

from chassis.domain.aggregate import Aggregate
from chassis.domain.errors import Conflict


class ExternalIdTaken(Conflict):
    """What another system calls one thing, it calls no other."""


@dataclass(kw_only=True)
class KnownElsewhere(Aggregate):
    """An aggregate that another system may know, too: `external_id` is what it is called there."""

    external_id: str | None = None
