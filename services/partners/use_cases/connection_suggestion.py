"""Connections are suggested by what partners did: each pair once for each reason."""

from collections.abc import Mapping

from chassis.domain.scope import PLATFORM
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import reaction
from services.partners.events.connection import ConnectionReason
from services.partners.model.connection.common_ground import CommonGround, Part
from services.partners.model.connection.connection import Connection, ConnectionKind, Doing, ReasonKind, pair_of
from services.partners.model.partner import Partner
from services.partners.model.partner_lifecycle import PartnerState
from services.partners.repository.connection import CommonGrounds, Connections
from services.partners.repository.partner import Partners
from services.partners.schemas.connection import AttendanceId, HeardCode, HeardTitle, MatchId
from services.partners.schemas.identity import CycleId, PartnerId, SessionId

THERE = ("present", "remote", "left_early")
KINDS: Mapping[ReasonKind, ConnectionKind] = {
    ReasonKind.MATCHED_ASK: ConnectionKind.MENTORING,
    ReasonKind.ADOPTED_SAME_CHANGE: ConnectionKind.BUDDY,
    ReasonKind.SAME_SESSION: ConnectionKind.BUDDY,
}
"""What is suggested for each reason; the partners may agree on another kind of their own."""


@reaction("camps.ask.matched")
def suggest_mentoring(
    uow: UnitOfWork,
    *,
    match_id: MatchId,
    asking_partner_id: PartnerId,
    offering_partner_id: PartnerId,
    ask_title: HeardTitle,
) -> None:
    """Suggest mentoring to two partners of which one is to help the other, once for each match."""
    reason = ConnectionReason(kind=ReasonKind.MATCHED_ASK, what=ask_title, about_id=match_id)
    _suggest(uow, asking_partner_id, offering_partner_id, reason, purpose=ask_title)


@reaction("engagements.pdsa.acted", "engagements.pdsa.reconsidered")
def suggest_who_adopted_the_same(
    uow: UnitOfWork,
    event: Envelope,
    *,
    cycle_id: CycleId,
    partner_id: PartnerId,
    idea: HeardCode,
    decision: str | None = None,
) -> None:
    """Suggest to two partners to be buddies that have both adopted the same change, once for each change.

    Raises Superseded.
    """
    ground = CommonGrounds(uow).about(f"change:{idea}")
    counts = decision == "adopt"
    ground.hear(cycle_id, partner_id=partner_id, part=Part.ADOPTED, counts=counts, sequence=event.sequence)
    CommonGrounds(uow).save(ground)
    if counts:
        reason = ConnectionReason(kind=ReasonKind.ADOPTED_SAME_CHANGE, what=idea, about_id=idea)
        _suggest_to_others(uow, ground, partner_id, Part.ADOPTED, reason)


@reaction("camps.session.confirmed", "camps.session.cancelled", "camps.session.reinstated", "camps.session.withdrawn")
def suggest_who_attended(uow: UnitOfWork, event: Envelope, *, session_id: SessionId, partner_id: PartnerId) -> None:
    """Suggest to the partner that presents a session to be buddies with those that attended it. Raises Superseded."""
    ground, counts = CommonGrounds(uow).about(session_id), event.type == "camps.session.confirmed"
    ground.hear(session_id, partner_id=partner_id, part=Part.PRESENTED, counts=counts, sequence=event.sequence)
    CommonGrounds(uow).save(ground)
    if counts:
        _suggest_to_others(uow, ground, partner_id, Part.PRESENTED, _of_session(uow, ground))


@reaction("camps.attendance.recorded")
def suggest_who_presented(
    uow: UnitOfWork,
    event: Envelope,
    *,
    attendance_id: AttendanceId,
    partner_id: PartnerId | None,
    session_id: SessionId | None,
    presence: str,
    corrects: AttendanceId | None,
) -> None:
    """Suggest to a partner that attended a session to be buddies with the one that presents it, once for each session.

    What was recorded by mistake counts no more; a suggestion that was made is left to the partners. Raises Superseded.
    """
    if partner_id is None or session_id is None:
        return
    ground, counts = CommonGrounds(uow).about(session_id), presence in THERE
    ground.hear(attendance_id, partner_id=partner_id, part=Part.ATTENDED, counts=counts, sequence=event.sequence)
    if corrects:
        ground.correct(corrects, partner_id=partner_id, part=Part.ATTENDED)
    CommonGrounds(uow).save(ground)
    if counts and ground.presenter():
        _suggest_to_others(uow, ground, partner_id, Part.ATTENDED, _of_session(uow, ground))


def _of_session(uow: UnitOfWork, ground: CommonGround) -> ConnectionReason:
    """Give the reason by the name of who presents the session."""
    presenting = Partners(uow).known(ground.presenter() or "", scope=PLATFORM)
    return ConnectionReason(kind=ReasonKind.SAME_SESSION, what=presenting.name, about_id=ground.id)


def _suggest_to_others(
    uow: UnitOfWork, ground: CommonGround, partner_id: str, part: Part, reason: ConnectionReason
) -> None:
    for other_id in ground.others(partner_id, part):
        _suggest(uow, partner_id, other_id, reason, purpose=None)


def _suggest(uow: UnitOfWork, one_id: str, other_id: str, reason: ConnectionReason, *, purpose: str | None) -> None:
    """Suggest it, or add the reason to what is open; never twice for the same reason, whatever became of it."""
    pair, kind = pair_of(one_id, other_id), KINDS[ReasonKind(reason.kind)]
    one, other = (Partners(uow).known(each, scope=PLATFORM) for each in pair)
    if Connections(uow).has_been(pair, reason) or not _can_be_connected(uow, one, other):
        return
    connection = Connections(uow).open_one(pair, kind)
    if connection is None:
        doing = Doing(partner_id=None, by=PLATFORM.subject, today=one.today(uow.now), at=uow.now)
        connection = Connection.suggest(id=uow.new_id("con"), partner_ids=pair, kind=kind, purpose=purpose,
                                        reason=reason, doing=doing)  # fmt: skip
    else:
        connection.add_reason(reason)
    Connections(uow).save(connection)


def _can_be_connected(uow: UnitOfWork, *partners: Partner) -> bool:
    """Whether both are in the programme and neither rests; of that and a departure, the later starts again."""
    for each in partners:
        Partners(uow).touch(each)
    return all(each.state is PartnerState.ADMITTED for each in partners)


REACTIONS = (suggest_mentoring, suggest_who_adopted_the_same, suggest_who_attended, suggest_who_presented)
