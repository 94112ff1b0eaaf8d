"""What one can see of the partners that wait for a place in the programme: read only."""

from dataclasses import dataclass
from datetime import datetime

from chassis.domain.scope import EVERY_ORGANISATION, Scope
from chassis.persistence.unit_of_work import Reading
from chassis.schemas.operations import query
from services.partners.model.candidacy.candidate import Candidate
from services.partners.model.candidacy.candidate_lifecycle import WAITING
from services.partners.repository.candidate import Candidates
from services.partners.repository.partner import Partners
from services.partners.repository.programme import Programmes, partners_carried
from services.partners.schemas.candidate import CandidateId
from services.partners.schemas.identity import PartnerId


@dataclass(frozen=True, kw_only=True)
class WaitingList:
    """How many partners the programme carries, how many at most, and who waits, in order.

    `partners_at_most` and `places_free` are None without a limit; `places_free` is below 0 where more are carried.
    """

    partners: int
    partners_at_most: int | None
    places_free: int | None
    candidates: list[Candidate]


@dataclass(frozen=True, kw_only=True)
class Candidacy:
    """Whether a partner waits for a place in the programme, since when, and where on the list; None of who does not."""

    partner_id: str
    candidate_id: str | None
    waiting_since: datetime | None
    place: int | None


@query(needs=EVERY_ORGANISATION)
def show_waiting_list(reading: Reading, scope: Scope) -> WaitingList:
    """Show who waits for a place in the programme, the first first, and how many places there are."""
    programme, carried = Programmes(reading).present(), partners_carried(Partners(reading))
    waiting = Candidates(reading).each({"state": WAITING}, scope=scope)
    return WaitingList(
        partners=carried,
        partners_at_most=programme.capacity if programme.is_limited else None,
        places_free=programme.capacity - carried if programme.is_limited else None,
        candidates=sorted(waiting, key=lambda each: each.place or 0),
    )


@query(needs=EVERY_ORGANISATION)
def show_candidate(reading: Reading, scope: Scope, *, candidate_id: CandidateId) -> Candidate:
    """Show a candidate, with every place that it had on the list and why."""
    return Candidates(reading).get(candidate_id, scope=scope)


@query
def show_candidacy(reading: Reading, scope: Scope, *, partner_id: PartnerId) -> Candidacy:
    """Show whether a partner waits for a place in the programme, and where on the list."""
    partner = Partners(reading).get(partner_id, scope=scope)
    candidate = Candidates(reading).waiting_of(partner.id)
    if candidate is None:
        return Candidacy(partner_id=partner.id, candidate_id=None, waiting_since=None, place=None)
    return Candidacy(
        partner_id=partner.id, candidate_id=candidate.id, waiting_since=candidate.since, place=candidate.place
    )


QUERIES = (show_waiting_list, show_candidate, show_candidacy)
