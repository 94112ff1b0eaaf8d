"""Versioned data, read once: what a coach should do after a milestone, and how soon."""

import json
from importlib import resources

from services.notifications.model.follow_up import FollowUpPolicies, FollowUpPolicy


def _follow_up_policies() -> FollowUpPolicies:
    text = resources.files(__package__).joinpath("follow_up_policies.json").read_text(encoding="utf-8")
    written = json.loads(text)
    return FollowUpPolicies(
        version=written["version"],
        least_notice_days=written["least_notice_days"],
        by_kind={kind: FollowUpPolicy(**policy) for kind, policy in written["by_kind"].items()},
        for_other_kinds=FollowUpPolicy(**written["for_other_kinds"]),
    )


FOLLOW_UP_POLICIES = _follow_up_policies()
"""The policies in force."""
