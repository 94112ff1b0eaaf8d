"""Each candidate knows its place on the list, and whether the programme has room for it."""

from chassis.domain.scope import PLATFORM
from chassis.persistence.unit_of_work import UnitOfWork
from services.partners.model.candidacy.candidate import Rearrangement
from services.partners.model.candidacy.candidate_lifecycle import WAITING
from services.partners.model.candidacy.programme import Programme
from services.partners.repository.candidate import Candidates
from services.partners.repository.partner import Partners
from services.partners.repository.programme import Programmes, partners_carried


def arrange(uow: UnitOfWork, programme: Programme, done: Rearrangement | None = None) -> None:
    """Store the list, tell each candidate its place, where something was `done`, and once that it can be admitted."""
    Programmes(uow).save(programme)
    carried = partners_carried(Partners(uow))
    waiting = {each.id: each for each in Candidates(uow).each({"state": WAITING}, scope=PLATFORM)}
    for place, id in enumerate(programme.waiting, 1):
        candidate, has_place = waiting[id], programme.has_place_for(place, carried=carried)
        moved = done is not None and candidate.stand_at(place, done)
        if candidate.note_free_place(has_place, waiting=len(waiting), at=uow.now) or moved:
            Candidates(uow).save(candidate)
