"""Coaching follow-ups: planned when a milestone is reached, and closed in one of several ways."""

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Any

from chassis.domain.errors import Superseded
from chassis.domain.scope import PLATFORM, Scope
from chassis.persistence.claims import Claimed, Claims
from chassis.persistence.documents import to_public
from chassis.persistence.unit_of_work import Store, UnitOfWork
from services.notifications.model.follow_up import FollowUp, FollowUpPolicies, FollowUpState, ReachedMilestone
from services.notifications.model.letter import ABOUT_FOLLOW_UPS, Category, Occasion
from services.notifications.repository import FollowUps, Milestones, Partners, Recipients, falling_due
from services.notifications.templates import Stationery
from services.notifications.use_cases.letter import cancel_letters, write, write_to_the_told

MILESTONE_REOPENED, PARTNER_DEPARTED = "milestone_reopened", "partner_departed"


def plan_coaching_follow_up(
    *, work: UnitOfWork, stationery: Stationery, policies: FollowUpPolicies, milestone: ReachedMilestone
) -> None:
    """Plan who must coach, and by when, and write to the coach, unless a session was held meanwhile.

    Once for each time a milestone is reached. Raises NotYetKnown while coach or partner is not
    known, and Superseded when the milestone was reopened since or the partner has departed.
    """
    coach = Recipients(work).known(milestone.coach_id, scope=PLATFORM)
    partner = Partners(work).known(milestone.partner_id, scope=PLATFORM)
    if FollowUps(work).planned_for(milestone_id=milestone.milestone_id, sequence=milestone.sequence):
        return
    _refuse_what_was_overtaken(work, milestone, departed_on=partner.departed_on)
    follow_up = FollowUp.plan(
        id=work.new_id("fup"), milestone=milestone, policies=policies, zone=coach.zone, at=work.now
    )
    session_id = Milestones(work).about(milestone.milestone_id).session_since(milestone.reached_on)
    if session_id:
        follow_up.complete(session_id=session_id)
    else:
        _write(work, stationery, follow_up, Category.FOLLOW_UP)
    FollowUps(work).save(follow_up)


def complete_follow_up(
    *, work: UnitOfWork, session_id: str, engagement_id: str, milestone_id: str | None, held_on: date
) -> None:
    """Complete what a coaching session was about: its milestone's follow-up, or else the oldest open one.

    A session about a milestone that is not known to be reached is kept: its follow-up may be on
    its way. One about nothing in particular completes what is open now, or nothing.
    """
    if milestone_id is None:
        answered = _reached_by(held_on, FollowUps(work).open_ones({"engagement_id": engagement_id}))[:1]
    else:
        milestone = Milestones(work).about(milestone_id)
        milestone.coach(session_id=session_id, held_on=held_on)
        Milestones(work).save(milestone)
        answered = _reached_by(held_on, FollowUps(work).open_ones({"milestone_id": milestone_id}))
    for follow_up in answered:
        follow_up.complete(session_id=session_id)
        _close(work, follow_up)


def cancel_follow_up(
    *,
    work: UnitOfWork,
    stationery: Stationery,
    sequence: int,
    milestone_id: str,
    partner_id: str,
    title: str,
) -> None:
    """Undo what was done about a milestone that is not reached after all.

    Its follow-ups and letters that are not sent yet are cancelled, and whoever was told is told
    better, with an apology. Raises Superseded when it was reopened again later.
    """
    milestone = Milestones(work).about(milestone_id)
    if not milestone.reopen(sequence=sequence):
        raise Superseded(f"milestone {milestone_id} was reopened by its event {milestone.reopened_sequence}, too")
    Milestones(work).save(milestone)
    earlier = FollowUps(work).reached_before(milestone_id, sequence=sequence)
    told = {
        "$or": [
            {"category": Category.MILESTONE, "about_id": milestone_id, "about_sequence": {"$lt": sequence}},
            {"category": {"$in": ABOUT_FOLLOW_UPS}, "about_id": {"$in": [each.id for each in earlier]}},
        ]
    }
    cancel_letters(work, told, reason="the milestone was reopened")
    _cancel(work, earlier, reason=MILESTONE_REOPENED)
    occasion = Occasion(category=Category.REOPENED, about_id=milestone_id, partner_id=partner_id, sequence=sequence)
    write_to_the_told(work, stationery, occasion, told, title=title)


