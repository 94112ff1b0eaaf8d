"""What two partners do with each other: who proposes, who agrees, what is kept of it."""

from datetime import date
from typing import Any

import pytest

from services.partners.events import connection as events
from services.partners.events.connection import ConnectionReason
from services.partners.model.connection.connection import MOST_CONTACTS, Connection, EndedBecause, pair_of
from services.partners.model.connection.connection_lifecycle import (
    ConnectedWithItself,
    ConnectionIsFull,
    DayNotOfTheConnection,
    NotConnected,
    NotOfTheConnection,
    ProposedByThem,
    PurposeMissing,
)
from tests.builders.partners import (
    RECEIVED_AT,
    a_proposed_connection,
    a_suggested_connection,
    an_active_connection,
    doing,
)

JUNE_2, JUNE_20 = date(2026, 6, 2), date(2026, 6, 20)
LATER = doing("prt_a", today=JUNE_20)


def last(connection: Connection) -> Any:
    return connection.recorded[-1]


def test_a_pair_is_the_same_whichever_partner_is_named_first() -> None:
    assert pair_of("prt_b", "prt_a") == pair_of("prt_a", "prt_b") == ["prt_a", "prt_b"]


def test_a_partner_is_not_connected_with_itself() -> None:
    with pytest.raises(ConnectedWithItself):
        pair_of("prt_a", "prt_a")


def test_a_suggestion_says_why() -> None:
    connection = a_suggested_connection()

    assert last(connection) == events.ConnectionSuggested(
        connection_id="con_1", partner_ids=["prt_a", "prt_b"], kind="site_visit",
        reasons=[ConnectionReason(kind="by_hand", what="Both want huddles")],
    )  # fmt: skip


def test_what_was_suggested_is_proposed_by_one_and_agreed_to_by_the_other() -> None:
    connection = a_suggested_connection()

    connection.take_up("To see your huddle", doing=doing("prt_b"))
    assert (last(connection).by_partner_id, last(connection).purpose) == ("prt_b", "To see your huddle")
    connection.agree(None, doing=doing("prt_a"))

    assert isinstance(last(connection), events.ConnectionMade)
    assert (connection.state, connection.starts_on) == ("active", date(2026, 6, 1))
    assert [(each.to, each.by_partner_id) for each in connection.history] == [
        ("suggested", None), ("proposed", "prt_b"), ("active", "prt_a"),
    ]  # fmt: skip


def test_who_proposes_does_not_agree_for_the_other() -> None:
    with pytest.raises(ProposedByThem):
        a_proposed_connection().agree(None, doing=doing("prt_a"))


@pytest.mark.parametrize("step", ["agree", "take_up", "decline"])
def test_a_third_partner_says_nothing_to_it(step: str) -> None:
    connection = a_suggested_connection() if step == "take_up" else a_proposed_connection()

    with pytest.raises(NotOfTheConnection):
        getattr(connection, step)("No", doing=doing("prt_c"))


def test_the_institute_can_say_no_for_neither() -> None:
    connection = a_proposed_connection()

    connection.decline("They have met already", doing=doing())

    assert (last(connection).by_partner_id, last(connection).reason) == (None, "They have met already")


def test_it_ends_with_what_came_of_it_on_a_day_since_it_began() -> None:
    connection = an_active_connection()
    for day in (date(2026, 5, 31), date(2026, 6, 21)):
        with pytest.raises(DayNotOfTheConnection):
            connection.end("Both hold a huddle", ended_on=day, doing=LATER)

    connection.end("Both hold a huddle", ended_on=JUNE_2, doing=LATER)

    assert (connection.result, connection.ended_on, connection.ended_because) == (
        "Both hold a huddle", JUNE_2, EndedBecause.RESULT,
    )  # fmt: skip
    assert (last(connection).because, last(connection).was_made) == ("result", True)


def test_what_was_only_proposed_ends_with_a_partner_that_departs_and_says_so() -> None:
    connection = a_proposed_connection()

    connection.end_with_partner(EndedBecause.PARTNER_DEPARTED, doing=doing("prt_b"))

    assert (last(connection).because, last(connection).was_made) == ("partner_departed", False)


def test_contacts_are_kept_and_the_latest_day_is_known() -> None:
    connection = an_active_connection()

    connection.note_contact(None, "We met", doing=LATER)
    connection.note_contact(JUNE_2, "We wrote", doing=doing(today=JUNE_20))

    assert [(each.on, each.by_partner_id) for each in connection.contacts] == [(JUNE_20, "prt_a"), (JUNE_2, None)]
    assert connection.last_contact_on == JUNE_20


def test_there_is_no_contact_before_both_agreed_nor_on_a_day_to_come() -> None:
    with pytest.raises(NotConnected):
        a_proposed_connection().note_contact(None, "We met", doing=LATER)
    with pytest.raises(DayNotOfTheConnection):
        an_active_connection().note_contact(date(2026, 6, 21), "We will meet", doing=LATER)


def test_a_connection_takes_so_many_contacts() -> None:
    connection = an_active_connection()
    for _ in range(MOST_CONTACTS):
        connection.note_contact(None, "We met", doing=LATER)

    with pytest.raises(ConnectionIsFull):
        connection.note_contact(None, "We met", doing=LATER)


def test_who_takes_up_a_suggestion_without_a_purpose_says_what_for() -> None:
    connection = a_suggested_connection(purpose=None)

    with pytest.raises(PurposeMissing):
        connection.take_up(None, doing=doing("prt_a"))
    connection.take_up("To compare checklists", doing=doing("prt_a"))
    assert connection.purpose == "To compare checklists"


def test_it_is_dormant_once_when_nothing_is_known_of_it_until_a_contact_is() -> None:
    connection = an_active_connection()

    assert not connection.fall_dormant(date(2026, 5, 31), at=RECEIVED_AT)
    assert connection.fall_dormant(date(2026, 6, 1), at=RECEIVED_AT)
    assert not connection.fall_dormant(date(2026, 7, 1), at=RECEIVED_AT)
    assert (last(connection).quiet_since, connection.dormant_since) == (date(2026, 6, 1), RECEIVED_AT)

    connection.note_contact(None, "We met", doing=LATER)
    assert (last(connection), connection.dormant_since) == (
        events.ConnectionRevived(connection_id="con_1", partner_ids=["prt_a", "prt_b"], kind="site_visit",
                                 contact_on=JUNE_20), None,
    )  # fmt: skip
    assert connection.fall_dormant(JUNE_20, at=RECEIVED_AT)


def test_an_earlier_contact_that_is_noted_later_revives_nothing() -> None:
    connection = an_active_connection()
    connection.note_contact(None, "We met", doing=LATER)
    connection.fall_dormant(JUNE_20, at=RECEIVED_AT)

    connection.note_contact(JUNE_2, "We wrote", doing=LATER)

    assert connection.dormant_since == RECEIVED_AT


def test_what_has_ended_is_not_dormant() -> None:
    connection = an_active_connection()
    connection.fall_dormant(date(2026, 6, 1), at=RECEIVED_AT)
    connection.end("Both hold a huddle", ended_on=None, doing=LATER)

    assert (connection.dormant_since, connection.fall_dormant(JUNE_20, at=RECEIVED_AT)) == (None, False)


def test_a_reason_is_kept_once() -> None:
    connection, reason = a_suggested_connection(), ConnectionReason(kind="same_session", what="B", about_id="ses_1")

    assert [connection.add_reason(reason), connection.add_reason(reason)] == [True, False]
    assert len(connection.reasons) == 2
