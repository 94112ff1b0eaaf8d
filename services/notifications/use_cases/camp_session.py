"""Letters about sessions at camps: what was decided about them, and whether what they show is still so.

Who leads the partner whose session it is and who presents it are told alike, each once.
"""

from collections.abc import Mapping, Sequence
from typing import TypedDict, Unpack

from chassis.domain.scope import PLATFORM
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import reaction
from services.notifications.model.letter_trigger import ABOUT_CAMP_SESSIONS, Category, LetterTrigger
from services.notifications.repository import Letters, Partners, Recipients
from services.notifications.repository.calendars import Delegates
from services.notifications.repository.programme import CampSessions
from services.notifications.schemas import DelegateIds, PartnerId, SessionId, StandingReason
from services.notifications.templates import LetterTemplates
from services.notifications.use_cases.letter import (
    cancel_letters,
    write,
    write_to_former_recipients,
    write_to_staff,
    write_to_the_leaders,
)

DECISIONS = {"accepted": Category.CAMP_SESSION_ACCEPTED, "declined": Category.CAMP_SESSION_DECLINED}
CURRENT = "current"
"""What a session shows is so."""
ABOUT_EVIDENCE = (Category.CAMP_SESSION_EVIDENCE, Category.CAMP_SESSION_EVIDENCE_HOLDS)


class SessionNamed(TypedDict):
    """What every event about a session at a camp says of it that a letter names."""

    session_id: SessionId
    partner_id: PartnerId
    title: str
    camp_title: str


@reaction("camps.session.decided")
def tell_the_decision(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    decision: str,
    reason: StandingReason | None = None,
    presenter_ids: DelegateIds = (),
    **session: Unpack[SessionNamed],
) -> None:
    """Tell a partner's leaders, and presenters, whether their session takes place, in place of what is not sent yet.

    Raises NotYetKnown while they are not known, and Superseded when it was decided otherwise since.
    """
    trigger = _trigger(DECISIONS[decision], event, session)
    _tell(uow, letter_templates, trigger, presenter_ids, session, reason=reason)


@reaction("camps.session.cancelled")
def tell_that_it_is_cancelled(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    reason: StandingReason,
    presenter_ids: DelegateIds = (),
    **session: Unpack[SessionNamed],
) -> None:
    """Tell leaders and presenters that their session does not take place, and why; raises as for a decision."""
    trigger = _trigger(Category.CAMP_SESSION_CANCELLED, event, session)
    _tell(uow, letter_templates, trigger, presenter_ids, session, reason=reason)


@reaction("camps.session.reinstated")
def tell_that_it_is_reinstated(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    presenter_ids: DelegateIds = (),
    **session: Unpack[SessionNamed],
) -> None:
    """Tell leaders and presenters that their session takes place after all; raises as for a decision."""
    _tell(uow, letter_templates, _trigger(Category.CAMP_SESSION_REINSTATED, event, session), presenter_ids, session)


@reaction("camps.session.withdrawn", "camps.session.proposed")
def stop_telling_what_was_decided(uow: UnitOfWork, event: Envelope, *, session_id: SessionId) -> None:
    """Send no letter any more about a session that is withdrawn, or proposed anew. Raises Superseded."""
    session = CampSessions(uow).about(session_id)
    session.keep_decision(sequence=event.sequence)
    CampSessions(uow).save(session)
    earlier = {
        "about_id": session_id,
        "about_sequence": {"$lt": event.sequence},
        "category": {"$in": ABOUT_CAMP_SESSIONS},
    }
    cancel_letters(uow, earlier, reason="the session was withdrawn, or proposed anew")


