from bench.memory import MemoryCurve, thinned
from bench.reporting.figures import percentile, spread


def test_a_spread_shows_the_median_and_how_far_the_rounds_lie_apart() -> None:
    assert spread([3.0, 1.0, 2.0, 9.0]).shown(1) == "2.5 (1.0–9.0)"


def test_half_of_the_calls_take_no_longer_than_the_median_and_one_in_a_hundred_longer_than_p99() -> None:
    took = [n / 1000 for n in range(1, 1001)]

    assert abs(percentile(took, 0.5) - 0.5) <= 0.001
    assert sum(each > percentile(took, 0.99) for each in took) <= 10


def test_the_slowest_call_is_the_p99_of_few() -> None:
    assert percentile([0.2, 0.9, 0.1], 0.99) == 0.9


def test_memory_that_is_taken_once_is_no_growth_and_memory_that_is_taken_always_is() -> None:
    settles, leaks = a_life([40, 60, 60, 60, 60, 60]), a_life([40, 50, 60, 70, 80, 90])

    assert settles.growth == 0
    assert leaks.growth > 20


def test_of_many_looks_at_a_process_a_hundred_are_kept_and_with_them_the_most_it_had() -> None:
    seen = [(number / 1_000, 300.0 if number == 777 else 50.0) for number in range(1_000)]

    kept = thinned(seen)

    assert len(kept) == 100
    assert MemoryCurve(seen=kept).most == 300


def a_life(resident: list[float]) -> MemoryCurve:
    seen = [(number / (len(resident) - 1), memory) for number, memory in enumerate(resident)]
    return MemoryCurve(seen=seen)
