"""A letter: written once, sent at most once, and honest about what is not known."""

import zlib
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from chassis.domain.aggregate import INTERNAL, Aggregate
from chassis.domain.transitions import leads_to
from services.notifications import events
from services.notifications.model.calendar_entry import CalendarFile, Method
from services.notifications.model.copied import Recipient
from services.notifications.model.letter_lifecycle import TRANSITIONS, UNSETTLED, LetterState
from services.notifications.model.letter_trigger import FOR_ONE_ADDRESS, Category, LetterTrigger

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
WHEN_POSTPONED = (MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR, 12 * HOUR)
WHEN_UNREACHABLE = (timedelta(seconds=5), timedelta(seconds=30), MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR)
SPREAD = 0.2
"""A wait is up to a fifth shorter or longer, so that letters postponed together do not come back together."""
REMOVED = "Removed: it was about somebody who is not to be known any more."
GIVEN_UP_AFTER = timedelta(days=5)
"""From when it was written (RFC 5321, section 4.5.4.1: at least four to five days)."""


class Outcome(StrEnum):
    """What a mail server can make of a letter."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    POSTPONED = "postponed"
    UNREACHABLE = "unreachable"
    """No answer, and the letter itself was not handed over yet."""
    UNWRITABLE = "unwritable"
    """No message could be made of it: a mistake of ours, which the next release may not have."""
    UNANSWERED = "unanswered"
    """The letter was handed over, and no answer came."""


BY_ANSWER = {
    Outcome.ACCEPTED: LetterState.SENT,
    Outcome.REFUSED: LetterState.FAILED,
    Outcome.UNANSWERED: LetterState.UNCERTAIN,
}
"""What becomes of a letter by an answer that decides it; by any other it is tried again, if it is still wanted."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A mail server's answer to one attempt, or that there was none."""

    outcome: Outcome
    detail: str


@dataclass(frozen=True, kw_only=True)
class Origin:
    """What made us write: a request, who acted, the event that came of it, and what was done about that."""

    correlation_id: str
    causation_id: str | None
    actor: str
    reaction: str | None


@dataclass(frozen=True, kw_only=True)
class RenderedText:
    """What a letter says, in which language, and why it is written: what happened, and by which rule."""

    language: str
    subject: str
    body: str
    happened: str
    rule: str


@dataclass(frozen=True, kw_only=True)
class Step:
    """Something that happened to a letter."""

    at: datetime
    state: LetterState
    detail: str


