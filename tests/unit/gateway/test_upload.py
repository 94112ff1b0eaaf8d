"""A file on its way to its service: insisted on after an outage, and given up when nobody can go on with it."""

from collections.abc import Iterable, Mapping
from types import SimpleNamespace
from typing import Any

import pytest

from chassis.domain.faults import Fault
from chassis.domain.scope import Scope
from gateway.endpoints.file_endpoint import TRIES, Upload

OUTAGE = Fault(kind="unavailable", code="unavailable", message="engagements does not answer")
REFUSAL = Fault(kind="invalid", code="mistakes_in_rows", message="Row 2: a number is expected")
ROWS = [{"row": 2, "members": {"on": "2026-01-01", "value": "1"}}]


class Service:
    """Answers calls with what it is told to, and notes them."""

    def __init__(self, answers: Iterable[Fault | str]) -> None:
        self.route = SimpleNamespace(by_file=("engagements.receive", "engagements.discard"))
        self.calls: list[tuple[str, str]] = []
        self._answers = iter(answers)

    def run_in_worker(self, call: Any) -> Any:
        self.calls.append((call.operation, call.command_id))
        answer = next(self._answers, "ok")
        if isinstance(answer, Fault):
            raise answer
        return answer


def upload(service: Service, **headers: str) -> Upload:
    named: Mapping[str, str] = headers or {"Idempotency-Key": "key-of-the-file-0001"}
    request: Any = SimpleNamespace(path="/v1/measures/msr_1/data-point-batches", path_values={"measure_id": "msr_1"},
                                   headers=named, cause=lambda: None)  # fmt: skip
    endpoint: Any = service
    return Upload(endpoint, request, Scope(subject="lead", organisation="prt_1", roles=()), {})


def test_a_part_is_insisted_on_under_one_id_until_it_is_answered() -> None:
    service = Service([OUTAGE] * (TRIES - 1))

    assert upload(service).send(1, ROWS, is_last=False) == "ok"
    assert service.calls == [("receive", "key-of-the-file-0001.1")] * TRIES


def test_a_part_fails_after_so_many_outages() -> None:
    service = Service([OUTAGE] * TRIES)

    with pytest.raises(Fault):
        upload(service).send(1, ROWS, is_last=False)
    assert len(service.calls) == TRIES


def test_a_part_that_is_refused_is_sent_once() -> None:
    service = Service([REFUSAL])

    with pytest.raises(Fault):
        upload(service).send(1, ROWS, is_last=False)
    assert len(service.calls) == 1


@pytest.mark.parametrize(
    ("because", "headers", "discarded"),
    [
        (OUTAGE, {"Idempotency-Key": "key-of-the-file-0001"}, False),
        (OUTAGE, {"X-Request-Id": "req_1"}, True),
        (REFUSAL, {"Idempotency-Key": "key-of-the-file-0001"}, True),
    ],
)
def test_what_nobody_can_go_on_with_is_discarded(because: Fault, headers: dict[str, str], discarded: bool) -> None:
    service = Service([])
    begun = upload(service, **headers)
    begun.send(1, ROWS, is_last=False)

    begun.give_up(because=because)

    assert [operation for operation, _ in service.calls[1:]] == (["discard"] if discarded else [])


def test_of_what_did_not_begin_nothing_is_discarded() -> None:
    service = Service([])

    upload(service).give_up(because=REFUSAL)

    assert service.calls == []
