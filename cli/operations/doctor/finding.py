"""The findings of the doctor."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """`warn` works, but may cause trouble later; `bad` does not work."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """The result of one check, and what to do about it unless it is ok."""

    what: str
    verdict: Verdict
    seen: str
    to_do: str = ""

    def __str__(self) -> str:

        to_do = f": {self.to_do}" if self.to_do and self.verdict is not Verdict.OK else ""
        return f"{self.verdict:<4}  {self.what:<22} {self.seen}{to_do}"


def finding(what: str, seen: str, *, warn: bool = False, bad: bool = False, to_do: str = "") -> Finding:
    """Make a finding: `ok` unless `warn` or `bad` holds."""
    verdict = Verdict.BAD if bad else Verdict.WARN if warn else Verdict.OK
    return Finding(what=what, verdict=verdict, seen=seen, to_do=to_do)
