"""An operator looks at what happened, mends what went wrong, and lets a reaction hear again."""

from collections.abc import Iterator
from typing import Any

import pytest

from cli.connection.api import Refused
from cli.connection.instance_address import RunningInstance
from cli.local.instance import Instance
from cli.operations.events import Archive, selection
from tests.journeys.platform_driver import Programme
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
def reached(programme: Programme) -> Any:
    """A milestone reached under a request id of our own, with all that follows."""
    programme.camp_inviting()
    partner = programme.admitted_partner()
    milestone = programme.planned_milestone(programme.active_engagement(partner["id"])["id"])
    programme.reach(milestone, request_id=f"req-{milestone['id']}")
    eventually(lambda: programme.delivery_of_the_invitation(partner["id"]) == "sent")
    return {**milestone, "request_id": f"req-{milestone['id']}"}


def test_a_request_is_told_from_its_beginning_to_the_last_letter(archive: Archive, reached: Any) -> None:
    story = "\n".join(archive.trace(reached["request_id"]))

    assert story.index("engagements.milestone.reached") < story.index("adds the milestone as a reason")
    assert story.index("adds the milestone as a reason") < story.index("camps.invitation.issued")
    # It is said of every letter, and of the invitation's own last.
    assert story.index("camps.invitation.issued") < story.rindex("shows on the invitation whether its letter was sent")


def test_a_reaction_can_hear_an_event_again_without_doing_it_twice(
    archive: Archive, programme: Programme, reached: Any
) -> None:
    before = programme.invitations(reached["partner_id"])
    chosen = selection(type=None, subject=reached["id"], since=None, until=None)

    lines = list(archive.replayed(chosen, reaction="camps.invite_partner", dry_run=False))

    assert lines[-1] == "1 events are replayed to camps.invite_partner"
    (row,) = eventually(lambda: programme.heard("camps.invite_partner", reached["request_id"]))
    assert row["event_id"] in lines[0]
    assert programme.invitations(reached["partner_id"]) == before


def test_staff_see_and_settle_dead_letters_through_the_gateway(programme: Programme) -> None:
    programme.bring_about_a_dead_letter_in("camps")

    dead = eventually(lambda: programme.api.get("/v1/dead-letters/camps", state="open")["items"])[0]
    assert dead["unreadable"] == "{ this is no JSON"

    gone = programme.api.transition(
        f"/v1/dead-letters/camps/{dead['id']}", "discarded", version=dead["version"], reason="made by a test"
    )
    assert (gone["state"], gone["settled_by"]) == ("discarded", "staff")


def test_a_partners_leader_sees_no_dead_letters(programme: Programme) -> None:
    with pytest.raises(Refused) as refused:
        programme.as_leader_of("prt_1").get("/v1/dead-letters/camps")

    assert refused.value.status == 403
