"""What partners promise at camps to test becomes a PDSA cycle by itself, as soon as there is an initiative for it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from chassis.domain.scope import PLATFORM, Scope
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import command, reaction
from services.engagements.model.engagement import Engagement
from services.engagements.model.improvement.charter import Setting
from services.engagements.model.improvement.initiative import Initiative
from services.engagements.model.improvement.pdsa_cycle import WITH_COMMITMENT, PdsaCycle
from services.engagements.model.improvement.pdsa_lifecycle import PdsaState
from services.engagements.model.improvement.promised_test import PromisedTest, PromiseState, with_promised_idea
from services.engagements.model.improvement.worksheet import Objective, Question
from services.engagements.repository.engagement import Engagements
from services.engagements.repository.improvement import Initiatives, PdsaCycles, PromisedTests
from services.engagements.repository.measure_facts import family_of
from services.engagements.schemas.engagement import CampId, EngagementId, ExpectedVersion, PartnerId, PersonId
from services.engagements.schemas.improvement import CommitmentId, InitiativeId
from services.engagements.schemas.pdsa import IdeaCode, Promise
from services.engagements.use_cases.improvement.initiative import initiative_at
from services.engagements.use_cases.statement import statement_of

RELEASED = "The partner is not held any more to what it promised at the camp"
RESUMED = "What the partner promised at the camp counts again"


@reaction("camps.commitment.made", "camps.commitment.changed", "camps.commitment.resumed")
def plan_pdsa_cycle(
    uow: UnitOfWork,
    event: Envelope,
    *,
    commitment_id: CommitmentId,
    camp_id: CampId,
    partner_id: PartnerId,
    admission_number: int,
    what: Promise,
    owner_id: PersonId,
    due_on: date,
    initiative_id: InitiativeId | None = None,
) -> None:
    """Plan a PDSA cycle, with owner and day, for what a partner promised at a camp to test.

    In the initiative that was named, else in the only one under way; it waits as long as there is none, or where there
    are several. Raises NotYetKnown while the engagement is not known, and Superseded.
    """
    engagement = Engagements(uow).of_partner(partner_id, admission_number=admission_number)
    promised = {"what": what, "owner_id": owner_id, "due_on": due_on, "initiative_id": initiative_id}
    test = _described(uow, event, engagement, commitment_id, camp_id, promised)
    if test.state is not PromiseState.PLANNED:
        _plan_if_possible(uow, test, engagement)
    PromisedTests(uow).save(test)


@reaction("camps.commitment.released")
def drop_promised_test(
    uow: UnitOfWork,
    event: Envelope,
    *,
    commitment_id: CommitmentId,
    camp_id: CampId,
    partner_id: PartnerId,
    admission_number: int,
    what: Promise,
    owner_id: PersonId,
    due_on: date,
    initiative_id: InitiativeId | None = None,
) -> None:
    """Cancel the PDSA cycle of a promise that counts no more, unless the test has begun; raises as in planning it."""
    engagement = Engagements(uow).of_partner(partner_id, admission_number=admission_number)
    promised = {"what": what, "owner_id": owner_id, "due_on": due_on, "initiative_id": initiative_id}
    test = _described(uow, event, engagement, commitment_id, camp_id, promised)
    cycle = _cycle_of(uow, test)
    if cycle and cycle.state is PdsaState.PLANNED:
        cycle.cancel(statement_of(uow, PLATFORM, RELEASED), ended_with=WITH_COMMITMENT)
        PdsaCycles(uow).save(cycle)
    test.release()
    PromisedTests(uow).save(test)


@reaction(
    "engagements.initiative.started",
    "engagements.initiative.closed",
    "engagements.initiative.reopened",
    "engagements.engagement.activated",
    "engagements.engagement.resumed",
    "engagements.engagement.reopened",
)
def plan_waiting_tests(uow: UnitOfWork, *, engagement_id: EngagementId) -> None:
    """Plan the PDSA cycles of promises that waited for an initiative, now that there may be one for them."""
    engagement = Engagements(uow).get(engagement_id, scope=PLATFORM)
    for test in PromisedTests(uow).waiting_in(engagement):
        _plan_if_possible(uow, test, engagement)
        PromisedTests(uow).save(test)


@reaction("camps.commitment.reported")
def keep_report(uow: UnitOfWork, event: Envelope, *, commitment_id: CommitmentId) -> None:
    """Keep that it is reported what came of a promise; raises NotYetKnown until that is known, and Superseded."""
    _keep_report(uow, event, commitment_id, is_reported=True)


@reaction("camps.commitment.report_withdrawn")
def keep_report_withdrawn(uow: UnitOfWork, event: Envelope, *, commitment_id: CommitmentId) -> None:
    """Keep that what was reported of a promise does not hold; raises as for a report."""
    _keep_report(uow, event, commitment_id, is_reported=False)


def _keep_report(uow: UnitOfWork, event: Envelope, commitment_id: str, *, is_reported: bool) -> None:
    test = PromisedTests(uow).known(commitment_id, scope=PLATFORM)
    test.keep_report(sequence=event.sequence, is_reported=is_reported)
    PromisedTests(uow).save(test)


@command
def place_promised_test(
    uow: UnitOfWork,
    scope: Scope,
    *,
    commitment_id: CommitmentId,
    version: ExpectedVersion,
    initiative_id: InitiativeId,
    idea: IdeaCode | None = None,
) -> PromisedTest:
    """Say in which initiative what was promised is tested, and perhaps on which of its change ideas."""
    test = PromisedTests(uow).get(commitment_id, scope=scope, version=version)
    Initiatives(uow).named(initiative_id, by="initiative_id", scope=scope)
    initiative, engagement = initiative_at(uow, scope, initiative_id)
    test.place(initiative, _cycle_of(uow, test))
    _plan(uow, test, engagement, initiative, idea=idea)
    return PromisedTests(uow).save(test)


def _described(
    uow: UnitOfWork,
    event: Envelope,
    engagement: Engagement,
    commitment_id: str,
    camp_id: str,
    promised: Mapping[str, Any],
) -> PromisedTest:
    test = PromisedTests(uow).first({"_id": commitment_id}, scope=PLATFORM) or PromisedTest(
        id=commitment_id, camp_id=camp_id, partner_id=engagement.partner_id, engagement_id=engagement.id, **promised
    )
    _follow_the_day(uow, test, promised["due_on"])
    test.describe(sequence=event.sequence, **promised)
    return test


def _follow_the_day(uow: UnitOfWork, test: PromisedTest, due_on: date) -> None:
    """Have the cycle end on the day that is promised now, unless the team planned another one or has begun."""
    cycle = _cycle_of(uow, test)
    if cycle and cycle.state is PdsaState.PLANNED and cycle.ends_on == test.due_on and cycle.change(ends_on=due_on):
        PdsaCycles(uow).save(cycle)


def _plan_if_possible(uow: UnitOfWork, test: PromisedTest, engagement: Engagement) -> None:
    # An initiative that begins at this moment is not seen here, nor this promise there (write skew).
    Engagements(uow).touch(engagement)
    if _is_tested_still(uow, test, engagement):
        return
    initiative = test.choose(engagement, Initiatives(uow).active_of(engagement))
    if initiative is None:
        test.wait()
    else:
        _plan(uow, test, engagement, initiative)


def _is_tested_still(uow: UnitOfWork, test: PromisedTest, engagement: Engagement) -> bool:
    """Whether the cycle that was planned before goes on, or is taken up again after the promise was released."""
    cycle = _cycle_of(uow, test)
    if cycle is None or (cycle.state is PdsaState.CANCELLED and not _taken_up_again(uow, cycle, engagement)):
        return False
    test.be_planned(cycle)
    return True


def _taken_up_again(uow: UnitOfWork, cycle: PdsaCycle, engagement: Engagement) -> bool:
    initiative = Initiatives(uow).get(cycle.initiative_id, scope=PLATFORM)
    if cycle.cancelled_with != WITH_COMMITMENT or initiative.closing is not None or engagement.is_closed:
        return False
    cycle.restore(initiative=initiative, engagement=engagement, statement=statement_of(uow, PLATFORM, RESUMED))
    PdsaCycles(uow).save(cycle)
    return True


def _plan(
    uow: UnitOfWork, test: PromisedTest, engagement: Engagement, initiative: Initiative, *, idea: str | None = None
) -> None:
    if idea is None:
        idea = test.idea_code(initiative.diagram)
        _bring_the_idea(uow, test, engagement, initiative)
    cycle = PdsaCycle.plan(
        id=uow.new_id("pds"),
        initiative=initiative,
        engagement=engagement,
        idea=idea,
        objective=Objective.TEST,
        setting=initiative.settings[0] if initiative.settings else Setting.HEALTH_CARE,
        questions=[Question(question=test.what)],
        ends_on=test.due_on,
        owner_id=test.owner_id,
        commitment_id=test.id,
    )
    if not initiative.recorded:
        Initiatives(uow).touch(initiative)
    PdsaCycles(uow).save(cycle)
    test.be_planned(cycle)


def _bring_the_idea(uow: UnitOfWork, test: PromisedTest, engagement: Engagement, initiative: Initiative) -> None:
    diagram = with_promised_idea(initiative.diagram, test)
    tested, family = PdsaCycles(uow).tried_ideas(initiative.id), family_of(uow, initiative.id)
    if initiative.draw(diagram, engagement=engagement, tested=tested, family=family):
        Initiatives(uow).save(initiative)


def _cycle_of(uow: UnitOfWork, test: PromisedTest) -> PdsaCycle | None:
    return PdsaCycles(uow).get(test.cycle_id, scope=PLATFORM) if test.cycle_id else None
