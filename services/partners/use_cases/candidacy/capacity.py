"""An admission takes a place in the programme, if there is one."""

from functools import partial

import structlog

from chassis.domain.causation import Cause
from chassis.persistence.unit_of_work import Store, UnitOfWork
from services.partners.repository.candidate import Candidates
from services.partners.repository.partner import Partners
from services.partners.repository.programme import Programmes, partners_carried
from services.partners.use_cases.candidacy.order import arrange

_log = structlog.get_logger(__name__)


def take_a_place(uow: UnitOfWork, *, partner_id: str) -> None:
    """Have one more partner in the programme; raises ProgrammeIsFull, and PlaceIsAnothers where others wait before it.

    Of two that take the last place at once the later starts again, and sees that it is gone.
    """
    programme = Programmes(uow).present()
    if programme.is_limited:
        Programmes(uow).touch(programme)
        candidate = Candidates(uow).waiting_of(partner_id)
        programme.refuse_another(partners_carried(Partners(uow)), candidate_id=candidate.id if candidate else None)


def keep_to_capacity(store: Store, capacity: int, *, cause: Cause) -> None:
    """Have the programme carry so many partners at most; who is in it stays, and more than that are said in the log."""
    carried = store.transact(partial(_keep_to, capacity), cause=cause)
    if 0 < capacity < carried:
        _log.warning("programme_over_capacity", carried=carried, capacity=capacity)


def _keep_to(capacity: int, uow: UnitOfWork) -> int:
    programme = Programmes(uow).present()
    if programme.capacity != capacity:
        programme.capacity = capacity
        arrange(uow, programme)
    return partners_carried(Partners(uow))
