"""The ceiling of a score: what the evidence on record supports by the Assessment Scale for Collaboratives."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from services.engagements.model.improvement.ceiling import EvidenceOfProgress, ceiling

#       what comes to be known, in the order of the scale, and the ceiling then
LADDER: list[tuple[dict[str, Any], str]] = [
    ({}, "0.5"),
    ({"signed": True, "sponsor_and_lead": True}, "1.0"),
    ({"measures": 5}, "1.5"),
    ({"has_data": True}, "2.0"),
    ({"tested": True, "charted_with_target": True}, "2.5"),
    ({"adopted": True}, "3.0"),
    ({"improved": True}, "3.5"),
    ({"outcome_improved": True, "share_reached": Fraction(1, 2)}, "4.0"),
    ({"sustained": True}, "4.5"),
    ({"share_reached": Fraction(1)}, "5.0"),
]


def known_after(step: int, **more: Any) -> EvidenceOfProgress:
    known: dict[str, Any] = {}
    for facts, _ in LADDER[: step + 1]:
        known |= facts
    return EvidenceOfProgress(**known | more)


@pytest.mark.parametrize("step", range(len(LADDER)), ids=[score for _, score in LADDER])
def test_each_score_is_supported_by_what_it_asks_for(step: int) -> None:
    assert ceiling(known_after(step)).score == Decimal(LADDER[step][1])


def test_what_is_missing_below_is_not_made_up_for_above() -> None:
    everything_but_data = known_after(9, has_data=False)

    found = ceiling(everything_but_data)

    assert (found.score, found.missing) == (Decimal("1.5"), ["data"])


def test_less_than_half_of_the_way_is_no_significant_improvement() -> None:
    found = ceiling(known_after(7, share_reached=Fraction(4999, 10000)))

    assert (found.score, found.missing) == (Decimal("3.5"), ["half_of_the_way"])


def test_closing_equity_gaps_is_not_scored_four_without_strata() -> None:
    found = ceiling(known_after(9, closing_equity_gaps=True))

    assert (found.score, found.missing) == (Decimal("3.5"), ["strata"])
    assert ceiling(known_after(9, closing_equity_gaps=True, has_strata=True)).score == Decimal("5.0")
