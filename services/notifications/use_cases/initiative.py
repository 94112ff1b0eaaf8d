"""What coaches are asked about an initiative: to coach one that stands still, and to talk where its scores differ."""

from datetime import date
from typing import Any, Unpack

from chassis.domain.errors import Superseded
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import reaction
from services.notifications.model.follow_up import STALLED, FollowUpPolicies, Occasion
from services.notifications.model.initiative import INITIATIVE_MOVED_ON
from services.notifications.model.letter_trigger import ABOUT_FOLLOW_UPS, Category, LetterTrigger
from services.notifications.repository import Engagements, FollowUps, Initiatives
from services.notifications.schemas import (
    EndReason,
    EngagementId,
    InitiativeId,
    InitiativeScored,
    LessonId,
    Month,
    PartnerId,
)
from services.notifications.templates import LetterTemplates
from services.notifications.use_cases.follow_up import cancel_follow_ups, plan
from services.notifications.use_cases.letter import cancel_letters, write_to_former_recipients, write_to_the_lead_coach


@reaction("engagements.initiative.stalled")
def ask_for_coaching(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    since: date,
    **initiative: Unpack[InitiativeScored],
) -> None:
    """Ask the coach who leads the engagement to coach an initiative that stands still.

    Raises NotYetKnown while coach or partner is not known, and Superseded when it has moved on or ended since, or when
    the engagement rests or has ended.
    """
    known = Initiatives(uow).about(initiative["initiative_id"])
    known.refuse_if_moved_since(event.sequence)
    # Of this and a reaction to its moving on, the later starts again.
    Initiatives(uow).rely_on(known)
    trigger = _trigger(Category.STALLED, event, initiative)
    about = {"title": initiative["title"], "since": since}
    write_to_the_lead_coach(uow, letter_templates, trigger, initiative["coach_id"], about)


@reaction("engagements.initiative.stalled")
def plan_coaching_of_initiative(
    uow: UnitOfWork,
    event: Envelope,
    follow_up_policies: FollowUpPolicies,
    *,
    stalled_on: date,
    admission_number: int = 1,
    **initiative: Unpack[InitiativeScored],
) -> None:
    """Plan by when the coach, whom another letter asks for it, must have coached an initiative that stands still.

    Raises NotYetKnown while the coach or this admission of the partner is not known, and Superseded when it has moved
    on or ended since, when nobody leads the engagement, or when the admission has ended.
    """
    engagement_id = initiative["engagement_id"]
    leads = Engagements(uow).about(engagement_id).coach_id or initiative["coach_id"]
    if leads is None:
        raise Superseded(f"nobody leads engagement {engagement_id} yet")
    stalled = Occasion(kind=STALLED, initiative_id=initiative["initiative_id"], engagement_id=engagement_id,
                       partner_id=initiative["partner_id"], title=initiative["title"], coach_id=leads,
                       reached_on=stalled_on, sequence=event.sequence)  # fmt: skip
    plan(uow, follow_up_policies, stalled, admission_number=admission_number)


@reaction("engagements.initiative.moved_on", "engagements.initiative.closed")
def stop_asking_for_coaching(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    score: str | None = None,
    corrected: bool = False,
    with_engagement: bool = False,
    **initiative: Unpack[InitiativeScored],
) -> None:
    """Tell who was asked to coach an initiative that stood still that it has moved on, or has ended.

    What is not sent yet never is, and the follow-up is cancelled. Nobody is told of an end that came with the
    engagement: that is told by itself. Raises Superseded when it moved on or ended again later, and NotYetKnown while
    the partner is not known.
    """
    known = Initiatives(uow).about(initiative["initiative_id"])
    last, known.moved_sequence = known.moved_sequence, known.newest_move(event.sequence)
    Initiatives(uow).save(known)
    follow_ups = FollowUps(uow).of_events({"initiative_id": known.id}, after=last, before=event.sequence)
    since = {"about_id": known.id, "category": Category.STALLED, "about_sequence": {"$gt": last, "$lt": event.sequence}}
    reminded = {"category": {"$in": ABOUT_FOLLOW_UPS}, "about_id": {"$in": [each.id for each in follow_ups]}}
    asked = {"$or": [since, reminded]}
    cancel_letters(uow, asked, reason="the initiative has moved on")
    cancel_follow_ups(uow, follow_ups, reason=INITIATIVE_MOVED_ON)
    if not with_engagement:
        about = {"title": initiative["title"], "score": score, "corrected": corrected}
        trigger = _trigger(Category.MOVED_ON, event, initiative)
        write_to_former_recipients(uow, letter_templates, trigger, asked, about)


