"""A cursor is good for the list it was given with."""

from typing import Any

import pytest

from chassis.domain.faults import Fault
from chassis.domain.scope import Scope
from gateway.http.cursors import Cursors

PLACE = '["2026-06-01T09:00:00.000Z","prt_1"]'
CURSORS = Cursors("a secret of the tests, and long enough")
LIST: dict[str, Any] = {
    "operation": "partners.list_partners",
    "arguments": {"country": "SE", "sort": "-updated_at", "limit": 20},
    "scope": Scope(subject="anna", organisation="prt_1"),
}


def the_list(**but: Any) -> dict[str, Any]:
    return {**LIST, "arguments": {**LIST["arguments"], **but}}


def test_a_cursor_opens_for_the_next_page_of_its_list() -> None:
    cursor = CURSORS.sign(PLACE, **LIST)

    assert CURSORS.verify(cursor, **the_list(cursor=cursor)) == PLACE


def test_the_next_page_may_have_another_size_and_be_asked_for_by_a_colleague() -> None:
    cursor = CURSORS.sign(PLACE, **LIST)
    colleague = Scope(subject="bo", organisation="prt_1", roles=("partner_viewer",))

    assert CURSORS.verify(cursor, **{**the_list(limit=5), "scope": colleague}) == PLACE


@pytest.mark.parametrize(
    "other",
    [
        the_list(country="US"),
        the_list(sort="updated_at"),
        the_list(state="admitted"),
        {**LIST, "operation": "partners.list_people"},
        {**LIST, "scope": Scope(subject="anna", organisation="prt_2")},
        {**LIST, "scope": Scope(subject="anna", organisation="*")},
    ],
    ids=["another filter", "another order", "one more filter", "another list", "another organisation", "everybody"],
)
def test_it_opens_for_no_other_list(other: dict[str, Any]) -> None:
    cursor = CURSORS.sign(PLACE, **LIST)

    with pytest.raises(Fault, match="next_cursor of this very list") as refusal:
        CURSORS.verify(cursor, **other)

    assert refusal.value.kind == "wrong_parameter"
    assert [field["pointer"] for field in refusal.value.fields] == ["/cursor"]


def test_a_cursor_of_another_instance_does_not_open() -> None:
    cursor = Cursors("another secret, and also long enough").sign(PLACE, **LIST)

    with pytest.raises(Fault):
        CURSORS.verify(cursor, **LIST)


def test_no_character_of_it_can_be_changed() -> None:
    cursor = CURSORS.sign(PLACE, **LIST)
    changed = [cursor[:at] + ("A" if cursor[at] != "A" else "B") + cursor[at + 1 :] for at in range(len(cursor) - 1)]

    for each in changed:
        with pytest.raises(Fault):
            CURSORS.verify(each, **LIST)


@pytest.mark.parametrize("cursor", ["", "A", "***", "é", "A" * 500, "====", PLACE])
def test_what_is_no_cursor_is_named(cursor: str) -> None:
    with pytest.raises(Fault) as refusal:
        CURSORS.verify(cursor, **LIST)

    assert refusal.value.code == "invalid_cursor"
