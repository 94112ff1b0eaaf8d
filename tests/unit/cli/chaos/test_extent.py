"""How long a fault run takes, and how much it records."""

import pytest

from dev.chaos.run import extent


@pytest.mark.parametrize(
    ("milestones", "minutes", "expected"),
    [
        (None, None, (500, 180)),
        (10_000, None, (10_000, 3600)),
        (40, None, (40, 180)),
        (None, 1.5, (250, 90)),
        (10_000, 30, (10_000, 1800)),
    ],
)
def test_a_run_records_500_milestones_in_three_minutes_or_the_given_number_at_that_rate(
    milestones, minutes, expected
) -> None:
    assert extent(milestones=milestones, minutes=minutes) == expected
