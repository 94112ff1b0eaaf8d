"""What happens to initiatives."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from chassis.domain.aggregate import Event, Keywords
from services.engagements.events.engagement import AdmissionNumber, PartnerId, WhoLeadsIt

Score = Annotated[str, Keywords(pattern=r"^[0-5]\.[05]$"), "on the scale of progress, 0.5 to 5.0 in steps of 0.5"]
NewestScore = Annotated[
    str | None,
    Keywords(pattern=r"^[0-5]\.[05]$"),
    "the score of the newest month that faculty has scored; null before they did",
]
Month = Annotated[str, Keywords(pattern="^[0-9]{4}-[0-9]{2}$"), "the month that is scored, such as 2026-06"]
Reason = Annotated[str, "why"]


@dataclass(frozen=True, kw_only=True)
class InitiativeEvent(Event):
    """Something happened to an initiative."""

    audience = "partner"

    initiative_id: Annotated[str, "the initiative; also the event's subject"]
    engagement_id: Annotated[str, "the engagement it belongs to"]
    partner_id: PartnerId
    title: Annotated[str, "what it is called, in the partner's words"]


@dataclass(frozen=True, kw_only=True)
class InitiativeProposed(InitiativeEvent):
    """An initiative is on record as an idea. Published once for each initiative."""

    type = "engagements.initiative.proposed"

    level: Annotated[str, "local, state, regional or national; more may come"]
    focus_areas: Annotated[list[str], "what it is about: the programme's areas of focus, or others named like them"]


@dataclass(frozen=True, kw_only=True)
class InitiativeRevised(InitiativeEvent):
    """Something of the charter or the driver diagram of an initiative is different: what, is asked for."""

    type = "engagements.initiative.revised"

    members: Annotated[list[str], "the names of what is different"]


@dataclass(frozen=True, kw_only=True)
class IdeaSourceChanged(InitiativeEvent):
    """What another industry taught, from which change ideas were taken, is corrected, withdrawn, or offered again."""

    type = "engagements.initiative.source_changed"

    lesson_id: Annotated[str, "the lesson of another industry"]
    organisation: Annotated[str, "who taught it"]
    ideas: Annotated[list[str], "the codes of the change ideas that were taken from it"]
    is_withdrawn: Annotated[bool, "whether it is offered no more"]
    reason: Annotated[str | None, "why, where it was withdrawn"]


@dataclass(frozen=True, kw_only=True)
class InitiativeSigned(InitiativeEvent):
    """The sponsor of an initiative stands behind its charter: somebody has put that on record."""

    type = "engagements.initiative.signed"

    sponsor_id: Annotated[str, "the person who answers for its results"]
    signed_on: Annotated[date, "the day on which they signed"]


@dataclass(frozen=True, kw_only=True)
class InitiativeSignatureWithdrawn(InitiativeEvent):
    """The signature under the charter of an initiative does not stand any more, for a reason."""

    type = "engagements.initiative.signature_withdrawn"

    reason: Reason


@dataclass(frozen=True, kw_only=True)
class InitiativeChartered(InitiativeEvent):
    """An initiative says what is wanted, how that will be known, which changes are tried, and who answers for it.

    Published once, and again when it was redrafted.
    """

    type = "engagements.initiative.chartered"

    level: Annotated[str, "local, state, regional or national; more may come"]
    focus_areas: Annotated[list[str], "what it is about: the programme's areas of focus, or others named like them"]
    settings: Annotated[list[str], "health_care, community, or both; more may come"]
    intervention_focus: Annotated[str, "value, population_health or safe_and_effective_care; more may come"]
    target_date: Annotated[date, "the day by which its aim is to be reached"]
    outcome_measure_id: Annotated[str, "the measure by which that will be known"]
    sponsor_id: Annotated[str, "the person who sponsors it"]
    lead_id: Annotated[str, "the person who leads its team"]
    coach_id: WhoLeadsIt


@dataclass(frozen=True, kw_only=True)
class InitiativeRedrafted(InitiativeEvent):
    """The charter of an initiative was taken back, for a reason: it is an idea again."""

    type = "engagements.initiative.redrafted"

    reason: Reason


@dataclass(frozen=True, kw_only=True)
class InitiativeStarted(InitiativeEvent):
    """Work on a chartered initiative has begun. Published once, and again when that was taken back."""

    type = "engagements.initiative.started"

    started_on: Annotated[date, "the day on which work began"]


@dataclass(frozen=True, kw_only=True)
class InitiativeStartRetracted(InitiativeEvent):
    """Work on an initiative has not begun as somebody had said: it is chartered."""

    type = "engagements.initiative.start_retracted"

    reason: Reason


@dataclass(frozen=True, kw_only=True)
class InitiativeScored(InitiativeEvent):
    """A month of an initiative has a score, by its team or by faculty, or has another one than before."""

    type = "engagements.initiative.scored"

    month: Month
    assessor_role: Annotated[str, "self or faculty; more may come"]
    score: Score
    corrected: Annotated[bool, "whether it takes the place of another score of the month"]
    faculty_score: NewestScore
    coach_id: WhoLeadsIt
    admission_number: AdmissionNumber = 1


@dataclass(frozen=True, kw_only=True)
class InitiativeScoresDiffer(InitiativeEvent):
    """The two scores of a month are 1.0 or more apart: the team and faculty see their progress differently.

    Published once for each pair of scores of a month.
    """

    type = "engagements.initiative.scores_differ"

    month: Month
    self_score: Score
    faculty_score: Score
    coach_id: WhoLeadsIt


@dataclass(frozen=True, kw_only=True)
class InitiativeScoresAgree(InitiativeEvent):
    """The two scores of a month that were 1.0 or more apart are not any more: one of them was corrected."""

    type = "engagements.initiative.scores_agree"

    month: Month
    self_score: Score
    faculty_score: Score
    coach_id: WhoLeadsIt


@dataclass(frozen=True, kw_only=True)
class InitiativeStalled(InitiativeEvent):
    """An initiative has stood at 2.5 for 90 days without a rest: changes are tested, and nothing is better.

    Published once for each stall; `moved_on` or `closed` ends it.
    """

    type = "engagements.initiative.stalled"

    score: Score
    since: Annotated[date, "the day since when it has stood there"]
    stalled_on: Annotated[date, "the day, where the partner is, on which that had lasted too long"]
    coach_id: WhoLeadsIt
    admission_number: AdmissionNumber = 1


@dataclass(frozen=True, kw_only=True)
class InitiativeMovedOn(InitiativeEvent):
    """An initiative that had stalled has another score: a newer one, or a corrected one."""

    type = "engagements.initiative.moved_on"

    score: Score
    corrected: Annotated[bool, "whether it turned out not to have stalled, because a score was corrected"]
    coach_id: WhoLeadsIt


@dataclass(frozen=True, kw_only=True)
class InitiativeClosed(InitiativeEvent):
    """An initiative has ended, for a reason: by itself, or with its engagement. Open PDSA cycles end with it.

    Published once, and again when it was reopened.
    """

    type = "engagements.initiative.closed"

    outcome: Annotated[str, "achieved, not_achieved or abandoned; more may come"]
    closed_on: Annotated[date, "the day, where the partner is, on which it ended"]
    reason: Reason
    with_engagement: Annotated[bool, "whether that came with its engagement, whose own event says it, too"]
    coach_id: WhoLeadsIt


@dataclass(frozen=True, kw_only=True)
class InitiativeReopened(InitiativeEvent):
    """An initiative that was closed is open again, for a reason: by itself, or with its engagement."""

    type = "engagements.initiative.reopened"

    state: Annotated[str, "idea, chartered or active: what it is again; more may come"]
    reason: Reason
    coach_id: WhoLeadsIt


@dataclass(frozen=True, kw_only=True)
class InitiativeRoleVacated(InitiativeEvent):
    """Somebody who has a role in an initiative has left: the role waits for somebody else."""

    type = "engagements.initiative.role_vacated"
    audience = "internal"

    role: Annotated[str, "sponsor, lead, improvement_advisor or coach; more may come"]
    person_id: Annotated[str, "the person who left"]
    left_on: Annotated[date, "the day on which they left"]


@dataclass(frozen=True, kw_only=True)
class InitiativeRoleKept(InitiativeEvent):
    """Somebody who has a role in an initiative is back before anybody else was named: it waits for nobody any more."""

    type = "engagements.initiative.role_kept"
    audience = "internal"

    role: Annotated[str, "sponsor, lead, improvement_advisor or coach; more may come"]
    person_id: Annotated[str, "the person who is back"]
