"""So many per caller and minute; the rest is counted."""

from chassis.audit.quota import Quota


class Clock:
    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_what_exceeds_the_quota_is_counted_until_the_next_that_is_allowed() -> None:
    clock = Clock()
    quota = Quota(2, clock=clock)

    taken = [quota.allow("anna") for _ in range(5)]
    clock.seconds = 60.0

    assert taken == [True, True, False, False, False]
    assert quota.allow("anna")
    assert (quota.take_dropped("anna"), quota.take_dropped("anna")) == (3, 0)


def test_one_callers_flood_is_not_anothers() -> None:
    quota = Quota(1, clock=Clock())

    assert [quota.allow(each) for each in ("anna", "anna", "bo")] == [True, False, True]
    assert quota.take_dropped("bo") == 0
