"""An initiative takes up what another industry taught, and hears of it when that is otherwise, on the real database."""

from itertools import permutations
from typing import Any

import pytest

from tests.integration.engagements.improving import DIAGRAM, Improving

TAUGHT: dict[str, Any] = {
    "organisation": "An airline", "industry": "aviation", "lesson": "Anybody may stop the crew",
    "hypothesis": "At insertion a nurse may stop a doctor", "topics": ["checklists"],
}  # fmt: skip


def hear(improving: Improving, lesson_id: str = "les_1", *, sequence: int = 1, **otherwise: Any) -> None:
    improving.engagements.hear("make_change_idea", sequence=sequence, lesson_id=lesson_id, **TAUGHT | otherwise)


def withdraw(improving: Improving, *, sequence: int = 2) -> None:
    improving.engagements.hear("withdraw_change_idea", sequence=sequence, lesson_id="les_1", **TAUGHT,
                               reason="It was misheard")  # fmt: skip


def taken_up(source_id: str | None = "les_1") -> dict[str, Any]:
    return {**DIAGRAM, "ideas": [{"code": "bundle", "title": "The bundle", "source_id": source_id}]}


def news(improving: Improving) -> list[tuple[str, bool, str | None]]:
    said = improving.engagements.said("initiative.source_changed")
    return [(row["data"]["lesson_id"], row["data"]["is_withdrawn"], row["data"]["reason"]) for row in said]


def sources(improving: Improving, initiative: dict[str, Any]) -> list[dict[str, Any]]:
    shown = improving.engagements.command("show_driver_diagram", initiative_id=initiative["id"])
    found: list[dict[str, Any]] = shown["sources"]
    return found


def test_a_change_idea_keeps_the_lesson_that_it_was_taken_from(improving: Improving) -> None:
    hear(improving)

    drawn = improving.do("draw_driver_diagram", improving.idea(), **taken_up())

    assert drawn["diagram"]["ideas"][0]["source_id"] == "les_1"
    (source,) = sources(improving, drawn)
    assert (source["organisation"], source["lesson"], source["is_withdrawn"]) == (
        "An airline", "Anybody may stop the crew", False,
    )  # fmt: skip
    assert news(improving) == []


def test_a_lesson_that_is_withdrawn_is_taken_up_no_more_and_kept_by_who_has_it(improving: Improving) -> None:
    hear(improving)
    drawn = improving.do("draw_driver_diagram", improving.idea(), **taken_up())

    withdraw(improving)

    assert news(improving) == [("les_1", True, "It was misheard")]
    assert sources(improving, drawn)[0]["is_withdrawn"]
    kept = improving.do("draw_driver_diagram", improving.seen(drawn), **taken_up())
    assert kept["diagram"]["ideas"][0]["source_id"] == "les_1"
    another = improving.idea(title="Another")
    refused = improving.engagements.call("draw_driver_diagram", initiative_id=another["id"], version=None, **taken_up())
    assert refused["fault"]["code"] == "lesson_withdrawn"


def test_who_took_it_up_hears_of_each_change_and_nobody_else_does(improving: Improving) -> None:
    hear(improving)
    hear(improving, "les_2")
    improving.do("draw_driver_diagram", improving.idea(), **taken_up())

    hear(improving, "les_2", sequence=2, lesson="Otherwise")
    hear(improving, sequence=2, lesson="Otherwise")
    withdraw(improving, sequence=3)
    hear(improving, sequence=4)

    assert news(improving) == [("les_1", False, None), ("les_1", True, "It was misheard"), ("les_1", False, None)]


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_whatever_the_order_the_newest_is_what_is_kept(improving: Improving, order: tuple[int, ...]) -> None:
    hear(improving, "les_1", sequence=1)
    initiative = improving.do("draw_driver_diagram", improving.idea(), **taken_up())
    deeds = [
        lambda: hear(improving, sequence=2, lesson="Corrected"),
        lambda: withdraw(improving, sequence=3),
        lambda: hear(improving, sequence=4, lesson="Offered again"),
    ]
    for at in order:
        deeds[at]()
        deeds[at]()

    (source,) = sources(improving, initiative)
    assert (source["lesson"], source["is_withdrawn"]) == ("Offered again", False)
    assert news(improving)[-1] == ("les_1", False, None)


def test_a_lesson_nobody_ever_heard_of_is_refused_where_it_stands(improving: Improving, monkeypatch: Any) -> None:
    monkeypatch.setattr("chassis.rpc.references.sleep", lambda _: None)
    idea = improving.idea()

    fault = improving.engagements.call("draw_driver_diagram", initiative_id=idea["id"], version=None,
                                       **taken_up("les_nobody"))["fault"]  # fmt: skip

    assert (fault["code"], fault["fields"][0]["pointer"]) == ("unknown_reference", "/ideas/0/source_id")
