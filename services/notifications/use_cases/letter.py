"""What happens to letters: they are written, sent, sent elsewhere, or not sent after all."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

import structlog

from chassis.domain.causation import Cause
from chassis.domain.errors import Superseded
from chassis.domain.identity import rfc3339
from chassis.domain.scope import PLATFORM
from chassis.persistence.claims import Claimed, Claims
from chassis.persistence.unit_of_work import Store, UnitOfWork
from services.notifications.mailer import Mailer
from services.notifications.model.coached import Standing
from services.notifications.model.copied import STAFF, Recipient
from services.notifications.model.letter import Answer, Letter, Origin, Outcome
from services.notifications.model.letter_lifecycle import MAY_HAVE_ARRIVED, UNSETTLED, LetterState
from services.notifications.model.letter_trigger import FOR_DIARIES, OVERTAKEN_BY_DEPARTURE, Category, LetterTrigger
from services.notifications.repository import BEING_SENT, Engagements, Letters, Milestones, Partners, Recipients, due
from services.notifications.repository.calendars import Delegates
from services.notifications.templates import LetterTemplates
from services.notifications.use_cases.calendars.entry import file_for
from services.notifications.use_cases.reachability import keep_whether_mail_arrives

_log = structlog.get_logger(__name__)


def write(
    uow: UnitOfWork,
    letter_templates: LetterTemplates,
    trigger: LetterTrigger,
    recipient: Recipient,
    about: Mapping[str, object],
) -> None:
    """Write one letter, unless this recipient has left, was written to for this before, or it is pointless now.

    Nobody is written to about what is entered as history.
    """
    if (
        uow.cause.entered_as_history
        or recipient.left_on
        or _is_pointless(uow, trigger)
        or Letters(uow).written(trigger, recipient)
    ):
        return
    file = file_for(uow, trigger, recipient)
    if file is None and trigger.category in FOR_DIARIES:
        return
    id = uow.new_id("dlv")
    said = {"recipient_name": recipient.name, **letter_templates.links(id), **about}
    text = letter_templates.render(
        trigger.category, language=recipient.language, about=said, reader_zone=recipient.zone
    )
    letter = Letter.write(id=id, trigger=trigger, recipient=recipient, text=text, origin=origin_of(uow), at=uow.now,
                          message_id=letter_templates.message_id(id), calendar=file)  # fmt: skip
    Letters(uow).save(letter)


def _is_pointless(uow: UnitOfWork, trigger: LetterTrigger) -> bool:
    """Whether the partner is known to have departed: its departure cancelled such letters, if they were there then."""
    if trigger.category not in OVERTAKEN_BY_DEPARTURE:
        return False
    partner = Partners(uow).first({"_id": trigger.partner_id}, scope=PLATFORM)
    return partner is not None and partner.departed_on is not None


def write_to_the_leaders(
    uow: UnitOfWork, letter_templates: LetterTemplates, trigger: LetterTrigger, about: Mapping[str, object]
) -> None:
    """Write to everybody who leads the partner. Raises NotYetKnown while they are not known."""
    partner = Partners(uow).known(trigger.partner_id, scope=PLATFORM)
    for leader in Recipients(uow).leaders_of(partner):
        write(uow, letter_templates, trigger, leader, {"partner_name": partner.name, **about})


def write_to_the_lead_coach(
    uow: UnitOfWork,
    letter_templates: LetterTemplates,
    trigger: LetterTrigger,
    coach_id: str | None,
    about: Mapping[str, object],
) -> None:
    """Write to who leads the engagement now, or `coach_id` if no later change was heard: once, whoever leads it then.

    Raises NotYetKnown while coach or partner is not known, and Superseded when nobody leads the engagement, or when it
    rests or has ended: then nothing can be done.
    """
    if Letters(uow).written_to_anybody(trigger):
        return
    engagement = Engagements(uow).about(str(trigger.engagement_id))
    if engagement.standing is not Standing.OPEN:
        raise Superseded(f"engagement {engagement.id} is {engagement.standing}")
    leads = engagement.coach_id or coach_id
    if leads is None:
        raise Superseded(f"nobody leads engagement {engagement.id} yet")
    coach = Recipients(uow).known(leads, scope=PLATFORM)
    partner = Partners(uow).known(trigger.partner_id, scope=PLATFORM)
    write(uow, letter_templates, trigger, coach, {"partner_name": partner.name, "zone": partner.zone, **about})


def write_to_staff(
    uow: UnitOfWork, letter_templates: LetterTemplates, trigger: LetterTrigger, about: Mapping[str, object]
) -> None:
    """Write to the institute's staff, and to its contact where none of them is known to take mail."""
    staff = Recipients(uow).staff()
    contact = contact_of(letter_templates)
    for member in staff if any(each.takes_mail for each in staff) else [*staff, contact]:
        write(uow, letter_templates, trigger, member, about)


