"""What notifications learns of partners and their people, and what that does to letters that are on their way."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from chassis.domain.errors import Superseded
from chassis.domain.scope import PLATFORM
from chassis.persistence.unit_of_work import UnitOfWork
from services.notifications.model.copied import Partner, Recipient
from services.notifications.model.letter import Category, Occasion
from services.notifications.repository import Partners, Recipients
from services.notifications.templates import Stationery
from services.notifications.use_cases.letter import cancel_letters, readdress_letters, write


def register_recipient(*, work: UnitOfWork, sequence: int, person_id: str, **described: Any) -> None:
    """Keep where, in which language and in which zone somebody is written to."""
    Recipients(work).keep_newest(Recipient(id=person_id, seen_sequence=sequence, **described))


def re_route_letters(*, work: UnitOfWork, sequence: int, person_id: str, email: str, **described: Any) -> None:
    """Keep where somebody is written to from now on, and send there what is still here."""
    register_recipient(work=work, sequence=sequence, person_id=person_id, email=email, **described)
    readdress_letters(work, recipient_id=person_id, to=email)


def stop_letters(*, work: UnitOfWork, person_id: str, left_on: date) -> None:
    """Never write to somebody again; raises NotYetKnown while nobody has told who that is."""
    recipient = Recipients(work).known(person_id, scope=PLATFORM)
    recipient.left_on = left_on
    Recipients(work).save(recipient)
    cancel_letters(work, {"recipient_id": person_id}, reason=f"the recipient left on {left_on}")


def register_partner(*, work: UnitOfWork, sequence: int, partner_id: str, name: str, leader_ids: Sequence[str]) -> None:
    """Keep what a partner is called, unless its newer name is known, and who leads it."""
    partner = Partners(work).first({"_id": partner_id}, scope=PLATFORM) or _unheard_of(partner_id)
    partner.learn(name=name, sequence=sequence)
    partner.admit(leader_ids)
    Partners(work).save(partner)


def refresh_partner(*, work: UnitOfWork, sequence: int, partner_id: str, name: str) -> None:
    """Keep what a partner is called from now on; raises Superseded when a newer name is known."""
    partner = Partners(work).first({"_id": partner_id}, scope=PLATFORM) or _unheard_of(partner_id)
    if not partner.learn(name=name, sequence=sequence):
        raise Superseded(f"partner {partner_id} is known by its event {partner.seen_sequence}, and this is {sequence}")
    Partners(work).save(partner)


def welcome_the_leaders(
    *,
    work: UnitOfWork,
    stationery: Stationery,
    sequence: int,
    partner_id: str,
    name: str,
    leader_ids: Sequence[str],
    **admitted: Any,
) -> None:
    """Write to those who lead a partner on the day it is admitted; raises NotYetKnown while one is not known."""
    occasion = Occasion(category=Category.WELCOME, about_id=partner_id, partner_id=partner_id, sequence=sequence)
    leaders = [Recipients(work).known(leader_id, scope=PLATFORM) for leader_id in leader_ids]
    for leader in leaders:
        write(work, stationery, occasion, leader, partner_name=name, **admitted)


def _unheard_of(partner_id: str) -> Partner:
    return Partner(id=partner_id, seen_sequence=0, name="")
