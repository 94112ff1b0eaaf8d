"""What notifications learns of partners and their people, and what that does to letters that are on their way."""

from contextlib import suppress
from datetime import date

from chassis.domain.errors import Superseded
from chassis.domain.scope import PLATFORM
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import reaction
from services.notifications.model.copied import Recipient
from services.notifications.model.letter_trigger import Category, LetterTrigger
from services.notifications.repository import FollowUps, Partners, Recipients
from services.notifications.schemas import EmailAddress, LanguageTag, PartnerId, PersonId, ZoneName
from services.notifications.templates import LetterTemplates
from services.notifications.use_cases.calendars.diary_letters import move_diary
from services.notifications.use_cases.invitation import tell_what_is_open
from services.notifications.use_cases.letter import cancel_letters, readdress_letters, write
from services.notifications.use_cases.reachability import review_reachability


@reaction("partners.person.joined", "partners.person.returned")
def register_recipient(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    person_id: PersonId,
    partner_id: PartnerId | None,
    name: str,
    email: EmailAddress,
    role: str,
    language: LanguageTag,
    zone: ZoneName,
    roles: tuple[str, ...] = (),
) -> None:
    """Keep where, in which language and in which zone somebody is written to, and tell a leader what is still open."""
    recipient = Recipient(id=person_id, seen_sequence=event.sequence, partner_id=partner_id, name=name, email=email,
                          role=role, language=language, zone=zone, roles=list(roles))  # fmt: skip
    kept = Recipients(uow).keep_newest(recipient)
    review_reachability(uow, partner_id)
    tell_what_is_open(uow, event, letter_templates, kept)


@reaction("partners.person.changed")
def re_route_letters(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    person_id: PersonId,
    partner_id: PartnerId | None,
    name: str,
    email: EmailAddress,
    role: str,
    language: LanguageTag,
    zone: ZoneName,
    roles: tuple[str, ...] = (),
) -> None:
    """Keep where somebody is written to from now on, send there what is still here, and tell there what is open.

    A coach's days are counted there from now on.
    """
    for follow_up in FollowUps(uow).open_ones({"coach_id": person_id}):
        follow_up.move_to(zone)
        FollowUps(uow).save(follow_up)
    readdress_letters(uow, recipient_id=person_id, to=email)
    before = Recipients(uow).first({"_id": person_id}, scope=PLATFORM)
    register_recipient(uow, event, letter_templates, person_id=person_id, partner_id=partner_id, name=name,
                       email=email, role=role, language=language, zone=zone, roles=roles)  # fmt: skip
    if before:
        move_diary(uow, event, letter_templates, Recipients(uow).known(person_id, scope=PLATFORM), before=before.email)


@reaction("partners.person.moved")
def write_for_the_new_partner(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    person_id: PersonId,
    partner_id: PartnerId,
    former_partner_id: PartnerId,
    name: str,
    email: EmailAddress,
    role: str,
    language: LanguageTag,
    zone: ZoneName,
    roles: tuple[str, ...] = (),
) -> None:
    """Write to somebody no more about the partner they worked for, and of what is open at the one they work for now.

    Also when something later was heard of them: what is still here about the partner before is not sent.
    """
    with suppress(Superseded):
        register_recipient(uow, event, letter_templates, person_id=person_id, partner_id=partner_id, name=name,
                           email=email, role=role, language=language, zone=zone, roles=roles)  # fmt: skip
    recipient = Recipients(uow).known(person_id, scope=PLATFORM)
    recipient.move_from(former_partner_id, at=uow.now)
    Recipients(uow).save(recipient)
    if recipient.was_of(former_partner_id):
        about_it = {"recipient_id": person_id, "partner_id": former_partner_id}
        cancel_letters(uow, about_it, reason="the recipient works for another partner")
    review_reachability(uow, former_partner_id)


@reaction("partners.person.left")
def stop_letters(uow: UnitOfWork, event: Envelope, *, person_id: PersonId, left_on: date) -> None:
    """Write to somebody no more until they return. Raises NotYetKnown while nobody has told who that is."""
    recipient = Recipients(uow).known(person_id, scope=PLATFORM)
    recipient.leave(sequence=event.sequence, on=left_on)
    Recipients(uow).save(recipient)
    if recipient.left_on:
        cancel_letters(uow, {"recipient_id": person_id}, reason=f"the recipient left on {left_on}")
        review_reachability(uow, recipient.partner_id)


@reaction("partners.partner.admitted")
def register_partner(
    uow: UnitOfWork,
    event: Envelope,
    *,
    partner_id: PartnerId,
    name: str,
    zone: ZoneName,
    leader_ids: list[PersonId],
    admission_number: int = 1,
) -> None:
    """Keep what a partner is called, unless its newer name is known, where it is, and who leads it."""
    partner = Partners(uow).about(partner_id)
    with suppress(Superseded):
        partner.describe(name=name, zone=zone, sequence=event.sequence)
    partner.admit(leader_ids, number=admission_number)
    Partners(uow).save(partner)
    review_reachability(uow, partner_id)


@reaction("partners.partner.profile_changed")
def refresh_partner(uow: UnitOfWork, event: Envelope, *, partner_id: PartnerId, name: str, zone: ZoneName) -> None:
    """Keep what a partner is called, and where it is, from now on. Raises Superseded when something newer is known."""
    partner = Partners(uow).about(partner_id)
    partner.describe(name=name, zone=zone, sequence=event.sequence)
    Partners(uow).save(partner)


@reaction("partners.partner.admitted")
def welcome_the_leaders(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    partner_id: PartnerId,
    name: str,
    zone: ZoneName,
    leader_ids: list[PersonId],
    term_starts_on: date,
    term_ends_on: date,
    admission_number: int = 1,
) -> None:
    """Write to those who lead a partner on the day it is admitted. Raises NotYetKnown while one is not known."""
    register_partner(uow, event, partner_id=partner_id, name=name, zone=zone, leader_ids=leader_ids,
                     admission_number=admission_number)  # fmt: skip
    trigger = LetterTrigger(
        category=Category.WELCOME, about_id=partner_id, partner_id=partner_id, sequence=event.sequence
    )
    about = {"partner_name": name, "term_starts_on": term_starts_on, "term_ends_on": term_ends_on,
             "is_back": admission_number > 1}  # fmt: skip
    for leader in [Recipients(uow).known(leader_id, scope=PLATFORM) for leader_id in leader_ids]:
        write(uow, letter_templates, trigger, leader, about)


REACTIONS = (
    register_recipient,
    re_route_letters,
    write_for_the_new_partner,
    stop_letters,
    register_partner,
    refresh_partner,
    welcome_the_leaders,
)