@dataclass(kw_only=True)
class Letter(Aggregate):
    """One letter to one recipient for one trigger; others know it as a delivery."""

    lifecycle = TRANSITIONS
    occasion: str = field(metadata=INTERNAL)
    """The key of its trigger."""
    category: Category
    about_kind: str
    about_id: str
    about_sequence: int = field(metadata=INTERNAL)
    """The number of the event it is written for, among those about the same thing."""
    partner_id: str
    engagement_id: str | None = field(default=None, metadata=INTERNAL)
    """The engagement for which its recipient is asked to act, if they are."""
    organisation_id: str | None
    """Who may read it: the partner it is about if it is written to one of its people, else None, only the institute."""
    recipient_id: str
    to: str
    to_name: str = ""
    happened: str = field(default="", metadata=INTERNAL)
    """Because of what it was written, and `rule` by which rule, in words of its language."""
    rule: str = field(default="", metadata=INTERNAL)
    language: str
    subject: str
    body: str
    message_id: str
    """The same at every attempt, so that whoever gets two can see that they are one."""
    written_at: datetime
    next_attempt_at: datetime
    origin: Origin
    calendar: CalendarFile | None = field(default=None, metadata=INTERNAL)
    """What it carries for the recipient's diary, if anything."""
    state: LetterState = LetterState.READY
    unwanted: str | None = field(default=None, metadata=INTERNAL)
    """Why it is not to be sent again, should the mail server that has it not take it."""
    unwritable_since: datetime | None = field(default=None, metadata=INTERNAL)
    """Since when no message could be made of it, if that was so at the last attempt."""
    attempts: int = 0
    trail: list[Step] = field(default_factory=list)

    @classmethod
    def write(
        cls,
        *,
        id: str,
        trigger: LetterTrigger,
        recipient: Recipient,
        text: RenderedText,
        message_id: str,
        origin: Origin,
        at: datetime,
        calendar: CalendarFile | None = None,
    ) -> "Letter":
        """Write to somebody about what triggers it; the letter is ready to be sent at once."""
        is_their_own = recipient.partner_id == trigger.partner_id
        letter = cls(
            id=id,
            occasion=trigger.key,
            category=trigger.category,
            about_kind=trigger.about_kind,
            about_id=trigger.about_id,
            about_sequence=trigger.sequence,
            partner_id=trigger.partner_id,
            engagement_id=trigger.engagement_id,
            organisation_id=trigger.partner_id if is_their_own else None,
            recipient_id=recipient.id,
            to=recipient.email,
            to_name=recipient.name,
            language=text.language,
            subject=text.subject,
            body=text.body,
            happened=text.happened,
            rule=text.rule,
            message_id=message_id,
            written_at=at,
            next_attempt_at=at,
            origin=origin,
            calendar=calendar,
        )
        letter._enter(LetterState.READY, "written", at=at)
        return letter

    def begin_sending(self, *, at: datetime) -> bool:
        """Note that the mail server is about to get it; False when it is not, or no longer, to be sent."""
        if not self._is_to_be_sent:
            return False
        self.attempts += 1
        self._enter(LetterState.SENDING, f"attempt {self.attempts}", at=at)
        return True

    @property
    def _is_to_be_sent(self) -> bool:
        return leads_to(TRANSITIONS, "post_letters", state=self.state, to=LetterState.SENDING)

    @property
    def because(self) -> str:
        """Why it is sent to this recipient: every letter says so in its last line."""
        return self.body.rstrip().splitlines()[-1]

    @property
    def surely_arrives(self) -> bool:
        """Whether it was sent, or will be as far as is known."""
        may_still_arrive = self.state in (LetterState.READY, LetterState.SENDING)
        return self.state is LetterState.SENT or (may_still_arrive and not self.unwanted)

    def readdress(self, to: str, *, at: datetime) -> bool:
        """Send it to another address; False when it is there already, no longer with us, or for this address alone.

        A diary at another address has nothing that could be taken out of it.
        """
        if not self._is_to_be_sent or self.to == to or self.category in FOR_ONE_ADDRESS:
            return False
        self.to = to
        if self.calendar and self.calendar.method is Method.CANCEL:
            self.calendar = None
        self._enter(LetterState.READY, "given the recipient's new address", at=at)
        return True

    def cancel(self, reason: str, *, at: datetime) -> bool:
        """Do not send it; False when it is settled or cancelled already.

        What a mail server may have cannot be called back: it is only never tried again.
        """
        if self.state not in UNSETTLED or self.unwanted:
            return False
        self.unwanted = reason
        # Whatever cancels letters does so from the same states as this reaction.
        if leads_to(TRANSITIONS, "stop_letters", state=self.state, to=LetterState.CANCELLED):
            self._settle(LetterState.CANCELLED, reason, at=at)
        return True

    def forget(self) -> None:
        """Remove to whom it was written and what it said: that there was one, and what became of it, stays."""
        self.to, self.to_name, self.subject, self.body, self.happened = "", "", REMOVED, REMOVED, REMOVED
        self.trail = [replace(each, detail=REMOVED) for each in self.trail]

    def take_answer(self, answer: Answer, *, at: datetime) -> bool:
        """Take the mail server's answer; False when it says nothing new.

        An answer counts even when it comes after the letter was thought lost: nobody else has
        sent it meanwhile.
        """
        becomes = self._becomes(answer, at=at)
        if not leads_to(TRANSITIONS, "post_letters", state=self.state, to=becomes):
            return False
        if self._is_to_be_sent:  # It was not handed over, so that this attempt is not counted yet.
            self.attempts += 1
        self.unwritable_since = (self.unwritable_since or at) if answer.outcome is Outcome.UNWRITABLE else None
        self._heed(answer, becomes, at=at)
        return True

    def _becomes(self, answer: Answer, *, at: datetime) -> LetterState:
        """Give what becomes of a letter by an answer, if it is one that it waits for."""
        if answer.outcome in BY_ANSWER:
            return BY_ANSWER[answer.outcome]
        if at >= self.written_at + GIVEN_UP_AFTER:
            return LetterState.FAILED
        return LetterState.CANCELLED if self.unwanted else LetterState.READY

    def _heed(self, answer: Answer, becomes: LetterState, *, at: datetime) -> None:
        if becomes is LetterState.UNCERTAIN:
            self._enter_uncertain(answer.detail, at=at)
        elif becomes is LetterState.READY:
            self._wait(answer, at=at)
        else:
            detail = self.unwanted if becomes is LetterState.CANCELLED else answer.detail
            self._settle(becomes, detail or "", at=at)

    def mark_uncertain(self, why: str, *, at: datetime) -> bool:
        """Admit that nobody knows whether it was sent; False when that is known, or admitted already."""
        if not leads_to(TRANSITIONS, "restored", state=self.state, to=LetterState.UNCERTAIN):
            return False
        self._enter_uncertain(why, at=at)
        return True

    def _enter_uncertain(self, detail: str, *, at: datetime) -> None:
        self._enter(LetterState.UNCERTAIN, detail, at=at)
        self.record(events.DeliveryUncertain(**self._news()))

    def _settle(self, state: LetterState, detail: str, *, at: datetime) -> None:
        self._enter(state, detail, at=at)
        self.record(events.DeliverySettled(**self._news()))

    def _wait(self, answer: Answer, *, at: datetime) -> None:
        steps = WHEN_UNREACHABLE if answer.outcome is Outcome.UNREACHABLE else WHEN_POSTPONED
        step = steps[min(self.attempts, len(steps)) - 1]
        self.next_attempt_at = at + step * self._spread()
        self._enter(LetterState.READY, f"{answer.outcome}: {answer.detail}", at=at)

    def _spread(self) -> float:
        """Between 0.8 and 1.2, by the letter's id: as good as random, and the same each time."""
        return 1 - SPREAD + 2 * SPREAD * zlib.crc32(self.id.encode()) / 0xFFFFFFFF

    def _enter(self, state: LetterState, detail: str, *, at: datetime) -> None:
        self.state = state
        shown = REMOVED if self.body == REMOVED else detail
        self.trail.append(Step(at=at, state=state, detail=shown))

    def _news(self) -> dict[str, Any]:
        return {
            "delivery_id": self.id,
            "partner_id": self.partner_id or None,
            "category": self.category,
            "about_kind": self.about_kind,
            "about_id": self.about_id,
            "about_sequence": self.about_sequence,
            "state": self.state,
        }
