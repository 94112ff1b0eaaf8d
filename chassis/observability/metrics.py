"""What is measured: one name for each measure, shared by all processes, with the service as a label.

Names and labels are those of `docs/operations.md`; what is looked up only when somebody asks is in `gauges`.
"""

from datetime import UTC, datetime

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
    "From the moment an event became true to the end of a reaction to it.",
    ("service", "entrypoint"),
    buckets=(0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 1800, 7200),
)
DUPLICATES = Counter("partnerships_duplicates", "Copies that were seen to be copies, and did nothing.", ("service",))
RETRIES = Counter("partnerships_retries", "Reactions that failed and wait for another turn.", ("service",))
DEAD_LETTERS = Counter("partnerships_dead_letters", "Messages that were given up.", ("service",))


def begin(service: str) -> None:
    """Let what has never happened count as 0: a first time is an increase only if there was a 0 before."""
    for counter in (DUPLICATES, RETRIES, DEAD_LETTERS):
        counter.labels(service)


def note_age(*, reaction: str, event_time: str, now: datetime) -> None:
    """Note how old an event is whose reaction has just ended; a time that is none of ours says nothing."""
    try:
        said_at = datetime.fromisoformat(event_time)
    except ValueError:
        return
    age = (now - (said_at if said_at.tzinfo else said_at.replace(tzinfo=UTC))).total_seconds()
    EVENT_AGE.labels(reaction.partition(".")[0], reaction).observe(max(age, 0.0))
