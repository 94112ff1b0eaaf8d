"""Days that people say something happened on: they have come, and lie in the time of what they belong to."""

from datetime import date

from chassis.domain.errors import Invalid


class InTheFuture(Invalid):
    """What has happened has a day that has come, where the partner is."""


class BeforeItBegan(Invalid):
    """What belongs to an engagement happens from the day on which that began."""


class DayIsPast(Invalid):
    """What is planned has a day that is still to come, or is today, where the partner is."""


def refuse_unless_come(day: date, *, field: str, since: date | None, today: date) -> None:
    """Raise InTheFuture or BeforeItBegan, at `field`, unless the day is one from `since` to `today`."""
    if day > today:
        raise InTheFuture.at(f"/{field}", "in_the_future", f"A day up to {today} is expected; got '{day}'")
    refuse_before(day, field=field, since=since)


def refuse_before(day: date, *, field: str, since: date | None) -> None:
    """Raise BeforeItBegan, at `field`, unless the day is `since` or a later one."""
    if since is not None and day < since:
        raise BeforeItBegan.at(f"/{field}", "before_start", f"{since} or a later day is expected; got '{day}'")


def refuse_the_past(day: date, *, field: str, today: date) -> None:
    """Raise DayIsPast, at `field`, unless the day is `today` or a later one."""
    if day < today:
        raise DayIsPast.at(f"/{field}", "in_the_past", f"{today} or a later day is expected; got '{day}'")
