"""What a session shows of data, and whether that is still so."""

from datetime import UTC, datetime
from typing import Any

import pytest

from chassis.domain.errors import Superseded
from services.camps.model.programme.evidence import ContentIsSettled, NotSoNow, ShowsNothingOfItsOwn, ShowsOneThing
from services.camps.model.programme.result import Measure, Signal
from services.camps.model.programme.session import Session
from services.camps.model.programme.session_content import SessionCancellation, SessionDecision, Verdict
from services.camps.model.programme.session_lifecycle import SessionState
from tests.builders.camps import a_camp

CAMP = a_camp()
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
YES = SessionDecision(verdict=Verdict.ACCEPTED, by="anna", at=NOON)


def a_session(state: SessionState = SessionState.ACCEPTED, **about: Any) -> Session:
    return Session(id="ses_1", camp_id="cmp_1", partner_id="prt_1", title="Fewer falls", state=state, **about)


def a_signal(**about: Any) -> Signal:
    return Signal(**({"id": "sgn_1", "partner_id": "prt_1", "seen_sequence": 1} | about))


def a_measure(**about: Any) -> Measure:
    return Measure(**({"id": "msr_1", "partner_id": "prt_1", "seen_sequence": 1} | about))


def told(session: Session) -> list[tuple[str, str | None]]:
    """Of the evidence of a session, in order: how it is, and why."""
    return [(e.evidence, e.because) for e in session.recorded if type(e).__name__ == "SessionEvidenceChanged"]  # type: ignore[attr-defined]


def test_a_signal_that_is_there_no_more_is_told_once_and_that_it_is_there_again() -> None:
    session, signal = a_session(), a_signal()
    session.show(measure=None, signal=signal, camp=CAMP)

    signal.become(is_there=False, sequence=2)
    heard = [session.follow(signal, CAMP), session.follow(signal, CAMP)]
    signal.become(is_there=True, sequence=3)
    session.follow(signal, CAMP)

    assert (heard, session.evidence) == ([True, False], "current")
    assert told(session) == [("gone", "signal_withdrawn"), ("current", None)]


def test_nobody_is_told_before_it_is_to_take_place_and_then_they_are() -> None:
    session, signal = a_session(SessionState.PROPOSED), a_signal()
    session.show(measure=None, signal=signal, camp=CAMP)
    signal.become(is_there=False, sequence=2)
    session.follow(signal, CAMP)
    before = told(session)

    session.accept(YES, CAMP)

    assert (before, told(session)) == ([], [("gone", "signal_withdrawn")])


def test_what_was_told_is_not_told_again_when_a_cancelled_session_is_reinstated() -> None:
    session, signal = a_session(), a_signal()
    session.show(measure=None, signal=signal, camp=CAMP)
    signal.become(is_there=False, sequence=2)
    session.follow(signal, CAMP)

    session.cancel(SessionCancellation(reason="A storm", by="anna", at=NOON), CAMP)
    session.reinstate(CAMP)

    assert told(session) == [("gone", "signal_withdrawn")]


def test_what_changed_while_a_session_was_cancelled_is_told_when_it_is_reinstated() -> None:
    session, signal = a_session(), a_signal()
    session.show(measure=None, signal=signal, camp=CAMP)

    session.cancel(SessionCancellation(reason="A storm", by="anna", at=NOON), CAMP)
    signal.become(is_there=False, sequence=2)
    session.follow(signal, CAMP)
    before = told(session)
    session.reinstate(CAMP)

    assert (before, told(session)) == ([], [("gone", "signal_withdrawn")])


def test_a_measure_that_was_revised_is_shown_as_changed_until_somebody_names_it_again() -> None:
    session, measure = a_session(), a_measure()
    session.show(measure=measure, signal=None, camp=CAMP)

    measure.revise(sequence=2)
    session.follow(measure, CAMP)
    changed = session.evidence
    named_again = session.show(measure=measure, signal=None, camp=CAMP)

    assert (changed, named_again, session.evidence) == ("changed", True, "current")
    assert told(session) == [("changed", "measure_revised"), ("current", None)]


def test_a_retired_measure_that_is_reinstated_is_still_one_that_was_revised() -> None:
    session, measure = a_session(), a_measure()
    session.show(measure=measure, signal=None, camp=CAMP)

    measure.revise(sequence=2)
    measure.become(is_there=False, sequence=3)
    session.follow(measure, CAMP)
    retired = session.evidence
    measure.become(is_there=True, sequence=4)
    session.follow(measure, CAMP)

    assert (retired, session.evidence) == ("gone", "changed")


def test_naming_what_is_gone_again_does_not_bring_it_back() -> None:
    session, signal = a_session(), a_signal()
    session.show(measure=None, signal=signal, camp=CAMP)
    signal.become(is_there=False, sequence=2)
    session.follow(signal, CAMP)

    assert not session.show(measure=None, signal=signal, camp=CAMP)
    assert session.evidence == "gone"


def test_naming_another_or_none_takes_back_what_was_told() -> None:
    session, signal = a_session(), a_signal()
    session.show(measure=None, signal=signal, camp=CAMP)
    signal.become(is_there=False, sequence=2)
    session.follow(signal, CAMP)

    session.show(measure=None, signal=None, camp=CAMP)

    assert (session.signal_id, session.evidence) == (None, None)
    assert told(session) == [("gone", "signal_withdrawn"), ("current", None)]


@pytest.mark.parametrize(
    ("refused", "session", "measure", "signal"),
    [
        (ShowsOneThing, a_session(), a_measure(), a_signal()),
        (ShowsOneThing, a_session(milestone_id="mst_1"), None, a_signal()),
        (ShowsNothingOfItsOwn, a_session(), None, a_signal(partner_id="prt_2")),
        (NotSoNow, a_session(), None, a_signal(is_there=False)),
        (NotSoNow, a_session(), a_measure(is_there=False), None),
        (ContentIsSettled, a_session(SessionState.DELIVERED), None, a_signal()),
    ],
    ids=["both", "beside a milestone", "of another partner", "withdrawn", "retired", "delivered"],
)
def test_what_a_session_cannot_show_is_refused(
    refused: type[Exception], session: Session, measure: Measure | None, signal: Signal | None
) -> None:
    with pytest.raises(refused):
        session.show(measure=measure, signal=signal, camp=CAMP)

    assert (session.measure_id, session.signal_id) == (None, None)


def test_older_news_of_a_measure_change_nothing() -> None:
    measure = a_measure(seen_sequence=5, revised_sequence=4)

    with pytest.raises(Superseded):
        measure.become(is_there=False, sequence=3)
    with pytest.raises(Superseded):
        measure.revise(sequence=4)

    assert measure.is_there
