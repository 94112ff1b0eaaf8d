"""Letters to who is invited to a camp by name: guests, faculty, and the institute's own people.

Whoever comes is a delegate, and told so as such, with the entry in their diary.
"""

from dataclasses import replace
from datetime import date, datetime
from typing import NotRequired, TypedDict, Unpack

from chassis.domain.scope import PLATFORM
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import reaction
from services.notifications.model.camp_where import IN_PERSON
from services.notifications.model.copied import Recipient
from services.notifications.model.guest import GuestInvitation, GuestTerms
from services.notifications.model.letter_trigger import Category, LetterTrigger
from services.notifications.repository import Letters, Recipients
from services.notifications.repository.guests import GuestInvitations
from services.notifications.schemas import (
    CampTerms,
    ClosingReason,
    EmailAddress,
    InvitationId,
    InvitationReasons,
    LanguageTag,
    PersonId,
    Position,
    TheVenue,
    ZoneName,
)
from services.notifications.templates import LetterTemplates
from services.notifications.use_cases.letter import cancel_letters, write

ASKING = (Category.GUEST_INVITED, Category.GUEST_WAITLISTED, Category.GUEST_WAITLIST_CLOSED)
TOLD = (*ASKING, Category.GUEST_ANSWERED, Category.GUEST_CAMP_CHANGED)
"""Letters by which somebody knows that they are invited."""
GUEST = "guest"
OFFERED = "camps.guest.offered"
ACCEPTED, WAITLISTED, PERSON_LEFT = "accepted", "waitlisted", "person_left"
TO_BE_ASKED = ("issued", "tentative", "reconfirm")
"""Where an invitation stands to which an answer is waited for."""
NOT_NEEDED = "there is news of the invitation"


class GuestNamed(TypedDict):
    """Whom every event about an invitation by name is about."""

    invitation_id: InvitationId
    person_id: PersonId | None
    name: str
    email: EmailAddress
    language: LanguageTag
    zone: ZoneName


class GuestTold(GuestNamed):
    """What is said beside that where it is told when and where a camp is."""

    camp_title: str
    place: str
    camp_zone: ZoneName
    starts_on: date
    ends_on: date
    mode: NotRequired[str]
    venue: NotRequired[TheVenue]


@reaction("camps.guest.invited", "camps.guest.offered")
def ask_the_guest(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    answer_by: date,
    reasons: InvitationReasons,
    offer_until: datetime | None = None,
    **said: Unpack[GuestTold],
) -> None:
    """Write to somebody that they are invited by name, or that there is a seat for them now.

    Raises Superseded when something later was told, and NotYetKnown while who is on record is not known here.
    """
    terms = replace(_terms(said), answer_by=answer_by, reasons=[dict(each) for each in reasons])
    invitation = _kept(uow, event, said, terms.with_own_time(offer_until))
    _tell(uow, letter_templates, event, said, invitation, Category.GUEST_INVITED, waited=event.type == OFFERED)


@reaction("camps.guest.waitlisted")
def tell_the_guest_that_they_wait(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    position: Position,
    reasons: InvitationReasons,
    **said: Unpack[GuestTold],
) -> None:
    """Write to somebody that they are to be invited, and wait for a seat. Raises as asking them does."""
    terms = replace(_terms(said), reasons=[dict(each) for each in reasons])
    invitation = _kept(uow, event, said, terms)
    _tell(uow, letter_templates, event, said, invitation, Category.GUEST_WAITLISTED, position=position)


@reaction("camps.guest.waitlist_closed")
def tell_the_guest_that_nothing_is_offered(
    uow: UnitOfWork, event: Envelope, letter_templates: LetterTemplates, *, was_offered: bool, **said: Unpack[GuestTold]
) -> None:
    """Write to somebody who waits for a seat that none is offered any more. Raises as asking them does."""
    known = GuestInvitations(uow).about(said["invitation_id"]).known_terms()
    invitation = _kept(uow, event, said, replace(_terms(said), reasons=known.reasons))
    _tell(uow, letter_templates, event, said, invitation, Category.GUEST_WAITLIST_CLOSED, was_offered=was_offered)


@reaction("camps.guest.declined", "camps.guest.tentative", "camps.guest.left_waitlist", "camps.guest.answer_undone")
def confirm_the_answer_of_the_guest(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    state: str | None = None,
    undo_until: datetime | None = None,
    **said: Unpack[GuestNamed],
) -> None:
    """Write to somebody which answer is there from them; that they come is told to them as a delegate.

    Raises Superseded when something later was told, and NotYetKnown while what they were asked is not known.
    """
    invitation = _kept(uow, event, said, comes=state == ACCEPTED)
    if state != ACCEPTED:
        answer = state or event.type.rpartition(".")[2]
        _tell(uow, letter_templates, event, said, invitation, Category.GUEST_ANSWERED, answer=answer,
              undo_until=undo_until)  # fmt: skip


