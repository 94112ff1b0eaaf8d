"""What the data of measures show, as far as sessions show it, too."""

from collections.abc import Mapping
from typing import Any

from chassis.domain.scope import PLATFORM, Scope
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import reaction
from services.camps.model.camp import Camp
from services.camps.model.programme.result import LiveResult
from services.camps.model.programme.session import Session
from services.camps.model.programme.session_lifecycle import SessionState
from services.camps.repository.camp import Camps
from services.camps.repository.programme import Measures, Sessions, Signals
from services.camps.schemas.camp import PartnerId
from services.camps.schemas.programme import MeasureId, SignalId

Named = Mapping[str, LiveResult | None]
"""What a command names of data, by its members; None where it names that there are none."""


def data_named(uow: UnitOfWork, scope: Scope, said: Mapping[str, Any]) -> Named:
    """Give the measure or the signal that a command names; raises PerhapsNotKnownYet and UnknownReference."""
    named: dict[str, LiveResult | None] = {}
    if "measure_id" in said:
        named["measure_id"] = Measures(uow).shown(said["measure_id"], by="measure_id", scope=scope)
    if "signal_id" in said:
        named["signal_id"] = Signals(uow).shown(said["signal_id"], by="signal_id", scope=scope)
    return named


def show_data(uow: UnitOfWork, session: Session, camp: Camp, named: Named) -> bool:
    """Have a session show the measure or the signal that is named; gives whether anything differs.

    Raises ShowsOneThing, ShowsNothingOfItsOwn, NotSoNow and ContentIsSettled.
    """
    now: Named = {"measure_id": Measures(uow).known_as(session.measure_id),
                  "signal_id": Signals(uow).known_as(session.signal_id)}  # fmt: skip
    shown = {**now, **named}
    return bool(named) and session.show(measure=shown["measure_id"], signal=shown["signal_id"], camp=camp)


@reaction("engagements.signal.detected", "engagements.signal.extended")
def keep_signal(uow: UnitOfWork, event: Envelope, *, signal_id: SignalId, partner_id: PartnerId) -> None:
    """Keep that a signal is there, and have the sessions that show it say that this is so. Raises Superseded."""
    _keep_signal(uow, signal_id, partner_id, is_there=True, sequence=event.sequence)


@reaction("engagements.signal.withdrawn")
def lose_signal(uow: UnitOfWork, event: Envelope, *, signal_id: SignalId, partner_id: PartnerId) -> None:
    """Keep that a signal is there no more, and have the sessions that show it say so. Raises Superseded."""
    _keep_signal(uow, signal_id, partner_id, is_there=False, sequence=event.sequence)


@reaction("engagements.measure.defined", "engagements.measure.reinstated")
def keep_measure(uow: UnitOfWork, event: Envelope, *, measure_id: MeasureId, partner_id: PartnerId) -> None:
    """Keep that data are recorded for a measure, and have the sessions that show it say so. Raises Superseded."""
    _keep_measure(uow, measure_id, partner_id, is_there=True, sequence=event.sequence)


@reaction("engagements.measure.retired")
def lose_measure(uow: UnitOfWork, event: Envelope, *, measure_id: MeasureId, partner_id: PartnerId) -> None:
    """Keep that a measure is retired, and have the sessions that show it say so. Raises Superseded."""
    _keep_measure(uow, measure_id, partner_id, is_there=False, sequence=event.sequence)


@reaction("engagements.measure.revised")
def doubt_measure(uow: UnitOfWork, event: Envelope, *, measure_id: MeasureId, partner_id: PartnerId) -> None:
    """Have the sessions that show a measure say that it was revised, until they name it again. Raises Superseded."""
    measure = Measures(uow).about(measure_id, partner_id)
    measure.revise(sequence=event.sequence)
    _tell_sessions(uow, {"measure_id": measure_id}, Measures(uow).save(measure))


def _keep_signal(uow: UnitOfWork, signal_id: str, partner_id: str, *, is_there: bool, sequence: int) -> None:
    signal = Signals(uow).about(signal_id, partner_id)
    signal.become(is_there=is_there, sequence=sequence)
    _tell_sessions(uow, {"signal_id": signal_id}, Signals(uow).save(signal))


def _keep_measure(uow: UnitOfWork, measure_id: str, partner_id: str, *, is_there: bool, sequence: int) -> None:
    measure = Measures(uow).about(measure_id, partner_id)
    measure.become(is_there=is_there, sequence=sequence)
    _tell_sessions(uow, {"measure_id": measure_id}, Measures(uow).save(measure))


def _tell_sessions(uow: UnitOfWork, where: Mapping[str, Any], shown: LiveResult) -> None:
    """Have the sessions follow that show it at camps that have not ended; what was given stays as it was then."""
    for session in Sessions(uow).each({**where, "state": {"$ne": SessionState.DELIVERED}}, scope=PLATFORM):
        camp = Camps(uow).get(session.camp_id, scope=PLATFORM)
        if uow.now < camp.ends_at() and session.follow(shown, camp):
            Sessions(uow).save(session)


REACTIONS = (keep_signal, lose_signal, keep_measure, lose_measure, doubt_measure)
"""What camps hears of data, for the contents page of the service."""
