"""Data points in files: through the gateway part by part, and kept whole or not at all."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.integration.gateway.gateway_client import GatewayClient, Reply
from tests.integration.gateway.sample_data import an_admitted_partner, its_engagement

CSV, NDJSON = "text/csv", "application/x-ndjson"
FIRST_DAY = date(2000, 1, 1)


@pytest.fixture
def measure(client: GatewayClient) -> Any:
    """A measure of each day, with one stratum."""
    engagement = its_engagement(client, an_admitted_partner(client))
    described = {"title": "Falls", "kind": "outcome", "improvement": "decrease", "unit": "falls", "frequency": "daily",
                 "definition": {"numerator": "Falls"},
                 "strata": [{"code": "women", "dimension": "sex", "value": "female"}]}  # fmt: skip
    return client.post("/v1/measures", {"engagement_id": engagement["id"], **described}).body


def sent(client: GatewayClient, measure: Any, body: Any, *, query: str = "", type: str = CSV, **headers: str) -> Reply:
    path = f"/v1/measures/{measure['id']}/data-point-batches{query}"
    return client.ask("POST", path, body=body, headers={"Content_Type": type, **headers})


def days(many: int) -> Iterator[bytes]:
    """A file of so many days, as it is written."""
    yield b"on,value\n"
    for number in range(many):
        yield f"{FIRST_DAY + timedelta(days=number)},{number % 7}\n".encode()


def in_blocks(lines: Iterator[bytes], lines_of_a_block: int = 500) -> Iterator[bytes]:
    """What a client that streams a file sends, which does not know how long it becomes."""
    block: list[bytes] = []
    for line in lines:
        block.append(line)
        if len(block) == lines_of_a_block:
            yield b"".join(block)
            block = []
    yield b"".join(block)


def points_of(client: GatewayClient, measure: Any) -> list[Any]:
    found: list[Any] = client.get(f"/v1/measures/{measure['id']}/data-points?limit=100").body["items"]
    return found


def test_a_spreadsheets_file_is_taken(client: GatewayClient, measure: Any) -> None:
    file = '\ufeffon,value,denominator,stratum\r\n"2026-01-01",3.50,,\r\n2026-01-01,"2",120,women\r\n'

    taken = sent(client, measure, file.encode(), type="text/csv; charset=utf-8")

    assert (taken.status, taken.body["rows"], taken.body["recorded"]) == (200, 2, 2)
    found = {(each["stratum"], each["value"], each["denominator"]) for each in points_of(client, measure)}
    assert found == {(None, "3.50", None), ("women", "2", "120")}


def test_a_file_of_lines_of_json_is_taken(client: GatewayClient, measure: Any) -> None:
    file = b'{"on": "2026-01-01", "value": 0.1}\n{"on": "2026-01-02", "value": "0.10", "stratum": null}\n'

    taken = sent(client, measure, file, type=NDJSON)

    assert taken.body["recorded"] == 2
    assert [each["value"] for each in points_of(client, measure)] == ["0.1", "0.10"]


def test_mistakes_are_told_by_row_and_column_and_nothing_is_kept(client: GatewayClient, measure: Any) -> None:
    file = b'on,value\n2026-01-01,1\n2026-01-02,"1,5"\n2026-01-03\n2026-01-04,=1+1\n2026-01-01,2\n'

    refused = sent(client, measure, file)

    told = [(each["pointer"], each["code"]) for each in refused.problem["errors"]]
    assert refused.status == 422
    assert told == [("/rows/3/value", "invalid"), ("/rows/4", "malformed"), ("/rows/5/value", "invalid"),
                    ("/rows/6/on", "twice")]  # fmt: skip
    assert points_of(client, measure) == []


def test_what_is_chosen_for_a_file_stands_in_the_query(client: GatewayClient, measure: Any) -> None:
    file = b"on,value\n2026-01-01,1\n2026-01-02,x\n"

    tried = sent(client, measure, file, query="?dry_run=true&skip_invalid=true")
    before = points_of(client, measure)
    taken = sent(client, measure, file, query="?skip_invalid=true")
    unknown = sent(client, measure, file, query="?batch_id=bat_1")

    assert (tried.body["recorded"], tried.body["batch_id"], before) == (1, None, [])
    assert (taken.body["recorded"], taken.body["refused"], len(points_of(client, measure))) == (1, 1, 1)
    assert (unknown.status, unknown.problem["errors"][0]["parameter"]) == (400, "batch_id")


@pytest.mark.parametrize(
    ("file", "status", "expected"),
    [
        (b"on;value\n2026-01-01;1\n", 400, "not by ';'"),
        (b"on,value,patient_name\n2026-01-01,1,A\n", 422, "Only aggregate data are taken"),
        (b"on,value,ward\n2026-01-01,1,A\n", 422, "on, value, denominator, stratum is expected; got 'ward'"),
        (b"on\n2026-01-01\n", 422, "A column value is expected"),
        (b"on,value\n", 422, "At least one row is expected"),
        (b"on,value\n\xff\n", 400, "UTF-8"),
        (b"", 400, "the names of the columns"),
    ],
)
def test_a_file_of_another_kind_is_refused(
    client: GatewayClient, measure: Any, file: bytes, status: int, expected: str
) -> None:
    refused = sent(client, measure, file)

    assert (refused.status, expected in refused.problem["detail"]) == (status, True), refused.body


def test_a_compressed_file_and_one_of_another_type_are_not_read(client: GatewayClient, measure: Any) -> None:
    compressed = sent(client, measure, b"on,value\n", Content_Encoding="gzip")
    sheet = sent(client, measure, b"PK", type="application/vnd.ms-excel")

    assert (compressed.problem["status"], sheet.problem["status"]) == (415, 415)


def test_a_file_of_several_parts_counts_from_one_moment_on(client: GatewayClient, measure: Any) -> None:
    taken = sent(client, measure, in_blocks(days(2500)))

    chart = client.get(f"/v1/measures/{measure['id']}/run-chart").body
    assert (taken.status, taken.body["recorded"], chart["points"]) == (200, 2500, 2500)


def test_a_mistake_in_the_last_part_takes_the_first_ones_back_and_the_file_can_come_again(
    client: GatewayClient, measure: Any
) -> None:
    refused = sent(client, measure, b"".join([*days(2200), b"2026-01-01,x\n"]))
    before = points_of(client, measure)
    taken = sent(client, measure, b"".join(days(2200)))

    assert [each["pointer"] for each in refused.problem["errors"]] == ["/rows/2202/value"]
    assert before == []
    assert taken.body.get("recorded") == 2200, taken.body


def test_a_file_that_comes_again_under_its_key_is_recorded_once(client: GatewayClient, measure: Any) -> None:
    key, file = uuid4().hex, b"".join(days(1500))

    first, second = (sent(client, measure, file, Idempotency_Key=key) for _ in range(2))
    other = sent(client, measure, file + b"2026-01-01,1\n", Idempotency_Key=key)

    assert (first.body, first.body["recorded"]) == (second.body, 1500)
    assert second.headers["Idempotent-Replayed"] == "true"
    assert other.problem["code"] == "command_id_reused"


def test_a_file_that_is_too_large_is_refused_before_it_is_read(client: GatewayClient, measure: Any) -> None:
    refused = sent(client, measure, iter([b""]), Content_Length=str(10**12))

    assert (refused.status, "at most 100000 rows" in refused.problem["detail"]) == (413, True)
