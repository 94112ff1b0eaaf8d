"""What partners promise at camps to test, and what they report of it."""

from functools import partial
from typing import Unpack

from chassis.domain.errors import NotYetKnown
from chassis.domain.scope import PLATFORM, Scope
from chassis.messaging.envelope import Envelope
from chassis.persistence.claims import Claimed, Claims
from chassis.persistence.unit_of_work import Store, UnitOfWork
from chassis.schemas.operations import command, reaction
from services.camps.model.eligible_partner import EligiblePartner
from services.camps.model.learning.commitment import DECIDED, Commitment, CycleHeard, Outcome, Report
from services.camps.model.learning.initiative import KnownInitiative
from services.camps.model.learning.statement import Statement
from services.camps.repository.camp import Camps, EligiblePartners, People
from services.camps.repository.learning import Commitments, Experiences, KnownInitiatives
from services.camps.schemas.camp import CampId, ExpectedVersion, InitiativeId, PartnerId, PersonId, Reason, Word
from services.camps.schemas.learning import (
    CommitmentChanged,
    CommitmentId,
    CycleId,
    DueOn,
    EngagementId,
    ExperienceId,
    Learning,
    Promise,
)
from services.camps.use_cases.learning.attendance import refuse_unless_attended


@command
def make_commitment(
    uow: UnitOfWork,
    scope: Scope,
    *,
    camp_id: CampId,
    partner_id: PartnerId,
    what: Promise,
    owner_id: PersonId,
    due_on: DueOn,
    initiative_id: InitiativeId | None = None,
    experience_id: ExperienceId | None = None,
) -> Commitment:
    """Promise, as a partner that attended a camp, to test something by a day, perhaps in one of its initiatives.

    It may rest on an experience that is shared, whose originator is credited when it comes to something.
    """
    owner = People(uow).referenced(owner_id, by="owner_id")
    if initiative_id:
        KnownInitiatives(uow).referenced(initiative_id, by="initiative_id").refuse_unless_of(partner_id)
    partner = EligiblePartners(uow).named(partner_id, by="partner_id", scope=scope)
    EligiblePartners(uow).touch(partner)
    camp = Camps(uow).named(camp_id, by="camp_id", scope=scope)
    if experience_id:
        Experiences(uow).shared(experience_id, by="experience_id")
    partner.refuse_if_departed()
    refuse_unless_attended(uow, camp, partner_id, at=uow.now)
    commitment = Commitment.make(id=uow.new_id("cmt"), camp=camp, partner_id=partner_id,
                                 admission_number=partner.admission_number, owner=owner, what=what, due_on=due_on,
                                 initiative_id=initiative_id, experience_id=experience_id, at=uow.now)  # fmt: skip
    return Commitments(uow).save(commitment)


@command
def change_commitment(
    uow: UnitOfWork,
    scope: Scope,
    *,
    commitment_id: CommitmentId,
    version: ExpectedVersion,
    **changes: Unpack[CommitmentChanged],
) -> Commitment:
    """Change the given members of what was promised: what, by whom or by when."""
    owner = People(uow).referenced(changes["owner_id"], by="owner_id") if "owner_id" in changes else None
    commitment = Commitments(uow).get(commitment_id, scope=scope, version=version)
    changed = commitment.change(owner=owner, at=uow.now, **changes)
    return Commitments(uow).save(commitment) if changed else commitment


@command
def report_commitment(
    uow: UnitOfWork,
    scope: Scope,
    *,
    commitment_id: CommitmentId,
    version: ExpectedVersion,
    outcome: Outcome,
    learning: Learning,
) -> Commitment:
    """Report what became of what was promised, and what was learned, where no PDSA cycle says so."""
    commitment = Commitments(uow).get(commitment_id, scope=scope, version=version)
    commitment.report(Report(outcome=outcome, learning=learning, by=scope.subject, at=uow.now))
    return Commitments(uow).save(commitment)


@command
def withdraw_report(
    uow: UnitOfWork, scope: Scope, *, commitment_id: CommitmentId, version: ExpectedVersion, reason: Reason
) -> Commitment:
    """Take back, with a reason, what was reported: the commitment is open again."""
    commitment = Commitments(uow).get(commitment_id, scope=scope, version=version)
    commitment.withdraw_report(statement_of(uow, scope, reason))
    return Commitments(uow).save(commitment)


@command
def release_commitment(
    uow: UnitOfWork, scope: Scope, *, commitment_id: CommitmentId, version: ExpectedVersion, reason: Reason
) -> Commitment:
    """Hold a partner no longer to what it promised, with a reason."""
    commitment = Commitments(uow).get(commitment_id, scope=scope, version=version)
    commitment.release(statement_of(uow, scope, reason))
    return Commitments(uow).save(commitment)


