"""What happens to letters: they are written, sent, sent elsewhere, or not sent after all."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

import structlog

from chassis.domain.causation import Cause
from chassis.domain.identity import rfc3339
from chassis.domain.scope import PLATFORM
from chassis.persistence.claims import Claimed, Claims
from chassis.persistence.unit_of_work import Store, UnitOfWork
from services.notifications.mailer import Mailer
from services.notifications.model.copied import Recipient
from services.notifications.model.letter import TOLD, UNSETTLED, Answer, Category, Letter, Occasion, Origin, Outcome
from services.notifications.repository import BEING_SENT, Letters, Milestones, Partners, Recipients, due
from services.notifications.templates import Stationery

_log = structlog.get_logger(__name__)


def write(work: UnitOfWork, stationery: Stationery, occasion: Occasion, recipient: Recipient, **about: Any) -> None:
    """Write one letter, unless this recipient has left, or was written to on this occasion before."""
    if recipient.left_on or Letters(work).written(occasion, recipient):
        return
    id = work.new_id("dlv")
    wording = stationery.word(occasion.category, language=recipient.language, recipient_name=recipient.name, **about)
    Letters(work).save(
        Letter.write(
            id=id,
            occasion=occasion,
            recipient=recipient,
            wording=wording,
            message_id=stationery.message_id(id),
            origin=_origin(work),
            at=work.now,
        )
    )


def write_to_the_leaders(work: UnitOfWork, stationery: Stationery, occasion: Occasion, **about: Any) -> None:
    """Write to everybody who leads the partner; raises NotYetKnown while they are not known."""
    partner = Partners(work).known(occasion.partner_id, scope=PLATFORM)
    for leader in Recipients(work).leaders_of(partner):
        write(work, stationery, occasion, leader, partner_name=partner.name, **about)


def write_to_the_told(
    work: UnitOfWork, stationery: Stationery, occasion: Occasion, before: Mapping[str, Any], **about: Any
) -> None:
    """Write to everybody who may have an earlier letter, of those that fit `before`."""
    partner = Partners(work).known(occasion.partner_id, scope=PLATFORM)
    for letter in Letters(work).all({**before, "state": {"$in": TOLD}}, scope=PLATFORM):
        recipient = Recipients(work).known(letter.recipient_id, scope=PLATFORM)
        write(work, stationery, occasion, recipient, partner_name=partner.name, **about)


def cancel_letters(work: UnitOfWork, where: Mapping[str, Any], *, reason: str) -> None:
    """Cancel every letter that fits and is not settled; what a mail server may have is only never tried again."""
    for letter in Letters(work).all({**where, "state": {"$in": UNSETTLED}}, scope=PLATFORM):
        if letter.cancel(reason, at=work.now):
            Letters(work).save(letter)


def readdress_letters(work: UnitOfWork, *, recipient_id: str, to: str) -> None:
    """Send what is still here for a recipient to another address."""
    for letter in Letters(work).all({"recipient_id": recipient_id, "state": {"$in": UNSETTLED}}, scope=PLATFORM):
        if letter.readdress(to, at=work.now):
            Letters(work).save(letter)


def post_letters(*, store: Store, claims: Claims, mailer: Mailer) -> None:
    """Send every letter that is due, and admit what nobody knows of those whose process died while sending."""
    claims.process_ready(lambda: BEING_SENT, partial(_lose_track, store))
    claims.process_ready(lambda: due(store.clock()), partial(_post, store, mailer), sort="next_attempt_at")


def doubt_what_waits(*, store: Store, since: datetime) -> int:
    """Admit of every letter that was not settled then that it may have left since; say of how many.

    For a database that was set back: it does not know what mail servers were given later.
    """
    why = f"restored as of {rfc3339(since)}: whether it was sent after that is not known"
    cause = Cause(correlation_id=f"restored-{rfc3339(since)}")
    unsettled = Letters(store.reading(cause=cause)).all({"state": {"$in": UNSETTLED}}, scope=PLATFORM)
    return sum(store.transact(partial(_doubt, letter.id, why), cause=cause) for letter in unsettled)


def _doubt(letter_id: str, why: str, work: UnitOfWork) -> bool:
    letter = Letters(work).get(letter_id, scope=PLATFORM)
    doubted = letter.doubt(why, at=work.now)
    if doubted:
        Letters(work).save(letter)
    return doubted


def _origin(work: UnitOfWork) -> Origin:
    cause = work.cause
    return Origin(
        correlation_id=cause.correlation_id,
        causation_id=cause.causation_id,
        actor=cause.actor,
        reaction=cause.reaction,
    )


def _post(store: Store, mailer: Mailer, claimed: Claimed) -> bool:
    letter = store.transact(partial(_begin_sending, claimed.id), cause=claimed.cause)
    if letter is None:
        return True
    answer = mailer.send(letter)
    _log.info("posted", delivery_id=letter.id, outcome=answer.outcome, correlation_id=claimed.cause.correlation_id)
    store.transact(partial(_hear, claimed.id, answer), cause=claimed.cause)
    return answer.outcome not in (Outcome.UNREACHABLE, Outcome.UNANSWERED)


def _begin_sending(letter_id: str, work: UnitOfWork) -> Letter | None:
    """Store that the mail server is about to get it, before it does; None when it is not to, or somebody was faster."""
    letter = Letters(work).get(letter_id, scope=PLATFORM)
    overtaken = _catch_up(letter, work)
    began = letter.begin_sending(at=work.now)
    if began or overtaken:
        Letters(work).save(letter)
    return letter if began else None


def _catch_up(letter: Letter, work: UnitOfWork) -> bool:
    """Let a letter know what became of its recipient and of what it is about while it was being written."""
    recipient = Recipients(work).first({"_id": letter.recipient_id}, scope=PLATFORM)
    if recipient and recipient.left_on:
        return letter.cancel(f"the recipient left on {recipient.left_on}", at=work.now)
    if letter.category is Category.MILESTONE and Milestones(work).reopened_since(
        letter.about_id, sequence=letter.about_sequence
    ):
        return letter.cancel("the milestone was reopened", at=work.now)
    return recipient is not None and letter.readdress(recipient.email, at=work.now)


def _hear(letter_id: str, answer: Answer, work: UnitOfWork) -> None:
    letter = Letters(work).get(letter_id, scope=PLATFORM)
    if letter.hear(answer, at=work.now):
        Letters(work).save(letter)


def _lose_track(store: Store, claimed: Claimed) -> bool:
    lost = Answer(outcome=Outcome.UNANSWERED, detail="the process that was sending it did not say what came of it")
    store.transact(partial(_hear, claimed.id, lost), cause=claimed.cause)
    return True
