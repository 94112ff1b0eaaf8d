from datetime import UTC, datetime, timedelta

from cli.operations.trace import Step, consequences_of, why

BEGUN = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)


def a_step(id: str, *, caused_by: str | None = None, after: int = 0) -> Step:
    at = BEGUN + timedelta(milliseconds=after)
    return Step(at=at, service="things", kind="published", what="things.thing.happened", id=id, caused_by=caused_by)


REACHED = a_step("reached")
INVITED = a_step("invite", caused_by="reached", after=20)
ISSUED = a_step("issued", caused_by="invite", after=21)
PLANNED = a_step("plan", caused_by="reached", after=10)
STEPS = [ISSUED, PLANNED, INVITED, REACHED]


def test_the_causes_of_a_step_are_given_from_the_beginning() -> None:
    assert why(STEPS, "issued") == [REACHED, INVITED, ISSUED]


def test_an_unknown_step_has_no_causes() -> None:
    assert why(STEPS, "unheard_of") == []


def test_a_circle_of_causes_has_an_end() -> None:
    one, other = a_step("one", caused_by="other"), a_step("other", caused_by="one")

    assert why([one, other], "one") == [other, one]


def test_what_came_of_it_is_told_in_order_of_time_with_consequences_under_their_cause() -> None:
    assert list(consequences_of(STEPS, "reached")) == [(0, PLANNED), (0, INVITED), (1, ISSUED)]


def test_what_came_of_a_request_is_everything() -> None:
    assert [step.id for _, step in consequences_of(STEPS, None)] == ["reached", "plan", "invite", "issued"]


def test_a_step_is_told_with_the_time_since_the_beginning() -> None:
    assert ISSUED.told(since=BEGUN) == "    21 ms  things         published things.thing.happened"