@reaction("camps.guest.accepted")
def stop_asking_the_guest(uow: UnitOfWork, event: Envelope, *, invitation_id: InvitationId) -> None:
    """Send no letter any more that asks somebody who has said that they come. Raises Superseded."""
    _take_over(uow, event, invitation_id, comes=True)


@reaction("camps.guest.withdrawn", "camps.guest.expired")
def tell_the_guest_that_it_is_over(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    reason: ClosingReason | None = None,
    withdrawn_for: str | None = None,
    **said: Unpack[GuestNamed],
) -> None:
    """Write to somebody who may know of their invitation that it holds no longer, and why; others never hear of it.

    Raises Superseded when something later was told.
    """
    invitation = _take_over(uow, event, said["invitation_id"])
    told = {"about_id": invitation.id, "category": {"$in": TOLD}}
    if invitation.terms and withdrawn_for != PERSON_LEFT and Letters(uow).may_have_arrived(told):
        has_begun = invitation.terms.has_begun(datetime.fromisoformat(event.time))
        _tell(uow, letter_templates, event, said, invitation, Category.GUEST_ENDED, reason=reason,
              withdrawn_for=withdrawn_for, has_begun=has_begun)  # fmt: skip


@reaction("camps.guest.camp_changed")
def tell_the_guest_of_the_change(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    answer_by: date,
    state: str,
    before: CampTerms,
    offer_until: datetime | None = None,
    postponed_because: str | None = None,
    offers_closed: bool = False,
    zone_law: str | None = None,
    **said: Unpack[GuestTold],
) -> None:
    """Write to somebody what is otherwise about the camp, or ask who was not told before; who comes is told as such.

    Raises Superseded when something later was told, and NotYetKnown while what they were asked is not known.
    """
    known = GuestInvitations(uow).about(said["invitation_id"]).known_terms()
    terms = replace(_terms(said), answer_by=answer_by, reasons=known.reasons).with_own_time(offer_until)
    invitation = _kept(uow, event, said, terms, comes=state == ACCEPTED)
    may_know = Letters(uow).may_have_arrived({"about_id": invitation.id, "category": {"$in": ASKING}})
    if state in TO_BE_ASKED and not may_know and not postponed_because:
        _tell(uow, letter_templates, event, said, invitation, Category.GUEST_INVITED, waited=False)
    elif state != ACCEPTED:
        _tell(uow, letter_templates, event, said, invitation, Category.GUEST_CAMP_CHANGED, before=before, state=state,
              postponed_because=postponed_because, offers_closed=offers_closed, zone_law=zone_law)  # fmt: skip


def _terms(said: GuestTold) -> GuestTerms:
    return GuestTerms(camp_title=said["camp_title"], place=said["place"], zone=said["camp_zone"],
                      starts_on=said["starts_on"], ends_on=said["ends_on"], mode=said.get("mode", IN_PERSON),
                      venue=said.get("venue"))  # fmt: skip


def _kept(
    uow: UnitOfWork, event: Envelope, said: GuestNamed, terms: GuestTerms | None = None, *, comes: bool = False
) -> GuestInvitation:
    invitation = _take_over(uow, event, said["invitation_id"], terms, comes=comes)
    invitation.known_terms()
    return invitation


def _take_over(
    uow: UnitOfWork, event: Envelope, invitation_id: str, terms: GuestTerms | None = None, *, comes: bool = False
) -> GuestInvitation:
    """Keep that an event is told, and what it says of the camp; letters of earlier ones that are here are not sent."""
    invitation = GuestInvitations(uow).about(invitation_id)
    invitation.tell(sequence=event.sequence, comes=comes)
    invitation.terms = terms or invitation.terms
    GuestInvitations(uow).save(invitation)
    earlier = {"about_id": invitation_id, "about_sequence": {"$lt": event.sequence}}
    cancel_letters(uow, earlier, reason=NOT_NEEDED)
    return invitation


def _tell(
    uow: UnitOfWork,
    letter_templates: LetterTemplates,
    event: Envelope,
    said: GuestNamed,
    invitation: GuestInvitation,
    category: Category,
    **about: object,
) -> None:
    terms = invitation.known_terms()
    trigger = LetterTrigger(category=category, about_id=invitation.id, partner_id="", sequence=event.sequence)
    write(uow, letter_templates, trigger, _recipient(uow, said), {**vars(terms), **about})


def _recipient(uow: UnitOfWork, said: GuestNamed) -> Recipient:
    """Give who is on record as they are known, or a guest, who is known by the id of their invitation."""
    if said["person_id"]:
        return Recipients(uow).known(said["person_id"], scope=PLATFORM)
    return Recipient(id=said["invitation_id"], seen_sequence=0, partner_id=None, name=said["name"],
                     email=said["email"], role=GUEST, language=said["language"], zone=said["zone"])  # fmt: skip


REACTIONS = (
    ask_the_guest,
    tell_the_guest_that_they_wait,
    tell_the_guest_that_nothing_is_offered,
    confirm_the_answer_of_the_guest,
    stop_asking_the_guest,
    tell_the_guest_that_it_is_over,
    tell_the_guest_of_the_change,
)
