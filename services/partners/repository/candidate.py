"""Where it is kept which partners wait for a place in the programme."""

from pymongo import IndexModel

from chassis.domain.scope import PLATFORM
from chassis.persistence.repository import Repository
from services.partners.model.candidacy.candidate import Candidate
from services.partners.model.candidacy.candidate_lifecycle import WAITING, CandidateAlready


class Candidates(Repository[Candidate]):
    """Every candidate, also those that wait no more; each is of one partner."""

    collection = "candidates"
    aggregate = Candidate
    owner_field = "partner_id"
    indexes = (
        IndexModel("partner_id", unique=True, partialFilterExpression={"state": WAITING.value}),
        IndexModel(["state", "_id"]),
    )

    def waiting_of(self, partner_id: str) -> Candidate | None:
        """Give the candidate that a partner is, if it waits."""
        return self.first({"partner_id": partner_id, "state": WAITING}, scope=PLATFORM)

    def refuse_a_second(self, partner_id: str) -> None:
        """Raise CandidateAlready where a partner waits already."""
        first = self.waiting_of(partner_id)
        if first is not None:
            raise CandidateAlready(f"partner {partner_id} waits as candidate {first.id}, at place {first.place}")
