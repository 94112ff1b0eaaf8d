"""How an initiative is scored, and what time does to one that stands still."""

from functools import partial

from chassis.domain.errors import Forbidden
from chassis.domain.scope import PLATFORM, Scope
from chassis.persistence.claims import Claimed, Claims
from chassis.persistence.unit_of_work import Store, UnitOfWork
from chassis.schemas.operations import command
from services.engagements.model.engagement import Engagement
from services.engagements.model.improvement.initiative import Initiative
from services.engagements.model.improvement.progress import AssessorRole, Judged
from services.engagements.repository.improvement import Initiatives
from services.engagements.schemas.engagement import ExpectedVersion, Reason
from services.engagements.schemas.improvement import Advice, InitiativeId, Justification, MonthScored, Score
from services.engagements.use_cases.improvement.initiative import initiative_at
from services.engagements.use_cases.statement import statement_of


class FacultyScoresAreTheInstitutes(Forbidden):
    """Only the institute's own people score for faculty."""


@command
def score_initiative(
    uow: UnitOfWork,
    scope: Scope,
    *,
    initiative_id: InitiativeId,
    version: ExpectedVersion,
    month: MonthScored,
    assessor_role: AssessorRole,
    score: Score,
    justification: Justification,
    advice: Advice | None = None,
) -> Initiative:
    """Score the progress of an initiative in a month, as its team or as faculty."""
    initiative, engagement = _scored_by(uow, scope, initiative_id, version, assessor_role)
    judged = _judged(uow, scope, engagement, score, justification, advice)
    initiative.score(engagement=engagement, month=month, role=assessor_role, judged=judged)
    return Initiatives(uow).save(initiative)


@command
def correct_score(
    uow: UnitOfWork,
    scope: Scope,
    *,
    initiative_id: InitiativeId,
    version: ExpectedVersion,
    month: MonthScored,
    assessor_role: AssessorRole,
    score: Score,
    justification: Justification,
    advice: Advice | None = None,
    reason: Reason,
) -> Initiative:
    """Correct the score of a month, with a reason; the former one is kept."""
    initiative, engagement = _scored_by(uow, scope, initiative_id, version, assessor_role)
    judged = _judged(uow, scope, engagement, score, justification, advice)
    statement = statement_of(uow, scope, reason)
    initiative.correct_score(engagement=engagement, month=month, role=assessor_role, judged=judged, statement=statement)
    return Initiatives(uow).save(initiative)


def stall_initiatives(*, store: Store, claims: Claims) -> None:
    """Note of every initiative that has stood at 2.5 for 90 days that it has stalled."""
    claims.process_ready(lambda: Initiatives.backlog.as_of(store.clock()), partial(_stall, store), sort="stalls_at")


def _stall(store: Store, claimed: Claimed) -> bool:
    store.transact(partial(_stall_if_it_has, claimed.id), cause=claimed.cause)
    return True


def _stall_if_it_has(initiative_id: str, uow: UnitOfWork) -> None:
    """Look again: somebody may have been faster than the clock."""
    initiative, engagement = initiative_at(uow, PLATFORM, initiative_id)
    if initiative.stall(engagement=engagement, at=uow.now):
        Initiatives(uow).save(initiative)


def _scored_by(
    uow: UnitOfWork, scope: Scope, initiative_id: str, version: ExpectedVersion, role: AssessorRole
) -> tuple[Initiative, Engagement]:
    found = initiative_at(uow, scope, initiative_id, version)
    if role is AssessorRole.FACULTY and not scope.is_unrestricted:
        raise FacultyScoresAreTheInstitutes(f"{scope.subject} works for {scope.organisation}: score as self")
    return found


def _judged(
    uow: UnitOfWork, scope: Scope, engagement: Engagement, score: Score, justification: str, advice: str | None
) -> Judged:
    return Judged(score=score, justification=justification, advice=advice, by=scope.subject,
                  on=engagement.today(uow.now), at=uow.now)  # fmt: skip