@reaction("engagements.initiative.scores_differ")
def tell_that_scores_differ(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    month: Month,
    self_score: str,
    faculty_score: str,
    **initiative: Unpack[InitiativeScored],
) -> None:
    """Tell the coach who leads the engagement that a team and faculty see its progress differently.

    What is not sent yet of an earlier pair of scores of the month never is. Raises as for one that stands still.
    """
    known = Initiatives(uow).about(initiative["initiative_id"])
    known.keep_difference(month, sequence=event.sequence)
    Initiatives(uow).save(known)
    cancel_letters(uow, _about_month(known.id, month, before=event), reason="one of the scores was corrected")
    trigger = _trigger(Category.SCORES_DIFFER, event, initiative, part=month)
    about = {"title": initiative["title"], "month": _first_day(month), "self_score": self_score,
             "faculty_score": faculty_score}  # fmt: skip
    write_to_the_lead_coach(uow, letter_templates, trigger, initiative["coach_id"], about)


@reaction("engagements.initiative.scores_agree")
def tell_that_scores_agree(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    month: Month,
    self_score: str,
    faculty_score: str,
    **initiative: Unpack[InitiativeScored],
) -> None:
    """Tell who was told that the scores of a month differ that they do not any more; what is not sent never is.

    Raises Superseded when they differ again since, and NotYetKnown while the partner is not known.
    """
    known = Initiatives(uow).about(initiative["initiative_id"])
    known.keep_difference(month, sequence=event.sequence)
    Initiatives(uow).save(known)
    told = _about_month(known.id, month, before=event)
    cancel_letters(uow, told, reason="one of the scores was corrected")
    trigger = _trigger(Category.SCORES_AGREE, event, initiative, part=month)
    about = {"title": initiative["title"], "month": _first_day(month), "self_score": self_score,
             "faculty_score": faculty_score}  # fmt: skip
    write_to_former_recipients(uow, letter_templates, trigger, told, about)


@reaction("engagements.initiative.source_changed")
def tell_of_the_source(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    initiative_id: InitiativeId,
    engagement_id: EngagementId,
    partner_id: PartnerId,
    title: str,
    lesson_id: LessonId,
    organisation: str,
    is_withdrawn: bool,
    reason: EndReason | None = None,
) -> None:
    """Tell the coach who leads the engagement what became of a lesson from which change ideas were taken.

    What is not sent yet of what was said of it before never is. Raises Superseded when a later event told of it, and
    otherwise as for an initiative that stands still.
    """
    known = Initiatives(uow).about(initiative_id)
    known.keep_source(lesson_id, sequence=event.sequence)
    Initiatives(uow).save(known)
    before = {"about_id": known.id, "category": Category.SOURCE_CHANGED, "occasion": {"$regex": f":{lesson_id}$"}}
    cancel_letters(uow, before, reason="there is later news of the lesson")
    trigger = LetterTrigger(category=Category.SOURCE_CHANGED, about_id=initiative_id, partner_id=partner_id,
                            sequence=event.sequence, part=lesson_id, engagement_id=engagement_id)  # fmt: skip
    about = {"title": title, "organisation": organisation, "is_withdrawn": is_withdrawn, "reason": reason}
    write_to_the_lead_coach(uow, letter_templates, trigger, None, about)


def _about_month(initiative_id: str, month: str, *, before: Envelope) -> dict[str, Any]:
    """Give the condition for letters that say that the scores of a month differ, by earlier events."""
    earlier = {"about_id": initiative_id, "about_sequence": {"$lt": before.sequence}}
    return {**earlier, "category": Category.SCORES_DIFFER, "occasion": {"$regex": f":{month}$"}}


def _trigger(category: Category, event: Envelope, initiative: InitiativeScored, part: str = "") -> LetterTrigger:
    return LetterTrigger(category=category, about_id=initiative["initiative_id"], partner_id=initiative["partner_id"],
                         sequence=event.sequence, part=part, engagement_id=initiative["engagement_id"])  # fmt: skip


def _first_day(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


REACTIONS = (
    ask_for_coaching,
    plan_coaching_of_initiative,
    stop_asking_for_coaching,
    tell_that_scores_differ,
    tell_that_scores_agree,
    tell_of_the_source,
)
