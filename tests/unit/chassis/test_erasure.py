"""Who is erased is found by their id, and by name and address as whole words, and removed from what was written."""

from datetime import UTC, datetime, timedelta

import pytest

from chassis.domain.erasure import Removal, erased_address
from chassis.erasure.erasures import Erasure
from chassis.schemas.mail_addresses import canonical_address

ÅSA = Removal(id="per_1", texts=("Åsa Li", "asa@region.example"))
AT = datetime(2026, 6, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Åsa Li coaches you.", "erased coaches you."),
        ("Dear Åsa\nLi,", "Dear erased,"),
        ("Åsa Lindqvist stays", "Åsa Lindqvist stays"),
        ("550 <ASA@region.example> unknown", "550 <erased> unknown"),
        ("nasa@region.example stays", "nasa@region.example stays"),
        ("Ask Åsa Li.", "Ask erased."),
    ],
    ids=["a name", "on two lines", "a longer name", "an address", "a longer address", "at the end"],
)
def test_names_and_addresses_are_removed_where_they_stand_as_whole_words(text: str, left: str) -> None:
    assert ÅSA.from_text(text) == left


def test_of_what_describes_them_name_and_addresses_are_removed_whatever_these_were() -> None:
    said = {"person_id": "per_1", "name": "Åsa Påhittad", "email": "old@region.example", "role": "leader",
            "former_addresses": ["older@region.example"]}  # fmt: skip

    left = Removal(id="per_1").from_data({"items": [said, {"person_id": "per_2", "name": "Bo"}]})

    assert left["items"] == [
        {"person_id": "per_1", "name": "erased", "email": "per_1@erased.example", "role": "leader",
         "former_addresses": []},
        {"person_id": "per_2", "name": "Bo"},
    ]  # fmt: skip


def test_what_stands_in_place_of_an_address_is_one_that_mail_servers_know_as_nobodys() -> None:
    assert canonical_address(erased_address("per_01K")) == "per_01k@erased.example"


def test_names_are_kept_for_a_minute_and_looked_for_twice_and_the_id_for_longer_than_events_are() -> None:
    erasure = Erasure(id="per_1", erased_at=AT, sweep_at=AT, texts=["Åsa Li"])

    erasure.note_sweep()
    assert (erasure.sweep_at, erasure.texts) == (AT + timedelta(minutes=1), ["Åsa Li"])

    erasure.note_sweep()
    assert erasure.texts == []

    last = erasure.sweep_at
    while erasure.sweep_at:
        last = erasure.sweep_at
        erasure.note_sweep()
    assert last == AT + timedelta(days=130)
