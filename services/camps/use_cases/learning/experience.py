"""What partners share with each other of what they tried and found."""

from typing import Any, Unpack

from chassis.domain.scope import EVERY_ORGANISATION, PLATFORM, Scope
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import command, reaction
from services.camps.model.learning.experience import (
    EvidenceOfAnotherPartner,
    Experience,
    ExperienceKind,
    HeardCycle,
    Visibility,
)
from services.camps.model.learning.statement import Statement
from services.camps.repository.camp import Camps, EligiblePartners
from services.camps.repository.learning import Commitments, Experiences, HeardCycles
from services.camps.repository.programme import Initiatives, Milestones, Results
from services.camps.schemas.camp import CampId, ExpectedVersion, InitiativeId, MilestoneId, PartnerId, Reason, Word
from services.camps.schemas.learning import (
    CommitmentId,
    CycleId,
    ExperienceChanged,
    ExperienceId,
    ExperienceTitle,
    IdeaInWords,
    Story,
)
from services.camps.use_cases.learning.commitment import statement_of

ADOPT = "adopt"
OFFERED = "The change was adopted after a test"
TAKEN_BACK = "The decision after the test was taken back"


@command
def capture_experience(
    uow: UnitOfWork,
    scope: Scope,
    *,
    partner_id: PartnerId,
    kind: ExperienceKind,
    title: ExperienceTitle,
    story: Story | None = None,
    based_on_id: ExperienceId | None = None,
    milestone_id: MilestoneId | None = None,
    initiative_id: InitiativeId | None = None,
) -> Experience:
    """Put an experience on record as a draft, with what speaks for it, and the shared one that it builds on."""
    _refuse_evidence_of_another(uow, partner_id, milestone_id=milestone_id, initiative_id=initiative_id)
    EligiblePartners(uow).named(partner_id, by="partner_id", scope=scope)
    if based_on_id:
        Experiences(uow).shared(based_on_id, by="based_on_id")
    experience = Experience(id=uow.new_id("exp"), partner_id=partner_id, kind=kind, title=title, story=story,
                            based_on_id=based_on_id, milestone_id=milestone_id,
                            initiative_id=initiative_id)  # fmt: skip
    return Experiences(uow).save(experience)


@command
def change_experience(
    uow: UnitOfWork,
    scope: Scope,
    *,
    experience_id: ExperienceId,
    version: ExpectedVersion,
    **changes: Unpack[ExperienceChanged],
) -> Experience:
    """Change the given members of an experience that is not shared; it is reviewed again then."""
    experience = Experiences(uow).get(experience_id, scope=scope, version=version)
    return Experiences(uow).save(experience) if experience.change(**changes) else experience


@command(needs=EVERY_ORGANISATION)
def review_experience(
    uow: UnitOfWork, scope: Scope, *, experience_id: ExperienceId, version: ExpectedVersion
) -> Experience:
    """Agree that an experience can be shared as it is."""
    experience = Experiences(uow).get(experience_id, scope=scope, version=version)
    experience.review(scope.subject)
    return Experiences(uow).save(experience)


@command
def share_experience(
    uow: UnitOfWork,
    scope: Scope,
    *,
    experience_id: ExperienceId,
    version: ExpectedVersion,
    visibility: Visibility,
    camp_id: CampId | None = None,
) -> Experience:
    """Share a reviewed experience with the other partners, perhaps at a camp, or with everybody, at a camp."""
    if camp_id:
        Camps(uow).named(camp_id, by="camp_id", scope=scope)
    experience = Experiences(uow).get(experience_id, scope=scope, version=version)
    credited = [each.partner_id for each in Experiences(uow).origins_of(experience)]
    experience.share(visibility=visibility, camp_id=camp_id, credited=list(dict.fromkeys(credited)))
    return Experiences(uow).save(experience)


@command
def take_experience_back(
    uow: UnitOfWork, scope: Scope, *, experience_id: ExperienceId, version: ExpectedVersion, reason: Reason
) -> Experience:
    """Share an experience no longer, with a reason; it can be corrected and shared again."""
    experience = Experiences(uow).get(experience_id, scope=scope, version=version)
    experience.take_back(statement_of(uow, scope, reason))
    return Experiences(uow).save(experience)


