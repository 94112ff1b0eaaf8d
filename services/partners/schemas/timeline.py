"""What events tell that stands on a partner's timeline."""

from datetime import date
from typing import Annotated, TypedDict

from chassis.schemas.fields import Text

Told = Annotated[str, Text(longest=2000)]


class Telling(TypedDict, total=False):
    """What an event may tell beside whom it is about: how that is called, why, and the day on which it happened."""

    title: Told | None
    reason: Told | None
    activated_on: date | None
    agreed_on: date | None
    assessed_on: date | None
    closed_on: date | None
    contact_on: date | None
    decided_on: date | None
    departed_on: date | None
    ended_on: date | None
    held_on: date | None
    left_on: date | None
    moved_on: date | None
    on: date | None
    paused_on: date | None
    reached_on: date | None
    resumed_on: date | None
    signed_on: date | None
    stalled_on: date | None
    started_on: date | None
    starts_on: date | None
