"""Sessions that show a measure or a signal follow what is heard of it, on the real database."""

from datetime import UTC, datetime
from itertools import permutations
from typing import Any

import pytest

from chassis.domain.errors import Superseded
from tests.integration.camps.harness import Answer, CampsHarness

OWN: Answer = {"subject": "erik", "organisation": "prt_1", "roles": ["partner_editor"]}
OTHERS: Answer = {"subject": "olga", "organisation": "prt_2", "roles": ["partner_editor"]}
SIGNAL: Answer = {"signal_id": "sgn_1", "partner_id": "prt_1"}
MEASURE: Answer = {"measure_id": "msr_1", "partner_id": "prt_1"}


@pytest.fixture
def known(camps: CampsHarness) -> CampsHarness:
    """A camp to which two partners are invited; one has a measure with a signal."""
    camps.camp = camps.inviting()  # type: ignore[attr-defined]
    camps.invite("prt_1", "prt_2")
    camps.hear("keep_measure", sequence=1, **MEASURE)
    camps.hear("keep_signal", sequence=1, **SIGNAL)
    return camps


def asked(camps: CampsHarness, scope: Answer = OWN, **shown: Any) -> Answer:
    about = {"camp_id": camps.camp["id"], "partner_id": scope["organisation"], "title": "Fewer falls"}  # type: ignore[attr-defined]
    return camps.call("draft_session", scope, **about, **shown)


def accepted(camps: CampsHarness, **shown: Any) -> str:
    session = asked(camps, **shown)["ok"]
    for operation in ("submit_session", "accept_session"):
        camps.command(operation, session_id=session["id"], version=None)
    return str(session["id"])


def evidence(camps: CampsHarness, session_id: str) -> str:
    return str(camps.command("show_session", session_id=session_id)["evidence"])


def told(camps: CampsHarness) -> list[tuple[str, str | None, str | None]]:
    rows = [row["data"] for row in camps.published("camps.session.evidence_changed")]
    return [(each["evidence"], each["because"], each["signal_id"] or each["measure_id"]) for each in rows]


def test_a_session_says_that_the_signal_it_shows_is_there_no_more(known: CampsHarness) -> None:
    session = accepted(known, signal_id="sgn_1")
    before = evidence(known, session)

    known.hear("lose_signal", sequence=2, **SIGNAL)

    assert (before, evidence(known, session)) == ("current", "gone")
    assert told(known) == [("gone", "signal_withdrawn", "sgn_1")]


def test_a_revised_measure_is_named_again_by_who_presents_it(known: CampsHarness) -> None:
    session = accepted(known, measure_id="msr_1")
    known.hear("doubt_measure", sequence=2, **MEASURE)
    changed = evidence(known, session)

    known.command("change_session", session_id=session, version=None, measure_id="msr_1")

    assert (changed, evidence(known, session)) == ("changed", "current")
    assert [each[0] for each in told(known)] == ["changed", "current"]


def test_what_is_said_otherwise_of_a_session_says_nothing_of_its_data(known: CampsHarness) -> None:
    session = accepted(known, measure_id="msr_1")
    known.hear("doubt_measure", sequence=2, **MEASURE)

    changed = known.command("change_session", session_id=session, version=None, title="Far fewer falls")

    assert (changed["evidence"], changed["measure_id"]) == ("changed", "msr_1")


def test_nobody_shows_data_of_another_partner_and_a_signal_that_is_gone_is_not_named(known: CampsHarness) -> None:
    of_another = asked(known, OTHERS, signal_id="sgn_1")["fault"]
    known.hear("lose_signal", sequence=2, **SIGNAL)
    gone = asked(known, signal_id="sgn_1")["fault"]

    assert [each["fields"][0]["pointer"] for each in (of_another, gone)] == ["/signal_id", "/signal_id"]
    assert [each["fields"][0]["code"] for each in (of_another, gone)] == ["unknown", "signal_withdrawn"]


NEWS = {1: "keep_measure", 2: "doubt_measure", 3: "lose_measure", 4: "keep_measure"}


@pytest.mark.parametrize("order", list(permutations([2, 3, 4])), ids=str)
def test_in_whatever_order_news_of_a_measure_are_heard_and_twice_a_session_says_the_same(
    known: CampsHarness, order: tuple[int, ...]
) -> None:
    session = accepted(known, measure_id="msr_1")

    for sequence in (*order, *order):
        try:
            known.hear(NEWS[sequence], sequence=sequence, **MEASURE)
        except Superseded:
            continue

    assert evidence(known, session) == "changed"
    assert [each[0] for each in told(known)][-1] == "changed"


def test_what_was_shown_at_a_camp_that_has_ended_stays_as_it_was_then(
    known: CampsHarness, after_the_summer_camp_began: datetime
) -> None:
    session = accepted(known, signal_id="sgn_1")
    known.it_becomes(datetime(2026, 7, 20, tzinfo=UTC))

    known.hear("lose_signal", sequence=2, **SIGNAL)

    assert (evidence(known, session), told(known)) == ("current", [])
