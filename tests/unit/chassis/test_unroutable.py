from typing import Any

from structlog.testing import capture_logs

from chassis.messaging.unroutable import UnroutableEvents

READ, WRITTEN = {"_id": "evt_1", "type": "notes.read"}, {"_id": "evt_2", "type": "notes.written"}


def errors(logs: list[Any]) -> list[str]:
    return [line["type"] for line in logs if line["log_level"] == "error"]


def test_a_type_that_no_queue_takes_backs_off_and_is_logged_once() -> None:
    unroutable = UnroutableEvents(pause_seconds=3600)

    with capture_logs() as logs:
        unroutable.note([READ, WRITTEN], returned={"evt_1"})
        unroutable.note([READ], returned={"evt_1"})

    assert unroutable.backing_off == ["notes.read"]
    assert errors(logs) == ["notes.read"]


def test_after_a_pause_it_is_tried_again() -> None:
    unroutable = UnroutableEvents(pause_seconds=0)

    unroutable.note([READ], returned={"evt_1"})

    assert unroutable.backing_off == []


def test_once_taken_it_backs_off_no_longer_and_would_be_logged_anew() -> None:
    unroutable = UnroutableEvents(pause_seconds=3600)
    unroutable.note([READ], returned={"evt_1"})

    unroutable.note([READ], returned=set())

    assert unroutable.backing_off == []
    with capture_logs() as logs:
        unroutable.note([READ], returned={"evt_1"})
    assert errors(logs) == ["notes.read"]
