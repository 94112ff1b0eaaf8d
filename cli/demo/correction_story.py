"""Loop 3: late correction → signal withdrawn → milestone reopened → follow-up cancelled, invitation withdrawn, told."""

from typing import Any

from cli.connection.api import Api
from cli.demo.data_story import shifts, state_of, states
from cli.demo.story import StoryStep, invitations, letters_are_sent

CORRECTED = 203
"""What the last month really was, of 300: below the centre, so that the shift is none."""


def correct(api: Api, *, measure: Any, point: Any, milestones: list[Any], unanswered: Any, told: int) -> StoryStep:
    """A data point is corrected, late; `unanswered` is the milestone whose follow-up nobody has answered yet."""
    partner_id = measure["partner_id"]
    return StoryStep(
        title=f"The value of {point['period'][:7]} was wrong: it is corrected, late",
        act=lambda request_id: api.transition(
            f"/v1/data-points/{point['id']}", "corrected", version=point["version"], request_id=request_id,
            value=CORRECTED, denominator=point["denominator"], reason="Lines of one unit had been counted twice",
        ),
        consequences={
            "the signal is withdrawn": lambda _: shifts(api, measure) == ["withdrawn"],
            "the milestones that rest on it are reopened": lambda _: (
                {state_of(api, each) for each in milestones} == {"reopened"}
            ),
            "the follow-up that was open is cancelled": lambda _: states(api, unanswered["id"]) == ["cancelled"],
            "the invitation nobody has answered is withdrawn": lambda _: (
                {each["state"] for each in invitations(api, partner_id)} == {"withdrawn"}
            ),
            "leaders and coach are told": lambda _: all(
                letters_are_sent(api, told, category="milestone_reopened", about_id=each["id"]) for each in milestones
            ),
        },
    )  # fmt: skip
