"""Leaders hear what another partner proposes to them, and the institute when two partners have lost touch."""

from datetime import date
from typing import Annotated

from marshmallow import fields

from chassis.domain.scope import PLATFORM
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.fields import Id
from chassis.schemas.operations import reaction
from services.notifications.model.letter_trigger import Category, LetterTrigger
from services.notifications.repository import Partners
from services.notifications.repository.learning import KnownConnections
from services.notifications.schemas import PartnerId
from services.notifications.templates import LetterTemplates
from services.notifications.use_cases.letter import cancel_letters, write_to_staff, write_to_the_leaders

ConnectionId = Annotated[str, Id("con")]
Both = Annotated[list[str], fields.List(Id("prt"))]


@reaction("partners.connection.dormant")
def tell_that_they_lost_touch(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    connection_id: ConnectionId,
    partner_ids: Both,
    kind: str,
    quiet_since: date,
) -> None:
    """Tell the institute's staff that nothing is known for a long time of what two partners do with each other.

    Raises NotYetKnown while one of them is not known, and Superseded when it is known since, or has ended.
    """
    _keep(uow, connection_id, event)
    one, other = (Partners(uow).known(each, scope=PLATFORM).name for each in partner_ids)
    trigger = LetterTrigger(category=Category.CONNECTION_DORMANT, about_id=connection_id, partner_id=partner_ids[0],
                            sequence=event.sequence)  # fmt: skip
    about = {"partner_name": one, "other_partner_name": other, "kind": kind, "quiet_since": quiet_since,
             "connection_id": connection_id}  # fmt: skip
    write_to_staff(uow, letter_templates, trigger, about)


@reaction("partners.connection.revived", "partners.connection.ended")
def stop_telling_that_they_lost_touch(uow: UnitOfWork, event: Envelope, *, connection_id: ConnectionId) -> None:
    """Tell nobody any more that two partners lost touch: what is not sent yet never is. Raises Superseded."""
    _keep(uow, connection_id, event)
    told = {"about_id": connection_id, "category": Category.CONNECTION_DORMANT}
    cancel_letters(uow, told, reason="a contact is known, or the connection has ended")


@reaction("partners.connection.proposed")
def tell_the_leaders_what_is_proposed(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    connection_id: ConnectionId,
    partner_ids: Both,
    kind: str,
    by_partner_id: PartnerId,
    purpose: str,
) -> None:
    """Write to the leaders of a partner what another one proposes to do together.

    Raises NotYetKnown while one of them is not known, and Superseded when it is answered since.
    """
    _keep_proposal(uow, connection_id, event)
    (asked,) = (each for each in partner_ids if each != by_partner_id)
    proposing = Partners(uow).known(by_partner_id, scope=PLATFORM)
    trigger = LetterTrigger(category=Category.CONNECTION_PROPOSED, about_id=connection_id, partner_id=asked,
                            sequence=event.sequence)  # fmt: skip
    about = {"other_partner_name": proposing.name, "kind": kind, "purpose": purpose}
    write_to_the_leaders(uow, letter_templates, trigger, {**about, "connection_id": connection_id})


@reaction("partners.connection.made", "partners.connection.declined", "partners.connection.ended")
def stop_telling_what_is_proposed(uow: UnitOfWork, event: Envelope, *, connection_id: ConnectionId) -> None:
    """Tell nobody any more what was proposed and is answered, or over: what is not sent yet never is."""
    _keep_proposal(uow, connection_id, event)
    told = {"about_id": connection_id, "category": Category.CONNECTION_PROPOSED}
    cancel_letters(uow, told, reason="it is answered, or over")


def _keep_proposal(uow: UnitOfWork, connection_id: str, event: Envelope) -> None:
    known = KnownConnections(uow).about(connection_id)
    known.keep_proposal(sequence=event.sequence)
    KnownConnections(uow).save(known)


def _keep(uow: UnitOfWork, connection_id: str, event: Envelope) -> None:
    known = KnownConnections(uow).about(connection_id)
    known.keep_dormancy(sequence=event.sequence)
    KnownConnections(uow).save(known)


REACTIONS = (
    tell_that_they_lost_touch,
    stop_telling_that_they_lost_touch,
    tell_the_leaders_what_is_proposed,
    stop_telling_what_is_proposed,
)
