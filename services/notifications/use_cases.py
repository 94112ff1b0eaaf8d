"""What notifications does: each is one function that gets, asks the model, and saves."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import structlog

from chassis.claims import Claimed, Claims
from chassis.envelope import Cause
from chassis.identity import rfc3339
from chassis.scope import PLATFORM
from chassis.store import Store, Work
from services.notifications.mailer import Mailer
from services.notifications.model.copied import Partner, Recipient
from services.notifications.model.follow_up import FollowUp, FollowUpPolicies, ReachedMilestone
from services.notifications.model.letter import Answer, Category, Letter, Occasion, Outcome
from services.notifications.repository import (
    BEING_SENT,
    NOT_KNOWN_TO_BE_SENT,
    FollowUps,
    Letters,
    Partners,
    Recipients,
    due,
)
from services.notifications.templates import Stationery

_log = structlog.get_logger(__name__)


def register_recipient(*, work: Work, sequence: int, person_id: str, **described: Any) -> None:
    """Keep where, in which language and in which zone somebody is written to."""
    Recipients(work).keep_newest(Recipient(id=person_id, seen_sequence=sequence, **described))


def register_partner(*, work: Work, sequence: int, partner_id: str, name: str, leader_ids: Sequence[str]) -> None:
    """Keep what a partner is called, and who leads it."""
    Partners(work).keep_newest(Partner(id=partner_id, seen_sequence=sequence, name=name, leader_ids=list(leader_ids)))


def welcome_the_leaders(
    *,
    work: Work,
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
        _write(work, stationery, occasion, leader, partner_name=name, **admitted)


def tell_the_leaders(
    *, work: Work, stationery: Stationery, sequence: int, partner_id: str, milestone_id: str, **reached: Any
) -> None:
    """Write to a partner's leaders that it has reached a milestone; raises NotYetKnown while they are not known."""
    occasion = Occasion(category=Category.MILESTONE, about_id=milestone_id, partner_id=partner_id, sequence=sequence)
    _write_to_the_leaders(work, stationery, occasion, **reached)


def write_the_invitation(
    *, work: Work, stationery: Stationery, sequence: int, partner_id: str, invitation_id: str, **issued: Any
) -> None:
    """Write to a partner's leaders that it is invited; raises NotYetKnown while they are not known."""
    occasion = Occasion(category=Category.INVITATION, about_id=invitation_id, partner_id=partner_id, sequence=sequence)
    _write_to_the_leaders(work, stationery, occasion, **issued)


def plan_coaching_follow_up(
    *, work: Work, stationery: Stationery, policies: FollowUpPolicies, milestone: ReachedMilestone
) -> None:
    """Plan who must coach, and by when, and write to the coach.

    Once for each time a milestone is reached. Raises NotYetKnown while coach or partner is not known.
    """
    coach = Recipients(work).known(milestone.coach_id, scope=PLATFORM)
    partner = Partners(work).known(milestone.partner_id, scope=PLATFORM)
    if FollowUps(work).planned_for(milestone_id=milestone.milestone_id, sequence=milestone.sequence):
        return
    today = work.now.astimezone(ZoneInfo(coach.zone)).date()
    follow_up = FollowUp.plan(id=work.new_id("fup"), milestone=milestone, policies=policies, today=today)
    FollowUps(work).save(follow_up)
    occasion = Occasion(
        category=Category.FOLLOW_UP, about_id=follow_up.id, partner_id=partner.id, sequence=milestone.sequence
    )
    _write(
        work,
        stationery,
        occasion,
        coach,
        partner_name=partner.name,
        title=milestone.title,
        reached_on=milestone.reached_on,
        due_on=follow_up.due_on,
        coach_should=policies.for_kind(milestone.kind).coach_should,
    )


def post_letters(*, store: Store, claims: Claims, mailer: Mailer) -> None:
    """Send every letter that is due, and admit what nobody knows of those whose process died while sending."""
    claims.work_off(lambda: BEING_SENT, partial(_lose_track, store))
    claims.work_off(lambda: due(store.clock()), partial(_post, store, mailer), sort="next_attempt_at")


def doubt_what_waits(*, store: Store, since: datetime) -> int:
    """Admit of every letter that waited on a day long gone that it may have left since, and say how many there are.

    For a database that is `since` then again: it does not know what the mail server was given later.
    """
    cause = Cause(correlation_id=f"restored-{rfc3339(since)}")
    waiting = Letters(store.reading(cause=cause)).all(NOT_KNOWN_TO_BE_SENT, scope=PLATFORM)
    why = f"restored as of {rfc3339(since)}: whether it was sent after that is not known"
    for letter in waiting:
        store.transact(partial(_doubt, letter.id, why), cause=cause)
    return len(waiting)


def _doubt(letter_id: str, why: str, work: Work) -> None:
    letter = Letters(work).get(letter_id, scope=PLATFORM)
    if letter.doubt(why, at=work.now):
        Letters(work).save(letter)


def _write_to_the_leaders(work: Work, stationery: Stationery, occasion: Occasion, **about: Any) -> None:
    partner = Partners(work).known(occasion.partner_id, scope=PLATFORM)
    for leader in Recipients(work).leaders_of(partner):
        _write(work, stationery, occasion, leader, partner_name=partner.name, **about)


def _write(work: Work, stationery: Stationery, occasion: Occasion, recipient: Recipient, **about: Any) -> None:
    """Write one letter, unless this recipient was written to on this occasion before."""
    letters = Letters(work)
    if letters.written(occasion, recipient):
        return
    id = work.new_id("dlv")
    letters.save(
        Letter.write(
            id=id,
            occasion=occasion,
            recipient=recipient,
            wording=stationery.word(
                occasion.category, language=recipient.language, recipient_name=recipient.name, **about
            ),
            message_id=stationery.message_id(id),
            at=work.now,
        )
    )


def _post(store: Store, mailer: Mailer, claimed: Claimed) -> bool:
    letter = store.transact(partial(_begin_sending, claimed.id), cause=claimed.cause)
    if letter is None:
        return True
    answer = mailer.send(letter)
    _log.info("posted", delivery_id=letter.id, outcome=answer.outcome, correlation_id=claimed.cause.correlation_id)
    store.transact(partial(_hear, claimed.id, answer), cause=claimed.cause)
    return answer.outcome not in (Outcome.UNREACHABLE, Outcome.UNANSWERED)


def _begin_sending(letter_id: str, work: Work) -> Letter | None:
    """Store that the mail server is about to get it, before it does; None when somebody else was faster."""
    letter = Letters(work).get(letter_id, scope=PLATFORM)
    return Letters(work).save(letter) if letter.begin_sending(at=work.now) else None


def _hear(letter_id: str, answer: Answer, work: Work) -> None:
    letter = Letters(work).get(letter_id, scope=PLATFORM)
    if letter.hear(answer, at=work.now):
        Letters(work).save(letter)


def _lose_track(store: Store, claimed: Claimed) -> bool:
    lost = Answer(outcome=Outcome.UNANSWERED, detail="the process that was sending it did not say what came of it")
    store.transact(partial(_hear, claimed.id, lost), cause=claimed.cause)
    return True
