"""Who asks, and what they and the institute write down about an inquiry."""

from dataclasses import dataclass, field
from datetime import datetime

from chassis.domain.aggregate import INTERNAL, PERSONAL, Aggregate


@dataclass(frozen=True, kw_only=True)
class Inquirer:
    """Somebody who asks for their organisation; `address` is the one spelling of `email` that is compared."""

    name: str = field(metadata=PERSONAL)
    email: str = field(metadata=PERSONAL)
    role: str | None = field(metadata=PERSONAL)
    address: str = field(metadata=INTERNAL)


@dataclass(frozen=True, kw_only=True)
class Message:
    """What somebody wrote, in their own words."""

    text: str = field(metadata=PERSONAL)
    by: Inquirer = field(metadata=PERSONAL)
    at: datetime


@dataclass(kw_only=True)
class FurtherMessage(Aggregate):
    """What somebody wrote of an inquiry that holds as many messages as one document takes: kept beside it, as long."""

    inquiry_id: str
    text: str = field(metadata=PERSONAL)
    by: Inquirer = field(metadata=PERSONAL)
    at: datetime
    organisation_id: str | None = field(default=None, metadata=INTERNAL)
    """Whose it is: the institute's."""


@dataclass(frozen=True, kw_only=True)
class Note:
    """What one of the institute wants to remember; the inquirer does not see it."""

    text: str = field(metadata=PERSONAL)
    by: str
    at: datetime
