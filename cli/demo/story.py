"""The story the platform is for: a partner is admitted, reaches a milestone, and everybody concerned hears of it."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

from chassis.domain.identity import new_id
from cli.connection.api import Api, Refused
from cli.operations.trace import Trace

LIMIT_SECONDS = 60.0
GLANCE_SECONDS = 0.02
PASSING = (502, 503, 504)
SETTLED = ("sent", "uncertain")
"""`uncertain` is an end, too: it is shown, not repeated."""
Tell = Callable[[str], None]
TraceOf = Callable[[str], Trace]


class Missing(Exception):
    """An expected consequence did not come; the message names it."""


@dataclass(kw_only=True)
class Chapter:
    """One request, and the consequences it must have before the story goes on."""

    title: str
    act: Callable[[str], Any]
    """Does it, under the request id it is given."""
    consequences: Mapping[str, Callable[[Any], bool]] = field(default_factory=dict)
    """In words: whether it has come, given what `act` answered."""


class Teller:
    """Plays chapters against a running instance, and tells each step as it happens."""

    def __init__(self, *, tell: Tell, trace_of: TraceOf, limit_seconds: float = LIMIT_SECONDS) -> None:
        """`tell` gets each line; a consequence may take `limit_seconds`."""
        self._tell = tell
        self._trace_of = trace_of
        self._limit_seconds = limit_seconds

    def play(self, chapter: Chapter) -> Any:
        """Do it and wait for everything it must lead to; raises Missing, naming what did not come."""
        request_id = new_id("req")
        self._tell(chapter.title)
        begun = datetime.now(UTC)
        answer = chapter.act(request_id)
        trace = self._trace_of(request_id)
        for words, has_come in chapter.consequences.items():
            self._wait(words, partial(has_come, answer), trace, begun)
        self._tell_new_steps(trace, begun)
        return answer

    def _wait(self, words: str, has_come: Callable[[], bool], trace: Trace, begun: datetime) -> None:
        deadline = time.monotonic() + self._limit_seconds
        while not _come(has_come):
            if time.monotonic() > deadline:
                raise Missing(f"{words}: not seen after {self._limit_seconds:.0f} s")
            self._tell_new_steps(trace, begun)
            time.sleep(GLANCE_SECONDS)
        self._tell_new_steps(trace, begun)
        after = round((datetime.now(UTC) - begun).total_seconds() * 1000)
        self._tell(f"{after:>6} ms  {'✓':<14} {words}")

    def _tell_new_steps(self, trace: Trace, begun: datetime) -> None:
        for step in trace.new_steps():
            self._tell(step.told(since=begun))


def admit(api: Api, *, partner: Mapping[str, Any], leaders: list[Mapping[str, Any]], today: date) -> Chapter:
    """The institute says yes to a partner, proposed already or only now."""
    proposed = partner if "id" in partner else api.post("/v1/partners", partner).body
    add_people(api, leaders, role="leader", partner_id=proposed["id"])

    def act(request_id: str) -> Any:
        return api.transition(
            f"/v1/partners/{proposed['id']}", "admitted", version=proposed["version"], request_id=request_id,
            reasons=["Leaders with the will to transform care, and a mission that is ours too"],
            term_starts_on=str(today), term_ends_on=str(today + timedelta(days=3 * 365)),
        )  # fmt: skip

    return Chapter(
        title=f"The institute admits {partner['name']}",
        act=act,
        consequences={
            "an engagement is drafted": lambda admitted: bool(_of(api, "engagements", admitted["id"])),
            "its leaders are welcomed": lambda admitted: _all_sent(
                api, len(leaders), category="welcome", about_id=admitted["id"]
            ),
        },
    )


def add_people(api: Api, people: Iterable[Mapping[str, Any]], **what_they_are: str) -> None:
    """Have them on record with their role and, if any, their partner; whoever is there already is left alone."""
    there = {person["email"] for person in api.get("/v1/people", **what_they_are, limit=100)["items"]}
    for person in people:
        if person["email"] not in there:
            api.post("/v1/people", {**person, **what_they_are})


def activate(api: Api, *, partner_id: str, coach_id: str, today: date) -> Chapter:
    """The work begins, with the coach who leads it."""
    engagement = _of(api, "engagements", partner_id)[0]
    path = f"/v1/engagements/{engagement['id']}"
    return Chapter(
        title="Staff activate its engagement, with a lead coach",
        act=lambda request_id: api.transition(
            path, "active", version=engagement["version"], request_id=request_id, lead_coach_id=coach_id,
            activated_on=str(today),
        ),
    )  # fmt: skip


def plan(api: Api, *, engagement_id: str, today: date) -> Chapter:
    """Both sides plan what is to be reached."""
    milestone = {
        "engagement_id": engagement_id,
        "kind": "aim_target",
        "title": "Central-line infections halved in all intensive care units",
        "due_on": str(today + timedelta(days=30)),
    }
    return Chapter(
        title="A milestone is planned",
        act=lambda request_id: api.post("/v1/milestones", milestone, X_Request_Id=request_id).body,
    )


def reach(api: Api, *, milestone: Mapping[str, Any], leaders: int, today: date) -> Chapter:
    """A person confirms that it is reached: the heart of the platform."""
    partner_id, id = milestone["partner_id"], milestone["id"]
    path = f"/v1/milestones/{id}"
    return Chapter(
        title=f"A person confirms, with evidence: “{milestone['title']}” is reached",
        act=lambda request_id: api.transition(
            path, "reached", version=milestone["version"], request_id=request_id, reached_on=str(today),
            evidence="Run chart of the last twelve months: a shift of nine points below the median",
        ),
        consequences={
            "a coaching follow-up is planned": lambda _: bool(_follow_ups(api, id)),
            "the partner is invited to the camp": lambda _: bool(_invitation(api, partner_id, id)),
            "the leaders are told": lambda _: _all_sent(api, leaders, category="milestone", about_id=id),
            "the coach is written to": lambda _: _all_sent(
                api, 1, category="follow_up", about_id=_follow_ups(api, id)[0]["id"]
            ),
            "the invitation is in the post": lambda _: _all_sent(
                api, leaders, category="invitation", about_id=_invitation(api, partner_id, id)["id"]
            ),
            "its delivery state is back on the invitation": lambda _: (
                _invitation(api, partner_id, id)["delivery"]["state"] in SETTLED
            ),
        },
    )  # fmt: skip


def letters(api: Api, *, partner_id: str) -> Iterator[str]:
    """Which letter went where, a line each."""
    for letter in api.get("/v1/deliveries", partner_id=partner_id, limit=100)["items"]:
        yield f"{letter['category']:<12} to {letter['to']:<40} {letter['state']:<10} {letter['subject']}"


def _come(has_come: Callable[[], bool]) -> bool:
    """A service that is away for a moment has not said no."""
    try:
        return has_come()
    except Refused as refused:
        if refused.status in PASSING:
            return False
        raise
    except OSError:
        return False


def _of(api: Api, things: str, partner_id: str) -> list[Any]:
    found: list[Any] = api.get(f"/v1/{things}", partner_id=partner_id)["items"]
    return found


def _all_sent(api: Api, count: int, *, category: str, about_id: str) -> bool:
    """Whether as many letters as expected have left."""
    letters = api.get("/v1/deliveries", category=category, about_id=about_id)["items"]
    return len(letters) == count and all(letter["state"] in SETTLED for letter in letters)


def _follow_ups(api: Api, milestone_id: str) -> list[Any]:
    found: list[Any] = api.get("/v1/follow-ups", milestone_id=milestone_id)["items"]
    return found


def _invitation(api: Api, partner_id: str, milestone_id: str) -> Any:
    invitations = _of(api, "invitations", partner_id)
    return next((each for each in invitations if milestone_id in [reason["id"] for reason in each["reasons"]]), None)