def contact_of(letter_templates: LetterTemplates) -> Recipient:
    """Give the institute's contact, who is on no record."""
    institute = letter_templates.institute
    return Recipient(id="contact", seen_sequence=0, partner_id=None, name=institute.contact_name,
                     email=institute.contact_email, role=STAFF, language="en", zone="UTC")  # fmt: skip


def the_same(_: Recipient) -> Mapping[str, object]:
    """Say to each what is said to all."""
    return {}


def write_to_former_recipients(
    uow: UnitOfWork,
    letter_templates: LetterTemplates,
    trigger: LetterTrigger,
    before: Mapping[str, Any],
    about: Mapping[str, object],
    *,
    to_each: Callable[[Recipient], Mapping[str, object]] = the_same,
) -> None:
    """Write to everybody who may have an earlier letter, of those that fit `before`; `to_each` what is theirs alone.

    Who moved to another partner since is not written to about the one before.
    """
    partner = Partners(uow).known(trigger.partner_id, scope=PLATFORM)
    for letter in Letters(uow).each({**before, "state": {"$in": MAY_HAVE_ARRIVED}}, scope=PLATFORM):
        recipient = _as_they_are_now(uow, letter.recipient_id)
        if recipient.was_of(trigger.partner_id, at=letter.written_at):
            continue
        said = {"partner_name": partner.name, **about, **to_each(recipient)}
        write(uow, letter_templates, trigger, recipient, said)


def _as_they_are_now(uow: UnitOfWork, recipient_id: str) -> Recipient:
    """Give who had a letter: a person on record, or a delegate who is named for one camp alone."""
    known = Recipients(uow).first({"_id": recipient_id}, scope=PLATFORM)
    delegate = Delegates(uow).first({"_id": recipient_id}, scope=PLATFORM) if known is None else None
    return delegate.recipient(None) if delegate else Recipients(uow).known(recipient_id, scope=PLATFORM)


def cancel_letters(uow: UnitOfWork, where: Mapping[str, Any], *, reason: str) -> None:
    """Cancel every letter that fits and is not settled; what a mail server may have is only never tried again."""
    for letter in Letters(uow).each({**where, "state": {"$in": UNSETTLED}}, scope=PLATFORM):
        if letter.cancel(reason, at=uow.now):
            Letters(uow).save(letter)


def readdress_letters(uow: UnitOfWork, *, recipient_id: str, to: str) -> None:
    """Send what is still here for a recipient to another address."""
    for letter in Letters(uow).each({"recipient_id": recipient_id, "state": {"$in": UNSETTLED}}, scope=PLATFORM):
        if letter.readdress(to, at=uow.now):
            Letters(uow).save(letter)


def post_letters(*, store: Store, claims: Claims, mailer: Mailer, hand_over_seconds: float) -> None:
    """Send every letter that is due, and admit what nobody knows of those whose process died while sending.

    A letter that is being handed over stays claimed for so many seconds more.
    """
    claims.process_ready(lambda: BEING_SENT, partial(_mark_abandoned, store))
    post = partial(_post, store, claims, mailer, hand_over_seconds)
    claims.process_ready(lambda: due(store.clock()), post, sort="next_attempt_at")


