"""What a service does with what it hears; the numbers are those of decision 4, each shown against stock nameko."""

import json
from typing import Any

import pytest
from amqp.exceptions import ConnectionError as BrokerConnectionError
from nameko.amqp.consume import Consumer

from chassis.messaging.consumer import SafeConsumer
from tests.integration.chassis.broker_client import BrokerClient
from tests.integration.chassis.conftest import ServiceProcess
from tests.waiting import eventually

STOCK_QUEUE = "evt-source-thing.happened--stock.take_note"


def first_dead(database: Any) -> Any:
    return eventually(lambda: database["dead_letters"].find_one())


def notes(database: Any) -> list[str]:
    return sorted(note["text"] for note in database["notes"].find())


def test_every_reaction_to_an_event_takes_effect(
    sample_service: ServiceProcess, broker: BrokerClient, database: Any
) -> None:
    broker.publish_event(text="hello")

    eventually(lambda: notes(database) == ["hello"])
    eventually(lambda: database["counted"].count_documents({"text": "hello"}) == 1)


def test_copies_of_an_event_take_effect_once(
    sample_service: ServiceProcess, broker: BrokerClient, database: Any
) -> None:
    for _ in range(5):
        broker.publish_event(id="evt_copied", text="once")

    broker.publish_event(text="then")
    eventually(lambda: "then" in notes(database))
    eventually(lambda: len([line for line in sample_service.lines if "duplicate_suppressed" in line]) == 8)
    assert notes(database) == ["once", "then"]


def test_2_1_a_reaction_that_always_breaks_is_kept_with_its_reason(
    sample_service: ServiceProcess, broker: BrokerClient, database: Any
) -> None:
    id = broker.publish_event(text="x", mood="broken")

    dead = first_dead(database)

    assert dead["reaction"] == "sample.take_note"
    assert dead["attempts"] == 2  # once at first, once more after its one retry step
    assert dead["error"] == "RuntimeError: it always breaks"
    assert dead["event_id"] == id
    assert dead["data"] == {"text": "x", "mood": "broken"}
    assert notes(database) == []
    assert sample_service.logged("in take_note")  # where it broke: its error alone does not help to mend it


def test_a_reaction_that_only_waits_for_a_fact_leaves_no_stack(
    sample_service: ServiceProcess, broker: BrokerClient, database: Any
) -> None:
    broker.publish_event(text="x", mood="early")

    first_dead(database)

    assert not sample_service.logged("Traceback")


@pytest.mark.parametrize(("mood", "level"), [("early", "info"), ("broken", "warning")])
def test_a_reaction_that_waits_for_a_fact_for_moments_warns_nobody(
    sample_service: ServiceProcess, broker: BrokerClient, database: Any, mood: str, level: str
) -> None:
    broker.publish_event(text="x", mood=mood)

    first_dead(database)

    retried = [json.loads(line) for line in sample_service.lines if '"reaction_retried"' in line]
    assert {each["level"] for each in retried} == {level}


def test_what_a_reaction_failed_by_is_noted_while_it_is_retried(
    sample_service: ServiceProcess, broker: BrokerClient, database: Any
) -> None:
    id = broker.publish_event(text="x", mood="early")

    noted = eventually(lambda: database["failed_reactions"].find_one({"_id": f"sample.take_note:{id}"}))

    assert noted["error"] == "NotYetKnown: the fact it needs is not known here yet"
    first_dead(database)
    again = database["failed_reactions"].find_one()
    assert again["failed_first_at"] == noted["failed_first_at"] < again["failed_at"]


def test_2_1_stock_nameko_loses_what_it_could_not_handle(
    stock: ServiceProcess, broker: BrokerClient, database: Any
) -> None:
    broker.publish_event(text="x", mood="broken")

    eventually(lambda: stock.logged("it always breaks"))
    eventually(lambda: broker.is_empty(STOCK_QUEUE))


def test_one_reaction_that_fails_does_not_repeat_the_other(
    sample_service: ServiceProcess, broker: BrokerClient, database: Any
) -> None:
    broker.publish_event(text="x", mood="broken")

    first_dead(database)

    assert database["counted"].count_documents({"text": "x"}) == 1


def test_what_a_rule_refuses_is_kept_at_once(
    sample_service: ServiceProcess, broker: BrokerClient, database: Any
) -> None:
    broker.publish_event(text="x", mood="refused")

    dead = first_dead(database)

    assert dead["error"] == "Conflict: a rule says no"
    assert dead["attempts"] == 1
    assert notes(database) == []


