"""What the doctor finds, a line each."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """`warn` works, and will trouble somebody one day; `bad` does not work."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing looked at, what was seen, and what to do about it unless it is well."""

    what: str
    verdict: Verdict
    seen: str
    to_do: str = ""

    def __str__(self) -> str:
        """For a terminal, or to be searched."""
        to_do = f": {self.to_do}" if self.to_do and self.verdict is not Verdict.OK else ""
        return f"{self.verdict:<4}  {self.what:<22} {self.seen}{to_do}"


def judged(what: str, seen: str, *, warn: bool = False, bad: bool = False, to_do: str = "") -> Finding:
    """Give a finding that is well unless it is to be warned of, or bad."""
    verdict = Verdict.BAD if bad else Verdict.WARN if warn else Verdict.OK
    return Finding(what=what, verdict=verdict, seen=seen, to_do=to_do)
