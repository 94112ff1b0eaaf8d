"""The story that demonstrates the platform: a partner is admitted, reaches a milestone, and all consequences follow."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

from chassis.domain.identity import new_id
from cli.connection.api import Api, Refused
from cli.operations.trace import Trace

TIMEOUT_SECONDS = 60.0
POLL_SECONDS = 0.02
TRANSIENT = (502, 503, 504)
SETTLED = ("sent", "uncertain")
"""`uncertain` is final as well: such a letter is shown, not sent again."""
PrintLine = Callable[[str], None]
TraceOf = Callable[[str], Trace]


class Missing(Exception):
    """An expected consequence did not occur in time; the message names it."""


@dataclass(kw_only=True)
class StoryStep:
    """One request, and the consequences it must have before the next step."""

    title: str
    act: Callable[[str], Any]
    """Makes the request, with the given request id."""
    consequences: Mapping[str, Callable[[Any], bool]] = field(default_factory=dict)
    """For each consequence, in words: whether it has occurred, given the answer of `act`."""


class StoryRunner:
    """Runs steps against a running instance, and reports each event and reaction as it happens."""

    def __init__(self, *, print_line: PrintLine, trace_of: TraceOf, limit_seconds: float = TIMEOUT_SECONDS) -> None:
        """`tell` gets each line; a consequence may take `limit_seconds`."""
        self._print_line = print_line
        self._trace_of = trace_of
        self._limit_seconds = limit_seconds

    def play(self, chapter: StoryStep) -> Any:
        """Make the request and wait for its consequences; raises Missing, naming the one that did not occur."""
        request_id = new_id("req")
        self._print_line(chapter.title)
        begun = datetime.now(UTC)
        answer = chapter.act(request_id)
        trace = self._trace_of(request_id)
        for words, has_come in chapter.consequences.items():
            self._wait(words, partial(has_come, answer), trace, begun)
        self._tell_new_steps(trace, begun)
        return answer

    def _wait(self, words: str, has_come: Callable[[], bool], trace: Trace, begun: datetime) -> None:
        deadline = time.monotonic() + self._limit_seconds
        while not _has_occurred(has_come):
            if time.monotonic() > deadline:
                raise Missing(f"{words}: not seen after {self._limit_seconds:.0f} s")
            self._tell_new_steps(trace, begun)
            time.sleep(POLL_SECONDS)
        self._tell_new_steps(trace, begun)
        after = round((datetime.now(UTC) - begun).total_seconds() * 1000)
        self._print_line(f"{after:>6} ms  {'✓':<14} {words}")

    def _tell_new_steps(self, trace: Trace, begun: datetime) -> None:
        for step in trace.new_steps():
            self._print_line(step.told(since=begun))


def admit(api: Api, *, partner: Mapping[str, Any], leaders: list[Mapping[str, Any]], today: date) -> StoryStep:
    """The institute admits a partner, which is proposed first if need be."""
    proposed = partner if "id" in partner else api.post("/v1/partners", partner).body
    add_people(api, leaders, role="leader", partner_id=proposed["id"])

    def act(request_id: str) -> Any:
        return api.transition(
            f"/v1/partners/{proposed['id']}", "admitted", version=proposed["version"], request_id=request_id,
            reasons=["Leaders with the will to transform care, and a mission that is ours too"],
            term_starts_on=str(today), term_ends_on=str(today + timedelta(days=3 * 365)),
        )  # fmt: skip

    return StoryStep(
        title=f"The institute admits {partner['name']}",
        act=act,
        consequences={
            "an engagement is drafted": lambda admitted: bool(_of(api, "engagements", admitted["id"])),
            "its leaders are welcomed": lambda admitted: letters_are_sent(
                api, len(leaders), category="welcome", about_id=admitted["id"]
            ),
        },
    )


def add_people(api: Api, people: Iterable[Mapping[str, Any]], **what_they_are: str) -> None:
    """Create people with their role and, if any, their partner, unless a person with the address exists."""
    there = {person["email"] for person in api.get("/v1/people", **what_they_are, limit=100)["items"]}
    for person in people:
        if person["email"] not in there:
            api.post("/v1/people", {**person, **what_they_are})


def activate(api: Api, *, partner_id: str, coach_id: str, today: date) -> StoryStep:
    """Both sides agree on the engagement, and staff activate it, with its lead coach."""
    engagement = _of(api, "engagements", partner_id)[0]
    path, day = f"/v1/engagements/{engagement['id']}", str(come_everywhere(today))

    def act(request_id: str) -> Any:
        agreed = api.transition(
            path, "agreed", version=engagement["version"], request_id=request_id, for_partner="Its chief executive",
            for_institute="The programme's director", agreed_on=day,
        )  # fmt: skip
        return api.transition(
            path, "active", version=agreed["version"], request_id=request_id, lead_coach_id=coach_id, activated_on=day
        )

    return StoryStep(title="Both sides agree on its engagement, and staff activate it, with a lead coach", act=act)


def plan(api: Api, *, engagement_id: str, today: date) -> StoryStep:
    """A milestone is planned."""
    milestone = {
        "engagement_id": engagement_id,
        "kind": "aim_target",
        "title": "Central-line infections halved in all intensive care units",
        "due_on": str(today + timedelta(days=30)),
    }
    return StoryStep(
        title="A milestone is planned",
        act=lambda request_id: api.post("/v1/milestones", milestone, X_Request_Id=request_id).body,
    )


def reach(api: Api, *, milestone: Mapping[str, Any], leaders: int, today: date) -> StoryStep:
    """A person confirms with evidence that the milestone is reached."""
    partner_id, id = milestone["partner_id"], milestone["id"]
    path, day = f"/v1/milestones/{id}", str(come_everywhere(today))
    return StoryStep(
        title=f"A person confirms, with evidence: “{milestone['title']}” is reached",
        act=lambda request_id: api.transition(
            path, "reached", version=milestone["version"], request_id=request_id, reached_on=day,
            evidence="Run chart of the last twelve months: a shift of nine points below the median",
        ),
        consequences={
            "a coaching follow-up is planned": lambda _: bool(follow_ups(api, id)),
            "the partner is invited to the camp": lambda _: bool(invitation(api, partner_id, id)),
            "the leaders are told": lambda _: letters_are_sent(api, leaders, category="milestone", about_id=id),
            "the coach is written to": lambda _: letters_are_sent(
                api, 1, category="follow_up", about_id=follow_ups(api, id)[0]["id"]
            ),
            "the invitation is in the post": lambda _: letters_are_sent(
                api, leaders, category="invitation", about_id=invitation(api, partner_id, id)["id"]
            ),
            "its delivery state is back on the invitation": lambda _: (
                invitation(api, partner_id, id)["delivery"]["state"] in SETTLED
            ),
        },
    )  # fmt: skip


def letters(api: Api, *, partner_id: str) -> Iterator[str]:
    """List a partner's letters, a line for each."""
    for letter in api.get("/v1/deliveries", partner_id=partner_id, limit=100)["items"]:
        yield f"{letter['category']:<12} to {letter['to']:<40} {letter['state']:<10} {letter['subject']}"


