"""A request for faculty: a partner asks for somebody who knows a topic, and the institute answers by an instant."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from chassis.domain.aggregate import Aggregate
from chassis.domain.transitions import refuse_unless_possible
from services.partners.events import faculty_access as events
from services.partners.model.faculty.faculty_lifecycle import ACTIVE
from services.partners.model.faculty.faculty_member import FacultyMember
from services.partners.model.faculty.faculty_request_lifecycle import (
    DECLINED,
    GRANTED,
    OPEN,
    TRANSITIONS,
    WITHDRAWN,
    FacultyNotActive,
    FacultyOfThePartner,
    FacultyRequestState,
)
from services.partners.model.history import HistoryEntry
from services.partners.model.partner import Partner
from services.partners.model.partner_lifecycle import PartnerNotInTheProgramme, PartnerState
from services.partners.model.person import Person


@dataclass(kw_only=True)
class FacultyRequest(Aggregate):
    """What a partner needs faculty for, by when it is to be answered, and who was given to it.

    `answer_due_at` is None once it is answered, or overdue, which it is since `overdue_since`. `answered_at` is when
    it was granted or declined last. `person_ids` are whom it was given.
    """

    lifecycle = TRANSITIONS

    partner_id: str
    topics: list[str]
    purpose: str
    requested_at: datetime
    state: FacultyRequestState = OPEN
    answer_due_at: datetime | None = None
    overdue_since: datetime | None = None
    answered_at: datetime | None = None
    person_ids: list[str] = field(default_factory=list)
    history: list[HistoryEntry] = field(default_factory=list)

    @classmethod
    def request(
        cls, *, id: str, partner: Partner, topics: list[str], purpose: str, by: str, at: datetime, answer: timedelta
    ) -> "FacultyRequest":
        """Take what a partner asks for, to be answered within `answer`; raises PartnerNotInTheProgramme."""
        if partner.state is not PartnerState.ADMITTED:
            raise PartnerNotInTheProgramme(f"partner {partner.id} is {partner.state}: faculty is for who is admitted")
        request = cls(id=id, partner_id=partner.id, topics=topics, purpose=purpose, requested_at=at,
                      answer_due_at=at + answer)  # fmt: skip
        request.history.append(HistoryEntry(to=OPEN, reason=None, by=by, at=at))
        request.record(events.FacultyAccessRequested(**request._of(), topics=topics, answer_by=at + answer))
        return request

    def grant(self, members: Iterable[tuple[FacultyMember, Person]], *, by: str, at: datetime) -> None:
        """Give faculty to the partner; raises NotFromThisState, FacultyNotActive and FacultyOfThePartner."""
        given = list(members)
        for member, person in given:
            _refuse_who_cannot(member, person, partner_id=self.partner_id)
        self._become("grant_faculty_request", GRANTED, by=by, at=at)
        self.person_ids = [person.id for _, person in given]
        self._is_answered(at)
        self.record(events.FacultyAccessGranted(**self._of(), person_ids=self.person_ids))

    def decline(self, *, reason: str, by: str, at: datetime) -> None:
        """Say no, for a reason; raises NotFromThisState."""
        self._become("decline_faculty_request", DECLINED, by=by, at=at, reason=reason)
        self._is_answered(at)
        self.record(events.FacultyAccessDeclined(**self._of(), reason=reason))

    def withdraw(self, *, reason: str, by: str, at: datetime) -> None:
        """Ask no more, for a reason; raises NotFromThisState."""
        self._become("withdraw_faculty_request", WITHDRAWN, by=by, at=at, reason=reason)
        self.answer_due_at = None
        self.record(events.FacultyAccessWithdrawn(**self._of(), reason=reason))

    def reopen(self, *, reason: str, by: str, at: datetime, answer: timedelta) -> None:
        """Answer it anew within `answer`, for a reason: whom it was given is not given any more."""
        self._become("reopen_faculty_request", OPEN, by=by, at=at, reason=reason)
        self.person_ids, self.answered_at, self.answer_due_at = [], None, at + answer
        self.record(events.FacultyAccessRequested(**self._of(), topics=self.topics, answer_by=at + answer))

    def fall_overdue(self, at: datetime) -> bool:
        """Note that nobody has answered in time; gives whether that is news."""
        if self.answer_due_at is None or at < self.answer_due_at:
            return False
        self.overdue_since, self.answer_due_at = self.answer_due_at, None
        self.record(events.FacultyAccessOverdue(**self._of(), answer_by=self.overdue_since))
        return True

    def _is_answered(self, at: datetime) -> None:
        self.answered_at, self.answer_due_at = at, None

    def _become(
        self, operation: str, to: FacultyRequestState, *, by: str, at: datetime, reason: str | None = None
    ) -> None:
        about = f"faculty request {self.id} is {self.state}"
        refuse_unless_possible(TRANSITIONS, operation, state=self.state, about=about)
        self.state = to
        self.history.append(HistoryEntry(to=to, reason=reason, by=by, at=at))

    def _of(self) -> events.OfRequest:
        return {"faculty_request_id": self.id, "partner_id": self.partner_id}


def _refuse_who_cannot(member: FacultyMember, person: Person, *, partner_id: str) -> None:
    if member.state is not ACTIVE:
        raise FacultyNotActive(f"faculty member {member.id} is {member.state}")
    if person.partner_id == partner_id:
        raise FacultyOfThePartner(f"faculty member {member.id}, person {person.id}, is of partner {partner_id} itself")


@dataclass(frozen=True, kw_only=True)
class AccessOfPartner:
    """How a partner's requests for faculty were answered: how many there are, how many were ever late, how fast.

    Who withdrew is not counted as asked. `median_response_seconds` is None before one is answered, `granted_percent`
    as well: of those answered, how many were granted.
    """

    partner_id: str
    requested: int
    granted: int
    declined: int
    awaiting: int
    overdue: int
    median_response_seconds: int | None
    granted_percent: int | None


def access_of(partner_id: str, requests: Iterable[FacultyRequest]) -> AccessOfPartner:
    """Count the requests of one partner."""
    counted = [each for each in requests if each.state is not WITHDRAWN]
    took = sorted(each.answered_at - each.requested_at for each in counted if each.answered_at)
    in_state = {state: sum(each.state is state for each in counted) for state in FacultyRequestState}
    return AccessOfPartner(
        partner_id=partner_id,
        requested=len(counted),
        granted=in_state[GRANTED],
        declined=in_state[DECLINED],
        awaiting=in_state[OPEN],
        overdue=sum(each.overdue_since is not None for each in counted),
        median_response_seconds=_median(took),
        granted_percent=round(100 * in_state[GRANTED] / len(took)) if took else None,
    )


def apart(figures: Mapping[str, int | None]) -> int | None:
    """Give how far the highest figure of a partner is from the lowest; None where fewer than two partners have one."""
    known = [figure for figure in figures.values() if figure is not None]
    return max(known) - min(known) if len(known) > 1 else None


def _median(took: list[timedelta]) -> int | None:
    """Give the middle one, the mean of the two middle ones of an even number, in whole seconds."""
    if not took:
        return None
    middle = took[(len(took) - 1) // 2] + took[len(took) // 2]
    return round(middle.total_seconds() / 2)
