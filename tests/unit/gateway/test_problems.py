"""Which refusal is which status, and what a refusal looks like."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
from werkzeug.test import create_environ

import gateway
from chassis.domain import errors
from chassis.domain.errors import DomainError, FieldError
from chassis.domain.faults import Fault
from chassis.rpc.idempotency import CommandIdReused
from cli.connection.services import services
from gateway.http import problems
from gateway.http.request import ClientRequest

STATUSES = {
    "invalid": 422,
    "reused": 422,
    "not_found": 404,
    "gone": 410,
    "forbidden": 403,
    "conflict": 409,
    "stale": 412,
    "unavailable": 503,
    "late": 504,
    "broken": 500,
    "malformed": 400,
    "wrong_parameter": 400,
    "unauthenticated": 401,
    "no_such_method": 405,
    "not_acceptable": 406,
    "too_large": 413,
    "unsupported": 415,
    "unconditional": 428,
    "slow": 408,
    "uri_too_long": 414,
    "headers_too_large": 431,
    "too_fast": 429,
    "version": 505,
}


def a_request(path: str = "/v1/partners", **headers: str) -> ClientRequest:
    environ = create_environ(path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    return ClientRequest(environ | {"RAW_PATH_INFO": path})


def a_fault(**shown: Any) -> Fault:
    return Fault(**{"kind": "invalid", "code": "in_the_future", "message": "not yet", **shown})


def test_every_kind_has_its_status() -> None:
    assert {name: kind.status for name, kind in problems.KINDS.items()} == STATUSES


@pytest.mark.parametrize("kind", sorted(STATUSES))
def test_a_refusal_of_every_kind_is_a_whole_problem(kind: str) -> None:
    response = problems.response(a_fault(kind=kind), a_request("/v1/partners/prt_1", X_Request_Id="req-7"))

    problem = orjson.loads(response.data)
    assert response.status_code == problem["status"] == STATUSES[kind]
    assert response.headers["Content-Type"] == "application/problem+json"
    assert problem == {
        "type": "urn:partnerships:problem:in_the_future",
        "title": problem["title"],
        "status": STATUSES[kind],
        "detail": "not yet",
        "instance": "/v1/partners/prt_1",
        "code": "in_the_future",
        "request_id": "req-7",
        "errors": [],
    }


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("invalid", "Unprocessable Content"),
        ("unauthenticated", "Unauthorized"),
        ("stale", "Precondition Failed"),
        ("unavailable", "Service Unavailable"),
        ("too_large", "Content Too Large"),
        ("uri_too_long", "URI Too Long"),
    ],
)
def test_the_title_of_a_problem_is_the_reason_phrase_of_rfc_9110(kind: str, title: str) -> None:
    assert problems.document(a_fault(kind=kind), instance="/", request_id="r")["title"] == title


def test_an_unknown_kind_of_fault_is_a_500() -> None:
    assert problems.response(a_fault(kind="surprising"), a_request()).status_code == 500


@pytest.mark.parametrize("error", [CommandIdReused, *errors.DomainError.__subclasses__(), errors.Stale])
def test_every_kind_of_domain_error_has_a_status_of_its_own(error: type[DomainError]) -> None:
    assert error.kind in STATUSES
    assert STATUSES[error.kind] < 500


@pytest.mark.parametrize("kind", ["unavailable", "late"])
def test_a_temporary_refusal_says_when_to_try_again(kind: str) -> None:
    assert int(problems.response(a_fault(kind=kind), a_request()).headers["Retry-After"]) > 0


@pytest.mark.parametrize(
    ("method", "header", "types"),
    [
        ("POST", "Accept", "application/json"),
        ("PATCH", "Accept-Patch", "application/merge-patch+json, application/json"),
    ],
)
def test_an_unsupported_media_type_is_answered_with_those_accepted(method: str, header: str, types: str) -> None:
    environ = create_environ("/v1/partners", method=method) | {"RAW_PATH_INFO": "/v1/partners"}

    refused = problems.response(a_fault(kind="unsupported"), ClientRequest(environ))

    assert refused.headers[header] == types


def test_a_caller_without_a_valid_token_is_told_how_to_authenticate() -> None:
    assert problems.response(a_fault(kind="unauthenticated"), a_request()).headers["WWW-Authenticate"] == "Bearer"


def test_a_member_of_a_body_has_a_pointer_and_a_parameter_a_name() -> None:
    field = FieldError(pointer="/limit", code="invalid", detail="too many")

    body = problems.document(a_fault(fields=(field,)), instance="/", request_id="r")
    query = problems.document(a_fault(kind="wrong_parameter", fields=(field,)), instance="/", request_id="r")

    assert body["errors"] == [{"pointer": "/limit", "code": "invalid", "detail": "too many"}]
    assert query["errors"] == [{"parameter": "limit", "code": "invalid", "detail": "too many"}]


def test_no_other_module_of_the_gateway_knows_the_status_of_a_refusal() -> None:
    others = [path for path in Path(problems.__file__).parent.rglob("*.py") if path.name != "problems.py"]

    known = {
        f"{path.name}:{node.lineno}"
        for path in others
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and node.value in STATUSES.values()
    }

    assert known == set()


def test_the_gateway_knows_no_error_code_of_a_service() -> None:
    services()
    codes = {each().code for each in _below(DomainError) if each.__module__.startswith("services.")}
    known = {
        f"{path.name}:{node.lineno} {node.value}"
        for path in Path(gateway.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and node.value in codes
    }

    assert codes
    assert known == set()


def _below(error: type[DomainError]) -> Iterator[type[DomainError]]:
    for each in error.__subclasses__():
        yield each
        yield from _below(each)
