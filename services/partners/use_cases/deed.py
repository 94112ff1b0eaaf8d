"""What partners really did in engagements and at camps is kept beside what assessors found of them."""

from datetime import date, datetime

from chassis.domain.scope import PLATFORM
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import reaction
from services.partners.model.deed import Deed, DeedKind
from services.partners.repository.deed import Deeds
from services.partners.repository.partner import Partners
from services.partners.schemas.identity import (
    CommitmentId,
    CycleId,
    ExperienceId,
    InitiativeId,
    PartnerId,
    SessionId,
)

UNDER_WAY = ("doing", "studying")
"""The states to which a test is restored that had begun."""


@reaction("camps.experience.shared", "camps.experience.withdrawn")
def note_sharing(uow: UnitOfWork, event: Envelope, *, experience_id: ExperienceId, partner_id: PartnerId) -> None:
    """Count an experience that a partner shares, once, while it is shared. Raises Superseded."""
    counts = event.type == "camps.experience.shared"
    _keep(uow, event, experience_id, DeedKind.EXPERIENCE_SHARED, partner_id, counts=counts)


@reaction(
    "camps.session.confirmed",
    "camps.session.cancelled",
    "camps.session.reinstated",
    "camps.session.withdrawn",
)
def note_presentation(uow: UnitOfWork, event: Envelope, *, session_id: SessionId, partner_id: PartnerId) -> None:
    """Count a session that a partner confirmed, once, until it is cancelled or withdrawn. Raises Superseded.

    Who is to present one that was reinstated confirms it anew.
    """
    counts = event.type == "camps.session.confirmed"
    _keep(uow, event, session_id, DeedKind.PRESENTATION_CONFIRMED, partner_id, counts=counts)


@reaction("camps.commitment.reported", "camps.commitment.report_withdrawn")
def note_report(uow: UnitOfWork, event: Envelope, *, commitment_id: CommitmentId, partner_id: PartnerId) -> None:
    """Count what a partner promised at a camp and reported on, once, while the report stands. Raises Superseded."""
    counts = event.type == "camps.commitment.reported"
    _keep(uow, event, commitment_id, DeedKind.COMMITMENT_REPORTED, partner_id, counts=counts)


@reaction("engagements.initiative.started", "engagements.initiative.start_retracted")
def note_initiative(
    uow: UnitOfWork,
    event: Envelope,
    *,
    initiative_id: InitiativeId,
    partner_id: PartnerId,
    started_on: date | None = None,
) -> None:
    """Count an initiative that a partner started, once, unless that was taken back. Raises Superseded."""
    counts = event.type == "engagements.initiative.started"
    _keep(uow, event, initiative_id, DeedKind.INITIATIVE_STARTED, partner_id, counts=counts, on=started_on)


@reaction(
    "engagements.pdsa.started",
    "engagements.pdsa.start_retracted",
    "engagements.pdsa.cancelled",
    "engagements.pdsa.restored",
)
def note_test_begun(
    uow: UnitOfWork,
    event: Envelope,
    *,
    cycle_id: CycleId,
    partner_id: PartnerId,
    started_on: date | None = None,
    state: str | None = None,
) -> None:
    """Count a test of a change that a partner began, once, unless that was taken back or the test cancelled.

    Raises Superseded.
    """
    counts = event.type == "engagements.pdsa.started" or state in UNDER_WAY
    _keep(uow, event, cycle_id, DeedKind.TEST_BEGUN, partner_id, counts=counts, on=started_on)


@reaction("engagements.pdsa.acted", "engagements.pdsa.reconsidered")
def note_test_completed(uow: UnitOfWork, event: Envelope, *, cycle_id: CycleId, partner_id: PartnerId) -> None:
    """Count a test of a change on which a partner decided, once, while the decision stands. Raises Superseded."""
    counts = event.type == "engagements.pdsa.acted"
    _keep(uow, event, cycle_id, DeedKind.TEST_COMPLETED, partner_id, counts=counts)


def _keep(
    uow: UnitOfWork,
    event: Envelope,
    of: str,
    kind: DeedKind,
    partner_id: str,
    *,
    counts: bool,
    on: date | None = None,
) -> None:
    partner = Partners(uow).known(partner_id, scope=PLATFORM)
    told_on = partner.today(datetime.fromisoformat(event.time))
    id = f"{of}:{kind}"
    deed = Deeds(uow).first({"_id": id}, scope=PLATFORM) or Deed(id=id, partner_id=partner_id, kind=kind)
    deed.hear(sequence=event.sequence, counts=counts, done_on=on or told_on)
    Deeds(uow).save(deed)


REACTIONS = (note_sharing, note_presentation, note_report, note_initiative, note_test_begun, note_test_completed)
