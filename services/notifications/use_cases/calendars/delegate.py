"""Letters to those who come to a camp by name: that they are named, expected, not expected, or that it moved."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import NotRequired, TypedDict, Unpack

from chassis.domain.scope import PLATFORM
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import reaction
from services.notifications.model.camp_where import IN_PERSON
from services.notifications.model.copied import Recipient
from services.notifications.model.delegate import CampTerms, Delegate
from services.notifications.model.letter_trigger import Category, LetterTrigger
from services.notifications.repository import Letters, Partners, Recipients
from services.notifications.repository.calendars import Camps, Delegates
from services.notifications.repository.guests import GuestInvitations
from services.notifications.schemas import (
    CampId,
    ClosingReason,
    DelegateId,
    EmailAddress,
    InvitationId,
    LanguageTag,
    PartnerId,
    PersonId,
    TheVenue,
    ZoneName,
)
from services.notifications.templates import LetterTemplates
from services.notifications.use_cases.calendars.diary_letters import move_diary
from services.notifications.use_cases.calendars.entry import ENDING_FOR_GUESTS, wanted_in_diary
from services.notifications.use_cases.letter import cancel_letters, write

SAYING_THAT_THEY_COME = (Category.DELEGATE_NAMED, Category.DELEGATE_CONFIRMED, Category.DELEGATE_CAMP_CHANGED)
REMOTE, SUBSTITUTED, PERSON_LEFT = "remote", "substituted", "person_left"


class DelegateSaid(TypedDict):
    """What every event about a delegate says of them, and of the camp."""

    delegate_id: DelegateId
    camp_id: CampId
    partner_id: PartnerId | None
    invitation_id: NotRequired[InvitationId | None]
    person_id: PersonId | None
    name: str
    email: EmailAddress
    language: LanguageTag
    zone: ZoneName
    attends: str
    camp_title: str
    place: str
    camp_zone: ZoneName
    starts_on: date
    ends_on: date
    begins_at: datetime
    ends_at: datetime
    anchor_revision: int
    mode: NotRequired[str]
    venue: NotRequired[TheVenue]


@reaction("camps.delegate.named")
def tell_who_is_named(
    uow: UnitOfWork, event: Envelope, letter_templates: LetterTemplates, **said: Unpack[DelegateSaid]
) -> None:
    """Write to somebody that they are named to come to a camp. Raises Superseded when something later is known."""
    delegate = _kept(uow, event, said, comes=True)
    _tell(uow, letter_templates, delegate, Category.DELEGATE_NAMED)


@reaction("camps.delegate.confirmed")
def tell_who_is_expected(
    uow: UnitOfWork, event: Envelope, letter_templates: LetterTemplates, **said: Unpack[DelegateSaid]
) -> None:
    """Write to a delegate that it is settled that they come. Raises Superseded when something later is known."""
    delegate = _kept(uow, event, said, comes=True, sure=True)
    _tell(uow, letter_templates, delegate, Category.DELEGATE_CONFIRMED)


@reaction("camps.delegate.substituted")
def tell_who_is_replaced(
    uow: UnitOfWork, event: Envelope, letter_templates: LetterTemplates, **said: Unpack[DelegateSaid]
) -> None:
    """Write to whoever may know that they were named that somebody else comes. Raises Superseded for old news."""
    _tell_that_it_is_over(uow, letter_templates, _kept(uow, event, said, comes=False), because=SUBSTITUTED)


@reaction("camps.delegate.withdrawn")
def tell_who_is_withdrawn(
    uow: UnitOfWork, event: Envelope, letter_templates: LetterTemplates, *, because: str, **said: Unpack[DelegateSaid]
) -> None:
    """Write to whoever may know that they were named that it does not hold. Raises Superseded for old news."""
    _tell_that_it_is_over(uow, letter_templates, _kept(uow, event, said, comes=False), because=because)


@reaction("camps.delegate.changed")
def follow_the_delegate(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    email_before: EmailAddress,
    **said: Unpack[DelegateSaid],
) -> None:
    """Keep who comes from now on, move the camp to the diary at their new address, and tell them where they take part.

    Raises Superseded when something later is known.
    """
    known = Delegates(uow).about(said["delegate_id"])
    delegate = _saved(uow, known.describe(_heard(said), sequence=event.sequence))
    if delegate.person_id is None:
        for letter in Letters(uow).each({"recipient_id": delegate.recipient_id, "state": "ready"}, scope=PLATFORM):
            if letter.readdress(delegate.email, at=uow.now):
                Letters(uow).save(letter)
        move_diary(uow, event, letter_templates, _recipient(uow, delegate), before=email_before)
    camp = Camps(uow).about(delegate.camp_id)
    if delegate.comes and delegate.is_remote(camp) != known.is_remote(camp) and not camp.is_postponed:
        _tell_of_the_change(uow, letter_templates, delegate, part=f"delegate_{event.sequence}")


@reaction("camps.camp.announced", "camps.camp.changed", "camps.camp.rescheduled")
def follow_the_camp(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    camp_id: CampId,
    title: str,
    place: str,
    zone: ZoneName,
    starts_on: date,
    ends_on: date,
    opens_at: str = "09:00",
    closes_at: str = "17:00",
    anchor_revision: int = 0,
    mode: str = IN_PERSON,
    venue: TheVenue = None,
    begins_at: datetime | None = None,
    ends_at: datetime | None = None,
    zone_law: str | None = None,
) -> None:
    """Keep when and where a camp is, and tell those who come by name what is otherwise in their diaries.

    Raises Superseded when something later is known.
    """
    camp = Camps(uow).about(camp_id)
    terms = CampTerms.of_days(camp_title=title, place=place, zone=zone, starts_on=starts_on, ends_on=ends_on,
                              opens_at=opens_at, closes_at=closes_at, anchor_revision=anchor_revision, mode=mode,
                              venue=venue)  # fmt: skip
    if begins_at and ends_at:
        terms = replace(terms, begins_at=begins_at, ends_at=ends_at)  # by the law of zones that camps knows
    camp.keep(terms, sequence=event.sequence)
    Camps(uow).save(camp)
    for delegate in Delegates(uow).coming_to(camp_id):
        _tell_of_the_change(uow, letter_templates, delegate, part=f"camp_{event.sequence}", zone_law=zone_law)


@reaction("camps.camp.postponed")
def tell_who_comes_that_it_is_postponed(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    camp_id: CampId,
    title: str,
    reason: ClosingReason,
) -> None:
    """Tell those who come by name that the days do not count any more; whoever is not told yet is when they are known.

    Raises Superseded when something later is known.
    """
    camp = Camps(uow).about(camp_id)
    camp.postpone(sequence=event.sequence)
    Camps(uow).save(camp)
    for delegate in Delegates(uow).coming_to(camp_id):
        recipient, told = _recipient(uow, delegate), _may_know(uow, delegate)
        _cancel_what_is_not_sent(uow, delegate)
        if told:
            about = {**_about(uow, letter_templates, delegate), "camp_title": title, "reason": reason}
            trigger = replace(_trigger(delegate, Category.DELEGATE_CAMP_POSTPONED), part=f"camp_{event.sequence}")
            write(uow, letter_templates, trigger, recipient, about)


def _kept(uow: UnitOfWork, event: Envelope, said: DelegateSaid, *, comes: bool, sure: bool = False) -> Delegate:
    known = Delegates(uow).about(said["delegate_id"])
    return _saved(uow, known.keep(_heard(said), sequence=event.sequence, comes=comes, sure=sure))


def _heard(said: DelegateSaid) -> Delegate:
    terms = CampTerms(camp_title=said["camp_title"], place=said["place"], zone=said["camp_zone"],
                      starts_on=said["starts_on"], ends_on=said["ends_on"], begins_at=said["begins_at"],
                      ends_at=said["ends_at"], anchor_revision=said["anchor_revision"],
                      mode=said.get("mode", IN_PERSON), venue=said.get("venue"))  # fmt: skip
    return Delegate(id=said["delegate_id"], camp_id=said["camp_id"], partner_id=said["partner_id"],
                    invitation_id=said.get("invitation_id"), person_id=said["person_id"], name=said["name"],
                    email=said["email"], language=said["language"], zone=said["zone"],
                    remote=said["attends"] == REMOTE, terms=terms)  # fmt: skip


def _saved(uow: UnitOfWork, delegate: Delegate) -> Delegate:
    known = Recipients(uow).first({"_id": delegate.person_id}, scope=PLATFORM) if delegate.person_id else None
    delegate = delegate.forgotten() if known and known.is_erased else delegate
    Delegates(uow).save(delegate)
    # Whoever changes the camp at this moment does not see them yet, and is not seen here (write skew).
    Camps(uow).rely_on(Camps(uow).about(delegate.camp_id))
    return delegate


def _tell(uow: UnitOfWork, letter_templates: LetterTemplates, delegate: Delegate, category: Category) -> None:
    """Write that they come, in place of what is not sent yet; who has been told just that is not told again."""
    recipient, trigger = _recipient(uow, delegate), _trigger(delegate, category)
    _cancel_what_is_not_sent(uow, delegate)
    if Camps(uow).about(delegate.camp_id).is_postponed:
        return  # they are told once its days are known
    last = Letters(uow).last_that_may_have_arrived({"about_id": delegate.id, "recipient_id": recipient.id})
    wanted = wanted_in_diary(uow, delegate.camp_id, recipient, trigger)
    is_otherwise = last is None or last.category != category or (last.calendar and last.calendar.appointment != wanted)
    if is_otherwise or _was_told_as_invited(uow, delegate):
        write(uow, letter_templates, trigger, recipient, _about(uow, letter_templates, delegate))


def _tell_that_it_is_over(
    uow: UnitOfWork, letter_templates: LetterTemplates, delegate: Delegate, *, because: str
) -> None:
    recipient = _recipient(uow, delegate)
    _cancel_what_is_not_sent(uow, delegate)
    told = {"about_id": delegate.id, "recipient_id": recipient.id, "category": {"$in": SAYING_THAT_THEY_COME}}
    if because == PERSON_LEFT or not Letters(uow).may_have_arrived(told) or _is_told_as_invited(uow, delegate):
        return
    about = {**_about(uow, letter_templates, delegate), "because_of": because}
    write(uow, letter_templates, _trigger(delegate, Category.DELEGATE_WITHDRAWN), recipient, about)


def _is_told_as_invited(uow: UnitOfWork, delegate: Delegate) -> bool:
    """Whether another letter says that they do not come: that by which they are told of their invitation by name.

    It may still be to come. One that was written before it was said here that they come does not count.
    """
    if not delegate.is_by_name or delegate.invitation_id is None:
        return False
    invitation = GuestInvitations(uow).about(delegate.invitation_id)
    GuestInvitations(uow).rely_on(invitation)
    return invitation.comes or _was_told_as_invited(uow, delegate)


def _was_told_as_invited(uow: UnitOfWork, delegate: Delegate) -> bool:
    """Whether the last that was said of their coming was that they do not, as somebody who is invited by name."""
    ended = _last_letter(uow, delegate.invitation_id, ENDING_FOR_GUESTS) if delegate.is_by_name else ""
    return ended > _last_letter(uow, delegate.id, SAYING_THAT_THEY_COME)


def _last_letter(uow: UnitOfWork, about_id: str | None, categories: Sequence[Category]) -> str:
    """Give the id of the letter that was written last; ids sort by time."""
    written = Letters(uow).each({"about_id": about_id, "category": {"$in": list(categories)}}, scope=PLATFORM)
    return max((each.id for each in written), default="")


def _tell_of_the_change(
    uow: UnitOfWork, letter_templates: LetterTemplates, delegate: Delegate, *, part: str, zone_law: str | None = None
) -> None:
    """Write what is otherwise to who may have been told; whose letter is still here gets another one in its place."""
    recipient = _recipient(uow, delegate)
    told = _may_know(uow, delegate)
    first = Category.DELEGATE_CONFIRMED if delegate.sure else Category.DELEGATE_NAMED
    _cancel_what_is_not_sent(uow, delegate)
    trigger = replace(_trigger(delegate, Category.DELEGATE_CAMP_CHANGED if told else first), part=part)
    about = {**_about(uow, letter_templates, delegate), "zone_law": zone_law}
    write(uow, letter_templates, trigger, recipient, about)


def _may_know(uow: UnitOfWork, delegate: Delegate) -> bool:
    return Letters(uow).may_have_arrived({"about_id": delegate.id, "recipient_id": delegate.recipient_id})


def _cancel_what_is_not_sent(uow: UnitOfWork, delegate: Delegate) -> None:
    cancel_letters(uow, {"about_id": delegate.id}, reason="there is news of who comes, or of the camp")


def _recipient(uow: UnitOfWork, delegate: Delegate) -> Recipient:
    return delegate.recipient(Recipients(uow).first({"_id": delegate.recipient_id}, scope=PLATFORM))


def _trigger(delegate: Delegate, category: Category) -> LetterTrigger:
    return LetterTrigger(category=category, about_id=delegate.id, partner_id=delegate.partner_id or "",
                         sequence=delegate.state_sequence)  # fmt: skip


def _about(uow: UnitOfWork, letter_templates: LetterTemplates, delegate: Delegate) -> dict[str, object]:
    """Give what every letter says. Raises NotYetKnown while the partner is not known."""
    terms = delegate.terms_of(Camps(uow).about(delegate.camp_id))
    partner = Partners(uow).known(delegate.partner_id, scope=PLATFORM) if delegate.partner_id else None
    name = partner.name if partner else letter_templates.institute.name
    shown = {"camp_title": terms.camp_title, "starts_on": terms.starts_on, "ends_on": terms.ends_on,
             "remote": terms.is_remote(chosen=delegate.remote), **terms.shown()} if terms else {}  # fmt: skip
    return {"partner_name": name, **shown}
