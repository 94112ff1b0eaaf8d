"""The Prometheus counters and histograms, shared by all processes, with the service as a label.

Names and labels are documented in `docs/operations.md`; gauges are in `chassis.runtime.gauges`.
"""

from datetime import UTC, datetime
from functools import cache

from prometheus_client import Counter, Histogram

_WORK = ("service", "entrypoint", "kind")
DURATION = Histogram(
    "partnerships_entrypoint_duration_seconds",
    "How long a request, a call, a reaction or a timer took.",
    _WORK,
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15),
)
DONE = Counter("partnerships_entrypoint", "How requests, calls, reactions and timers ended.", (*_WORK, "outcome"))
EVENT_AGE = Histogram(
    "partnerships_event_age_seconds",
    "From the time of an event to the end of a reaction to it.",
    ("service", "entrypoint"),
    buckets=(0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 1800, 7200),
)
DUPLICATES = Counter("partnerships_duplicates", "Duplicate events that were suppressed.", ("service",))
RETRIES = Counter("partnerships_retries", "Failed reactions that were scheduled to be retried.", ("service",))
DEAD_LETTERS = Counter("partnerships_dead_letters", "Messages that became dead letters.", ("service",))


@cache
def series(service: str, entrypoint: str, kind: str, outcome: str) -> tuple[Histogram, Counter]:
    """Return where a unit of processing is measured and counted; prometheus-client looks it up under a lock."""
    return DURATION.labels(service, entrypoint, kind), DONE.labels(service, entrypoint, kind, outcome)


def initialise(service: str) -> None:
    """Export the counters as 0, so that Prometheus sees the first increment as an increase."""
    for counter in (DUPLICATES, RETRIES, DEAD_LETTERS):
        counter.labels(service)


def observe_event_age(*, reaction: str, event_time: str, now: datetime) -> None:
    """Observe the age of an event whose reaction has just ended; a time that cannot be parsed is ignored."""
    try:
        happened_at = datetime.fromisoformat(event_time)
    except ValueError:
        return
    age = (now - (happened_at if happened_at.tzinfo else happened_at.replace(tzinfo=UTC))).total_seconds()
    EVENT_AGE.labels(reaction.partition(".")[0], reaction).observe(max(age, 0.0))
