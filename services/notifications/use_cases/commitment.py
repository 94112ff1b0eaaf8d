"""Letters about what partners promised at camps: reminders while it is open, and that its day is over."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any, TypedDict, Unpack

from chassis.domain.errors import Superseded
from chassis.domain.scope import PLATFORM
from chassis.messaging.envelope import Envelope
from chassis.persistence.claims import Claimed, Claims
from chassis.persistence.unit_of_work import Store, UnitOfWork
from chassis.schemas.operations import reaction
from services.notifications.model.commitment import Commitment, Promise
from services.notifications.model.letter_trigger import Category, LetterTrigger
from services.notifications.repository import Partners, Recipients
from services.notifications.repository.commitment import Commitments
from services.notifications.schemas import CommitmentId, EngagementId, PartnerId, PersonId
from services.notifications.templates import LetterTemplates
from services.notifications.use_cases.letter import cancel_letters, write, write_to_the_lead_coach


class Promised(TypedDict):
    """What every event about a commitment says of it."""

    commitment_id: CommitmentId
    partner_id: PartnerId
    what: str
    camp_title: str
    owner_id: PersonId
    made_on: date
    due_on: date


@reaction(
    "camps.commitment.made",
    "camps.commitment.changed",
    "camps.commitment.overdue",
    "camps.commitment.resumed",
    "camps.commitment.report_withdrawn",
)
def remind_of_the_promise(uow: UnitOfWork, event: Envelope, **promised: Unpack[Promised]) -> None:
    """Remind who answers for a commitment after 30, 60 and 90 days, as long as a report is waited for before its day.

    What is not sent yet of what was promised before never is. Raises NotYetKnown while the partner is not known, and
    Superseded.
    """
    _keep(uow, event, promised, is_open=True)
    _cancel(uow, event, promised, reason="something else is promised since")


@reaction("camps.commitment.reported", "camps.commitment.released")
def stop_reminding_of_the_promise(uow: UnitOfWork, event: Envelope, **promised: Unpack[Promised]) -> None:
    """Ask nobody any more for what is reported, or counts no more; raises as in reminding of it."""
    _keep(uow, event, promised, is_open=False)
    _cancel(uow, event, promised, reason="it is reported, or counts no more")


@reaction("camps.commitment.overdue")
def tell_its_owner_that_it_is_overdue(
    uow: UnitOfWork, event: Envelope, letter_templates: LetterTemplates, **promised: Unpack[Promised]
) -> None:
    """Tell who answers for a commitment, or who leads their partner if they left, that its day is over.

    Raises NotYetKnown while they are not known, and Superseded when a later event told of it.
    """
    _rely_on(uow, event, promised)
    trigger = _trigger(Category.COMMITMENT_OVERDUE, promised, sequence=event.sequence)
    _write_to_the_owner(uow, letter_templates, trigger, promised["owner_id"], _said(promised))


@reaction("camps.commitment.overdue")
def tell_the_coach_that_it_is_overdue(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    engagement_id: EngagementId | None = None,
    **promised: Unpack[Promised],
) -> None:
    """Ask the coach who leads the engagement in which it is tested to talk about it; raises as for its owner.

    Superseded, too, while no test is planned, or the engagement rests or has ended.
    """
    _rely_on(uow, event, promised)
    if engagement_id is None:
        raise Superseded(f"no test is planned for {promised['commitment_id']}")
    trigger = _trigger(Category.COMMITMENT_LATE, promised, sequence=event.sequence, engagement_id=engagement_id)
    write_to_the_lead_coach(uow, letter_templates, trigger, None, _said(promised))


def remind_of_promises(*, store: Store, claims: Claims, letter_templates: LetterTemplates) -> None:
    """Remind of every commitment that was made 30, 60 or 90 days ago."""
    claims.process_ready(
        lambda: Commitments.backlog.as_of(store.clock()), partial(_remind, store, letter_templates), sort="remind_at"
    )


def _remind(store: Store, letter_templates: LetterTemplates, claimed: Claimed) -> bool:
    store.transact(partial(_write_the_reminder, claimed.id, letter_templates), cause=claimed.cause)
    return True


def _write_the_reminder(commitment_id: str, letter_templates: LetterTemplates, uow: UnitOfWork) -> None:
    known = Commitments(uow).get(commitment_id, scope=PLATFORM)
    days = known.remind(at=uow.now)
    Commitments(uow).save(known)
    partner = Partners(uow).known(known.partner_id, scope=PLATFORM)
    if days is None or known.promise is None or partner.rests:
        return
    Partners(uow).touch(partner)  # Whose partnership comes to rest at this moment is not reminded unseen.
    trigger = LetterTrigger(category=Category.COMMITMENT_REMINDER, about_id=known.id, partner_id=known.partner_id,
                            sequence=known.heard_sequence, part=f"{days}_days")  # fmt: skip
    promise = known.promise
    about = {"what": promise.what, "camp_title": promise.camp_title, "made_on": promise.made_on,
             "due_on": promise.due_on}  # fmt: skip
    _write_to_the_owner(uow, letter_templates, trigger, promise.owner_id, about)


def _write_to_the_owner(
    uow: UnitOfWork,
    letter_templates: LetterTemplates,
    trigger: LetterTrigger,
    owner_id: str,
    about: Mapping[str, object],
) -> None:
    partner = Partners(uow).known(trigger.partner_id, scope=PLATFORM)
    owner = Recipients(uow).known(owner_id, scope=PLATFORM)
    for recipient in Recipients(uow).now_leading(partner.id) if owner.left_on else [owner]:
        is_owner = recipient.id == owner_id
        write(uow, letter_templates, trigger, recipient, {"partner_name": partner.name, "is_owner": is_owner, **about})


def _keep(uow: UnitOfWork, event: Envelope, promised: Promised, *, is_open: bool) -> None:
    partner = Partners(uow).known(promised["partner_id"], scope=PLATFORM)
    known = Commitments(uow).about(promised["commitment_id"])
    promise = Promise(what=promised["what"], camp_title=promised["camp_title"], owner_id=promised["owner_id"],
                      made_on=promised["made_on"], due_on=promised["due_on"])  # fmt: skip
    known.keep(promise, partner_id=partner.id, zone=partner.zone, is_open=is_open, sequence=event.sequence, at=uow.now)
    Commitments(uow).save(known)


def _rely_on(uow: UnitOfWork, event: Envelope, promised: Promised) -> Commitment:
    known = Commitments(uow).about(promised["commitment_id"])
    known.refuse_if_told_since(event.sequence)
    Commitments(uow).rely_on(known)
    return known


def _cancel(uow: UnitOfWork, event: Envelope, promised: Promised, *, reason: str) -> None:
    earlier = {"about_id": promised["commitment_id"], "about_sequence": {"$lt": event.sequence}}
    cancel_letters(uow, earlier, reason=reason)


def _said(promised: Promised) -> dict[str, Any]:
    return {name: promised[name] for name in ("what", "camp_title", "made_on", "due_on")}


def _trigger(
    category: Category, promised: Promised, *, sequence: int, engagement_id: str | None = None
) -> LetterTrigger:
    return LetterTrigger(category=category, about_id=promised["commitment_id"], partner_id=promised["partner_id"],
                         sequence=sequence, engagement_id=engagement_id)  # fmt: skip
