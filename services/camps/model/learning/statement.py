"""Who said what, when, and why."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Statement:
    """Who decided something, when, and why."""

    reason: str
    by: str
    at: datetime
