"""How a service answers: fields named, secrets kept, a command's answer given again."""

import time
from typing import Any

import pytest

from tests.integration.chassis.broker_client import BrokerClient
from tests.integration.chassis.conftest import ServiceProcess
from tests.waiting import eventually

LONG_AGO, IN_AN_HOUR = 946_684_800_000, int((time.time() + 3600) * 1000)


def ask(broker: BrokerClient, operation: str, *, command_id: str | None = None, **arguments: Any) -> Any:
    call = {
        "arguments": arguments,
        "scope": {"subject": "anna", "organisation": "*", "roles": ["staff"]},
        "cause": {"correlation_id": "req_1", "actor": "anna"},
    }
    if command_id:
        call["command_id"] = command_id
    return broker.request(f"sample.{operation}", **call)


def test_a_wrong_field_is_named_in_the_answer(sample_service: ServiceProcess, broker: BrokerClient) -> None:
    fault = ask(broker, "write", command_id="a", text="  ", colour="red")["result"]["fault"]

    assert (fault["kind"], fault["code"]) == ("invalid", "invalid_fields")
    assert {field["pointer"] for field in fault["fields"]} == {"/text", "/colour"}


def test_a_command_sent_again_gets_its_first_answer(
    sample_service: ServiceProcess, broker: BrokerClient, database: Any
) -> None:
    first = ask(broker, "write", command_id="a", text="hello")

    again = ask(broker, "write", command_id="a", text="hello")

    assert again["result"]["ok"] == first["result"]["ok"]
    assert (first["result"]["repeated"], again["result"]["repeated"]) == (False, True)
    assert database["notes"].count_documents({}) == 1


@pytest.mark.parametrize(
    ("deadline", "notes"),
    [(LONG_AGO, 0), (IN_AN_HOUR, 1), ("soon", 1), ([LONG_AGO], 1), (None, 1)],
    ids=["over", "to come", "a text", "a list", "none"],
)
def test_a_command_whose_caller_gave_up_is_not_carried_out(
    sample_service: ServiceProcess, broker: BrokerClient, database: Any, deadline: Any, notes: int
) -> None:
    call = {"arguments": {"text": "hello"}, "scope": {"subject": "anna", "organisation": "*", "roles": ["staff"]},
            "cause": {"correlation_id": "req_1", "actor": "anna"}, "command_id": "a"}  # fmt: skip
    broker.send_request("sample.write", reply_to="nobody", headers={"deadline": deadline}, **call)

    ask(broker, "write", command_id="b", text="the next")

    eventually(lambda: database["notes"].count_documents({}) == 1 + notes)
    assert sample_service.logged("call_expired") is (notes == 0)


def test_a_command_without_an_id_is_refused(
    sample_service: ServiceProcess, broker: BrokerClient, database: Any
) -> None:
    fault = ask(broker, "write", text="hello")["result"]["fault"]

    assert (fault["kind"], fault["fields"][0]["pointer"]) == ("invalid", "/command_id")
    assert database["notes"].count_documents({}) == 0


def test_what_breaks_inside_is_logged_and_not_told(sample_service: ServiceProcess, broker: BrokerClient) -> None:
    reply = ask(broker, "break_down")

    assert reply["result"]["fault"]["kind"] == "broken"
    assert "topsecret" not in str(reply)
    eventually(lambda: sample_service.logged("operation_broke"))
    assert not sample_service.logged("topsecret")


def test_a_call_that_is_no_call_of_ours_is_answered_with_an_error(
    sample_service: ServiceProcess, broker: BrokerClient
) -> None:
    reply = broker.request("sample.write", scope="everything")

    assert reply["error"] or reply["result"]["fault"]["kind"] == "invalid"
    assert sample_service.is_running
    assert ask(broker, "ping")["result"] == {"ok": {"service": "sample"}}


def test_a_command_is_published_with_the_request_it_began_with(
    sample_service: ServiceProcess, broker: BrokerClient
) -> None:
    heard = broker.bind_queue("sample.events")

    ask(broker, "write", command_id="a", text="hello")

    said = broker.next_message(heard)
    assert said.headers["cloudEvents_type"] == "sample.note.written"
    assert said.headers["cloudEvents_correlationid"] == "req_1"
    assert said.headers["cloudEvents_actor"] == "anna"
    assert said.payload["text"] == "hello"
    assert said.properties["message_id"] == said.headers["cloudEvents_id"]
