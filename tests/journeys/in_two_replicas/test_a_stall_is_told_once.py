"""An initiative that stands still and moves on, while processes are killed between the steps."""

from typing import Any

import pytest

from cli.local.instance import Instance
from tests.journeys.platform_driver import PlatformDriver
from tests.journeys.test_stalled_initiative import initiative_of, letters, score
from tests.waiting import eventually

pytestmark = pytest.mark.slow


def test_in_two_replicas_with_a_crash_between_the_steps_everybody_is_told_once(replicas: Instance) -> None:
    platform = PlatformDriver(replicas)
    initiative = initiative_of(platform)

    platform.crash("engagements", "notifications.2")
    score(platform, initiative, month="2026-02", assessor_role="faculty", score="2.5")
    settled(platform, initiative, "initiative_stalled")
    platform.crash("engagements.2", "notifications")
    score(platform, initiative, month="2026-03", assessor_role="faculty", score="3.0")
    settled(platform, initiative, "initiative_moved_on")

    assert len(platform.letters(about_id=initiative["id"])) == 2


def settled(platform: PlatformDriver, initiative: Any, category: str) -> None:
    """Wait until the letter of a category has left, or may have: whoever sent it may have been killed meanwhile."""

    def states() -> list[str]:
        return [each["state"] for each in letters(platform, initiative, category)]

    eventually(lambda: states() in (["sent"], ["uncertain"]))
