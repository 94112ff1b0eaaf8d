"""What a partnership is for, in the words of either side."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class MissionStatement:
    """What one side says of the mission that both share, and the day on which it said so."""

    statement: str
    stated_on: date
