"""What happens to commitments: what a partner promises at a camp to test, and what it reports."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from chassis.domain.aggregate import Event, Keywords

Reason = Annotated[str, "why"]


@dataclass(frozen=True, kw_only=True)
class CommitmentEvent(Event):
    """Something happened to a commitment. Each of its events says all that was promised, as it is by then."""

    audience = "partner"

    commitment_id: Annotated[str, "the commitment; also the event's subject"]
    camp_id: Annotated[str, "the camp at which it was made"]
    camp_title: Annotated[str, "what the camp is called"]
    made_on: Annotated[date, "the day on which it was made, at the place of the camp"]
    partner_id: Annotated[str, "the partner that made it"]
    admission_number: Annotated[int, Keywords(minimum=1), "in which admission of the partner it was made"]
    what: Annotated[str, "what the partner will test, in its words"]
    owner_id: Annotated[str, "the person of the partner who answers for it"]
    due_on: Annotated[date, "the day by which it is to be tested, at the place of the camp"]
    initiative_id: Annotated[str | None, "the initiative in which it is to be tested; null where none was named"]
    experience_id: Annotated[str | None, "the experience of another partner that it rests on; null where none is"]


@dataclass(frozen=True, kw_only=True)
class CommitmentMade(CommitmentEvent):
    """A partner that attended a camp promises a test by a day. Published once for each commitment."""

    type = "camps.commitment.made"


@dataclass(frozen=True, kw_only=True)
class CommitmentChanged(CommitmentEvent):
    """Something of what was promised is otherwise: what, by when, by whom, or where."""

    type = "camps.commitment.changed"

    members: Annotated[list[str], "the names of what is otherwise"]


@dataclass(frozen=True, kw_only=True)
class CommitmentOverdue(CommitmentEvent):
    """Its day is over, and nothing was reported. Published again only when it was open again, and is overdue again."""

    type = "camps.commitment.overdue"

    engagement_id: Annotated[str | None, "the engagement in which it is tested; null while no test is planned"]


@dataclass(frozen=True, kw_only=True)
class CommitmentReported(CommitmentEvent):
    """What became of the test is reported: by its PDSA cycle, when that is acted on, or by a person.

    Published again when another report takes the place of the one before.
    """

    type = "camps.commitment.reported"

    outcome: Annotated[str, "adopted, adapted or abandoned; more may come"]
    cycle_id: Annotated[str | None, "the PDSA cycle that reported it; null where a person did"]


@dataclass(frozen=True, kw_only=True)
class CommitmentReportWithdrawn(CommitmentEvent):
    """A report does not hold: the cycle is studied again, or a person takes it back. It is open again."""

    type = "camps.commitment.report_withdrawn"

    former_outcome: Annotated[str, "what had been reported: adopted, adapted or abandoned; more may come"]
    reason: Annotated[str | None, "why, where a person took it back"]


@dataclass(frozen=True, kw_only=True)
class CommitmentReleased(CommitmentEvent):
    """The partner is not held to it any more: for a reason, or because it has left the programme."""

    type = "camps.commitment.released"

    reason: Annotated[str | None, "why, where a person released it"]
    kind: Annotated[str, "by_hand or partner_departed; more may come"]


@dataclass(frozen=True, kw_only=True)
class CommitmentResumed(CommitmentEvent):
    """A commitment that was released counts again, for a reason."""

    type = "camps.commitment.resumed"

    reason: Reason
