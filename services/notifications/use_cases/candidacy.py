"""The institute hears that a partner that waits can be admitted."""

from datetime import datetime
from typing import Annotated

from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.fields import Id
from chassis.schemas.operations import reaction
from services.notifications.model.letter_trigger import Category, LetterTrigger
from services.notifications.repository.latest_news import LatestNewsHeard
from services.notifications.schemas import PartnerId
from services.notifications.templates import LetterTemplates
from services.notifications.use_cases.letter import cancel_letters, write_to_staff

CandidateId = Annotated[str, Id("cnd")]


@reaction("partners.candidacy.place_free")
def tell_that_a_place_is_free(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    candidate_id: CandidateId,
    partner_id: PartnerId,
    partner_name: str,
    since: datetime,
    waiting: int,
) -> None:
    """Tell the institute's staff that the programme has a place for a partner that waits, and which one it is.

    Raises Superseded when it does not wait any more, or when there is later news of it.
    """
    LatestNewsHeard(uow).keep(candidate_id, event)
    trigger = LetterTrigger(category=Category.PLACE_FREE, about_id=candidate_id, partner_id=partner_id,
                            sequence=event.sequence)  # fmt: skip
    about = {"partner_name": partner_name, "candidate_id": candidate_id, "since": since, "waiting": waiting,
             "zone": "UTC"}  # fmt: skip
    write_to_staff(uow, letter_templates, trigger, about)


@reaction("partners.candidacy.ended")
def stop_telling_that_a_place_is_free(uow: UnitOfWork, event: Envelope, *, candidate_id: CandidateId) -> None:
    """Tell nobody any more of a place for a partner that waits no more: what is not sent yet never is."""
    LatestNewsHeard(uow).keep(candidate_id, event)
    told = {"about_id": candidate_id, "category": Category.PLACE_FREE}
    cancel_letters(uow, told, reason="it does not wait any more")


REACTIONS = (tell_that_a_place_is_free, stop_telling_that_a_place_is_free)
