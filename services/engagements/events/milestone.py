"""What happens to milestones."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from chassis.domain.aggregate import Event, Keywords
from services.engagements.events.engagement import AdmissionNumber, LeadCoachId, PartnerId

DueOn = Annotated[date, "the day by which it is to be reached"]


@dataclass(frozen=True, kw_only=True)
class MilestoneEvent(Event):
    """Something happened to a milestone."""

    audience = "partner"

    milestone_id: Annotated[str, "the milestone; also the event's subject"]
    engagement_id: Annotated[str, "the engagement it is a step of"]
    partner_id: PartnerId
    title: Annotated[str, "what is to be reached, in the partner's words"]


@dataclass(frozen=True, kw_only=True)
class MilestonePlanned(MilestoneEvent):
    """Both sides know what is to be reached, and by when."""

    type = "engagements.milestone.planned"

    kind: Annotated[str, "aim_target, capability, spread, governance or learning; more may come"]
    due_on: DueOn


@dataclass(frozen=True, kw_only=True)
class MilestoneProposed(MilestoneEvent):
    """Data show what the evidence rule of a milestone asks for; a person has still to confirm that it is reached.

    Published again when that was withdrawn, and data show it again.
    """

    type = "engagements.milestone.proposed"

    finding: Annotated[str, "what data show, in a sentence"]
    coach_id: LeadCoachId


@dataclass(frozen=True, kw_only=True)
class MilestoneProposalWithdrawn(MilestoneEvent):
    """There is nothing to confirm any more: data do not show it now, or a person has declined it, with a reason."""

    type = "engagements.milestone.proposal_withdrawn"

    reason: Annotated[str, "why there is nothing to confirm"]
    coach_id: LeadCoachId


@dataclass(frozen=True, kw_only=True)
class MilestoneReached(MilestoneEvent):
    """A person has confirmed, with evidence, that a milestone of an engagement is reached.

    Published once for each time it is reached.
    """

    type = "engagements.milestone.reached"

    kind: Annotated[str, "aim_target, capability, spread, governance or learning; more may come"]
    reached_on: Annotated[date, "the day on which it was reached, not the day it was said"]
    coach_id: LeadCoachId
    admission_number: AdmissionNumber = 1


@dataclass(frozen=True, kw_only=True)
class MilestoneReopened(MilestoneEvent):
    """The evidence that a milestone was reached has been withdrawn, by a person with a reason, or by data that changed.

    It may be reached again, and that is published again.
    """

    type = "engagements.milestone.reopened"

    reason: Annotated[str, "why the evidence no longer holds"]
    coach_id: LeadCoachId


@dataclass(frozen=True, kw_only=True)
class MilestoneRescheduled(MilestoneEvent):
    """A milestone has another day by which it is to be reached."""

    type = "engagements.milestone.rescheduled"

    from_due_on: Annotated[date, "the day given up"]
    due_on: DueOn
    times: Annotated[int, Keywords(minimum=1), "how often this has happened to the milestone, this time included"]


@dataclass(frozen=True, kw_only=True)
class MilestoneAtRisk(MilestoneEvent):
    """A person has said, with a reason, that the day of a milestone may not hold."""

    type = "engagements.milestone.at_risk"

    due_on: DueOn
    coach_id: LeadCoachId
    reason: Annotated[str, "why it may not hold"]


@dataclass(frozen=True, kw_only=True)
class MilestoneMissed(MilestoneEvent):
    """The day of a milestone is over where the partner is, and nobody has confirmed that it is reached.

    Published once for each day it is planned for.
    """

    type = "engagements.milestone.missed"

    due_on: Annotated[date, "the day that is over"]
    coach_id: LeadCoachId


@dataclass(frozen=True, kw_only=True)
class MilestoneDropped(MilestoneEvent):
    """A milestone is no longer aimed at: a person has said so, with a reason, or its engagement was closed."""

    type = "engagements.milestone.dropped"

    reason: Annotated[str, "why it is given up"]


@dataclass(frozen=True, kw_only=True)
class MilestoneRestored(MilestoneEvent):
    """A milestone that was dropped is aimed at again, for a reason: by itself, or with its engagement."""

    type = "engagements.milestone.restored"

    reason: Annotated[str, "why it is aimed at again"]
    state: Annotated[str, "planned, at_risk, missed or reopened: what it is again; more may come"]
    due_on: DueOn
