"""What partners have in common by what they did: a change that both adopted, a session that one presented to others."""

from dataclasses import dataclass, field
from enum import StrEnum

from chassis.domain.aggregate import Aggregate
from chassis.domain.errors import Superseded
from chassis.domain.replica import newest

HOLDS_NO_LONGER = 2**62
"""A sequence that no event has: what was corrected stays so, whatever is heard of it later."""
MOST_OTHERS = 20
"""With how many others a partner is connected at once, those who did it last: a suggestion is to be read."""


class Part(StrEnum):
    """What a partner did."""

    ADOPTED = "adopted"
    PRESENTED = "presented"
    ATTENDED = "attended"


MEETS = {Part.ADOPTED: Part.ADOPTED, Part.PRESENTED: Part.ATTENDED, Part.ATTENDED: Part.PRESENTED}
"""Whom one has something in common with: those who sat in the same session without presenting it do not count."""


@dataclass(kw_only=True)
class PartTaken:
    """What one partner did once, by the id of the test, session or attendance that it is; `counts` while it stands."""

    of: str
    partner_id: str
    part: Part
    counts: bool
    heard_sequence: int = 0


@dataclass(kw_only=True)
class CommonGround(Aggregate):
    """Who adopted one change, or was in one session; in one document, so that of two at once the second sees the first.

    Its id is that of the session, or the code of the change behind `change:`.
    """

    parts: list[PartTaken] = field(default_factory=list)

    def hear(self, of: str, *, partner_id: str, part: Part, counts: bool, sequence: int) -> None:
        """Keep that a partner did it, or did not after all; raises Superseded when a later event said which."""
        before = next((each.heard_sequence for each in self.parts if each.of == of), 0)
        taken = PartTaken(of=of, partner_id=partner_id, part=part, counts=counts,
                          heard_sequence=newest(before, sequence))  # fmt: skip
        self.parts = [*(each for each in self.parts if each.of != of), taken]

    def correct(self, of: str, *, partner_id: str, part: Part) -> None:
        """Keep that what was said before holds no longer, also if it is heard afterwards."""
        try:
            self.hear(of, partner_id=partner_id, part=part, counts=False, sequence=HOLDS_NO_LONGER)
        except Superseded:
            return

    def others(self, partner_id: str, part: Part) -> list[str]:
        """Give the partners with which one has it in common, those who did it last first."""
        meets = (each.partner_id for each in reversed(self.parts) if each.counts and each.part is MEETS[part])
        return [each for each in dict.fromkeys(meets) if each != partner_id][:MOST_OTHERS]

    def presenter(self) -> str | None:
        """Give the partner that presents it, where it is a session that one does."""
        return next((each.partner_id for each in self.parts if each.counts and each.part is Part.PRESENTED), None)