@command
def retire_experience(
    uow: UnitOfWork, scope: Scope, *, experience_id: ExperienceId, version: ExpectedVersion, reason: Reason
) -> Experience:
    """Let an experience be of no use any more, with a reason."""
    experience = Experiences(uow).get(experience_id, scope=scope, version=version)
    experience.retire(statement_of(uow, scope, reason))
    return Experiences(uow).save(experience)


@command
def restore_experience(
    uow: UnitOfWork, scope: Scope, *, experience_id: ExperienceId, version: ExpectedVersion, reason: Reason
) -> Experience:
    """Have an experience that was retired be a draft again, with a reason."""
    experience = Experiences(uow).get(experience_id, scope=scope, version=version)
    experience.restore(statement_of(uow, scope, reason))
    return Experiences(uow).save(experience)


@reaction("engagements.pdsa.acted")
def offer_experience_draft(
    uow: UnitOfWork,
    event: Envelope,
    *,
    cycle_id: CycleId,
    partner_id: PartnerId,
    idea: IdeaInWords,
    decision: Word,
    commitment_id: CommitmentId | None = None,
) -> None:
    """Put a draft of an experience on record when a change was adopted after a test, to be told by the partner.

    What was promised at a camp because of another partner's experience builds on that. Nothing is offered for history.
    Raises NotYetKnown while the commitment is not known, and Superseded when the decision was taken back since.
    """
    if decision != ADOPT or uow.cause.entered_as_history:
        return
    _keep(uow, event, cycle_id, partner_id)
    known = Experiences(uow).of_cycle(cycle_id)
    if known is None:
        known = _drafted(uow, cycle_id, partner_id, idea, commitment_id)
    else:
        known.offer_again(_by_its_cycle(uow, OFFERED))
    Experiences(uow).save(known)


@reaction("engagements.pdsa.reconsidered")
def withdraw_experience_draft(uow: UnitOfWork, event: Envelope, *, cycle_id: CycleId, partner_id: PartnerId) -> None:
    """Retire the draft of what was not adopted after all; one reviewed or shared says so. Raises Superseded."""
    _keep(uow, event, cycle_id, partner_id)
    experience = Experiences(uow).of_cycle(cycle_id)
    if experience:
        experience.lose_evidence(_by_its_cycle(uow, TAKEN_BACK))
        Experiences(uow).save(experience)


def _drafted(uow: UnitOfWork, cycle_id: str, partner_id: str, idea: str, commitment_id: str | None) -> Experience:
    promise = Commitments(uow).known(commitment_id, scope=PLATFORM) if commitment_id else None
    title = promise.what if promise else idea.replace("_", " ").capitalize()
    based_on_id = promise.experience_id if promise else None
    return Experience(id=uow.new_id("exp"), partner_id=partner_id, kind=ExperienceKind.IMPROVEMENT, title=title,
                      based_on_id=based_on_id, cycle_id=cycle_id, commitment_id=commitment_id)  # fmt: skip


def _keep(uow: UnitOfWork, event: Envelope, cycle_id: str, partner_id: str) -> None:
    heard = HeardCycles(uow).first({"_id": cycle_id}, scope=PLATFORM) or HeardCycle(id=cycle_id, partner_id=partner_id)
    heard.keep(sequence=event.sequence)
    HeardCycles(uow).save(heard)


def _by_its_cycle(uow: UnitOfWork, reason: str) -> Statement:
    return statement_of(uow, PLATFORM, reason)


def _refuse_evidence_of_another(
    uow: UnitOfWork, partner_id: str, *, milestone_id: str | None, initiative_id: str | None
) -> None:
    """Raise PerhapsNotKnownYet or EvidenceOfAnotherPartner at the member."""
    evidence: tuple[tuple[str, str | None, Results[Any]], ...] = (
        ("milestone_id", milestone_id, Milestones(uow)),
        ("initiative_id", initiative_id, Initiatives(uow)),
    )
    for member, id, results in evidence:
        if id and results.referenced(id, by=member).partner_id != partner_id:
            detail = f"A result of partner {partner_id} is expected; got '{id}'"
            raise EvidenceOfAnotherPartner.at(f"/{member}", "another_organisation", detail)
