"""What came out of a camp: what was learned, what was promised, and what was reported, by whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from chassis.domain.scope import PLATFORM, Scope
from chassis.persistence.unit_of_work import Reading
from chassis.schemas.operations import query
from services.camps.model.camp import Camp
from services.camps.model.camp_days import Season
from services.camps.model.camp_lifecycle import CampState
from services.camps.model.learning.commitment import Commitment, Outcome
from services.camps.model.learning.commitment_lifecycle import CommitmentState
from services.camps.model.learning.experience_lifecycle import ExperienceState
from services.camps.model.learning.industry_lesson import LessonState
from services.camps.model.programme.session_lifecycle import SessionState
from services.camps.repository.camp import Camps
from services.camps.repository.industry_lessons import IndustryLessons
from services.camps.repository.learning import Commitments, Experiences
from services.camps.repository.programme import Sessions
from services.camps.schemas.camp import CampId
from services.camps.views.learning import SharedExperience, as_shared, names_of


@dataclass(frozen=True, kw_only=True)
class CommitmentCounts:
    """How many commitments of a camp count, and what became of them; those that were released are counted apart.

    `share_reported` is reported / made, as a decimal with two places; None where none counts.
    """

    made: int
    reported: int
    adopted: int
    adapted: int
    abandoned: int
    overdue: int
    released: int
    share_reported: str | None


@dataclass(frozen=True, kw_only=True)
class PromiseMade:
    """What a partner promised to test, and what became of it, as all partners see it."""

    commitment_id: str
    partner_id: str
    partner_name: str
    what: str
    due_on: date
    state: CommitmentState
    outcome: Outcome | None
    experience_id: str | None


@dataclass(frozen=True, kw_only=True)
class SessionGiven:
    """A session that took place, and whose it was."""

    session_id: str
    partner_id: str | None
    partner_name: str | None
    title: str


@dataclass(frozen=True, kw_only=True)
class LessonLearned:
    """What another industry taught, and what of it might transfer."""

    lesson_id: str
    organisation: str
    industry: str
    lesson: str
    hypothesis: str


@dataclass(frozen=True, kw_only=True)
class Harvest:
    """What came out of a camp."""

    camp_id: str
    title: str
    season: Season
    year: int
    state: CampState
    nothing_to_publish: str | None
    commitments: CommitmentCounts
    promises: list[PromiseMade]
    experiences: list[SharedExperience]
    industry_lessons: list[LessonLearned]
    sessions: list[SessionGiven]


@query
def show_harvest(reading: Reading, scope: Scope, *, camp_id: CampId) -> Harvest:
    """Show what came out of a camp: what was learned, what was promised, and what was reported, by whom."""
    return harvest_of(reading, Camps(reading).get(camp_id, scope=scope))


def harvest_of(reading: Reading, camp: Camp) -> Harvest:
    """Give what came out of a camp, as partners see it."""
    camp_id = camp.id
    commitments = list(Commitments(reading).each({"camp_id": camp_id}, scope=PLATFORM))
    shared = Experiences(reading).each({"camp_id": camp_id, "state": ExperienceState.SHARED}, scope=PLATFORM)
    given = list(Sessions(reading).each({"camp_id": camp_id, "state": SessionState.DELIVERED}, scope=PLATFORM))
    taught = IndustryLessons(reading).each({"camp_id": camp_id, "state": LessonState.CAPTURED}, scope=PLATFORM)
    whose = [each.partner_id for each in given if each.partner_id]
    names = names_of(reading, [*whose, *(each.partner_id for each in commitments)])
    return Harvest(
        camp_id=camp.id,
        title=camp.title,
        season=camp.season,
        year=camp.year,
        state=camp.state,
        nothing_to_publish=camp.nothing_to_publish,
        commitments=counts_of(commitments),
        promises=[_promise(each, names[each.partner_id]) for each in commitments],
        experiences=[as_shared(reading, each) for each in shared],
        industry_lessons=[
            LessonLearned(
                lesson_id=each.id,
                organisation=each.organisation,
                industry=each.industry,
                lesson=each.lesson,
                hypothesis=each.hypothesis,
            )
            for each in taught
        ],
        sessions=[
            SessionGiven(
                session_id=each.id,
                partner_id=each.partner_id,
                partner_name=names.get(each.partner_id or ""),
                title=each.title,
            )
            for each in given
        ],
    )


def counts_of(commitments: Sequence[Commitment]) -> CommitmentCounts:
    """Count what became of commitments."""
    states = [each.state for each in commitments]
    outcomes = [each.outcome for each in commitments]
    reported, released = states.count(CommitmentState.REPORTED), states.count(CommitmentState.RELEASED)
    made = len(states) - released
    share = format((Decimal(reported) / made).quantize(Decimal("0.01")), "f") if made else None
    return CommitmentCounts(
        made=made,
        reported=reported,
        adopted=outcomes.count(Outcome.ADOPTED),
        adapted=outcomes.count(Outcome.ADAPTED),
        abandoned=outcomes.count(Outcome.ABANDONED),
        overdue=states.count(CommitmentState.OVERDUE),
        released=released,
        share_reported=share,
    )


def _promise(commitment: Commitment, partner_name: str) -> PromiseMade:
    return PromiseMade(
        commitment_id=commitment.id,
        partner_id=commitment.partner_id,
        partner_name=partner_name,
        what=commitment.what,
        due_on=commitment.due_on,
        state=commitment.state,
        outcome=commitment.outcome,
        experience_id=commitment.experience_id,
    )
