"""The institute hears that a partner asks for faculty, and its leaders whom they were given."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from marshmallow import fields

from chassis.domain.scope import PLATFORM
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.fields import Id
from chassis.schemas.operations import reaction
from services.notifications.model.letter_trigger import Category, LetterTrigger
from services.notifications.repository import Partners, Recipients
from services.notifications.repository.latest_news import LatestNewsHeard
from services.notifications.schemas import PartnerId
from services.notifications.templates import LetterTemplates
from services.notifications.use_cases.letter import cancel_letters, write_to_staff, write_to_the_leaders

FacultyRequestId = Annotated[str, Id("frq")]
Given = Annotated[Sequence[str], fields.List(Id("per"))]
ASKING = {
    "partners.faculty_access.requested": Category.FACULTY_REQUESTED,
    "partners.faculty_access.overdue": Category.FACULTY_OVERDUE,
}


@reaction("partners.faculty_access.requested", "partners.faculty_access.overdue")
def ask_for_faculty(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    faculty_request_id: FacultyRequestId,
    partner_id: PartnerId,
    answer_by: datetime,
) -> None:
    """Ask the institute's staff to answer what a partner asks of faculty, and once more when that is overdue.

    What is not sent yet of an earlier one never is. Raises NotYetKnown while the partner is not known, and Superseded
    when it is answered since.
    """
    partner = Partners(uow).known(partner_id, scope=PLATFORM)
    _keep(uow, event, faculty_request_id)
    trigger = _trigger(ASKING[event.type], faculty_request_id, partner_id, event)
    about = {"partner_name": partner.name, "faculty_request_id": faculty_request_id, "answer_by": answer_by,
             "zone": partner.zone}  # fmt: skip
    write_to_staff(uow, letter_templates, trigger, about)


@reaction("partners.faculty_access.declined", "partners.faculty_access.withdrawn")
def stop_asking_for_faculty(uow: UnitOfWork, event: Envelope, *, faculty_request_id: FacultyRequestId) -> None:
    """Ask nobody any more for faculty that is declined, or not needed: what is not sent yet never is."""
    _keep(uow, event, faculty_request_id)


@reaction("partners.faculty_access.granted")
def tell_the_leaders_whom_they_were_given(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    faculty_request_id: FacultyRequestId,
    partner_id: PartnerId,
    person_ids: Given,
) -> None:
    """Write to a partner's leaders which faculty they were given; nobody is asked for them any more.

    Raises NotYetKnown while the partner, its leaders or the faculty are not known, and Superseded when the request was
    opened again since.
    """
    _keep(uow, event, faculty_request_id)
    names = [Recipients(uow).known(each, scope=PLATFORM).name for each in person_ids]
    trigger = _trigger(Category.FACULTY_GRANTED, faculty_request_id, partner_id, event)
    write_to_the_leaders(uow, letter_templates, trigger, {"names": names})


def _keep(uow: UnitOfWork, event: Envelope, request_id: str) -> None:
    LatestNewsHeard(uow).keep(request_id, event)
    written = {"about_id": request_id, "about_sequence": {"$lt": event.sequence}}
    cancel_letters(uow, written, reason="there is later news of the request")


def _trigger(category: Category, request_id: str, partner_id: str, event: Envelope) -> LetterTrigger:
    return LetterTrigger(category=category, about_id=request_id, partner_id=partner_id, sequence=event.sequence)


REACTIONS = (ask_for_faculty, stop_asking_for_faculty, tell_the_leaders_whom_they_were_given)
