"""What happens to assessments of partners."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from chassis.domain.aggregate import Event, Keywords
from services.partners.events.partner import PartnerId


@dataclass(frozen=True, kw_only=True)
class PartnerAssessed(Event):
    """Somebody judged a partner on the characteristics of one version of the criteria.

    There is no total; what was found as evidence is not published. What the institute agrees on is `fit.agreed`.
    """

    type = "partners.partner.assessed"

    partner_id: PartnerId
    criteria_version: Annotated[int, Keywords(minimum=1), "the version of the criteria it was judged by"]
    assessed_on: Annotated[date, "the day, where the partner is, on which it was judged"]
    gaps: Annotated[
        list[str], "the codes of the characteristics judged absent or emerging, in the order of the criteria"
    ]
    assessment_id: Annotated[str | None, "the assessment; null in events before there were rounds"] = None
    round: Annotated[
        int | None, Keywords(minimum=1), "which round of assessments it belongs to; null in events before there were"
    ] = None
