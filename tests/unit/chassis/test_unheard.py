from typing import Any

from structlog.testing import capture_logs

from chassis.messaging.unroutable import UnroutableEvents

READ, WRITTEN = {"_id": "evt_1", "type": "notes.read"}, {"_id": "evt_2", "type": "notes.written"}


def complaints(logs: list[Any]) -> list[str]:
    return [line["type"] for line in logs if line["log_level"] == "error"]


def test_a_type_that_nobody_takes_rests_and_is_complained_of_once() -> None:
    unheard = UnroutableEvents(pause_seconds=3600)

    with capture_logs() as logs:
        unheard.note([READ, WRITTEN], returned={"evt_1"})
        unheard.note([READ], returned={"evt_1"})

    assert unheard.resting == ["notes.read"]
    assert complaints(logs) == ["notes.read"]


def test_after_a_pause_it_is_tried_again() -> None:
    unheard = UnroutableEvents(pause_seconds=0)

    unheard.note([READ], returned={"evt_1"})

    assert unheard.resting == []


def test_once_taken_it_rests_no_longer_and_would_be_complained_of_anew() -> None:
    unheard = UnroutableEvents(pause_seconds=3600)
    unheard.note([READ], returned={"evt_1"})

    unheard.note([READ], returned=set())

    assert unheard.resting == []
    with capture_logs() as logs:
        unheard.note([READ], returned={"evt_1"})
    assert complaints(logs) == ["notes.read"]
