"""The request headers that mean something."""

import re

import pytest
from werkzeug.datastructures import Headers

from chassis.domain.faults import Fault
from gateway.http import headers

TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


def given(name: str, value: str | None) -> Headers:
    return Headers() if value is None else Headers({name: value})


@pytest.mark.parametrize("key", ["a", "8e03978e-40d5-43dd-bc93-6894a57f9324", "A.b_c~d-1", "x" * 128])
def test_the_idempotency_key_is_the_commands_id(key: str) -> None:
    assert headers.command_id(given("Idempotency-Key", key)) == key


def test_without_a_key_every_command_gets_an_id_of_its_own() -> None:
    first, second = headers.command_id(Headers()), headers.command_id(Headers())

    assert first.startswith("cmd_")
    assert first != second


def test_a_key_in_quotation_marks_is_the_same_key() -> None:
    quoted, bare = (headers.command_id(given("Idempotency-Key", key)) for key in ('"8e03978e"', "8e03978e"))

    assert quoted == bare == "8e03978e"


@pytest.mark.parametrize("key", ["", " ", "x" * 129, "a b", "a:b", '"a', 'a"', '""', '"a b"', "é", "a/b"])
def test_a_key_that_is_none_is_not_understood(key: str) -> None:
    with pytest.raises(Fault) as refusal:
        headers.command_id(given("Idempotency-Key", key))

    assert refusal.value.kind == "malformed"
    assert "Idempotency-Key" in str(refusal.value)


@pytest.mark.parametrize("id", ["a", "req_01k9", "A.b-C_9", "x" * 64])
def test_a_clients_request_id_is_kept(id: str) -> None:
    assert headers.request_id(given("X-Request-Id", id)) == id


@pytest.mark.parametrize("id", [None, "", "x" * 65, "a b", "a/b", "é", "a;b"])
def test_a_request_id_that_could_do_harm_is_replaced(id: str | None) -> None:
    made = headers.request_id(given("X-Request-Id", id))

    assert re.fullmatch(r"req_[0-9a-z]{26}", made)


def test_a_valid_traceparent_is_passed_on() -> None:
    assert headers.traceparent(given("traceparent", TRACE)) == TRACE


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        TRACE.upper(),
        TRACE + "-x",
        TRACE.replace("00-4", "ff-4"),
        "00-" + "0" * 32 + "-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-" + "0" * 16 + "-01",
    ],
)
def test_any_other_traceparent_is_left_out(value: str | None) -> None:
    assert headers.traceparent(given("traceparent", value)) is None


@pytest.mark.parametrize(
    "type",
    [
        "application/json",
        "Application/JSON",
        "application/json; charset=utf-8",
        'application/json;charset="UTF-8"',
        "application/json; charset=latin-1",
        "application/json ; profile=x",
    ],
)
def test_json_is_read(type: str) -> None:
    assert is_read(type)


@pytest.mark.parametrize(
    "type",
    [None, "", "text/plain", "application/jsonx", "text/json;application/json", "text/json", "application/*"],
)
def test_nothing_but_json_is_read(type: str | None) -> None:
    with pytest.raises(Fault) as refusal:
        headers.require_json(given("Content-Type", type))

    assert refusal.value.kind == "unsupported"


@pytest.mark.parametrize(
    "type",
    [
        "application/merge-patch+json",
        "Application/Merge-Patch+JSON",
        "application/json",
        "application/merge-patch+json; charset=utf-8",
    ],
)
def test_a_merge_patch_is_read_where_one_may_come(type: str) -> None:
    assert is_read(type, or_merge_patch=True)


def test_a_merge_patch_is_not_read_elsewhere() -> None:
    assert not is_read("application/merge-patch+json")


def is_read(type: str, *, or_merge_patch: bool = False) -> bool:
    """Whether a body of this type is."""
    try:
        headers.require_json(given("Content-Type", type), or_merge_patch=or_merge_patch)
    except Fault:
        return False
    return True


def test_a_compressed_body_is_refused() -> None:
    with pytest.raises(Fault) as refusal:
        headers.require_json(Headers({"Content-Type": "application/json", "Content-Encoding": "gzip"}))

    assert refusal.value.kind == "unsupported"


@pytest.mark.parametrize(("value", "is_history"), [(None, False), ("history", True)])
def test_history_is_entered_by_saying_so(value: str | None, is_history: bool) -> None:
    assert headers.entered_as_history(given("Entered-As", value)) is is_history


@pytest.mark.parametrize("value", ["", "History", "true", "news", "history, history"])
def test_what_is_entered_otherwise_than_as_history_is_not_understood(value: str) -> None:
    with pytest.raises(Fault, match="Entered-As: 'history', or no such header, is expected") as refusal:
        headers.entered_as_history(given("Entered-As", value))

    assert refusal.value.kind == "malformed"
