"""How a camp comes nearer, takes place and is over."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from chassis.domain.errors import Conflict
from chassis.domain.transitions import NotFromThisState, refuse_unless_possible
from services.camps.events import camp as events
from services.camps.model.camp_lifecycle import TO_COME, TRANSITIONS, CampState
from services.camps.model.camp_schedule import CampCancelled, CampSchedule, Cancellation, Postponement


class InvitationsAlreadyOpen(Conflict):
    """A camp opens its invitations once."""


class AnswersStillDue(Conflict):
    """A camp is frozen once the last day to answer is over: until then partners may answer as they were told."""


class CampIsOver(Conflict):
    """What has taken place to its end is not cancelled."""


class NothingPublished(Conflict):
    """A camp is closed once something is published that came out of it, or with the reason why there is nothing."""


REFUSALS = {CampState.INVITING: InvitationsAlreadyOpen, CampState.CANCELLED: CampCancelled}
"""How it is refused from these states what its table does not have."""


@dataclass(kw_only=True)
class CampLife(CampSchedule):
    """A camp as far as it goes through its states."""

    lifecycle = TRANSITIONS

    title: str
    nothing_to_publish: str | None = None
    """Why nothing came out of it that could be published, where it was closed with that."""

    def open_invitations(self, *, answer_by: date, freezes_on: date | None = None, at: datetime) -> None:
        """Begin to invite.

        Raises InvitationsAlreadyOpen, CampCancelled, AnswerByOutOfRange by its place's days, and FreezesOnOutOfRange.
        """
        self._must_allow("open_invitations", otherwise=REFUSALS.get(self.state, NotFromThisState))
        self._refuse_answers_out_of_range(answer_by, first=self._today(at))
        opened = replace(self, answer_by=answer_by, freezes_on=freezes_on or self.freezes_on)
        opened._refuse_to_freeze_out_of_range()
        self.state, self.answer_by, self.freezes_on = CampState.INVITING, answer_by, opened.freezes_on
        self.record(
            events.CampInvitationsOpened(camp_id=self.id, season=self.season, year=self.year, answer_by=answer_by)
        )

    def freeze(self, at: datetime) -> None:
        """Settle who comes: no seat is offered any more; raises AnswersStillDue."""
        self._must_allow("freeze_camp")
        if self.takes_answers(at):
            raise AnswersStillDue(f"camp {self.id} can be frozen from {self.answers_end_at().isoformat()} on")
        self.state = CampState.FROZEN
        self.record(events.CampFrozen(**self._named()))

    def unfreeze(self, at: datetime) -> None:
        """Offer seats again; a day on which it was to freeze by itself, and that has come, counts no longer."""
        self._must_allow("unfreeze_camp")
        self._thaw(at)
        self.record(events.CampUnfrozen(**self._named()))

    def follow_the_calendar(self, at: datetime) -> bool:
        """Freeze, begin or end by itself, one after the other, when it is time; give whether it did."""
        step_at = self.next_step_at()
        if step_at is None or at < step_at:
            return False
        if self.state is CampState.INVITING and at < self.begins_at():
            self.freeze(at)
        elif self.state is CampState.RUNNING:
            self._become("follow_the_calendar", CampState.ENDED)
            self.record(events.CampEnded(**self._named(), ended_at=self.ends_at()))
        else:
            self._become("follow_the_calendar", CampState.RUNNING)
            self.record(events.CampStarted(**self._named(), begins_at=self.begins_at(), ends_at=self.ends_at()))
        return True

    def postpone(self, postponement: Postponement) -> None:
        """Say that it takes place on other days, which nobody knows yet, and why; raises CampHasBegun."""
        self._must_allow("postpone_camp")
        self._refuse_unless_to_come(postponement.at)
        self.state, self.postponement = CampState.POSTPONED, postponement
        self.record(events.CampPostponed(**self._named(), reason=postponement.reason))

    def close(self, *, is_published: bool, nothing_to_publish: str | None = None) -> None:
        """Say that all is gathered that came out of it, or why there is nothing; raises NothingPublished."""
        if self.state is CampState.ENDED and not is_published and nothing_to_publish is None:
            raise NothingPublished(f"of camp {self.id} nothing is published: share what was learned, or say why not")
        self._become("close_camp", CampState.CLOSED)
        self.nothing_to_publish = None if is_published else nothing_to_publish
        self.record(events.CampClosed(**self._named()))

    def reopen(self) -> None:
        """Go on gathering what came out of it."""
        self._become("reopen_camp", CampState.ENDED)
        self.record(events.CampReopened(**self._named()))

    def cancel(self, cancellation: Cancellation) -> None:
        """Say that it does not take place, or does not go on, and why. Of a draft nobody hears.

        Raises CampCancelled, and CampIsOver when its last day has closed: it took place.
        """
        otherwise = REFUSALS.get(self.state, NotFromThisState)
        self._must_allow("cancel_camp", otherwise=otherwise)
        if self.state in (*TO_COME, CampState.RUNNING) and cancellation.at >= self.ends_at():
            raise CampIsOver(f"camp {self.id} ended at {self.ends_at().isoformat()}: it took place")
        event = events.CampDiscarded if self.state is CampState.DRAFT else events.CampCancelled
        self.state, self.cancellation = CampState.CANCELLED, cancellation
        self.record(event(**self._named(), reason=cancellation.reason))

    def _thaw(self, at: datetime) -> None:
        self.state = CampState.INVITING
        if self.is_frozen(at):
            self.freezes_on = None

    def _become(self, operation: str, state: CampState) -> None:
        self._must_allow(operation)
        self.state = state

    def _must_allow(self, operation: str, *, otherwise: type[Conflict] = NotFromThisState) -> None:
        refuse_unless_possible(TRANSITIONS, operation, state=self.state, about=self._standing(), otherwise=otherwise)

    def _named(self) -> dict[str, Any]:
        return {"camp_id": self.id, "season": self.season, "year": self.year, "title": self.title}
