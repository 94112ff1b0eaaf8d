"""What asks and offers of help have in common: a partner says what it is about, and it stands until it is closed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Self, TypedDict, Unpack

from chassis.domain.aggregate import INTERNAL, Aggregate, Event
from chassis.domain.errors import Conflict
from chassis.domain.transitions import refuse_unless_possible
from services.camps.model.eligible_partner import EligiblePartner
from services.camps.model.learning.notice_lifecycle import NoticeState


class NotInTheProgramme(Conflict):
    """Who asks for help and offers it is in the programme."""


class Visibility(StrEnum):
    """Who may read an ask or an offer, beside its partner and the institute."""

    EVERYBODY = "everybody"
    MATCHED = "matched"
    """Only partners that it is matched with."""


class WithdrawalKind(StrEnum):
    """How an ask or an offer was withdrawn."""

    BY_HAND = "by_hand"
    PARTNER_DEPARTED = "partner_departed"


@dataclass(frozen=True, kw_only=True)
class NoticeWithdrawal:
    """How, by whom and why it was withdrawn; `reason` is None where the partner departed."""

    kind: WithdrawalKind
    reason: str | None = None
    by: str
    at: datetime


class NoticeChanges(TypedDict, total=False):
    """What an ask or an offer says: the members that are to be changed."""

    title: str
    text: str
    topics: list[str]
    focus_area: str | None
    languages: list[str]
    camp_id: str | None
    visibility: Visibility


@dataclass(kw_only=True)
class Notice(Aggregate):
    """An ask or an offer of a partner. `words` are those of its title by which it is matched, in a comparable form."""

    events: ClassVar[Mapping[str, Callable[..., Event]]]
    """What it says of itself, by what happened."""
    noun: ClassVar[str]

    partner_id: str
    admission_number: int = field(metadata=INTERNAL)
    """In which admission of its partner it was made, or opened again."""
    title: str
    text: str
    topics: list[str]
    focus_area: str | None = None
    languages: list[str]
    camp_id: str | None = None
    """The camp at which the two would meet; None where it is bound to none."""
    visibility: Visibility = Visibility.EVERYBODY
    words: list[str] = field(default_factory=list, metadata=INTERNAL)
    state: NoticeState = NoticeState.OPEN
    withdrawal: NoticeWithdrawal | None = None
    """Why it is withdrawn, while it is."""

    @classmethod
    def of(cls, *, id: str, partner: EligiblePartner, words: list[str], said: Mapping[str, Any]) -> Self:
        """Say for a partner what it asks for or offers; raises NotInTheProgramme."""
        refuse_departed(partner)
        made = cls(id=id, partner_id=partner.id, admission_number=partner.admission_number, words=words, **said)
        made._say("made")
        return made

    def change(self, *, words: list[str] | None, **changes: Unpack[NoticeChanges]) -> bool:
        """Say something else; `words` are those of another title. Gives whether anything differs.

        Raises NotFromThisState.
        """
        self._must_allow("change")
        if all(getattr(self, name) == value for name, value in changes.items()):
            return False
        for name, value in changes.items():
            setattr(self, name, value)
        self.words = self.words if words is None else words
        self._say("changed")
        return True

    def fulfil(self) -> None:
        """Close it because the help was given; raises NotFromThisState."""
        self._must_allow("fulfil")
        self.state = NoticeState.FULFILLED
        self._say("fulfilled")

    def withdraw(self, withdrawal: NoticeWithdrawal) -> None:
        """Close it for a reason, or because its partner departed; raises NotFromThisState."""
        self._must_allow("withdraw")
        self.state, self.withdrawal = NoticeState.WITHDRAWN, withdrawal
        self._say("withdrawn", kind=withdrawal.kind, reason=withdrawal.reason)

    def reopen(self, partner: EligiblePartner) -> None:
        """Have it stand again; raises NotFromThisState and NotInTheProgramme."""
        self._must_allow("reopen")
        refuse_departed(partner)
        self.state, self.withdrawal, self.admission_number = NoticeState.OPEN, None, partner.admission_number
        self._say("reopened")

    @property
    def is_open(self) -> bool:
        """Whether it stands."""
        return self.state is NoticeState.OPEN

    def _must_allow(self, deed: str) -> None:
        about = f"{self.noun} {self.id} is {self.state}"
        refuse_unless_possible(self.lifecycle, f"{deed}_{self.noun}", state=self.state, about=about)

    def _say(self, happened: str, **more: object) -> None:
        named = {f"{self.noun}_id": self.id, "partner_id": self.partner_id, "title": self.title}
        about = {"topics": self.topics, "focus_area": self.focus_area, "languages": self.languages}
        where = {"camp_id": self.camp_id, "visibility": self.visibility}
        self.record(self.events[happened](**named, **about, **where, **more))


def refuse_departed(partner: EligiblePartner) -> None:
    """Raise NotInTheProgramme for a partner that has departed."""
    if partner.departed:
        raise NotInTheProgramme(f"partner {partner.id} has departed: it asks and offers once it is admitted again")
