"""Loop 2: data points → signal → milestone proposed → confirmed → follow-up → coaching held → follow-up completed."""

from datetime import date
from typing import Any

from cli.connection.api import Api
from cli.demo.story import StoryStep, come_everywhere, follow_ups, invitation, letters_are_sent

MEASURE = "daily-review"
PROPOSED, ALSO_PROPOSED = "review-shift", "review-spread"
"""The milestones of the example that wait for its data."""
MONTHS = {"2026-01-01": 224, "2026-02-01": 227, "2026-03-01": 225}
"""Three good months, of 300 lines each: with the three before, a shift of six."""
LINES = 300


def named(api: Api, things: str, external_id: str, *, partner_id: str) -> Any:
    """Give a thing of a partner by the name it has in the files."""
    return api.get(f"/v1/{things}", external_id=external_id, partner_id=partner_id)["items"][0]


def state_of(api: Api, milestone: Any) -> str:
    """Give the state of a milestone as it is now."""
    return str(api.get(f"/v1/milestones/{milestone['id']}")["state"])


def record(api: Api, *, measure: Any, milestones: list[Any], told: int) -> StoryStep:
    """Data points of three months come."""
    path = f"/v1/measures/{measure['id']}/data-points"

    def act(request_id: str) -> list[Any]:
        points = [{"on": on, "value": value, "denominator": LINES} for on, value in MONTHS.items()]
        return [api.post(path, point, X_Request_Id=request_id).body for point in points]

    return StoryStep(
        title=f"The data of three more months come: “{measure['title']}”",
        act=act,
        consequences={
            "they are a signal: a shift of six, for the better": lambda _: shifts(api, measure) == ["detected"],
            "the milestones that waited for it are proposed": lambda _: (
                {state_of(api, each) for each in milestones} == {"proposed"}
            ),
            "leaders and coach are asked to confirm": lambda _: all(
                letters_are_sent(api, told, category="milestone_proposed", about_id=each["id"]) for each in milestones
            ),
        },
    )


def shifts(api: Api, measure: Any) -> list[str]:
    """Give the states of the shifts that were found in a measure."""
    signals = api.get("/v1/signals", measure_id=measure["id"], limit=100)["items"]
    return [each["state"] for each in signals if each["rule"] == "shift"]


def confirm(api: Api, *, milestone: Any, leaders: int, today: date) -> StoryStep:
    """A person confirms what data propose."""
    path, id = f"/v1/milestones/{milestone['id']}", milestone["id"]

    def act(request_id: str) -> Any:
        return api.transition(
            path, "reached", version=api.get(path)["version"], request_id=request_id,
            reached_on=str(come_everywhere(today)), evidence="Six months in a row above the centre, in all six units",
        )  # fmt: skip

    return StoryStep(
        title=f"A person confirms what the data propose: “{milestone['title']}” is reached",
        act=act,
        consequences={
            "a coaching follow-up is planned": lambda _: states(api, id) == ["planned"],
            "the partner is invited to the camp": lambda _: bool(invitation(api, milestone["partner_id"], id)),
            "the leaders are told": lambda _: letters_are_sent(api, leaders, category="milestone", about_id=id),
        },
    )


def states(api: Api, milestone_id: str) -> list[str]:
    """Give the states of the follow-ups of a milestone."""
    return [each["state"] for each in follow_ups(api, milestone_id)]


def coach(api: Api, *, milestone: Any, today: date) -> StoryStep:
    """The coach and the team meet about it."""
    day = str(come_everywhere(today))
    session = {"engagement_id": milestone["engagement_id"], "milestone_id": milestone["id"],
               "held_at": f"{day}T13:00:00+00:00", "zone": "Europe/Stockholm"}  # fmt: skip

    def act(request_id: str) -> Any:
        scheduled = api.post("/v1/coaching-sessions", session, X_Request_Id=request_id).body
        return api.transition(
            f"/v1/coaching-sessions/{scheduled['id']}", "held", version=scheduled["version"], request_id=request_id,
            held_on=day, notes="What holds the gain when nobody looks?",
        )  # fmt: skip

    return StoryStep(
        title="The coach and the team meet about it",
        act=act,
        consequences={"the follow-up is completed": lambda _: states(api, milestone["id"]) == ["completed"]},
    )
