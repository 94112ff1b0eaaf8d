"""Who is written to about what data say, and about what they say no more."""

from typing import Unpack

from chassis.domain.scope import PLATFORM
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import reaction
from services.notifications.model.letter_trigger import Category, LetterTrigger
from services.notifications.repository import Engagements, Milestones, Partners, Recipients, Signals
from services.notifications.schemas import (
    EngagementId,
    MilestoneId,
    PartnerId,
    PersonId,
    RiskReason,
    SignalId,
    SignalShown,
)
from services.notifications.templates import LetterTemplates
from services.notifications.use_cases.letter import (
    cancel_letters,
    write,
    write_to_former_recipients,
    write_to_the_lead_coach,
    write_to_the_leaders,
)

CONCERN = "concern"
PROMPTING = ("shift", "sustained_shift", "outside")
"""Rules whose unfavourable signals a coach is told of; a trend alone moves nothing, for its false alarms are many."""


@reaction("engagements.milestone.proposed")
def ask_to_confirm(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    milestone_id: MilestoneId,
    engagement_id: EngagementId,
    partner_id: PartnerId,
    coach_id: PersonId,
    title: str,
    finding: str,
) -> None:
    """Ask the partner's leaders and the lead coach to confirm what data propose.

    Raises NotYetKnown while they are not known, and Superseded when there is nothing to confirm any more.
    """
    milestone = Milestones(uow).about(milestone_id)
    milestone.propose(sequence=event.sequence)
    milestone.refuse_unless_awaited_since(event.sequence)
    Milestones(uow).save(milestone)
    trigger = LetterTrigger(
        category=Category.PROPOSED, about_id=milestone_id, partner_id=partner_id, sequence=event.sequence
    )
    about = {"title": title, "finding": finding}
    write_to_the_leaders(uow, letter_templates, trigger, {**about, "is_coach": False})
    coach = Recipients(uow).known(Engagements(uow).about(engagement_id).led_by(coach_id), scope=PLATFORM)
    partner = Partners(uow).known(partner_id, scope=PLATFORM)
    write(uow, letter_templates, trigger, coach, {**about, "partner_name": partner.name, "is_coach": True})


@reaction("engagements.milestone.proposal_withdrawn")
def stop_asking_to_confirm(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    milestone_id: MilestoneId,
    partner_id: PartnerId,
    title: str,
    reason: RiskReason,
) -> None:
    """Tell whoever was asked to confirm a milestone that there is nothing to confirm any more.

    Raises NotYetKnown while they are not known, and Superseded when data proposed it again since.
    """
    milestone = Milestones(uow).about(milestone_id)
    milestone.propose(sequence=event.sequence)
    Milestones(uow).save(milestone)
    asked = {"about_id": milestone_id, "category": Category.PROPOSED, "about_sequence": {"$lt": event.sequence}}
    cancel_letters(uow, asked, reason="there is nothing to confirm any more")
    trigger = LetterTrigger(
        category=Category.PROPOSAL_WITHDRAWN, about_id=milestone_id, partner_id=partner_id, sequence=event.sequence
    )
    write_to_former_recipients(uow, letter_templates, trigger, asked, {"title": title, "reason": reason})


@reaction("engagements.signal.detected")
def prompt_the_coach(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    signal_id: SignalId,
    engagement_id: EngagementId,
    partner_id: PartnerId,
    coach_id: PersonId | None,
    meaning: str,
    **shown: Unpack[SignalShown],
) -> None:
    """Write to the lead coach that data get worse, unless the engagement rests or has ended.

    Raises NotYetKnown while coach or partner is not known, and Superseded when the signal was withdrawn since.
    """
    _keep(uow, signal_id, event)
    if meaning != CONCERN or shown["rule"] not in PROMPTING or coach_id is None:
        return
    trigger = LetterTrigger(category=Category.OF_CONCERN, about_id=signal_id, partner_id=partner_id,
                            sequence=event.sequence, engagement_id=engagement_id)  # fmt: skip
    write_to_the_lead_coach(uow, letter_templates, trigger, coach_id, {**shown})


@reaction("engagements.signal.withdrawn")
def take_the_prompt_back(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    signal_id: SignalId,
    partner_id: PartnerId,
    title: str,
    stratum: str | None,
) -> None:
    """Tell whoever was told of a signal that it is there no more.

    Raises NotYetKnown while they are not known, and Superseded when it was detected again since.
    """
    _keep(uow, signal_id, event)
    told = {"about_id": signal_id, "category": Category.OF_CONCERN, "about_sequence": {"$lt": event.sequence}}
    cancel_letters(uow, told, reason="the signal is there no more")
    trigger = LetterTrigger(
        category=Category.SIGNAL_WITHDRAWN, about_id=signal_id, partner_id=partner_id, sequence=event.sequence
    )
    write_to_former_recipients(uow, letter_templates, trigger, told, {"title": title, "stratum": stratum})


def _keep(uow: UnitOfWork, signal_id: str, event: Envelope) -> None:
    """Keep which of a signal's events said last whether it is there; raises Superseded when a later one did."""
    signal = Signals(uow).about(signal_id)
    signal.keep(sequence=event.sequence)
    Signals(uow).save(signal)


REACTIONS = (ask_to_confirm, stop_asking_to_confirm, prompt_the_coach, take_the_prompt_back)
