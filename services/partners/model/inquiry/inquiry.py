"""An inquiry: what was asked, how far the institute is with it, and by when it is to answer."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from chassis.domain.aggregate import INTERNAL, PERSONAL, Aggregate
from chassis.domain.transitions import refuse_unless_possible
from services.partners.events import inquiry as events
from services.partners.model.history import HistoryEntry
from services.partners.model.inquiry.inquirer import Inquirer, Message, Note
from services.partners.model.inquiry.inquiry_lifecycle import (
    CLOSED,
    MORE_INFORMATION,
    OPEN,
    TRANSITIONS,
    WITHDRAWN,
    InquirerForgotten,
    InquiryIsFull,
    InquiryIsOver,
    InquiryState,
    Outcome,
)

MOST_MESSAGES = 50
"""That are in one inquiry, of its inquirer and of others: it is one document. More of others are kept beside it."""


@dataclass(frozen=True, kw_only=True)
class Determination:
    """What the institute decided, why, as it is known inside, and what it tells the inquirer of that."""

    outcome: Outcome
    reason: str
    answer: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class InquiryPeriods:
    """How long the institute takes to answer, and how long what was said is kept where it led to no partner."""

    answer: timedelta
    kept: timedelta


@dataclass(kw_only=True)
class Inquiry(Aggregate):
    """What an organisation asks that wants to become a partner; there is one open inquiry of each.

    `answer_due_at` is until when the institute is to answer: it does by a question, by beginning to talk with the
    inquirer (discovery), or by its decision. `earlier_ids` are the inquiries of the same organisation that were over
    before. `partner_id` is the partner that was proposed because of it; what was determined otherwise since leaves the
    proposal as it is, and accepting once more is the same partner's. `forget_at` is when what is about
    a person is removed.
    """

    lifecycle = TRANSITIONS

    organisation: str
    country: str
    website: str | None
    inquirer: Inquirer | None = field(metadata=PERSONAL)
    language: str
    focus_areas: list[str]
    population: int | None
    received_at: datetime
    state: InquiryState = InquiryState.RECEIVED
    messages: list[Message] = field(default_factory=list, metadata=PERSONAL)
    further_messages: int = 0
    """How many messages are kept beside it, for it holds no more."""
    notes: list[Note] = field(default_factory=list, metadata=PERSONAL)
    question: str | None = None
    determination: Determination | None = None
    partner_id: str | None = None
    earlier_ids: list[str] = field(default_factory=list)
    answer_due_at: datetime | None = None
    overdue_since: datetime | None = None
    forget_at: datetime | None = None
    forgotten_at: datetime | None = None
    history: list[HistoryEntry] = field(default_factory=list)
    organisation_id: str | None = field(default=None, metadata=INTERNAL)
    """Whose it is: no partner's, also once there is one, but the institute's."""
    known_as: list[str] = field(default_factory=list, metadata=INTERNAL)
    """By which it is known for a second one of the same organisation."""

    @classmethod
    def receive(
        cls,
        *,
        id: str,
        organisation: str,
        country: str,
        website: str | None,
        inquirer: Inquirer,
        language: str,
        message: str,
        focus_areas: list[str],
        population: int | None,
        known_as: list[str],
        earlier_ids: Collection[str],
        periods: InquiryPeriods,
        at: datetime,
    ) -> "Inquiry":
        """Take an inquiry, the only open one of its organisation."""
        inquiry = cls(id=id, organisation=organisation, country=country, website=website, inquirer=inquirer,
                      language=language, focus_areas=focus_areas, population=population, received_at=at,
                      known_as=known_as, earlier_ids=list(earlier_ids))  # fmt: skip
        inquiry.messages.append(Message(text=message, by=inquirer, at=at))
        inquiry.answer_due_at = at + periods.answer
        inquiry.record(events.InquiryReceived(**inquiry._to_whom(), answer_by=inquiry.answer_due_at,
                                              has_earlier=bool(earlier_ids)))  # fmt: skip
        return inquiry

    def ask_again(self, by: Inquirer, *, language: str, message: str, at: datetime, is_known: bool = False) -> bool:
        """Add what somebody asks for the same organisation; gives whether it holds that: more is kept beside it.

        Each address is answered once, and the inquirer told of each once: a form that is sent ever again fills
        nobody's mailbox. `is_known` is whether something that is kept beside it came from that address.
        """
        is_full = len(self.messages) >= MOST_MESSAGES
        is_known = is_known or by.address in {each.by.address for each in self.messages}
        if is_full:
            self.further_messages += 1
        else:
            self.messages.append(Message(text=message, by=by, at=at))
        if not is_known:
            self.record(events.InquiryAskedAgain(**self._to_whom(), asked_by_name=by.name, asked_by_email=by.email,
                                                 asked_by_language=language))  # fmt: skip
        return not is_full

    def acknowledge(self, *, by: str, at: datetime) -> None:
        """Note that the inquirer knows that it is there; raises NotFromThisState."""
        self._become("acknowledge_inquiry", InquiryState.ACKNOWLEDGED, by=by, at=at)

    def screen(self, *, by: str, at: datetime) -> None:
        """Look whether it may be something; raises NotFromThisState."""
        self._become("screen_inquiry", InquiryState.SCREENING, by=by, at=at)

    def ask_inquirer(self, question: str, *, by: str, at: datetime) -> None:
        """Ask the inquirer for more information; raises NotFromThisState."""
        self._become("ask_inquirer", MORE_INFORMATION, by=by, at=at)
        self._is_answered()
        self.question = question
        self.record(events.InquiryInformationRequested(**self._to_whom(), question=question))

    def inform(self, message: str, *, periods: InquiryPeriods, at: datetime) -> None:
        """Take what the inquirer says more; it answers a question, if one was asked.

        Raises InquiryIsOver and InquiryIsFull.
        """
        self._refuse_if_over()
        if self.inquirer is None or len(self.messages) >= MOST_MESSAGES:
            raise InquiryIsFull
        self.messages.append(Message(text=message, by=self.inquirer, at=at))
        if self.state is MORE_INFORMATION:
            self._become("answer_inquiry_by_link", InquiryState.SCREENING, by=self.id, at=at)
            self.question, self.answer_due_at = None, at + periods.answer
        self.record(events.InquiryInformationGiven(**self._of_organisation(), answer_by=self.answer_due_at))

    def begin_discovery(self, *, by: str, at: datetime) -> None:
        """Begin to talk with the inquirer; a question that is open is asked no more. Raises NotFromThisState."""
        self._become("begin_discovery", InquiryState.DISCOVERY, by=by, at=at)
        self._is_answered()
        self.question = None
        self.record(events.InquiryDiscoveryBegun(**self._of_organisation()))

    def determine(self, determination: Determination, *, partner_id: str | None) -> None:
        """Decide, for a reason; nobody outside is told until it is closed. Raises NotFromThisState."""
        self._become("determine_inquiry", InquiryState.DETERMINATION, by=determination.by, at=determination.at,
                     reason=determination.reason)  # fmt: skip
        self.determination, self.partner_id = determination, partner_id or self.partner_id

    def take_back_determination(self, *, reason: str, by: str, at: datetime) -> None:
        """Think anew about what was decided, as long as it is not closed; raises NotFromThisState."""
        self._become("take_back_determination", InquiryState.SCREENING, by=by, at=at, reason=reason)
        self.determination = None

    def close(self, *, by: str, periods: InquiryPeriods, at: datetime) -> None:
        """Tell the inquirer what was decided; raises NotFromThisState."""
        self._become("close_inquiry", CLOSED, by=by, at=at)
        self._is_answered()
        decided = self._decided()
        self.forget_at = None if decided.outcome is Outcome.ACCEPTED else at + periods.kept
        self.record(events.InquiryClosed(**self._to_whom(), outcome=decided.outcome, answer=decided.answer,
                                         removed_by=self.forget_at))  # fmt: skip

    def withdraw(self, *, reason: str, by: str, periods: InquiryPeriods, at: datetime) -> None:
        """End it because the inquirer asks for nothing any more; raises NotFromThisState."""
        self._become("withdraw_inquiry", WITHDRAWN, by=by, at=at, reason=reason)
        self._is_answered()
        self.question, self.determination, self.forget_at = None, None, at + periods.kept
        self.record(events.InquiryWithdrawn(**self._to_whom(), removed_by=self.forget_at))

    def reopen(self, *, reason: str, by: str, periods: InquiryPeriods, at: datetime) -> None:
        """Take it up again: what was decided is to be decided anew. Raises InquirerForgotten and NotFromThisState."""
        if self.forgotten_at is not None:
            raise InquirerForgotten(f"what was said in inquiry {self.id} was removed at {self.forgotten_at}")
        to = InquiryState.DETERMINATION if self.state is CLOSED else InquiryState.SCREENING
        self._become("reopen_inquiry", to, by=by, at=at, reason=reason)
        self.forget_at, self.answer_due_at = None, at + periods.answer
        self.record(events.InquiryReopened(**self._to_whom(), answer_by=self.answer_due_at))

    def note(self, text: str, *, by: str, at: datetime) -> None:
        """Keep what the institute wants to remember of it; raises InquiryIsFull, and InquirerForgotten."""
        if self.forgotten_at is not None:
            raise InquirerForgotten
        if len(self.notes) >= MOST_MESSAGES:
            raise InquiryIsFull
        self.notes.append(Note(text=text, by=by, at=at))

    def fall_overdue(self, at: datetime) -> bool:
        """Note that nobody has answered in time; gives whether that is news."""
        if self.answer_due_at is None or at < self.answer_due_at:
            return False
        self.overdue_since, self.answer_due_at = self.answer_due_at, None
        self.record(events.InquiryOverdue(**self._of_organisation(), answer_by=self.overdue_since))
        return True

    def forget(self, at: datetime) -> bool:
        """Remove who asked and all that was said, when its time is over; gives whether it was."""
        if self.forget_at is None or at < self.forget_at:
            return False
        self.forget_inquirer(at)
        return True

    def forget_inquirer(self, at: datetime) -> None:
        """Remove who asked and all that was said, now."""
        self.inquirer, self.question = None, None
        self.messages, self.notes, self.further_messages = [], [], 0
        self.forget_at, self.forgotten_at = None, at
        self.record(events.InquiryForgotten(inquiry_id=self.id))

    @property
    def is_open(self) -> bool:
        """Whether a second inquiry of its organisation belongs to it."""
        return self.state in OPEN

    @property
    def takes_messages(self) -> bool:
        """Whether its inquirer can say more."""
        return self.is_open and len(self.messages) < MOST_MESSAGES

    def _become(self, operation: str, state: InquiryState, *, by: str, at: datetime, reason: str | None = None) -> None:
        about = f"inquiry {self.id} is {self.state}"
        refuse_unless_possible(TRANSITIONS, operation, state=self.state, about=about)
        self.state = state
        self.history.append(HistoryEntry(to=state, reason=reason, by=by, at=at))

    def _is_answered(self) -> None:
        self.answer_due_at, self.overdue_since = None, None

    def _decided(self) -> Determination:
        if self.determination is None:
            raise ValueError(f"inquiry {self.id} is {self.state} and was never determined")
        return self.determination

    def _refuse_if_over(self) -> None:
        if not self.is_open:
            raise InquiryIsOver(f"inquiry {self.id} is {self.state}")

    def _of_organisation(self) -> events.OfOrganisation:
        return {"inquiry_id": self.id, "organisation": self.organisation}

    def _to_whom(self) -> events.ToWhom:
        if self.inquirer is None:
            raise InquirerForgotten(f"nobody is known any more who made inquiry {self.id}")
        return {**self._of_organisation(), "contact_name": self.inquirer.name, "contact_email": self.inquirer.email,
                "language": self.language}  # fmt: skip