def mark_unsettled_uncertain(*, store: Store, since: datetime) -> int:
    """Admit of every letter that was not settled then that it may have left since; say of how many.

    For a database that was set back: it does not know what mail servers were given later.
    """
    why = f"restored as of {rfc3339(since)}: whether it was sent after that is not known"
    cause = Cause(correlation_id=f"restored-{rfc3339(since)}")
    unsettled = Letters(store.reading(cause=cause)).each({"state": {"$in": UNSETTLED}}, scope=PLATFORM)
    return sum(store.transact(partial(_mark_uncertain, letter.id, why), cause=cause) for letter in unsettled)


def _mark_uncertain(letter_id: str, why: str, uow: UnitOfWork) -> bool:
    letter = Letters(uow).get(letter_id, scope=PLATFORM)
    is_news = letter.mark_uncertain(why, at=uow.now)
    if is_news:
        Letters(uow).save(letter)
    return is_news


def origin_of(uow: UnitOfWork) -> Origin:
    """Give what makes us do what is done now."""
    cause = uow.cause
    return Origin(correlation_id=cause.correlation_id, causation_id=cause.causation_id, actor=cause.actor,
                  reaction=cause.reaction)  # fmt: skip


def _post(store: Store, claims: Claims, mailer: Mailer, hand_over_seconds: float, claimed: Claimed) -> bool:
    letter = store.transact(partial(_look_once_more, claimed.id), cause=claimed.cause)
    if letter is None:
        return True

    def begin() -> bool:
        claims.prolong(claimed, seconds=hand_over_seconds)
        return store.transact(partial(_begin_sending, claimed.id, letter.to), cause=claimed.cause)

    answer = mailer.send(letter, begin=begin)
    if answer is None:
        return True
    _log.info("posted", delivery_id=letter.id, outcome=answer.outcome, correlation_id=claimed.cause.correlation_id)
    store.transact(partial(_take_answer, claimed.id, answer), cause=claimed.cause)
    return answer.outcome not in (Outcome.UNREACHABLE, Outcome.UNANSWERED)


def _look_once_more(letter_id: str, uow: UnitOfWork) -> Letter | None:
    """Give a letter as it is to be sent now; None when it is not to, or somebody was faster."""
    letter = Letters(uow).get(letter_id, scope=PLATFORM)
    if _catch_up(letter, uow):
        Letters(uow).save(letter)
    return letter if letter.state is LetterState.READY else None


def _begin_sending(letter_id: str, announced: str, uow: UnitOfWork) -> bool:
    """Store that the mail server is about to get it, before it does; False when it is not to, or not this server."""
    letter = Letters(uow).get(letter_id, scope=PLATFORM)
    overtaken = _catch_up(letter, uow)
    began = letter.to == announced and letter.begin_sending(at=uow.now)
    if began or overtaken:
        Letters(uow).save(letter)
    return began


def _catch_up(letter: Letter, uow: UnitOfWork) -> bool:
    """Let a letter know what became of its recipient and of what it is about while it was being written."""
    recipient = Recipients(uow).first({"_id": letter.recipient_id}, scope=PLATFORM)
    if recipient and recipient.left_on:
        return letter.cancel(f"the recipient left on {recipient.left_on}", at=uow.now)
    if letter.category is Category.MILESTONE and _was_reopened(letter, uow):
        return letter.cancel("the milestone was reopened", at=uow.now)
    return recipient is not None and letter.readdress(recipient.email, at=uow.now)


def _was_reopened(letter: Letter, uow: UnitOfWork) -> bool:
    try:
        Milestones(uow).about(letter.about_id).refuse_if_reopened_since(letter.about_sequence)
    except Superseded:
        return True
    return False


def _take_answer(letter_id: str, answer: Answer, uow: UnitOfWork) -> None:
    letter = Letters(uow).get(letter_id, scope=PLATFORM)
    if letter.take_answer(answer, at=uow.now):
        Letters(uow).save(letter)
        keep_whether_mail_arrives(uow, letter)


def _mark_abandoned(store: Store, claimed: Claimed) -> bool:
    lost = Answer(outcome=Outcome.UNANSWERED, detail="the process that was sending it did not say what came of it")
    store.transact(partial(_take_answer, claimed.id, lost), cause=claimed.cause)
    return True
