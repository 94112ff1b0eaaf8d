"""An engagement: what one partner and the institute work on together, and when work is under way."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from chassis.domain.aggregate import INTERNAL
from chassis.domain.errors import Conflict
from chassis.domain.replica import newest
from chassis.domain.transitions import refuse_unless_possible
from services.engagements.events import engagement as events
from services.engagements.model.days import refuse_unless_come
from services.engagements.model.engagement_coach import CoachChange, CoachLeadsAlready, LedByACoach
from services.engagements.model.engagement_lifecycle import (
    REFUSALS,
    TRANSITIONS,
    EngagementAlreadyActive,
    EngagementAlreadyAgreed,
    EngagementAlreadyClosed,
    EngagementAtRest,
    EngagementNotActive,
    EngagementNotAgreed,
    EngagementNotClosed,
    EngagementNotPaused,
    EngagementState,
    PartnerHasDeparted,
    PausedFor,
)
from services.engagements.model.person import Person
from services.engagements.model.statement import StateChange, Statement
from services.engagements.model.will import CarriedByAWill


class KeyArea(StrEnum):
    """The four areas that drive every partnership (the institute's programme description)."""

    STRATEGY = "strategy_guidance_and_coaching"
    CO_DESIGN = "co_design_and_co_production"
    CAPABILITY = "building_improvement_capability"
    LEARNING_SYSTEM = "learning_system"


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """Who agreed on an engagement for either side, and when."""

    for_partner: str
    for_institute: str
    on: date


@dataclass(kw_only=True)
class Engagement(LedByACoach, CarriedByAWill):
    """What one partner and the institute work on together, in four key areas, led by one coach.

    `zone` is the partner's: a day of the engagement is a day there. While it is paused or closed, `resumes_to` is what
    it will be again, or would be. `profile_sequence` and `standing_sequence` are those of the newest of the partner's
    own events that are in here: what it is called, and whether it is paused.
    """

    lifecycle = TRANSITIONS
    partner_name: str
    zone: str
    key_areas: list[KeyArea]
    agreement: Agreement | None = None
    activated_on: date | None = None
    closed_on: date | None = None
    paused_for: list[PausedFor] = field(default_factory=list)
    closed_with_partner: bool = False
    transitions: list[StateChange] = field(default_factory=list)
    """What became of it for a reason that somebody gave."""
    resumes_to: EngagementState | None = field(default=None, metadata=INTERNAL)
    profile_sequence: int = field(default=0, metadata=INTERNAL)
    standing_sequence: int = field(default=0, metadata=INTERNAL)

    @classmethod
    def draft(
        cls, *, id: str, partner_id: str, partner_name: str, zone: str, sequence: int, admission_number: int = 1
    ) -> "Engagement":
        """Begin an engagement with all four key areas open, for the partner as event number `sequence` describes it."""
        areas = list(KeyArea)
        engagement = cls(id=id, partner_id=partner_id, partner_name=partner_name, zone=zone, key_areas=areas,
                         admission_number=admission_number,
                         profile_sequence=sequence, standing_sequence=sequence)  # fmt: skip
        engagement.record(events.EngagementDrafted(**engagement._subject(), key_areas=[*areas]))
        return engagement

    def agree(self, agreement: Agreement, *, at: datetime) -> None:
        """Note that both sides agree on it; raises EngagementAlreadyAgreed, also of one under way, and InTheFuture.

        They may have agreed before this was drafted: a partnership can be older than its record.
        """
        self._must_allow("agree_engagement", otherwise=EngagementAlreadyAgreed)
        refuse_unless_come(agreement.on, field="agreed_on", since=None, today=self.today(at))
        self.state, self.agreement = EngagementState.AGREED, agreement
        self.record(events.EngagementAgreed(**self._subject(), agreed_on=agreement.on))

    def redraft(self, statement: Statement) -> None:
        """Take the agreement back, for a reason; raises EngagementNotAgreed, also when work has begun."""
        self._must_allow("redraft_engagement", otherwise=EngagementNotAgreed)
        self.agreement = None
        self._move(EngagementState.DRAFT, statement)
        self.record(events.EngagementRedrafted(**self._subject(), reason=statement.reason))

    def activate(self, *, lead_coach: Person, on: date, at: datetime) -> None:
        """Begin the work, with the coach who leads it.

        Raises EngagementNotAgreed, EngagementAlreadyActive, InTheFuture, and BeforeItBegan for a day before the
        agreement; and what Person.must_be_able_to_coach raises.
        """
        is_active = self.state is EngagementState.ACTIVE
        self._must_allow("activate_engagement", otherwise=EngagementAlreadyActive if is_active else EngagementNotAgreed)
        since = self.agreement.on if self.agreement else None
        refuse_unless_come(on, field="activated_on", since=since, today=self.today(at))
        lead_coach.must_be_able_to_coach(field="lead_coach_id")
        self.state, self.lead_coach_id, self.activated_on = EngagementState.ACTIVE, lead_coach.id, on
        self.record(events.EngagementActivated(**self._subject(), lead_coach_id=lead_coach.id, activated_on=on))

    def pause(self, reason: PausedFor, *, statement: Statement) -> None:
        """Let the work rest for one more reason; raises EngagementAtRest for one that it has."""
        if self.state is not EngagementState.PAUSED or reason in self.paused_for:
            self._must_allow("pause_engagement", otherwise=EngagementAtRest)
        self.paused_for.append(reason)
        if self.state is not EngagementState.PAUSED:
            self.resumes_to = self.state
            self._move(EngagementState.PAUSED, statement)
            with_partner = _with_partner(reason)
            self.record(events.EngagementPaused(**self._led(), reason=statement.reason, with_partner=with_partner))

    def resume(self, reason: PausedFor) -> None:
        """Take one reason to rest away; raises EngagementNotPaused when it is none."""
        self._must_allow("resume_engagement", otherwise=EngagementNotPaused)
        if reason not in self.paused_for or self.resumes_to is None:
            raise EngagementNotPaused(self._standing())
        self.paused_for.remove(reason)
        if not self.paused_for:
            self.state, self.resumes_to = self.resumes_to, None
            self.record(events.EngagementResumed(**self._led(), with_partner=_with_partner(reason)))

    def close(self, *, on: date, statement: Statement, with_partner: bool = False) -> None:
        """End it, for a reason, perhaps with its partner and then for good."""
        self._must_allow("close_engagement", otherwise=EngagementAlreadyClosed)
        if self.state is not EngagementState.PAUSED:
            self.resumes_to = self.state
        self.closed_on, self.closed_with_partner = on, with_partner
        self.coach_left_on, self.coach_conflict, self.will_to_confirm = None, None, None
        self.paused_for.clear()
        self._move(EngagementState.CLOSED, statement)
        self.record(
            events.EngagementClosed(**self._led(), closed_on=on, reason=statement.reason, with_partner=with_partner)
        )

    def reopen(self, statement: Statement) -> None:
        """Have it be again what it was before it was closed, or before it rested then.

        Raises EngagementNotClosed, and PartnerHasDeparted.
        """
        self._must_allow("reopen_engagement", otherwise=EngagementNotClosed)
        if self.closed_with_partner:
            raise PartnerHasDeparted(f"engagement {self.id} was closed on {self.closed_on} with its partner")
        self.closed_on = None
        self._move(self.resumes_to or EngagementState.DRAFT, statement)
        self.resumes_to = None
        self.record(events.EngagementReopened(**self._led(), reason=statement.reason, state=self.state))

    def replace_lead_coach(self, *, coach: Person, by: str, at: datetime, reason: str | None = None) -> str:
        """Have another coach lead it from now on, and give the id of the former one.

        Raises EngagementNotActive before work has begun, CoachLeadsAlready and EngagementAlreadyClosed; and what
        Person.must_be_able_to_coach raises.
        """
        self._must_allow("replace_lead_coach", otherwise=EngagementNotActive)
        former_id = self.coach()
        coach.must_be_able_to_coach(field="coach_id")
        if coach.id == former_id:
            raise CoachLeadsAlready(f"engagement {self.id} is led by {coach.id} already")
        self.coach_changes.append(
            CoachChange(former_coach_id=former_id, coach_id=coach.id, by=by, at=at, reason=reason)
        )
        self._become_led_by(coach.id)
        self.record(events.EngagementCoachChanged(**self._subject(), coach_id=coach.id, former_coach_id=former_id))
        return former_id

    def confirm_will(self, statement: Statement) -> None:
        """Note that those who lead the partner have the will to go on; raises WillNotAskedAbout."""
        self._must_allow("confirm_will", otherwise=EngagementNotAgreed)
        self.keep_will(statement, about=self._standing())

    def keep_standing(self, *, sequence: int) -> None:
        """Remember of which moment the partner's standing is; raises Superseded when a later one is in here."""
        self.standing_sequence = newest(self.standing_sequence, sequence)

    def keep_profile(self, *, sequence: int, name: str, zone: str) -> None:
        """Keep what the partner is called and where its days are; raises Superseded when a later one is in here."""
        self.profile_sequence = newest(self.profile_sequence, sequence)
        self.partner_name, self.zone = name, zone

    @property
    def is_closed(self) -> bool:
        """Whether it has ended."""
        return self.state is EngagementState.CLOSED

    @property
    def is_under_way(self) -> bool:
        """Whether work has begun and neither rests nor is closed."""
        return self.state is EngagementState.ACTIVE

    def must_be_open(self) -> None:
        """Raise EngagementAlreadyClosed when it has ended."""
        if self.is_closed:
            raise EngagementAlreadyClosed(f"{self._standing()}: reopen it first")

    def coach_at_work(self) -> str:
        """Give the id of the coach who leads it; raises EngagementNotActive unless it is under way."""
        coach_id = self.coach()
        if not self.is_under_way:
            raise EngagementNotActive(self._standing())
        return coach_id

    def refuse_who_has_an_interest(self, coach: Person, *, at: datetime, period: timedelta) -> None:
        """Raise ConflictOfInterest if somebody works for its partner, or worked for it until less than `period` ago."""
        coach.must_have_no_interest(self.partner_id, on=self.today(at), period=period)

    def today(self, now: datetime) -> date:
        """Give the day that it is where the partner is."""
        return now.astimezone(ZoneInfo(self.zone)).date()

    def refuse_unless_come(self, day: date, *, field: str, at: datetime) -> None:
        """Raise InTheFuture or BeforeItBegan, at `field`, unless the day is one from its first to today."""
        refuse_unless_come(day, field=field, since=self.activated_on, today=self.today(at))

    def end_of(self, day: date) -> datetime:
        """Give the instant at which a day is over where the partner is."""
        following = day + timedelta(days=1)
        return datetime.combine(following, time(), tzinfo=ZoneInfo(self.zone)).astimezone(UTC)

    def _move(self, to: EngagementState, statement: Statement) -> None:
        self.state = to
        self.transitions.append(StateChange(to=to, statement=statement))

    def _must_allow(self, operation: str, *, otherwise: type[Conflict]) -> None:
        """Raise EngagementAtRest, EngagementAlreadyClosed or `otherwise` where the table has no such transition."""
        refusal = REFUSALS.get(self.state, otherwise)
        refuse_unless_possible(TRANSITIONS, operation, state=self.state, about=self._standing(), otherwise=refusal)

    def _standing(self) -> str:
        since = {
            EngagementState.ACTIVE: f"active since {self.activated_on}",
            EngagementState.PAUSED: f"paused, for: {', '.join(self.paused_for)}",
            EngagementState.CLOSED: f"closed since {self.closed_on}",
        }
        return f"engagement {self.id} is {since.get(self.state, self.state)}"


def _with_partner(reason: PausedFor) -> bool:
    return reason is PausedFor.PARTNER