def cancel_coaching(*, work: UnitOfWork, partner_id: str, departed_on: date) -> None:
    """Cancel what coaches were still to do for a partner that has left the programme; raises NotYetKnown."""
    partner = Partners(work).known(partner_id, scope=PLATFORM)
    partner.departed_on = departed_on
    Partners(work).save(partner)
    _cancel(work, FollowUps(work).open_ones({"partner_id": partner_id}), reason=PARTNER_DEPARTED)


def confirm_follow_up(
    *, work: UnitOfWork, scope: Scope, follow_up_id: str, version: int | None, reason: str
) -> dict[str, object]:
    """Take the caller's word that the coach has followed up."""
    follow_up = FollowUps(work).get(follow_up_id, scope=scope, version=version)
    follow_up.complete(reason=reason, by=scope.subject)
    return to_public(_close(work, follow_up))


def skip_follow_up(
    *, work: UnitOfWork, scope: Scope, follow_up_id: str, version: int | None, reason: str
) -> dict[str, object]:
    """Take the caller's decision that nobody will follow up."""
    follow_up = FollowUps(work).get(follow_up_id, scope=scope, version=version)
    follow_up.skip(reason=reason, by=scope.subject)
    return to_public(_close(work, follow_up))


def fall_due(*, store: Store, claims: Claims, stationery: Stationery) -> None:
    """Note of every follow-up whose day has come that it is due, and remind its coach."""
    claims.process_ready(lambda: falling_due(store.clock()), partial(_fall_due, store, stationery), sort="due_at")


def _fall_due(store: Store, stationery: Stationery, claimed: Claimed) -> bool:
    store.transact(partial(_note_that_it_is_due, claimed.id, stationery), cause=claimed.cause)
    return True


def _note_that_it_is_due(follow_up_id: str, stationery: Stationery, work: UnitOfWork) -> None:
    follow_up = FollowUps(work).get(follow_up_id, scope=PLATFORM)
    if follow_up.state is not FollowUpState.PLANNED:
        return
    if Partners(work).known(follow_up.partner_id, scope=PLATFORM).departed_on:
        _cancel(work, [follow_up], reason=PARTNER_DEPARTED)
    else:
        follow_up.fall_due()
        FollowUps(work).save(follow_up)
        _write(work, stationery, follow_up, Category.FOLLOW_UP_DUE)


def _reached_by(day: date, follow_ups: Iterable[FollowUp]) -> list[FollowUp]:
    """A session answers nothing that was reached after it."""
    return [follow_up for follow_up in follow_ups if follow_up.reached_on <= day]


def _refuse_what_was_overtaken(work: UnitOfWork, milestone: ReachedMilestone, *, departed_on: date | None) -> None:
    known = Milestones(work).about(milestone.milestone_id)
    if known.reopened_sequence > milestone.sequence:
        raise Superseded(f"milestone {known.id} was reopened by its event {known.reopened_sequence}")
    if departed_on:
        raise Superseded(f"partner {milestone.partner_id} departed on {departed_on}")
    # Written, though unchanged: two snapshots do not see each other, and of this reaction and one to the milestone's
    # reopening, or to a session about it, the later has to start again.
    Milestones(work).save(known)


def _cancel(work: UnitOfWork, follow_ups: Iterable[FollowUp], *, reason: str) -> None:
    for follow_up in follow_ups:
        if follow_up.is_open:
            follow_up.cancel(reason=reason)
            _close(work, follow_up)


def _close(work: UnitOfWork, follow_up: FollowUp) -> FollowUp:
    """Store a follow-up that asks for nothing more, and ask for nothing more."""
    unsent: dict[str, Any] = {"category": {"$in": ABOUT_FOLLOW_UPS}, "about_id": follow_up.id}
    cancel_letters(work, unsent, reason=f"the follow-up is {follow_up.state}")
    return FollowUps(work).save(follow_up)


def _write(work: UnitOfWork, stationery: Stationery, follow_up: FollowUp, category: Category) -> None:
    coach = Recipients(work).known(follow_up.coach_id, scope=PLATFORM)
    partner = Partners(work).known(follow_up.partner_id, scope=PLATFORM)
    occasion = Occasion(
        category=category, about_id=follow_up.id, partner_id=partner.id, sequence=follow_up.reached_sequence
    )
    about = {name: getattr(follow_up, name) for name in ("title", "reached_on", "due_on", "coach_should")}
    write(work, stationery, occasion, coach, partner_name=partner.name, **about)
