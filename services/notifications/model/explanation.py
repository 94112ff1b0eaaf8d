"""Why there is a letter or a follow-up, in sentences to be read aloud; the ids they are about stand beside them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from services.notifications.model.follow_up import FollowUp, FollowUpState
from services.notifications.model.letter import Letter, Origin, Step
from services.notifications.model.letter_lifecycle import LetterState


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """One sentence, and the ids of what it is about."""

    text: str
    ids: list[str]


def why_there_is_a_letter(letter: Letter, *, recorded_at: datetime | None, zone: str) -> list[Sentence]:
    """Say what happened, who recorded it when, by which rule we wrote to whom, and what came of the letter.

    Times are those in `zone`, where its reader is; when it was recorded may be forgotten.
    """
    happened = letter.happened or f"something happened about which we wrote “{letter.subject}”"
    return [
        _about(f"{_capital(happened)}.", letter.about_id, letter.partner_id),
        _who(letter.origin, recorded_at or letter.written_at, zone),
        *([_about(f"The rule: {letter.rule}.", letter.origin.reaction)] if letter.rule else []),
        _about(letter.because, letter.recipient_id),
        *(_about(_step(step, zone)) for step in letter.trail),
    ]


def why_there_is_a_follow_up(
    follow_up: FollowUp, *, partner_name: str, coach_name: str, zone: str, recorded_at: datetime | None
) -> list[Sentence]:
    """Say what calls for coaching, who recorded it when, by which policy who is asked, and what came of it."""
    happened = _what_calls_for(follow_up, partner_name)
    policy = f"policy “{follow_up.policy.replace('_', ' ')}”, version {follow_up.policy_version}"
    asked = f"{coach_name} is asked to follow up by the end of {_day(follow_up.due_on)} ({zone} time)"
    who = [_who(follow_up.origin, recorded_at, zone)] if follow_up.origin and recorded_at else []
    return [
        _about(
            happened, follow_up.milestone_id, follow_up.initiative_id, follow_up.engagement_id, follow_up.partner_id
        ),
        *who,
        _about(
            f"By the institute's {policy}, {asked}: {follow_up.coach_should}",
            follow_up.coach_id,
        ),
        _about(_outcome(follow_up), follow_up.session_id),
    ]


def _what_calls_for(follow_up: FollowUp, partner_name: str) -> str:
    day = _day(follow_up.reached_on)
    if follow_up.initiative_id:
        return f"The initiative “{follow_up.title}” of {partner_name} had stood still for too long on {day}."
    return f"{partner_name} reached the milestone “{follow_up.title}” on {day}."


def _who(origin: Origin, at: datetime, zone: str) -> Sentence:
    actor = "The platform" if origin.actor == "platform" else origin.actor
    alone = " by itself" if origin.actor == "platform" else ""
    return _about(f"{actor} recorded that{alone} on {_moment(at, zone)}.", origin.causation_id, origin.correlation_id)


CANCELLED: Mapping[str | None, str] = {
    "milestone_reopened": "the milestone is not reached after all",
    "initiative_moved_on": "the initiative has moved on, or has ended",
    "engagement_closed": "the engagement has ended",
    "partner_departed": "the partnership has ended",
}


OUTCOMES: Mapping[FollowUpState, str] = {
    FollowUpState.PLANNED: "That day has not come yet, and nobody has said that it was done.",
    FollowUpState.DUE: "That day has come, and nobody has said that it was done.",
    FollowUpState.RESTING: "It rests as long as the engagement does.",
    FollowUpState.COMPLETED: "{by} said that it was done: {reason}",
    FollowUpState.SKIPPED: "{by} decided that nobody follows up: {reason}",
    FollowUpState.CANCELLED: "It is asked no more: {reason}.",
}
"""What came of a follow-up, by its state."""


def _outcome(follow_up: FollowUp) -> str:
    if follow_up.session_id:
        return "It was done in a coaching session."
    reason = CANCELLED.get(follow_up.reason, follow_up.reason)
    return OUTCOMES[follow_up.state].format(by=follow_up.closed_by, reason=reason)


STEPS: Mapping[LetterState, str] = {
    LetterState.READY: "the letter was ready to be sent",
    LetterState.SENDING: "it was handed to the mail server",
    LetterState.UNCERTAIN: "nobody knew whether the mail server had taken it",
    LetterState.SENT: "the mail server took it",
    LetterState.FAILED: "it failed for good",
    LetterState.CANCELLED: "it was cancelled, and not sent",
}
"""What happened to a letter, by the state it came into."""


def _step(step: Step, zone: str) -> str:
    return f"On {_moment(step.at, zone)} {STEPS[step.state]}: {step.detail}."


def _moment(at: datetime, zone: str) -> str:
    there = at.astimezone(ZoneInfo(zone))
    return f"{_day(there.date())} at {there:%H:%M} ({zone} time)"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _about(text: str, *ids: str | None) -> Sentence:
    return Sentence(text=text, ids=[id for id in ids if id])