@command
def resume_commitment(
    uow: UnitOfWork, scope: Scope, *, commitment_id: CommitmentId, version: ExpectedVersion, reason: Reason
) -> Commitment:
    """Have a commitment that was released count again, with a reason."""
    commitment = Commitments(uow).get(commitment_id, scope=scope, version=version)
    partner = EligiblePartners(uow).get(commitment.partner_id, scope=PLATFORM)
    EligiblePartners(uow).touch(partner)
    partner.refuse_if_departed()
    commitment.resume(statement_of(uow, scope, reason))
    return Commitments(uow).save(commitment)


@reaction("engagements.initiative.proposed")
def keep_initiative(uow: UnitOfWork, *, initiative_id: InitiativeId, partner_id: PartnerId) -> None:
    """Keep whose an initiative is, so that a test can be promised in it."""
    if KnownInitiatives(uow).first({"_id": initiative_id}, scope=PLATFORM) is None:
        KnownInitiatives(uow).save(KnownInitiative(id=initiative_id, partner_id=partner_id))


@reaction(
    "engagements.pdsa.planned",
    "engagements.pdsa.acted",
    "engagements.pdsa.reconsidered",
    "engagements.pdsa.cancelled",
    "engagements.pdsa.restored",
)
def follow_promised_cycle(
    uow: UnitOfWork,
    event: Envelope,
    *,
    cycle_id: CycleId,
    engagement_id: EngagementId,
    decision: Word | None = None,
    commitment_id: CommitmentId | None = None,
) -> None:
    """Report a commitment when the PDSA cycle that tests it is acted on, and take that back when it is reconsidered.

    Raises NotYetKnown while the commitment is not known, and Superseded when a later event of the cycle was heard, or
    it is tested in a later one.
    """
    if commitment_id is None:
        return
    commitment = Commitments(uow).known(commitment_id, scope=PLATFORM)
    outcome = DECIDED[decision] if decision else None
    heard = CycleHeard(id=cycle_id, engagement_id=engagement_id, sequence=event.sequence, outcome=outcome)
    commitment.follow(heard, at=uow.now)
    Commitments(uow).save(commitment)


@reaction("partners.partner.departed", "partners.partner.graduated")
def release_with_partner(uow: UnitOfWork, *, partner_id: PartnerId, admission_number: int = 1) -> None:
    """Hold a partner that departs no longer to what it promised in the admission that ends.

    Raises NotYetKnown until its departure is kept here: what is promised before that is seen, what is later is refused.
    """
    partner = _relied_on(uow, partner_id)
    if partner.admission_number <= admission_number and not partner.departed:
        raise NotYetKnown(f"that partner {partner_id} departed is not kept here yet")
    _release_until(uow, partner_id, admission_number)


@reaction("partners.partner.admitted")
def release_of_earlier_admission(uow: UnitOfWork, *, partner_id: PartnerId, admission_number: int = 1) -> None:
    """Hold a partner that is admitted anew no longer to what it promised before, though its departure is not heard.

    Raises NotYetKnown until the new admission is kept here.
    """
    if _relied_on(uow, partner_id).admission_number < admission_number:
        raise NotYetKnown(f"admission {admission_number} of partner {partner_id} is not kept here yet")
    _release_until(uow, partner_id, admission_number - 1)


def note_overdue_commitments(*, store: Store, claims: Claims) -> None:
    """Note of every commitment whose day is over without a report that it is overdue."""
    claims.process_ready(lambda: Commitments.backlog.as_of(store.clock()), partial(_note, store), sort="overdue_at")


def _note(store: Store, claimed: Claimed) -> bool:
    store.transact(partial(_lapse, claimed.id), cause=claimed.cause)
    return True


def _lapse(commitment_id: str, uow: UnitOfWork) -> None:
    commitment = Commitments(uow).get(commitment_id, scope=PLATFORM)
    if commitment.lapse(uow.now):
        Commitments(uow).save(commitment)


def _relied_on(uow: UnitOfWork, partner_id: str) -> EligiblePartner:
    """Give a partner; of this and a promise it makes, the later starts again."""
    partner = EligiblePartners(uow).known(partner_id, scope=PLATFORM)
    EligiblePartners(uow).touch(partner)
    return partner


def _release_until(uow: UnitOfWork, partner_id: str, admission_number: int) -> None:
    for commitment in Commitments(uow).open_of(partner_id):
        if commitment.admission_number <= admission_number:
            commitment.release_with_partner()
            Commitments(uow).save(commitment)


def statement_of(uow: UnitOfWork, scope: Scope, reason: str) -> Statement:
    """Give that the caller gives this reason now."""
    return Statement(reason=reason, by=scope.subject, at=uow.now)
