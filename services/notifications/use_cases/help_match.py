"""What two partners are told about a match of what one asks for with what the other offers."""

from collections.abc import Sequence
from typing import Unpack

from chassis.domain.scope import PLATFORM
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import reaction
from services.notifications.model.letter import Letter
from services.notifications.model.letter_lifecycle import MAY_HAVE_ARRIVED
from services.notifications.model.letter_trigger import Category, LetterTrigger
from services.notifications.repository import Letters, Partners, Recipients
from services.notifications.repository.learning import HelpMatches
from services.notifications.schemas import EndReason, HelpMatched, MatchReasons
from services.notifications.templates import LetterTemplates
from services.notifications.use_cases.letter import cancel_letters, write, write_to_the_leaders


@reaction("camps.match.suggested")
def suggest_that_they_meet(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    reasons: MatchReasons,
    **match: Unpack[HelpMatched],
) -> None:
    """Tell who leads either partner that one asks for what the other offers, and why we think so.

    What is not sent yet of what was said before never is. Who suggests it again is not told. Raises Superseded when
    later news of the match was heard, and NotYetKnown while a partner or who leads it is not known.
    """
    _hear(uow, event, match)
    for side in _told(match):
        trigger = _trigger(Category.HELP_SUGGESTED, event, match, side)
        write_to_the_leaders(uow, letter_templates, trigger, {**_as_seen_by(uow, match, side), "reasons": reasons})


@reaction("camps.ask.matched")
def tell_whom_to_write_to(
    uow: UnitOfWork, event: Envelope, letter_templates: LetterTemplates, **match: Unpack[HelpMatched]
) -> None:
    """Tell who leads either partner that both accept a match, and whom of the other one they can write to.

    Raises as for a suggestion.
    """
    _hear(uow, event, match)
    for side in _sides(match):
        partner = Partners(uow).known(_other_than(match, side), scope=PLATFORM)
        contacts = [{"name": each.name, "email": each.email} for each in Recipients(uow).leaders_of(partner)]
        trigger = _trigger(Category.HELP_MATCHED, event, match, side)
        write_to_the_leaders(uow, letter_templates, trigger, {**_as_seen_by(uow, match, side), "contacts": contacts})


@reaction("camps.match.declined", "camps.match.ended")
def tell_that_they_do_not_meet(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    because: str = "declined",
    reason: EndReason | None = None,
    **match: Unpack[HelpMatched],
) -> None:
    """Tell whoever believes that a match stands that it does not, but not those of the partner that ended it.

    What is not sent yet never is. Raises as for a suggestion.
    """
    _hear(uow, event, match)
    for side in _told(match):
        about = _as_seen_by(uow, match, side) | {"because": because, "reason": reason}
        trigger = _trigger(Category.HELP_ENDED, event, match, side)
        partner = Partners(uow).known(side, scope=PLATFORM)
        for recipient_id in _believing(uow, match, side):
            recipient = Recipients(uow).known(recipient_id, scope=PLATFORM)
            write(uow, letter_templates, trigger, recipient, {"partner_name": partner.name, **about})


def _hear(uow: UnitOfWork, event: Envelope, match: HelpMatched) -> None:
    known = HelpMatches(uow).about(match["match_id"])
    known.hear(event.sequence)
    HelpMatches(uow).save(known)
    cancel_letters(uow, {"about_id": known.id}, reason="there is later news of the match")


def _believing(uow: UnitOfWork, match: HelpMatched, side: str) -> list[str]:
    """Give the people of a partner whose last letter about the match that may have arrived says that it stands."""
    where = {"about_id": match["match_id"], "partner_id": side, "state": {"$in": MAY_HAVE_ARRIVED}}
    letters = sorted(Letters(uow).each(where, scope=PLATFORM), key=_order)
    last = {letter.recipient_id: letter.category for letter in letters}
    return sorted(id for id, category in last.items() if category is not Category.HELP_ENDED)


def _order(letter: Letter) -> int:
    return letter.about_sequence


def _as_seen_by(uow: UnitOfWork, match: HelpMatched, side: str) -> dict[str, object]:
    other = Partners(uow).known(_other_than(match, side), scope=PLATFORM)
    titles = {"ask_title": match["ask_title"], "offer_title": match["offer_title"]}
    return {**titles, "other_name": other.name, "asks": side == match["asking_partner_id"]}


def _sides(match: HelpMatched) -> Sequence[str]:
    return match["asking_partner_id"], match["offering_partner_id"]


def _told(match: HelpMatched) -> list[str]:
    return [side for side in _sides(match) if side != match["by_partner_id"]]


def _other_than(match: HelpMatched, side: str) -> str:
    asking, offering = _sides(match)
    return offering if side == asking else asking


def _trigger(category: Category, event: Envelope, match: HelpMatched, side: str) -> LetterTrigger:
    return LetterTrigger(category=category, about_id=match["match_id"], partner_id=side, sequence=event.sequence)


REACTIONS = (suggest_that_they_meet, tell_whom_to_write_to, tell_that_they_do_not_meet)
