"""A dead letter's life: kept with its reason, shown, replayed by that reaction alone, or discarded with a reason."""

from typing import Any

import pytest
from pymongo.database import Database

from tests.integration.chassis.broker_client import BrokerClient
from tests.integration.chassis.conftest import ServiceProcess
from tests.integration.chassis.test_rpc_server import ask
from tests.unit.chassis.test_envelope import an_envelope
from tests.waiting import eventually


def kept(database: Database[Any], **where: Any) -> Any:
    return eventually(lambda: database["dead_letters"].find_one(where))


def texts(database: Database[Any]) -> list[str]:
    return sorted(note["text"] for note in database["notes"].find())


@pytest.fixture
def dead(sample_service: ServiceProcess, broker: BrokerClient, database: Database[Any]) -> Any:
    """A reaction that found nothing to refer to, and was given up."""
    broker.publish_event(text="early bird", mood="early")
    return kept(database)


def test_it_is_kept_with_its_message_its_error_its_attempts_and_its_origin(dead: Any) -> None:
    assert dead["reaction"] == "sample.take_note"
    assert dead["type"] == "source.thing.happened"
    assert dead["correlation_id"] == "req_1"
    assert dead["data"] == {"text": "early bird", "mood": "early"}
    assert dead["error"] == "NotYetKnown: the fact it needs is not known here yet"
    assert dead["attempts"] == 2
    assert dead["origin"] == "sample.take_note"


def test_a_copy_of_the_same_failure_is_one_dead_letter(
    sample_service: ServiceProcess, broker: BrokerClient, database: Database[Any]
) -> None:
    for _ in range(3):
        broker.publish_event(id="evt_copied", text="x", mood="refused")

    broker.publish_event(id="evt_other", text="y", mood="refused")
    kept(database, event_id="evt_other")
    assert database["dead_letters"].count_documents({"event_id": "evt_copied"}) == 1


def test_it_is_replayed_once_what_was_wrong_is_mended(dead: Any, broker: BrokerClient, database: Database[Any]) -> None:
    broker.publish_event(text="the fact it needs")
    eventually(lambda: texts(database) == ["the fact it needs"])

    answer = ask(broker, "replay_dead_letter", command_id="a", dead_letter_id=dead["_id"], version=1)["result"]["ok"]

    assert (answer["state"], answer["settled_by"]) == ("replaying", "anna")
    eventually(lambda: texts(database) == ["early bird", "the fact it needs"])
    kept(database, _id=dead["_id"], state="replayed")
    assert database["counted"].count_documents({"text": "early bird"}) == 1  # the other reaction was not repeated


def test_what_fails_again_after_a_replay_is_a_new_dead_letter(
    dead: Any, broker: BrokerClient, database: Database[Any]
) -> None:
    ask(broker, "replay_dead_letter", command_id="a", dead_letter_id=dead["_id"], version=1)

    again = kept(database, state="open", _id={"$ne": dead["_id"]})
    assert again["key"] == dead["key"]


def test_it_is_discarded_with_a_reason_and_never_again_touched(
    dead: Any, broker: BrokerClient, database: Database[Any]
) -> None:
    discarded = ask(
        broker, "discard_dead_letter", command_id="a", dead_letter_id=dead["_id"], version=1, reason="a test"
    )
    replayed = ask(broker, "replay_dead_letter", command_id="b", dead_letter_id=dead["_id"], version=2)

    assert discarded["result"]["ok"]["reason"] == "a test"
    assert replayed["result"]["fault"]["code"] == "already_settled"


def test_what_cannot_be_read_is_not_replayed(
    sample_service: ServiceProcess, broker: BrokerClient, database: Database[Any]
) -> None:
    broker.publish("{ this is no JSON")
    dead = kept(database)

    fault = ask(broker, "replay_dead_letter", command_id="a", dead_letter_id=dead["_id"], version=1)["result"]["fault"]

    assert dead["origin"] == "sample.inbox"
    assert fault["code"] == "not_readable"


@pytest.mark.parametrize(
    "unstorable",
    [f'{{"text":"x","mood":"refused","n":{2**64 - 1}}}', '{"text":"x","mood":"refused","\\u0000":1}'],
)
def test_what_no_document_can_hold_is_kept_as_it_came(
    sample_service: ServiceProcess, broker: BrokerClient, database: Database[Any], unstorable: str
) -> None:
    broker.publish(unstorable, headers=an_envelope(type="source.thing.happened").to_headers())

    dead = kept(database)

    assert (dead["unreadable"], dead["data"]) == (unstorable, None)
    assert dead["reaction"] == "sample.take_note"
    assert sample_service.is_running


def test_a_selection_can_be_looked_at_before_it_is_replayed(
    dead: Any, broker: BrokerClient, database: Database[Any]
) -> None:
    broker.publish_event(text="x", mood="refused")
    kept(database, error={"$regex": "a rule says no"})

    looked = ask(broker, "replay_dead_letters", command_id="a", error="not known here", dry_run=True)["result"]["ok"]
    assert [each["id"] for each in looked["items"]] == [dead["_id"]]
    assert database["dead_letters"].count_documents({"state": "open"}) == 2

    broker.publish_event(text="the fact it needs")
    ask(broker, "replay_dead_letters", command_id="b", error="not known here")
    eventually(lambda: "early bird" in texts(database))
    assert database["dead_letters"].count_documents({"state": "open"}) == 1


def test_whoever_works_for_one_organisation_sees_none(dead: Any, broker: BrokerClient) -> None:
    scope = {"subject": "bo", "organisation": "org_1", "roles": ["lead"]}
    call = {"arguments": {}, "scope": scope, "cause": {"correlation_id": "req_1"}}

    assert broker.request("sample.list_dead_letters", **call)["result"]["ok"]["items"] == []
    assert len(ask(broker, "list_dead_letters", state="open")["result"]["ok"]["items"]) == 1


LINK = f"https://partnerships.example/rsvp/inv_{'0' * 26}.per_{'1' * 26}.3q2-7w.s3cret"


@pytest.mark.parametrize("readable", [True, False])
def test_the_links_of_a_dead_letter_are_shown_to_nobody_and_go_with_its_replay(
    sample_service: ServiceProcess, broker: BrokerClient, database: Database[Any], readable: bool
) -> None:
    if readable:
        broker.publish_event(text=f"Answer here: {LINK}", mood="early")
    else:
        broker.publish(f"{{ no JSON: {LINK}")
    id = kept(database)["_id"]

    listed = ask(broker, "list_dead_letters")["result"]["ok"]["items"]
    shown = ask(broker, "show_dead_letter", dead_letter_id=id)["result"]["ok"]
    settled = ask(
        broker, "discard_dead_letter", command_id="a", dead_letter_id=id, version=1, reason="a test"
    )["result"]["ok"]  # fmt: skip

    for each in (*listed, shown, settled):
        assert "s3cret" not in repr(each)
        assert f"/rsvp/inv_{'0' * 26}.***" in repr(each)
    assert "s3cret" in repr(database["dead_letters"].find_one())  # a replay has what was sent
