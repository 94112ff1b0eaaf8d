"""Who leads a partner is watched: when nobody of them can be written to, staff is to know."""

from datetime import datetime

from chassis.domain.scope import PLATFORM
from chassis.persistence.unit_of_work import UnitOfWork
from services.notifications.model.copied import Partner, Recipient
from services.notifications.model.letter import Letter
from services.notifications.model.letter_lifecycle import LetterState
from services.notifications.repository import Partners, Reachabilities, Recipients


def review_reachability(uow: UnitOfWork, partner_id: str | None) -> None:
    """Find out whether anybody who leads a partner can be written to, once all it was admitted with are known."""
    partner = Partners(uow).first({"_id": partner_id}, scope=PLATFORM) if partner_id else None
    if partner is None or partner.leader_ids is None:
        return
    Partners(uow).touch(partner)  # Two who leave at the same time do not see each other go.
    leaders = Recipients(uow).ever_leading(partner.id)
    if any(leader.is_written_to for leader in leaders) or _all_are_known(uow, partner):
        reachability = Reachabilities(uow).about(partner.id)
        reachability.judge(leaders, is_needed=partner.departed_on is None, at=uow.now)
        if reachability.recorded:
            Reachabilities(uow).save(reachability)


def keep_whether_mail_arrives(uow: UnitOfWork, letter: Letter) -> None:
    """Keep whether a recipient's address takes mail, as the last letter that was settled says."""
    recipient = Recipients(uow).first({"_id": letter.recipient_id}, scope=PLATFORM)
    if recipient and _changes(recipient, letter, at=uow.now):
        Recipients(uow).save(recipient)
        review_reachability(uow, recipient.partner_id)


def _changes(recipient: Recipient, letter: Letter, *, at: datetime) -> bool:
    if letter.state is LetterState.FAILED:
        return letter.unwritable_since is None and recipient.refuse(letter.to, at=at)
    return letter.state is LetterState.SENT and recipient.accept(letter.to)


def _all_are_known(uow: UnitOfWork, partner: Partner) -> bool:
    return all(Recipients(uow).first({"_id": each}, scope=PLATFORM) for each in partner.leader_ids or [])
