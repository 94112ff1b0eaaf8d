"""The clock by which the services of a test go: set to an instant, it goes on from there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class YearClock:
    """Set through a file, which `moved_clock/sitecustomize.py` reads in every process."""

    file: Path

    @property
    def settings(self) -> Mapping[str, str]:
        """The variables by which a process goes by this clock."""
        return {"PYTHONPATH": f"{HERE / 'moved_clock'}:{HERE.parents[2]}", "MOVED_CLOCK": str(self.file)}

    def set(self, instant: str) -> None:
        """Have all processes go on from an instant, such as 2050-01-10T09:00Z; a reader never sees half of it."""
        offset = datetime.fromisoformat(instant) - datetime.now(UTC)
        unfinished = self.file.with_suffix(".unfinished")
        unfinished.write_text(str(offset.total_seconds()))
        unfinished.replace(self.file)
