"""A camp is changed, rescheduled or cancelled."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from services.camps.events.camp import CampChanged, CampRescheduled, CampTerms
from services.camps.model.camp import MoreSeatsThanThereAre
from services.camps.model.camp_days import CampInThePast, CampTooLong, DaysOfAnotherSeason, EndsBeforeItStarts
from services.camps.model.camp_life import CampIsOver
from services.camps.model.camp_lifecycle import CampState
from services.camps.model.camp_schedule import (
    AnswerByOutOfRange,
    CampCancelled,
    CampHasBegun,
    Cancellation,
    InvitationsNotOpen,
)
from tests.builders.camps import a_camp

FIRST_OF_JUNE = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)


def test_a_camp_on_other_days_says_when_it_was_to_be() -> None:
    camp = a_camp()

    assert camp.change(starts_on=date(2026, 7, 20), ends_on=date(2026, 7, 22), place="Madison", at=FIRST_OF_JUNE)

    (said,) = camp.recorded
    assert isinstance(said, CampRescheduled)
    assert (said.starts_on, said.ends_on, said.place) == (date(2026, 7, 20), date(2026, 7, 22), "Madison")
    assert said.before == CampTerms(
        title="Summer Camp 2026", place="Boston", zone="America/New_York", starts_on=date(2026, 7, 13),
        ends_on=date(2026, 7, 15), answer_by=date(2026, 6, 29),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "event"),
    [
        ({"zone": "America/Chicago"}, CampRescheduled),
        ({"ends_on": date(2026, 7, 16)}, CampRescheduled),
        ({"place": "Cambridge"}, CampChanged),
        ({"answer_by": date(2026, 6, 15)}, CampChanged),
        ({"capacity": 90}, CampChanged),
    ],
)
def test_a_camp_is_rescheduled_by_its_days_and_its_zone_and_changed_by_all_else(
    changes: dict[str, Any], event: type
) -> None:
    camp = a_camp()

    camp.change(**changes, at=FIRST_OF_JUNE)

    assert [type(each) for each in camp.recorded] == [event]


def test_a_change_to_the_same_values_is_not_published() -> None:
    camp = a_camp()

    assert not camp.change(place="Boston", capacity=120, at=FIRST_OF_JUNE)
    assert camp.recorded == []


@pytest.mark.parametrize(
    ("changes", "error", "pointer"),
    [
        ({"starts_on": date(2026, 12, 7), "ends_on": date(2026, 12, 9)}, DaysOfAnotherSeason, "/starts_on"),
        ({"year": 2027}, DaysOfAnotherSeason, "/starts_on"),
        ({"starts_on": date(2026, 5, 31)}, CampInThePast, "/starts_on"),
        ({"ends_on": date(2026, 7, 12)}, EndsBeforeItStarts, "/ends_on"),
        ({"ends_on": date(2026, 7, 27)}, CampTooLong, "/ends_on"),
        ({"starts_on": date(2026, 6, 29)}, AnswerByOutOfRange, "/answer_by"),
        ({"answer_by": date(2026, 7, 13)}, AnswerByOutOfRange, "/answer_by"),
        ({"answer_by": date(2026, 5, 31)}, AnswerByOutOfRange, "/answer_by"),
        ({"capacity": 3}, MoreSeatsThanThereAre, "/seats_per_invitation"),
    ],
)
def test_a_change_must_agree_with_what_is_not_changed(changes: dict[str, Any], error: Any, pointer: str) -> None:
    camp = a_camp()

    with pytest.raises(error) as refused:
        camp.change(**{"ends_on": date(2026, 7, 12)} | changes if "starts_on" in changes else changes, at=FIRST_OF_JUNE)

    assert refused.value.fields[0]["pointer"] == pointer
    assert (camp, camp.recorded) == (a_camp(), [])


def test_a_camp_that_does_not_invite_yet_has_no_day_to_answer_by() -> None:
    with pytest.raises(InvitationsNotOpen):
        a_camp(answer_by=None).change(answer_by=date(2026, 6, 29), at=FIRST_OF_JUNE)


def test_a_camp_that_has_begun_is_not_changed() -> None:
    begun = datetime(2026, 7, 13, 13, 0, tzinfo=UTC)

    with pytest.raises(CampHasBegun, match="began on 2026-07-13"):
        a_camp().change(place="Cambridge", at=begun)


@pytest.mark.parametrize("state", [CampState.INVITING, CampState.FROZEN, CampState.RUNNING])
def test_a_camp_that_has_begun_is_broken_off_until_its_last_day_has_closed(state: CampState) -> None:
    first_day, over = datetime(2026, 7, 13, 20, 0, tzinfo=UTC), datetime(2026, 7, 15, 21, 0, tzinfo=UTC)
    camp, ended = a_camp(), a_camp()
    camp.state = ended.state = state

    camp.cancel(Cancellation(reason="A storm", by="anna", at=first_day))
    with pytest.raises(CampIsOver, match="2026-07-15T21:00"):
        ended.cancel(Cancellation(reason="Too late", by="anna", at=over))

    assert (camp.state, ended.state) == ("cancelled", state)


def test_a_camp_that_was_cancelled_says_why_and_is_neither_changed_nor_opened() -> None:
    camp = a_camp()
    camp.cancel(Cancellation(reason="A storm", by="anna", at=FIRST_OF_JUNE))

    assert (camp.state, camp.recorded[0].reason) == ("cancelled", "A storm")  # type: ignore[attr-defined]
    with pytest.raises(CampCancelled, match="A storm"):
        camp.change(place="Cambridge", at=FIRST_OF_JUNE)
    with pytest.raises(CampCancelled, match="A storm"):
        camp.open_invitations(answer_by=date(2026, 6, 29), at=FIRST_OF_JUNE)
    with pytest.raises(CampCancelled, match="A storm"):
        camp.refuse_unless_inviting(FIRST_OF_JUNE)


def test_a_camp_offers_seats_until_it_begins_and_none_once_it_was_cancelled() -> None:
    camp = a_camp()
    assert camp.gives_seats(datetime(2026, 7, 13, 12, 59, tzinfo=UTC))
    assert not camp.gives_seats(datetime(2026, 7, 13, 13, 0, tzinfo=UTC))

    camp.cancel(Cancellation(reason="A storm", by="anna", at=FIRST_OF_JUNE))

    assert not camp.gives_seats(FIRST_OF_JUNE)
