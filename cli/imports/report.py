"""What an import says while it works, and at its end."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from cli.imports.records import Record

MADE, CHANGED, LEFT, DIFFERS = "made", "changed", "as it is", "differs"
DONE, DIFFERENT = 0, 3
"""The exit codes: everything is on record as the files say; something there is otherwise, and was left so."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """Prints a line for each thing that is made, changed or different, and counts all."""

    print_line: Callable[[str], None]
    is_trial: bool
    counts: Counter[str] = field(default_factory=Counter)

    def note(self, what: str, record: Record, detail: str = "", *, count: int = 1) -> None:
        """Say what became of a record; of what is left as it is, only the number is told."""
        self.counts[what] += count
        if what != LEFT:
            words = f"would be {what}" if self.is_trial and what in (MADE, CHANGED) else what
            name = f" {record.key}" if record.key else ""
            self.print_line(f"{words:<17} {record.at('')}{name}{f': {detail}' if detail else ''}")

    def finish(self) -> int:
        """Print how many things were made, changed, left and different, and give the exit code."""
        told = ", ".join(f"{self.counts[what]:,} {words}" for what, words in self._words())
        self.print_line(f"import: {told}")
        return DIFFERENT if self.counts[DIFFERS] else DONE

    def _words(self) -> list[tuple[str, str]]:
        would = "would be " if self.is_trial else ""
        return [(MADE, f"{would}made"), (CHANGED, f"{would}changed"), (LEFT, "left as they are"),
                (DIFFERS, "on record otherwise than in the files, and left so")]  # fmt: skip
