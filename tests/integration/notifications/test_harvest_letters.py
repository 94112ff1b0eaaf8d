"""Letters about the harvests of camps: one for each reader and edition, and none that is pointless."""

from itertools import permutations
from typing import Any

import pytest

from chassis.domain.errors import Superseded
from services.notifications.use_cases import harvest
from tests.integration.notifications.harness import NotificationsHarness

SAID: dict[str, Any] = {
    "camp_id": "cmp_1", "camp_title": "Summer Camp 2026", "as_whom": "delegate", "delegate_id": "dlg_1",
    "person_id": None, "partner_id": "prt_1", "name": "Maria Souza", "email": "maria@region.example",
    "language": "pt-BR", "zone": "America/Sao_Paulo", "experiences": 3, "lessons": 0, "promises": 5,
    "nothing_to_publish": None,
}  # fmt: skip
NOTHING = {"experiences": 0, "lessons": 0, "promises": 0, "nothing_to_publish": "Its numbers were wrong"}


def offered(known: NotificationsHarness, edition: int = 1, **about: Any) -> None:
    known.do(harvest.tell_where_to_read_the_harvest, edition=edition, **(SAID | about))


def letters(known: NotificationsHarness) -> list[tuple[str, str]]:
    return [(each["to"], each["state"]) for each in known.letters(category="camp_harvest")]


def test_a_delegate_is_told_what_there_is_and_where(known: NotificationsHarness) -> None:
    offered(known)

    (letter,) = known.letters(category="camp_harvest")
    assert (letter["to"], letter["recipient_id"], letter["about_id"]) == ("maria@region.example", "dlg_1", "cmp_1")
    assert "- experiences that are shared: 3\n- promises to test something: 5\n" in letter["body"]
    assert "lessons of other industries" not in letter["body"]


def test_the_letter_as_it_leaves_has_a_link_that_is_kept_nowhere(known: NotificationsHarness) -> None:
    offered(known, person_id="per_leader")
    known.post()

    (letter,) = known.letters(category="camp_harvest")
    (mail,) = known.arrived()
    assert "/harvest/cmp_1.per_leader." in mail.get_content()
    assert "cmp_1.per_leader" not in letter["body"]


def test_who_comes_and_leads_is_told_once(known: NotificationsHarness) -> None:
    offered(known, person_id="per_leader")

    with pytest.raises(Superseded):
        offered(known, person_id="per_leader", as_whom="leader", delegate_id=None)

    assert len(letters(known)) == 1


@pytest.mark.parametrize("order", list(permutations([1, 2, 3])), ids=str)
def test_in_whatever_order_editions_are_heard_the_last_is_told(
    known: NotificationsHarness, order: tuple[int, ...]
) -> None:
    for edition in order:
        try:
            offered(known, edition, experiences=edition)
        except Superseded:
            continue

    (ready,) = [each for each in known.letters(category="camp_harvest") if each["state"] == "ready"]
    assert "experiences that are shared: 3" in ready["body"]
    assert "Since we wrote to you" not in ready["body"]


def test_who_has_a_letter_is_told_that_it_is_something_else_now(known: NotificationsHarness) -> None:
    offered(known, person_id="per_leader")
    known.post()

    offered(known, 2, person_id="per_leader", experiences=4)

    (again,) = [each for each in known.letters(category="camp_harvest") if each["state"] == "ready"]
    assert again["subject"] == "Something else came out of Summer Camp 2026"
    assert "has become another list" in " ".join(again["body"].split())


def test_where_there_is_nothing_to_read_only_who_was_told_otherwise_is_told(known: NotificationsHarness) -> None:
    offered(known, person_id="per_leader")
    known.post()

    offered(known, 2, **NOTHING, person_id="per_leader")
    offered(known, 2, **NOTHING)

    (taken_back,) = [each for each in known.letters(category="camp_harvest") if each["state"] == "ready"]
    assert taken_back["recipient_id"] == "per_leader"
    assert "The reason that was given: Its numbers were wrong" in " ".join(taken_back["body"].split())
    assert "/harvest/" not in taken_back["body"]


def test_who_comes_for_no_partner_is_written_to_in_the_name_of_the_institute(known: NotificationsHarness) -> None:
    offered(known, partner_id=None, as_whom="staff", delegate_id=None, person_id="per_staff")

    (letter,) = known.letters(category="camp_harvest")
    assert letter["recipient_id"] == "per_staff"
    assert "None" not in letter["body"]


def test_who_has_departed_is_not_written_to(known: NotificationsHarness) -> None:
    known.store.database["partners"].update_one({"_id": "prt_1"}, {"$set": {"departed_on": "2026-07-01"}})

    offered(known)

    assert letters(known) == []
