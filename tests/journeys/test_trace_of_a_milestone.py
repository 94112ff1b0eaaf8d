"""One milestone is one story for those who follow traces: connected, whole, and without secrets."""

from typing import Any

import pytest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from cli.local.instance import Instance
from tests.journeys.platform_driver import PlatformDriver
from tests.trace_collector import Collector
from tests.waiting import eventually

CHAPTERS = {
    "POST /v1/milestones/<milestone_id>/transitions",
    "engagements.reach_milestone",
    "publish engagements.milestone.reached",
    "notifications.plan_coaching_follow_up",
    "notifications.congratulate_the_leaders",
    "notifications.stop_alerts",
    "camps.invite_partner",
    "publish camps.invitation.issued",
    "notifications.write_the_invitation",
    "notifications.letters",
    "publish notifications.delivery.settled",
    "camps.keep_delivery_state",
}


@pytest.fixture
def partner(platform: PlatformDriver) -> Any:
    return platform.admitted_partner()


def test_a_milestone_reached_is_one_connected_story(
    platform: PlatformDriver, instance: Instance, collector: Collector, partner: Any
) -> None:
    platform.camp_inviting()
    milestone = platform.planned_milestone(platform.active_engagement(partner["id"])["id"])
    request_id = f"story-{milestone['id']}"
    platform.reach(milestone, request_id=request_id)
    eventually(lambda: platform.delivery_of_the_invitation(partner["id"]) == "sent")

    (reached, *_) = platform.events_caused_by(request_id)
    trace_id = reached["traceparent"].split("-")[1]
    eventually(lambda: {span.name for span in collector.spans(trace_id)} >= CHAPTERS)
    spans = collector.spans(trace_id)

    known = {span.span_id for span in spans}
    assert [span.name for span in spans if not span.parent_span_id] == [
        "POST /v1/milestones/<milestone_id>/transitions"
    ]
    assert [span.name for span in spans if span.parent_span_id and span.parent_span_id not in known] == []
    reactions = [span for span in spans if span.kind == Span.SPAN_KIND_CONSUMER]
    assert [[link.span_id for link in span.links] for span in reactions] == [
        [span.parent_span_id] for span in reactions
    ]


def test_what_is_exported_holds_no_secret(
    platform: PlatformDriver, instance: Instance, collector: Collector, partner: Any
) -> None:
    leader = platform.api.get("/v1/people", partner_id=partner["id"])["items"][0]
    eventually(lambda: collector.bodies)

    exported = b"".join(collector.bodies)

    for secret in (instance.secret, platform.api.token, leader["email"], leader["name"], "guest:guest"):
        assert secret.encode() not in exported
