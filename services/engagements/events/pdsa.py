"""What happens to PDSA cycles."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from chassis.domain.aggregate import Event, Keywords
from services.engagements.events.engagement import PartnerId
from services.engagements.events.initiative import Reason

HowMany = Keywords(minimum=0)


@dataclass(frozen=True, kw_only=True)
class PdsaEvent(Event):
    """Something happened to a PDSA cycle: one test of a change."""

    audience = "partner"

    cycle_id: Annotated[str, "the cycle; also the event's subject"]
    initiative_id: Annotated[str, "the initiative whose change idea is tested"]
    engagement_id: Annotated[str, "the engagement it belongs to"]
    partner_id: PartnerId
    idea: Annotated[str, "the change idea, by its code in the driver diagram"]
    ramp_id: Annotated[str, "the first cycle of its ramp, this one perhaps: cycles of growing scale on one idea"]
    number: Annotated[int, Keywords(minimum=1), "which cycle of its ramp it is"]
    commitment_id: Annotated[
        str | None, "the commitment of the partner at a camp for which it was planned; null where it is for none"
    ] = None


@dataclass(frozen=True, kw_only=True)
class PdsaPlanned(PdsaEvent):
    """A test of a change is planned. Published once for each cycle."""

    type = "engagements.pdsa.planned"

    objective: Annotated[str, "develop, test, implement or collect_information; more may come"]
    setting: Annotated[str, "health_care or community; more may come"]
    previous_id: Annotated[str | None, "the cycle of its ramp that it follows; null for the first one"]


@dataclass(frozen=True, kw_only=True)
class PdsaStarted(PdsaEvent):
    """The test is being done; each of its questions has a prediction. Published once, and again after a retraction."""

    type = "engagements.pdsa.started"

    started_on: Annotated[date, "the day on which it began"]


@dataclass(frozen=True, kw_only=True)
class PdsaStartRetracted(PdsaEvent):
    """The test is not being done as somebody had said: it is planned."""

    type = "engagements.pdsa.start_retracted"

    reason: Reason


@dataclass(frozen=True, kw_only=True)
class PdsaStudied(PdsaEvent):
    """The test was done, and what was seen is studied."""

    type = "engagements.pdsa.studied"

    done_on: Annotated[date, "the last day on which something was done"]
    as_planned: Annotated[bool, "whether it was carried out as planned"]


@dataclass(frozen=True, kw_only=True)
class PdsaResumed(PdsaEvent):
    """The test goes on: it was not over as somebody had said."""

    type = "engagements.pdsa.resumed"

    reason: Reason


@dataclass(frozen=True, kw_only=True)
class PdsaJudged(PdsaEvent):
    """Predictions of a test were compared with what was seen."""

    type = "engagements.pdsa.judged"

    matched: Annotated[int, HowMany, "how many of its predictions came true"]
    partly: Annotated[int, HowMany, "how many came true in part"]
    not_matched: Annotated[int, HowMany, "how many did not"]
    open: Annotated[int, HowMany, "how many are not judged yet"]


@dataclass(frozen=True, kw_only=True)
class PdsaActed(PdsaEvent):
    """It is decided what becomes of the change. Published once, and again after it was reconsidered."""

    type = "engagements.pdsa.acted"

    decision: Annotated[str, "adopt, adapt or abandon; more may come"]
    matched: Annotated[int, HowMany, "how many of its predictions came true"]
    partly: Annotated[int, HowMany, "how many came true in part"]
    not_matched: Annotated[int, HowMany, "how many did not"]


@dataclass(frozen=True, kw_only=True)
class PdsaReconsidered(PdsaEvent):
    """The decision about the change was taken back, for a reason: the test is studied again."""

    type = "engagements.pdsa.reconsidered"

    former_decision: Annotated[str, "the decision that was taken back: adopt, adapt or abandon; more may come"]
    reason: Reason


@dataclass(frozen=True, kw_only=True)
class PdsaCancelled(PdsaEvent):
    """The test is not done, or not to its end, for a reason: by itself, or with its initiative or engagement."""

    type = "engagements.pdsa.cancelled"

    reason: Reason


@dataclass(frozen=True, kw_only=True)
class PdsaRestored(PdsaEvent):
    """A test that was cancelled is taken up again, for a reason: by itself, or with its initiative or engagement."""

    type = "engagements.pdsa.restored"

    state: Annotated[str, "planned, doing or studying: what it is again; more may come"]
    reason: Reason
