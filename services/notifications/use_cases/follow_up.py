"""Coaching follow-ups: planned when something calls for coaching, and closed in one of several ways."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, Unpack

from chassis.domain.errors import Superseded
from chassis.domain.scope import PLATFORM, Scope
from chassis.messaging.envelope import Envelope
from chassis.persistence.claims import Claimed, Claims
from chassis.persistence.unit_of_work import Store, UnitOfWork
from chassis.schemas.operations import command, reaction
from services.notifications.model.coached import Engagement, Standing
from services.notifications.model.copied import MILESTONE_REOPENED, Milestone, Partner
from services.notifications.model.follow_up import FollowUp, FollowUpPolicies, FollowUpState, Occasion
from services.notifications.model.initiative import Initiative
from services.notifications.model.letter_trigger import ABOUT_FOLLOW_UPS, Category, LetterTrigger
from services.notifications.repository import (
    Engagements,
    FollowUps,
    Initiatives,
    Milestones,
    OwnCopies,
    Partners,
    Recipients,
)
from services.notifications.schemas import (
    ClosingReason,
    EngagementId,
    ExpectedVersion,
    FollowUpId,
    MilestoneId,
    MilestoneReached,
    PartnerId,
    SessionId,
)
from services.notifications.templates import LetterTemplates
from services.notifications.use_cases.coaching_session import keep_outcome
from services.notifications.use_cases.letter import cancel_letters, origin_of, write, write_to_former_recipients
from services.notifications.use_cases.reachability import review_reachability

PARTNER_DEPARTED, ENGAGEMENT_CLOSED = "partner_departed", "engagement_closed"


@reaction("engagements.milestone.reached")
def plan_coaching_follow_up(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    follow_up_policies: FollowUpPolicies,
    *,
    admission_number: int = 1,
    **milestone: Unpack[MilestoneReached],
) -> None:
    """Plan who must coach, and by when, and write to the coach, unless a session was held meanwhile.

    Once for each time a milestone is reached, unless that is entered as history. That of a closed engagement is
    cancelled at once, and so asked again if it is reopened. Raises NotYetKnown while the coach or this admission of the
    partner is not known, and Superseded when the milestone was reopened since or the admission has ended.
    """
    reached = Occasion(**milestone, sequence=event.sequence)
    follow_up = plan(uow, follow_up_policies, reached, admission_number=admission_number)
    if follow_up and follow_up.state is FollowUpState.PLANNED:
        write_to_the_coach(uow, letter_templates, follow_up, Category.FOLLOW_UP, part=f"{follow_up.due_on}")


def plan(uow: UnitOfWork, policies: FollowUpPolicies, occasion: Occasion, *, admission_number: int) -> FollowUp | None:
    """Plan the follow-up that something calls for, and give it; None if there is one, and for history.

    Raises what planning one after a milestone does.
    """
    if uow.cause.entered_as_history or FollowUps(uow).planned_for(occasion):
        return None
    engagement = Engagements(uow).about(occasion.engagement_id)
    partner = Partners(uow).in_admission(admission_number, occasion.partner_id)
    known = subject_of(uow, occasion)
    if ending := known.ending_since(occasion.sequence):
        raise Superseded(f"nothing to follow up on since: {ending}")
    Engagements(uow).rely_on(engagement)
    follow_up = _planned(uow, policies, occasion, engagement)
    must_be_asked(follow_up, known, engagement, partner)
    return FollowUps(uow).save(follow_up)


def subject_of(uow: UnitOfWork, about: Occasion | FollowUp) -> Milestone | Initiative:
    """Give what became of what a follow-up is about.

    Of this and a reaction to the end of that, or to a session about it, the later starts again.
    """
    copies: OwnCopies[Any] = Milestones(uow) if about.milestone_id else Initiatives(uow)
    known: Milestone | Initiative = copies.about(str(about.milestone_id or about.initiative_id))
    copies.rely_on(known)
    return known


def _planned(uow: UnitOfWork, policies: FollowUpPolicies, occasion: Occasion, engagement: Engagement) -> FollowUp:
    """Plan it for whoever leads the engagement now, by days where they are."""
    coach = Recipients(uow).known(engagement.led_by(occasion.coach_id), scope=PLATFORM)
    occasion = replace(occasion, coach_id=coach.id)
    return FollowUp.plan(id=uow.new_id("fup"), occasion=occasion, policies=policies, zone=coach.zone, at=uow.now,
                         origin=origin_of(uow))  # fmt: skip


def must_be_asked(follow_up: FollowUp, about: Milestone | Initiative, engagement: Engagement, partner: Partner) -> bool:
    """Whether a coach must be asked for an open follow-up now; what is answered or pointless is closed, or rests."""
    session_id = about.session_since(follow_up.reached_on)
    if ending := about.ending_since(follow_up.reached_sequence):
        follow_up.cancel(reason=ending)
    elif session_id:
        follow_up.complete(session_id=session_id)
    elif partner.departed_on:
        follow_up.cancel(reason=PARTNER_DEPARTED)
    elif engagement.standing is Standing.CLOSED:
        follow_up.cancel(reason=ENGAGEMENT_CLOSED)
    elif engagement.standing is Standing.PAUSED:
        follow_up.rest()
    return follow_up.is_open and engagement.standing is Standing.OPEN


@reaction("engagements.coaching.held")
def complete_answered_follow_up(
    uow: UnitOfWork,
    event: Envelope,
    *,
    session_id: SessionId,
    engagement_id: EngagementId,
    milestone_id: MilestoneId | None,
    held_on: date,
) -> None:
    """Complete what a coaching session was about: its milestone's follow-up, or else the oldest open one.

    A session about a milestone that is not known to be reached is kept: its follow-up may be on
    its way. One about nothing in particular completes what is open now, or nothing. Raises Superseded when it is known
    that it was retracted.
    """
    keep_outcome(uow, session_id, sequence=event.sequence)
    if milestone_id is None:
        answered = _reached_by(held_on, FollowUps(uow).open_ones({"engagement_id": engagement_id}))[:1]
    else:
        milestone = Milestones(uow).about(milestone_id)
        milestone.coach(session_id=session_id, held_on=held_on)
        Milestones(uow).save(milestone)
        answered = _reached_by(held_on, FollowUps(uow).open_ones({"milestone_id": milestone_id}))
    for follow_up in answered:
        follow_up.complete(session_id=session_id)
        _close(uow, follow_up)


@reaction("engagements.milestone.reopened")
def cancel_follow_up(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    milestone_id: MilestoneId,
    partner_id: PartnerId,
    title: str,
) -> None:
    """Cancel the follow-ups and unsent letters of a milestone that is not reached after all, and write an apology.

    It goes to whoever was told of it. Raises Superseded when it was reopened again later.
    """
    sequence = event.sequence
    milestone = Milestones(uow).about(milestone_id)
    milestone.reopen(sequence=sequence)
    Milestones(uow).save(milestone)
    earlier = FollowUps(uow).of_events({"milestone_id": milestone_id}, before=sequence)
    told = {
        "$or": [
            {"category": Category.MILESTONE, "about_id": milestone_id, "about_sequence": {"$lt": sequence}},
            {"category": {"$in": ABOUT_FOLLOW_UPS}, "about_id": {"$in": [each.id for each in earlier]}},
        ]
    }
    cancel_letters(uow, told, reason="the milestone was reopened")
    cancel_follow_ups(uow, earlier, reason=MILESTONE_REOPENED)
    trigger = LetterTrigger(category=Category.REOPENED, about_id=milestone_id, partner_id=partner_id, sequence=sequence)
    write_to_former_recipients(uow, letter_templates, trigger, told, {"title": title})


@reaction("partners.partner.departed", "partners.partner.graduated")
def cancel_coaching(uow: UnitOfWork, *, partner_id: PartnerId, departed_on: date, admission_number: int = 1) -> None:
    """Cancel what coaches were still to do for a partner that has left the programme. Raises NotYetKnown."""
    partner = Partners(uow).known(partner_id, scope=PLATFORM)
    partner.depart(number=admission_number, on=departed_on)
    Partners(uow).save(partner)
    review_reachability(uow, partner_id)
    cancel_follow_ups(uow, FollowUps(uow).open_ones({"partner_id": partner_id}), reason=PARTNER_DEPARTED)


@command
def complete_follow_up(
    uow: UnitOfWork, scope: Scope, *, follow_up_id: FollowUpId, version: ExpectedVersion, reason: ClosingReason
) -> FollowUp:
    """Complete a coaching follow-up, and say how the coach followed up."""
    follow_up = FollowUps(uow).get(follow_up_id, scope=scope, version=version)
    follow_up.complete(reason=reason, by=scope.subject)
    return _close(uow, follow_up)


@command
def skip_follow_up(
    uow: UnitOfWork, scope: Scope, *, follow_up_id: FollowUpId, version: ExpectedVersion, reason: ClosingReason
) -> FollowUp:
    """Skip a coaching follow-up, with the reason."""
    follow_up = FollowUps(uow).get(follow_up_id, scope=scope, version=version)
    follow_up.skip(reason=reason, by=scope.subject)
    return _close(uow, follow_up)


def listed(follow_ups: Iterable[FollowUp]) -> Mapping[str, object]:
    """Give what a letter says of follow-ups, the first to be due first; their days are counted where the coach is."""
    ordered = sorted(follow_ups, key=lambda each: (each.due_on, each.id))
    return {"follow_ups": [{"title": each.title, "due_on": each.due_on} for each in ordered]}


def fall_due(*, store: Store, claims: Claims, letter_templates: LetterTemplates) -> None:
    """Note of every follow-up whose day has come that it is due, and remind its coach."""
    claims.process_ready(
        lambda: FollowUps.backlog.as_of(store.clock()), partial(_fall_due, store, letter_templates), sort="due_at"
    )


def _fall_due(store: Store, letter_templates: LetterTemplates, claimed: Claimed) -> bool:
    store.transact(partial(_note_that_it_is_due, claimed.id, letter_templates), cause=claimed.cause)
    return True


def _note_that_it_is_due(follow_up_id: str, letter_templates: LetterTemplates, uow: UnitOfWork) -> None:
    follow_up = FollowUps(uow).get(follow_up_id, scope=PLATFORM)
    if follow_up.state is not FollowUpState.PLANNED:
        return
    if Partners(uow).known(follow_up.partner_id, scope=PLATFORM).departed_on:
        cancel_follow_ups(uow, [follow_up], reason=PARTNER_DEPARTED)
    else:
        follow_up.fall_due()
        FollowUps(uow).save(follow_up)
        write_to_the_coach(uow, letter_templates, follow_up, Category.FOLLOW_UP_DUE, part=f"{follow_up.due_on}")


def _reached_by(day: date, follow_ups: Iterable[FollowUp]) -> list[FollowUp]:
    """A session answers nothing that was reached after it."""
    return [follow_up for follow_up in follow_ups if follow_up.reached_on <= day]


def cancel_follow_ups(uow: UnitOfWork, follow_ups: Iterable[FollowUp], *, reason: str) -> None:
    """Cancel those of follow-ups that are open."""
    for follow_up in follow_ups:
        if follow_up.is_open:
            follow_up.cancel(reason=reason)
            _close(uow, follow_up)


def _close(uow: UnitOfWork, follow_up: FollowUp) -> FollowUp:
    """Store a closed follow-up, and cancel the letters that ask for it."""
    unsent: dict[str, Any] = {"category": {"$in": ABOUT_FOLLOW_UPS}, "about_id": follow_up.id}
    cancel_letters(uow, unsent, reason=f"the follow-up is {follow_up.state}")
    return FollowUps(uow).save(follow_up)


def write_to_the_coach(
    uow: UnitOfWork,
    letter_templates: LetterTemplates,
    follow_up: FollowUp,
    category: Category,
    *,
    part: str,
) -> None:
    """Write to the coach, unless they have left: who takes over is told what is open."""
    coach = Recipients(uow).known(follow_up.coach_id, scope=PLATFORM)
    partner = Partners(uow).known(follow_up.partner_id, scope=PLATFORM)
    trigger = LetterTrigger(category=category, about_id=follow_up.id, partner_id=partner.id,
                            sequence=follow_up.reached_sequence, part=part,
                            engagement_id=follow_up.engagement_id)  # fmt: skip
    about = {"partner_name": partner.name, "title": follow_up.title, "reached_on": follow_up.reached_on,
             "due_on": follow_up.due_on, "zone": coach.zone, "coach_should": follow_up.coach_should,
             "reason": follow_up.reason, "is_stalled": follow_up.initiative_id is not None}  # fmt: skip
    write(uow, letter_templates, trigger, coach, about)