def test_data_that_does_not_fit_is_kept_with_the_field_named(
    sample_service: ServiceProcess, broker: BrokerClient, database: Any
) -> None:
    broker.publish_event(mood="fine")

    dead = first_dead(database)

    assert dead["error"] == "InvalidFields: /text: A value is expected; there is none."


def test_a_reaction_waits_for_the_fact_it_needs(
    sample_service: ServiceProcess, broker: BrokerClient, database: Any
) -> None:
    broker.publish_event(text="early bird", mood="early")
    eventually(lambda: sample_service.logged("reaction_rescheduled"))

    broker.publish_event(text="the fact it needs")

    eventually(lambda: notes(database) == ["early bird", "the fact it needs"])
    assert broker.is_empty("sample.dead")
    assert database["dead_letters"].find_one() is None


def test_2_3_a_body_that_cannot_be_read_is_kept(
    sample_service: ServiceProcess, broker: BrokerClient, database: Any
) -> None:
    broker.publish("{ this is no JSON", headers={"mine": "yes"})

    assert first_dead(database)["unreadable"] == "{ this is no JSON"
    assert sample_service.is_running


def test_2_3_stock_nameko_loses_a_body_it_cannot_read(stock: ServiceProcess, broker: BrokerClient) -> None:
    broker.publish("{ this is no JSON")

    eventually(lambda: stock.logged("Can't decode message body"))
    eventually(lambda: broker.is_empty(STOCK_QUEUE))


def test_2_3_a_content_type_that_is_not_accepted_is_kept(
    sample_service: ServiceProcess, broker: BrokerClient, database: Any
) -> None:
    broker.publish("text", content_type="application/cloudevents+json")

    assert first_dead(database)["unreadable"] == "text"


def test_a_message_that_is_no_event_is_kept_and_the_reason_logged(
    sample_service: ServiceProcess, broker: BrokerClient, database: Any
) -> None:
    broker.publish('{"text": "x"}', headers={"cloudEvents_id": "evt_1"})

    assert first_dead(database)["data"] == {"text": "x"}
    eventually(lambda: sample_service.logged("header cloudEvents_source is missing"))


def test_an_event_nobody_here_knows_waits_for_a_newer_replica(
    sample_service: ServiceProcess, broker: BrokerClient, database: Any
) -> None:
    unknown = {"cloudEvents_type": "source.thing.unheard_of"}
    broker.publish('{"text": "x"}', headers={**_headers("evt_new"), **unknown})

    dead = first_dead(database)

    assert dead["error"] == "UnknownEvent: nothing here reacts to source.thing.unheard_of"
    assert dead["attempts"] == 2


def test_2_9_no_header_of_what_was_heard_leaks_into_what_is_said(
    sample_service: ServiceProcess, broker: BrokerClient
) -> None:
    heard = broker.bind_queue("sample.events")

    broker.publish_event(text="x", headers={"x-death": "3", "nameko.call_id_stack": "a", "mine": "yes"})

    said = broker.next_message(heard)
    assert [name for name in said.headers if not name.startswith("cloudEvents_")] == []
    assert said.headers["cloudEvents_causationid"].startswith("evt_")


class GoneMessage:
    """A message whose connection was reset, as it is seen at the ack."""

    class channel:  # noqa: N801  stands for the attribute of the same name
        connection = True

    def ack(self) -> None:
        raise ConnectionResetError("by the peer")

    reject = ack


def test_2_6_a_connection_that_is_gone_at_the_ack_does_no_harm() -> None:
    SafeConsumer("amqp://127.0.0.1:1/").ack_message(GoneMessage())  # must not raise

    with pytest.raises(ConnectionResetError):
        Consumer("amqp://127.0.0.1:1/").ack_message(GoneMessage())
    assert not issubclass(ConnectionResetError, BrokerConnectionError)


def test_2_8_a_call_without_an_address_for_the_answer_does_no_harm(
    sample_service: ServiceProcess, broker: BrokerClient
) -> None:
    broker.send_request("sample.ping", reply_to=None)

    answer = broker.request("sample.ping", arguments={}, scope=_scope(), cause={"correlation_id": "req_1"})

    assert answer["result"] == {"ok": {"service": "sample"}}
    assert sample_service.logged("call_without_reply_to")


def test_2_8_stock_nameko_dies_of_a_call_without_an_address(stock: ServiceProcess, broker: BrokerClient) -> None:
    broker.send_request("stock.ping", reply_to=None)

    eventually(lambda: not stock.is_running)


def _scope() -> dict[str, Any]:
    return {"subject": "anna", "organisation": "*", "roles": ["staff"]}


def _headers(id: str) -> dict[str, str]:
    from tests.unit.chassis.test_envelope import an_envelope

    return an_envelope(id=id).to_headers()