@reaction("camps.session.evidence_changed")
def tell_whether_its_evidence_holds(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    evidence: str,
    because: str | None = None,
    presenter_ids: DelegateIds = (),
    **session: Unpack[SessionNamed],
) -> None:
    """Tell the institute, and those whose session it is or who present it, that what it shows is not so any more.

    That it is so again is told to who may have read that. Raises NotYetKnown while the leaders are not known, and
    Superseded when something later is known of it, or it does not take place any more.
    """
    known = CampSessions(uow).about(session["session_id"])
    known.keep_evidence(sequence=event.sequence)
    CampSessions(uow).save(known)
    trigger = _trigger(ABOUT_EVIDENCE[evidence == CURRENT], event, session)
    of_evidence = {**_earlier(trigger.about_id, event.sequence), "category": {"$in": ABOUT_EVIDENCE}}
    cancel_letters(uow, of_evidence, reason="what it shows is otherwise since")
    if evidence == CURRENT:
        _tell_that_it_holds(uow, letter_templates, trigger, of_evidence, session)
    elif known.decision_sequence < event.sequence:
        about = {**session, "evidence": evidence, "because": because}
        _write_to_whose_it_is(uow, letter_templates, trigger, presenter_ids, {**about, "to_staff": False})
        named = _partner_named(uow, trigger)
        write_to_staff(uow, letter_templates, trigger, {**about, **named, "to_staff": True, "presents": False})


def _tell_that_it_holds(
    uow: UnitOfWork,
    letter_templates: LetterTemplates,
    trigger: LetterTrigger,
    before: Mapping[str, object],
    session: SessionNamed,
) -> None:
    """Write to the people of the partner, and to the institute, where they may have read that it does not."""
    theirs, of_staff = ({**before, "organisation_id": owner} for owner in (trigger.partner_id, None))
    write_to_former_recipients(uow, letter_templates, trigger, theirs, {**session})
    if Letters(uow).may_have_arrived(of_staff):
        write_to_staff(uow, letter_templates, trigger, {**session, **_partner_named(uow, trigger)})


def _partner_named(uow: UnitOfWork, trigger: LetterTrigger) -> dict[str, object]:
    return {"partner_name": Partners(uow).known(trigger.partner_id, scope=PLATFORM).name}


def _tell(
    uow: UnitOfWork,
    letter_templates: LetterTemplates,
    trigger: LetterTrigger,
    presenter_ids: Sequence[str],
    session: SessionNamed,
    **news: object,
) -> None:
    known = CampSessions(uow).about(trigger.about_id)
    known.keep_decision(sequence=trigger.sequence)
    CampSessions(uow).save(known)
    cancel_letters(uow, _earlier(trigger.about_id, trigger.sequence), reason="it was decided otherwise")
    _write_to_whose_it_is(uow, letter_templates, trigger, presenter_ids, {**session, **news})


def _write_to_whose_it_is(
    uow: UnitOfWork,
    letter_templates: LetterTemplates,
    trigger: LetterTrigger,
    presenter_ids: Sequence[str],
    about: Mapping[str, object],
) -> None:
    """Write to who leads the partner, and to who presents and comes; a leader who presents has one letter, as leader.

    Raises NotYetKnown while one of them is not known.
    """
    write_to_the_leaders(uow, letter_templates, trigger, {**about, "presents": False})
    named = {**about, **_partner_named(uow, trigger), "presents": True}
    for presenter in [Delegates(uow).known(each, scope=PLATFORM) for each in presenter_ids]:
        if presenter.comes:
            known = Recipients(uow).first({"_id": presenter.recipient_id}, scope=PLATFORM)
            write(uow, letter_templates, trigger, presenter.recipient(known), named)


def _trigger(category: Category, event: Envelope, session: SessionNamed) -> LetterTrigger:
    return LetterTrigger(
        category=category, about_id=session["session_id"], partner_id=session["partner_id"], sequence=event.sequence
    )


def _earlier(session_id: str, sequence: int) -> dict[str, object]:
    return {"about_id": session_id, "about_sequence": {"$lt": sequence}, "category": {"$in": ABOUT_CAMP_SESSIONS}}


REACTIONS = (
    tell_the_decision,
    tell_that_it_is_cancelled,
    tell_that_it_is_reinstated,
    stop_telling_what_was_decided,
    tell_whether_its_evidence_holds,
)
