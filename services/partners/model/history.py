"""What became of a partner or a person by somebody's word; what was said before stays on record."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class HistoryEntry:
    """That something is in another state: who said it, when, and why; some are said without a reason."""

    to: str
    reason: str | None
    by: str
    at: datetime
