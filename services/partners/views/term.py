"""What one can see of a partner's term: read only."""

from dataclasses import dataclass
from datetime import date

from chassis.domain.scope import Scope
from chassis.persistence.unit_of_work import Reading
from chassis.schemas.operations import query
from services.partners.model.partner_lifecycle import PartnerState
from services.partners.model.term import TermCalendar, Told
from services.partners.repository.partner import Partners
from services.partners.repository.term import TermCalendars
from services.partners.schemas.identity import PartnerId


@dataclass(frozen=True, kw_only=True)
class PartnerTerm:
    """The calendar of a partner's present admission, without days for a partner that was never admitted.

    Years are counted from `began_on`; `years_told` is how many were told to be over. `is_to_end` says that no other
    term follows by a decision. `told`, what was told last of the end of the term, is seen by the institute alone.
    """

    partner_id: str
    state: PartnerState
    began_on: date | None
    ends_on: date | None
    years_told: int
    is_to_end: bool
    told: Told | None


@query
def show_term(reading: Reading, scope: Scope, *, partner_id: PartnerId) -> PartnerTerm:
    """Show the term of a partner: since when, until when, how many years are over, and whether its renewal is due."""
    partner = Partners(reading).get(partner_id, scope=scope)
    calendar = TermCalendars(reading).of_partner(partner.id) or TermCalendar(id="trm_none", partner_id=partner.id)
    return PartnerTerm(
        partner_id=partner.id,
        state=partner.state,
        began_on=calendar.began_on,
        ends_on=calendar.ends_on,
        years_told=calendar.years_told,
        is_to_end=calendar.is_to_end,
        told=calendar.told if scope.is_unrestricted else None,
    )


QUERIES = (show_term,)
