"""An operator looks at what happened, mends what went wrong, and lets a reaction hear again."""

import getpass
import json
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from pymongo import MongoClient

from cli.connection.api import Refused
from cli.connection.datastores import Datastores
from cli.connection.instance_address import RunningInstance
from cli.connection.services import services
from cli.local.instance import Instance
from cli.operations.doctor.dead_letters import dead_letters
from cli.operations.events import Archive, selection
from tests.journeys.platform_driver import PlatformDriver
from tests.waiting import eventually


@pytest.fixture
def archive(instance: Instance) -> Iterator[Archive]:
    parts = instance.parts
    running = RunningInstance(
        gateway=instance.gateway,
        token=instance.api().token,
        amqp=parts.amqp_uri,
        mongo=parts.mongo_uri,
        smtp=parts.smtp_uri,
        prefix=instance.prefix,
    )
    with running.client:
        yield Archive(running)


@pytest.fixture
def reached(platform: PlatformDriver) -> Any:
    """A milestone reached under a request id of our own, with all that follows."""
    platform.camp_inviting()
    partner = platform.admitted_partner()
    milestone = platform.planned_milestone(platform.active_engagement(partner["id"])["id"])
    platform.reach(milestone, request_id=f"req-{milestone['id']}")
    eventually(lambda: platform.delivery_of_the_invitation(partner["id"]) == "sent")
    return {**milestone, "request_id": f"req-{milestone['id']}"}


def test_a_request_is_told_from_its_beginning_to_the_last_letter(archive: Archive, reached: Any) -> None:
    story = "\n".join(archive.trace(reached["request_id"]))

    assert story.index("engagements.milestone.reached") < story.index("Take a milestone as a reason")
    assert story.index("Take a milestone as a reason") < story.index("camps.invitation.issued")
    # It is said of every letter, and of the invitation's own last.
    assert story.index("camps.invitation.issued") < story.rindex(
        "Show on an invitation whether a letter about it was sent"
    )


def test_a_reaction_can_hear_an_event_again_without_doing_it_twice(
    archive: Archive, platform: PlatformDriver, reached: Any
) -> None:
    before = platform.invitations(reached["partner_id"])
    chosen = selection(type=None, subject=reached["id"], since=None, until=None)

    lines = list(archive.replayed(chosen, reaction="camps.invite_partner", dry_run=False))

    assert lines[-1] == "1 events are replayed to camps.invite_partner"
    (row,) = eventually(lambda: platform.inbox_rows("camps.invite_partner", reached["request_id"]))
    assert row["event_id"] in lines[0]
    assert platform.invitations(reached["partner_id"]) == before


def test_what_an_operator_does_directly_is_in_the_audit_trail(
    archive: Archive, platform: PlatformDriver, reached: Any
) -> None:
    of_a_day = selection(type=None, subject=reached["id"], since="2026-06-01", until="2099-07-01T09:00Z")
    event_line, _ = archive.replayed(of_a_day, reaction="camps.invite_partner", dry_run=False)
    event_id = event_line.split()[-1]
    list(archive.show(event_id))

    (replayed,) = platform.rows("audit_records", operation="camps.replay_events", resources=reached["id"])
    assert replayed["subject"] == f"{getpass.getuser()}@{socket.gethostname()}"
    assert replayed["detail"] == (
        f"to camps.invite_partner: subject {reached['id']}, "
        "since 2026-06-01T00:00:00.000Z, until 2099-07-01T09:00:00.000Z"
    )
    (looked,) = platform.rows("audit_records", operation="engagements.show_event", resources=event_id)
    assert (looked["subject"], looked["roles"]) == (replayed["subject"], ["operator"])


def test_staff_see_and_settle_dead_letters_through_the_gateway(platform: PlatformDriver) -> None:
    platform.publish_dead_letter("camps")

    dead = eventually(lambda: platform.api.get("/v1/dead-letters/camps", state="open")["items"])[0]
    assert dead["unreadable"] == "{ this is no JSON"

    gone = platform.api.transition(
        f"/v1/dead-letters/camps/{dead['id']}", "discarded", version=dead["version"], reason="made by a test"
    )
    assert (gone["state"], gone["settled_by"]) == ("discarded", "staff")


def test_the_last_events_are_followed_by_those_that_come(archive: Archive, platform: PlatformDriver) -> None:
    platform.proposed()
    platform.admitted_partner()
    lines = archive.tail(last=1, follow=True, as_json=True)
    last = json.loads(next(lines))

    partner = platform.admitted_partner()

    come = (json.loads(line) for line in lines)
    admitted = next(each for each in come if each["subject"] == partner["id"] and each["type"].endswith(".admitted"))
    assert admitted["type"] == "partners.partner.admitted"
    assert admitted["time"] > last["time"]
    assert sorted(admitted) == ["id", "is_published", "subject", "time", "type"]


def test_the_doctor_tries_the_way_of_each_services_dead_letters(archive: Archive, platform: PlatformDriver) -> None:
    parts = platform.instance.parts
    with MongoClient[dict[str, Any]](parts.mongo_uri, tz_aware=True) as client:
        place = Datastores(amqp=parts.amqp_uri, client=client, prefix=platform.instance.prefix)
        found = {each.what: each.verdict for each in dead_letters(place)}

    assert {name: found[f"{name}: way of dead letters"] for name in services()} == dict.fromkeys(services(), "ok")
    assert platform.rows("dead_letter_probes") == []


def test_a_partners_leader_sees_no_dead_letters(platform: PlatformDriver) -> None:
    with pytest.raises(Refused) as refused:
        platform.as_leader_of("prt_1").get("/v1/dead-letters/camps")

    assert refused.value.status == 403
