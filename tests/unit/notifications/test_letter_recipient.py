"""To whom a letter goes, and who may read it."""

from datetime import timedelta

import pytest

from services.notifications.model.letter_lifecycle import LetterState
from tests.builders.notifications import WRITTEN_AT, a_letter, a_letter_being_sent, a_recipient, a_trigger

SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LATER = WRITTEN_AT + 2 * SECOND


def test_a_letter_to_one_of_a_partners_people_is_that_partners_to_read() -> None:
    letter = a_letter(trigger=a_trigger(), recipient=a_recipient(partner_id="prt_1"))

    assert letter.organisation_id == "prt_1"


@pytest.mark.parametrize("employer", [None, "prt_2"])
def test_a_letter_about_a_partner_to_anybody_else_is_only_the_institutes_to_read(employer: str | None) -> None:
    letter = a_letter(trigger=a_trigger(), recipient=a_recipient(partner_id=employer))

    assert letter.organisation_id is None


def test_a_letter_that_nobody_has_is_sent_to_the_new_address() -> None:
    letter = a_letter()

    assert letter.readdress("asa@elsewhere.example", at=LATER)

    assert (letter.to, letter.state) == ("asa@elsewhere.example", LetterState.READY)


def test_a_letter_that_is_on_its_way_keeps_its_address() -> None:
    letter = a_letter_being_sent()
    before = letter.to

    assert not letter.readdress("asa@elsewhere.example", at=LATER)

    assert letter.to == before
