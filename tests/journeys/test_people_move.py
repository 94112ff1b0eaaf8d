"""Journey 10: somebody changes address or leaves → everything open is re-routed or stopped."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from kombu import Connection
from pymongo import MongoClient

from cli.connection.api import Refused
from cli.connection.services import services
from tests.journeys.platform_driver import PlatformDriver
from tests.waiting import eventually


@pytest.fixture
def partner(platform: PlatformDriver) -> Any:
    """A partner whose only leader knows of its invitation."""
    partner = platform.invited_partner()
    eventually(lambda: platform.delivery_of_the_invitation(partner["id"]) == "sent")
    return partner


@pytest.fixture
def leader(platform: PlatformDriver, partner: Any) -> Any:
    (leader,) = platform.api.get("/v1/people", partner_id=partner["id"])["items"]
    return leader


def camp_of(platform: PlatformDriver, partner: Any) -> Any:
    """The camp to which the partner is invited."""
    (invitation,) = platform.invitations(partner["id"])
    return platform.api.get(f"/v1/camps/{invitation['camp_id']}")


def withdraw_the_invitation(platform: PlatformDriver, partner: Any) -> None:
    (invitation,) = platform.invitations(partner["id"])
    platform.api.call(
        "POST",
        f"/v1/invitations/{invitation['id']}/transitions",
        body={"to": "withdrawn", "reason": "The camp is smaller"},
        headers={"If_Match": "*"},  # that nobody can be written to any more may change it at this moment
    )


def test_who_moves_is_written_to_at_the_new_address_only(platform: PlatformDriver, partner: Any, leader: Any) -> None:
    moved_to, before = f"{uuid4().hex[:10]}@moved.example", platform.subjects_to(leader["email"])

    headers = {"If_Match": f'"{leader["version"]}"', "Content_Type": "application/merge-patch+json"}
    platform.api.call("PATCH", f"/v1/people/{leader['id']}", body={"email": moved_to}, headers=headers)
    eventually(lambda: platform.inbox_rows_of_last_event("notifications.re_route_letters", leader["id"]))
    withdraw_the_invitation(platform, partner)

    eventually(lambda: "Withdrawn: your invitation" in platform.subjects_to(moved_to))
    out_of_the_diary = f"For your diary: {camp_of(platform, partner)['title']} can be taken out"
    eventually(lambda: platform.subjects_to(leader["email"]) == f"{before}\n{out_of_the_diary}")


def test_who_leaves_is_never_written_to_again_and_nothing_breaks_because_of_it(
    platform: PlatformDriver, partner: Any, leader: Any
) -> None:
    before = platform.subjects_to(leader["email"])
    again = platform.planned_milestone(platform.engagement_of(partner["id"])["id"], kind="spread")

    platform.api.transition(f"/v1/people/{leader['id']}", "left", version=leader["version"])
    eventually(lambda: platform.inbox_rows_of_last_event("notifications.stop_letters", leader["id"]))
    withdraw_the_invitation(platform, partner)
    platform.reach(again, request_id=f"after-{leader['id']}")

    eventually(lambda: platform.inbox_rows("notifications.congratulate_the_leaders", f"after-{leader['id']}"))
    eventually(lambda: platform.follow_ups(again["id"]))
    assert platform.subjects_to(leader["email"]) == before


def test_who_left_by_mistake_is_written_to_again(platform: PlatformDriver, partner: Any, leader: Any) -> None:
    path = f"/v1/people/{leader['id']}"
    left = platform.api.transition(path, "left", version=leader["version"])
    back = platform.api.transition(path, "returned", version=left["version"], reason="It was somebody else")
    eventually(lambda: platform.inbox_rows_of_last_event("notifications.register_recipient", leader["id"]))
    eventually(lambda: platform.inbox_rows_of_last_event("engagements.keep_person", leader["id"]))

    withdraw_the_invitation(platform, partner)

    assert [each["to"] for each in back["history"]] == ["left", "present"]
    eventually(lambda: "Withdrawn: your invitation" in platform.subjects_to(leader["email"]))


NAME, DIET = "Eila Unikainen", "no lingonberries"
WHERE_THE_PAGE_SAYS = {"erasures", "mail"}
"""`docs/personal-data.md`: for a minute where it is looked for, and in mail that was sent, here a folder."""


@pytest.fixture
def known_everywhere(platform: PlatformDriver) -> Any:
    """Somebody whom all four services know: they lead a partner, come to a camp, and were written to."""
    proposed = platform.proposed()
    leader = platform.person("leader", partner_id=proposed["id"], name=NAME)
    partner = platform.admit(proposed)
    camp = platform.camp_inviting()
    platform.reach(platform.planned_milestone(platform.active_engagement(partner["id"])["id"]))
    eventually(lambda: platform.delivery_of_the_invitation(partner["id"]) == "sent")
    (invitation,) = platform.invitations(partner["id"])
    platform.api.call("POST", f"/v1/invitations/{invitation['id']}/answers", body={"answer": "accepted", "seats": 1},
                      headers={"If_Match": "*"})  # fmt: skip
    named = {"invitation_id": invitation["id"], "person_id": leader["id"], "role": "Leader"}
    delegate = platform.api.post("/v1/delegates", named).body
    platform.api.post(f"/v1/delegates/{delegate['id']}/needs", {"diet": DIET})
    assert camp["id"] == delegate["camp_id"]
    eventually(lambda: platform.letters(recipient_id=leader["id"], category="delegate_named", state="sent"))
    return leader


def where_it_is_found(platform: PlatformDriver, *texts: str) -> set[str]:
    """Every collection of every service, queue, mail folder and folder of logs that has one of these texts."""
    return {*_in_collections(platform, texts), *_in_dead_letter_queues(platform, texts), *_in_files(platform, texts)}


def _in_collections(platform: PlatformDriver, texts: tuple[str, ...]) -> set[str]:
    with MongoClient[dict[str, Any]](platform.instance.parts.mongo_uri, tz_aware=True) as client:
        databases = [client[platform.instance.prefix + service] for service in services()]
        every = [(database[name], name) for database in databases for name in database.list_collection_names()]
        return {name for collection, name in every for row in collection.find() if _has(row, texts)}


def _in_dead_letter_queues(platform: PlatformDriver, texts: tuple[str, ...]) -> set[str]:
    """Everything is collected from there at once, into the databases."""
    with Connection(platform.instance.parts.amqp_uri) as connection:
        channel = connection.channel()
        waiting = {f"{name}.dead": channel.queue_declare(f"{name}.dead", passive=True) for name in services()}
    return {name for name, queue in waiting.items() if queue.message_count}


def _in_files(platform: PlatformDriver, texts: tuple[str, ...]) -> set[str]:
    folders = {"mail": Path(platform.instance.parts.mail_folder or ""), "logs": platform.instance.logs}
    every = [(name, path) for name, folder in folders.items() for path in folder.rglob("*") if path.is_file()]
    return {name for name, path in every if _has(path.read_text(errors="replace"), texts)}


def _has(thing: Any, texts: tuple[str, ...]) -> bool:
    """Whether a text is somewhere in it; stored answers are bytes in UTF-8, and mails may be folded anywhere."""
    if isinstance(thing, bytes):
        return _has(thing.decode(errors="replace"), texts)
    if isinstance(thing, dict):
        return any(_has(each, texts) for each in thing.values())
    if isinstance(thing, list):
        return any(_has(each, texts) for each in thing)
    return any(text in str(thing) for text in texts)


def test_of_who_is_erased_nothing_is_found_but_where_the_page_says(
    platform: PlatformDriver, known_everywhere: Any
) -> None:
    texts = (NAME, known_everywhere["email"], DIET)
    before = where_it_is_found(platform, *texts)
    assert before >= {"people", "delegates", "delegate_needs", "recipients", "letters", "outbox", "commands", "mail"}

    admin = platform.instance.api(roles=("institute_admin",))
    path = f"/v1/people/{known_everywhere['id']}"
    kept = {each: admin.get(f"/v1/people-exports/{each}/{known_everywhere['id']}")["kept"] for each in services()}
    assert DIET in str(kept["camps"])
    assert all(NAME in str(each) for each in kept.values())
    body = {"erasure": "complete", "reason": "They asked for it"}
    headers = {"If_Match": f'"{known_everywhere["version"]}"'}
    erased = admin.call("POST", f"{path}/erasures", body=body, headers=headers).body

    assert (erased["state"], erased["name"]) == ("erased", "erased")
    eventually(lambda: where_it_is_found(platform, *texts) <= WHERE_THE_PAGE_SAYS)
    assert admin.get(f"/v1/people-exports/camps/{known_everywhere['id']}")["kept"]


def test_who_works_for_another_partner_comes_is_written_to_and_acts_for_that_one_alone(
    platform: PlatformDriver, partner: Any, leader: Any
) -> None:
    """They led the partner, led its initiative, and were named for its camp."""
    there = platform.admitted_partner()
    (invitation,) = platform.invitations(partner["id"])
    platform.api.call("POST", f"/v1/invitations/{invitation['id']}/answers", body={"answer": "accepted", "seats": 1},
                      headers={"If_Match": "*"})  # fmt: skip
    named = {"invitation_id": invitation["id"], "person_id": leader["id"], "role": "Leader"}
    delegate = platform.api.post("/v1/delegates", named).body
    engagement = platform.engagement_of(partner["id"])
    idea = {"engagement_id": engagement["id"], "title": "Fewer infections", "level": "regional",
            "focus_areas": ["safer_care"], "settings": ["health_care"],
            "intervention_focus": "safe_and_effective_care", "lead_id": leader["id"]}  # fmt: skip
    initiative = platform.api.post("/v1/initiatives", idea).body
    theirs = platform.instance.api(organisation=partner["id"], roles=("partner_lead",), person=leader["id"])
    assert theirs.get(f"/v1/partners/{partner['id']}")

    moved_to = f"{uuid4().hex[:10]}@elsewhere.example"
    version = platform.api.get(f"/v1/people/{leader['id']}")["version"]
    moved = platform.api.transition(
        f"/v1/people/{leader['id']}", "moved", version=version, partner_id=there["id"], role="leader", email=moved_to,
        reason="She runs their quality now",
    )  # fmt: skip

    eventually(lambda: platform.inbox_rows_of_last_event("notifications.write_for_the_new_partner", leader["id"]))
    eventually(lambda: platform.api.get(f"/v1/delegates/{delegate['id']}")["state"] == "withdrawn")
    vacant = eventually(lambda: platform.api.get(f"/v1/initiatives/{initiative['id']}")["vacancies"])
    assert [each["role"] for each in vacant] == ["lead"]
    with pytest.raises(Refused, match="works_elsewhere"):
        theirs.get(f"/v1/partners/{partner['id']}")
    withdraw_the_invitation(platform, partner)
    again = platform.planned_milestone(platform.active_engagement(there["id"])["id"])
    platform.reach(again)
    eventually(lambda: platform.letters(recipient_id=leader["id"], category="milestone", partner_id=there["id"]))
    assert platform.letters(recipient_id=leader["id"], category="invitation_withdrawn") == []
    assert [each["partner_id"] for each in moved["roles"]] == [partner["id"], there["id"]]