def come_everywhere(today: date) -> date:
    """Give the last day that has begun wherever a partner is: somewhere it is still yesterday."""
    return today - timedelta(days=1)


def _has_occurred(has_come: Callable[[], bool]) -> bool:
    """Whether it has occurred; a service that is away for a moment counts as not yet."""
    try:
        return has_come()
    except Refused as refused:
        if refused.status in TRANSIENT:
            return False
        raise
    except OSError:
        return False


def _of(api: Api, things: str, partner_id: str) -> list[Any]:
    found: list[Any] = api.get(f"/v1/{things}", partner_id=partner_id)["items"]
    return found


def letters_are_sent(api: Api, count: int, *, category: str, about_id: str) -> bool:
    """Whether the expected number of letters have been sent."""
    letters = api.get("/v1/deliveries", category=category, about_id=about_id)["items"]
    return len(letters) == count and all(letter["state"] in SETTLED for letter in letters)


def follow_ups(api: Api, milestone_id: str) -> list[Any]:
    """Give the follow-ups of a milestone."""
    found: list[Any] = api.get("/v1/follow-ups", milestone_id=milestone_id)["items"]
    return found


def invitations(api: Api, partner_id: str) -> list[Any]:
    """Give the invitations of a partner."""
    return _of(api, "invitations", partner_id)


def invitation(api: Api, partner_id: str, milestone_id: str) -> Any:
    """Give the partner's invitation of which a milestone is a reason; None if there is none."""
    found = invitations(api, partner_id)
    return next((each for each in found if milestone_id in [reason["id"] for reason in each["reasons"]]), None)
