"""So many a minute of each, and the rest is counted."""

from chassis.audit.quota import Quota


class Clock:
    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_what_is_more_is_counted_and_told_with_the_next_that_is_taken() -> None:
    clock = Clock()
    ration = Quota(2, clock=clock)

    taken = [ration.admits("anna") for _ in range(5)]
    clock.seconds = 60.0

    assert taken == [True, True, False, False, False]
    assert ration.admits("anna")
    assert (ration.left_out("anna"), ration.left_out("anna")) == (3, 0)


def test_one_callers_flood_is_not_anothers() -> None:
    ration = Quota(1, clock=Clock())

    assert [ration.admits(each) for each in ("anna", "anna", "bo")] == [True, False, True]
    assert ration.left_out("bo") == 0
