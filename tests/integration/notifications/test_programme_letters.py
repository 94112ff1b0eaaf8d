"""Letters about the programme of a camp: one for each delegate and release, the newest if several wait."""

from datetime import UTC, datetime
from itertools import permutations
from typing import Any

import pytest

from chassis.domain.errors import Superseded
from services.notifications.use_cases import programme
from tests.integration.notifications.harness import NotificationsHarness

SLOT = {"title": "Huddles", "room": "Harbour", "starts_at": "2026-07-14T14:00:00.000Z",
        "ends_at": "2026-07-14T15:00:00.000Z"}  # fmt: skip
SAID: dict[str, Any] = {
    "camp_id": "cmp_1", "camp_title": "Summer Camp 2026", "camp_zone": "America/New_York",
    "ends_at": datetime(2026, 7, 15, 21, tzinfo=UTC), "delegate_id": "dlg_1", "person_id": None, "partner_id": "prt_1",
    "name": "Maria Souza", "email": "maria@region.example", "language": "pt-BR", "zone": "America/Sao_Paulo",
}  # fmt: skip


def affected(known: NotificationsHarness, number: int = 1, difference: str = "new", **about: Any) -> None:
    slots = [{**SLOT, "difference": difference}]
    known.do(programme.tell_what_the_programme_says, number=number, slots=slots, **(SAID | about))


def test_a_delegate_who_is_named_for_the_camp_alone_is_told_what_they_present(known: NotificationsHarness) -> None:
    affected(known)

    (letter,) = known.letters(category="programme_released")
    assert (letter["to"], letter["recipient_id"], letter["about_id"]) == ("maria@region.example", "dlg_1", "cmp_1")
    assert "- Huddles: 14 July 2026 at 10:00 (America/New_York time; where you are 11:00" in letter["body"]


def test_a_person_on_record_is_written_to_where_they_are_now(known: NotificationsHarness) -> None:
    known.person("per_leader", sequence=3, email="new@region.example")

    affected(known, person_id="per_leader")

    (letter,) = known.letters(category="programme_released")
    assert (letter["to"], letter["recipient_id"]) == ("new@region.example", "per_leader")


def test_a_later_release_takes_the_place_of_what_is_not_sent_yet(known: NotificationsHarness) -> None:
    affected(known, 1)

    affected(known, 2, "moved")

    assert known.categories(about_id="cmp_1") == ["programme_changed: ready", "programme_released: cancelled"]


def test_who_presents_is_told_that_another_law_of_zones_moves_no_hours(
    known: NotificationsHarness,
) -> None:
    affected(known, 2, "moved", zone_law="2099a")

    (letter,) = known.letters(category="programme_changed")
    assert "The law of time in America/New_York has changed." in letter["body"]
    assert "has changed in what you present" not in letter["body"]


@pytest.mark.parametrize("order", list(permutations([1, 2, 3])), ids=str)
def test_in_whatever_order_releases_are_heard_the_last_is_told(
    known: NotificationsHarness, order: tuple[int, ...]
) -> None:
    for number in order:
        try:
            affected(known, number, "moved")
        except Superseded:
            continue

    (ready,) = [each for each in known.letters(about_id="cmp_1") if each["state"] == "ready"]
    stored = known.store.database["letters"].find_one({"_id": ready["id"]}) or {}
    assert stored["about_sequence"] == 3


def test_the_letter_as_it_leaves_has_a_link_to_the_programme_that_is_kept_nowhere(known: NotificationsHarness) -> None:
    affected(known, person_id="per_leader")
    known.post()

    (letter,) = known.letters(category="programme_released")
    (mail,) = known.arrived()
    assert "/programme/cmp_1.per_leader." in mail.get_content()
    assert "cmp_1.per_leader" not in letter["body"]


def test_of_a_camp_that_is_over_nobody_is_told(known: NotificationsHarness) -> None:
    known.it_is(datetime(2026, 7, 16, tzinfo=UTC))

    affected(known)

    assert known.letters(about_id="cmp_1") == []


def test_a_guest_is_told_as_others_are_and_no_partner_is_named(known: NotificationsHarness) -> None:
    affected(known, partner_id=None)
    affected(known, 2, "moved", partner_id=None)

    released, changed = known.letters(category="programme_released") + known.letters(category="programme_changed")
    assert (released["recipient_id"], released["partner_id"], changed["recipient_id"]) == ("dlg_1", "", "dlg_1")
    assert "You receive this because you come to Summer Camp 2026." in released["body"]
    assert "You receive this because you present something at Summer Camp 2026, or were to." in changed["body"]
    assert "None" not in released["body"] + changed["body"]


def test_who_is_confirmed_later_is_given_the_programme_as_it_stands(known: NotificationsHarness) -> None:
    affected(known, 3, as_it_stands=True)

    (letter,) = known.letters(about_id="cmp_1")
    assert (letter["category"], letter["subject"]) == ("programme_released", "The programme of Summer Camp 2026")


def test_what_changes_later_takes_the_place_of_the_programme_as_it_stood(known: NotificationsHarness) -> None:
    affected(known, 3, as_it_stands=True)

    affected(known, 4, "moved")

    assert known.categories(about_id="cmp_1") == ["programme_changed: ready", "programme_released: cancelled"]
