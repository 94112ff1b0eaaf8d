"""Which asks and offers of help fit, why, and which pairs are suggested first."""

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.camps.model.learning.ask import Ask
from services.camps.model.learning.fit import best_first, what_fits
from services.camps.model.learning.offer import Offer
from tests.builders.help import an_ask, an_offer

APART: dict[str, Any] = {"topics": ["falls"]}
"""An offer that shares no topic with the ask."""


def why(**offered: Any) -> list[tuple[str, str]]:
    asked = an_ask(focus_area="safer_care", words=["huddles", "night"])
    return [(each.kind, each.what) for each in what_fits(asked, an_offer(**offered))]


def test_a_shared_topic_is_enough_and_everything_shared_is_said() -> None:
    assert why() == [("topic", "huddles")]
    assert why(focus_area="safer_care", words=["night", "huddles", "wards"]) == [
        ("topic", "huddles"), ("focus_area", "safer_care"), ("word", "huddles"), ("word", "night"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("shared", "fits"),
    [
        ({}, False),
        ({"focus_area": "safer_care"}, False),
        ({"words": ["night"]}, False),
        ({"focus_area": "safer_care", "words": ["night"]}, True),
        ({"words": ["huddles", "night"]}, True),
    ],
)
def test_without_a_topic_a_word_is_enough_only_with_the_focus_area_or_another_word(
    shared: dict[str, Any], fits: bool
) -> None:
    assert bool(why(**APART, **shared)) is fits


def test_a_focus_area_that_neither_names_is_nothing_in_common() -> None:
    asked = an_ask(words=["night"])

    assert what_fits(asked, an_offer(**APART, words=["night"])) == []


@pytest.mark.parametrize(
    ("otherwise", "fits"),
    [
        ({"partner_id": "prt_1"}, False),
        ({"languages": ["sv"]}, False),
        ({"languages": ["sv", "en"]}, True),
        ({"camp_id": "cmp_1"}, True),
    ],
)
def test_two_partners_fit_that_can_talk_to_each_other(otherwise: dict[str, Any], fits: bool) -> None:
    assert bool(why(**otherwise)) is fits


def test_two_that_are_bound_to_different_camps_do_not_meet() -> None:
    asked = an_ask(camp_id="cmp_1")

    assert what_fits(asked, an_offer(camp_id="cmp_1"))
    assert not what_fits(asked, an_offer(camp_id="cmp_2"))


TAGS = st.lists(st.sampled_from(["a", "b", "c"]), unique=True, max_size=3)
SAYS = st.fixed_dictionaries(
    {
        "partner_id": st.sampled_from(["prt_1", "prt_2", "prt_3"]),
        "topics": TAGS,
        "words": TAGS,
        "focus_area": st.sampled_from([None, "x", "y"]),
        "languages": st.sampled_from([["en"], ["sv"], ["en", "sv"]]),
        "camp_id": st.sampled_from([None, "cmp_1", "cmp_2"]),
    }
)


def by_hand(ask: Ask, offer: Offer) -> tuple[int, int, int] | None:
    """How much they share, counted one by one; None where the rule as it is written in decision 72 says no."""
    topics = sum(1 for one, other in product(ask.topics, offer.topics) if one == other)
    words = sum(1 for one, other in product(ask.words, offer.words) if one == other)
    area = int(ask.focus_area is not None and ask.focus_area == offer.focus_area)
    talk = any(one == other for one, other in product(ask.languages, offer.languages))
    meet = ask.camp_id is None or offer.camp_id is None or ask.camp_id == offer.camp_id
    enough = topics >= 1 or (area == 1 and words >= 1) or words >= 2
    return (topics, area, words) if ask.partner_id != offer.partner_id and talk and meet and enough else None


@given(st.lists(SAYS, max_size=4), st.lists(SAYS, max_size=4), st.randoms(use_true_random=False))
def test_the_best_are_first_as_when_each_is_compared_with_each(
    asked: list[dict[str, Any]], offered: list[dict[str, Any]], shuffled: Any
) -> None:
    asks = [an_ask(id=f"ask_{number}", **says) for number, says in enumerate(asked)]
    offers = [an_offer(id=f"ofr_{number}", **says) for number, says in enumerate(offered)]
    left = {(ask.id, offer.id): found for ask, offer in product(asks, offers) if (found := by_hand(ask, offer))}
    expected = []
    while left:
        most = max(left.values())
        first = min(ids for ids, found in left.items() if found == most)
        expected.append(first)
        del left[first]
    pairs = list(product(asks, offers))
    shuffled.shuffle(pairs)

    assert [(pair.ask.id, pair.offer.id) for pair in best_first(pairs)] == expected
