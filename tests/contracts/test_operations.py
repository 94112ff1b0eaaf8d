"""What operations are asked and answer: the services, the files and the gateway's description agree."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator
from werkzeug.routing import Map

from dev.generated.contracts import OPENAPI, contracts, openapi
from dev.generated.openapi.document import AmbiguousName, MissingContract, contracts_of, merged_schemas
from dev.generated.openapi.meanings import NoMeaning, describe_members, properties
from gateway.contracts import Contract
from gateway.endpoints.server import Server
from gateway.service import GatewayService
from tests.contract_validation import validator

CONTRACTS = contracts()
DOCUMENT = json.loads(OPENAPI.read_text(encoding="utf-8"))
OPERATIONS = {
    f"{method} {path}": it
    for path, those in DOCUMENT["paths"].items()
    for method, it in those.items()
    if method != "parameters"
}
OF_SEVERAL_LINES = {
    "answer",
    "message",
    "purpose",
    "question",
    "abstract",
    "story",
    "nothing_to_publish",
    "advice",
    "alignment",
    "comparison",
    "denominator",
    "access",
    "despite",
    "diet",
    "deviation",
    "evidence",
    "expected_impact",
    "hypothesis",
    "in_scope",
    "inclusion",
    "justification",
    "learning",
    "lesson",
    "measured_impact",
    "method",
    "needs",
    "next_changes",
    "notes",
    "numerator",
    "observations",
    "note",
    "out_of_scope",
    "population",
    "problem",
    "reason",
    "reasons",
    "resources",
    "result",
    "sampling",
    "statement",
    "text",
    "unexpected",
    "why_now",
}
CHANGES = [each for each in OPERATIONS if not each.startswith("get ") and "/rsvp/" not in each]
SIMPLE = {"title": "t.o", "description": "", "request": {}, "response": {}}


@pytest.mark.parametrize("path", CONTRACTS, ids=lambda path: path.stem)
def test_a_contract_is_written_as_its_service_says(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == CONTRACTS[path]


def test_there_is_no_contract_without_an_operation() -> None:
    assert {path for each in CONTRACTS for path in each.parent.iterdir()} == set(CONTRACTS)


@pytest.mark.parametrize("path", CONTRACTS, ids=lambda path: path.stem)
def test_only_reasons_evidence_and_notes_have_several_lines(path: Path) -> None:
    contract = json.loads(CONTRACTS[path])

    of_several_lines = {
        name for name, text in texts(contract["asks"], contract) if re.search(text.get("pattern", "."), "One line\ntwo")
    }

    assert of_several_lines <= OF_SEVERAL_LINES


def texts(asked: Any, contract: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Every member that is free text, at whatever depth."""
    if "$ref" in asked:
        yield from texts(contract["components"]["schemas"][asked["$ref"].rpartition("/")[2]], contract)
    for member, below in asked.get("properties", {}).items():
        yield from texts(below, contract, member)
    if "items" in asked:
        yield from texts(asked["items"], contract, name)
    if "string" in asked.get("type", ()) and not {"enum", "format"} & asked.keys() and name != "cursor":
        yield name, asked


def test_the_gateway_is_described_as_its_routes_and_the_contracts_say() -> None:
    assert OPENAPI.read_text(encoding="utf-8") == openapi()


def test_the_description_is_openapi_3_1() -> None:
    assert [error.message for error in OpenAPIV31SpecValidator(DOCUMENT).iter_errors()] == []


def test_every_path_that_is_served_is_described_and_the_reverse() -> None:
    served = {
        f"{method.lower()} {rule.rule.replace('<', '{').replace('>', '}')}"
        for rule in url_map().iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }

    assert served == set(OPERATIONS)


def test_every_operation_has_a_name_of_its_own_and_says_who_may_ask_and_how() -> None:
    names = [it["operationId"] for it in OPERATIONS.values()]

    assert len(set(names)) == len(names)
    needed = {"summary", "tags", "x-roles", "x-codeSamples"}
    assert {it["operationId"]: needed - it.keys() for it in OPERATIONS.values() if not needed <= it.keys()} == {}
    assert [it["operationId"] for it in OPERATIONS.values() if not (it["summary"] and it["tags"])] == []


def test_a_summary_is_one_line_and_a_description_says_more_than_it() -> None:
    long = [it["operationId"] for it in OPERATIONS.values() if "\n" in it["summary"]]
    again = [it["operationId"] for it in OPERATIONS.values() if it.get("description", "").rstrip(".") == it["summary"]]

    assert (long, again) == ([], [])


@pytest.mark.parametrize("name", CHANGES)
def test_every_member_that_must_be_sent_has_an_example(name: str) -> None:
    (content, *_) = OPERATIONS[name]["requestBody"]["content"].values()
    must_be_sent = [
        (member, {**body["properties"][member], **resolved(body["properties"][member])})
        for body in bodies(content["schema"])
        for member in body.get("required", ())
    ]

    assert [member for member, told in must_be_sent if not has_an_example(told)] == []


def test_an_answer_that_does_not_fit_its_contract_is_seen() -> None:
    text = next(text for path, text in CONTRACTS.items() if path.stem == "camps.show_seats")
    validate, seats = (
        validator(json.loads(text)),
        {"held": 1, "confirmed": 0, "in_grace": 0, "free": 3, "waiting": 0, "capacity": 4},
    )

    validate({"camp_id": "cmp_1", **seats})
    for wrong in ({}, {"camp_id": 1}, {"camp_id": "cmp_1", "unpromised": 1}):
        with pytest.raises(Exception, match=r"camp_id|unpromised"):
            validate({**seats, **wrong})


def test_an_operation_without_a_contract_is_not_routed() -> None:
    with pytest.raises(MissingContract, match=r"camps\.dance"):
        list(contracts_of({}, ["camps.dance"]))


def test_a_name_in_the_contracts_stands_for_one_thing() -> None:
    one, other = (Contract(**SIMPLE, schemas={"Thing": {"type": type}}) for type in ("string", "object"))

    assert merged_schemas([one, one]) == {"Thing": {"type": "string"}}
    with pytest.raises(AmbiguousName, match="Thing"):
        merged_schemas([one, other])


def url_map() -> Map:
    """What the gateway serves, without a process that does."""
    server = Server()
    server.container = SimpleNamespace(service_cls=GatewayService)
    for method in vars(GatewayService).values():
        for entrypoint in getattr(method, "nameko_entrypoints", ()):
            server.register_provider(entrypoint)
    return server.make_url_map()


def has_an_example(told: dict[str, Any]) -> bool:
    return not {"examples", "const", "enum"}.isdisjoint({*told, *resolved(told.get("items", {}))})


def bodies(schema: dict[str, Any]) -> list[dict[str, Any]]:
    whole = resolved(schema)
    return [resolved(each) for each in whole.get("oneOf", [whole])]


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    found = schema
    while "$ref" in found:
        found = DOCUMENT["components"]["schemas"][found["$ref"].rpartition("/")[2]]
    return found


def test_every_member_of_the_description_says_what_it_means() -> None:
    named = DOCUMENT["components"]["schemas"] | OPERATIONS
    silent = [
        f"{name}.{member}"
        for name, schema in named.items()
        for member, below in properties(schema)
        if not below.get("description")
    ]

    assert silent == []


def test_every_parameter_of_the_description_says_what_it_means() -> None:
    own = [(name, each) for name, it in OPERATIONS.items() for each in it.get("parameters", []) if "$ref" not in each]

    assert [f"{name} {each['name']}" for name, each in own if not each.get("description")] == []


def test_the_introduction_explains_tokens_cursors_and_if_match_in_ten_lines() -> None:
    points = re.split(r"\n- ", DOCUMENT["info"]["description"])
    explained = {word: point for point in points for word in ("Bearer", "next_cursor", "If-Match") if word in point}

    assert list(explained) == ["Bearer", "next_cursor", "If-Match"]
    assert len("\n".join(explained.values()).splitlines()) <= 10


@pytest.mark.parametrize("operation", [name for name, it in OPERATIONS.items() if "updated_at" in json.dumps(it)])
def test_a_list_by_change_says_in_which_order_a_row_that_changes_meanwhile_is_missed(operation: str) -> None:
    (sort,) = [each for each in OPERATIONS[operation]["parameters"] if each.get("name") == "sort"]

    assert "rising, whatever changes while pages are read moves to the end and is seen" in sort["description"]
    assert "falling, it moves before the page and is missed" in sort["description"]


def test_a_member_without_a_meaning_is_named_with_the_file_where_it_is_said() -> None:
    with pytest.raises(NoMeaning, match=r"Partner has the member 'colour'.*meanings\.toml"):
        describe_members({"Partner": {"properties": {"colour": {"type": "string"}}}})


def test_values_of_answers_are_open_lists_and_those_of_requests_are_closed() -> None:
    schemas = DOCUMENT["components"]["schemas"]
    answered = reached_from([it["responses"] for it in OPERATIONS.values()])

    assert [name for name in answered if any("enum" in below for _, below in properties(schemas[name]))] == []
    assert {"invitation", "welcome"} <= set(schemas["Delivery"]["properties"]["category"]["x-extensible-enum"])
    assert "enum" in schemas["PartnersProposePartner"]["properties"]["scope_level"]


def reached_from(start: Any) -> set[str]:
    """The names of the schemas that something refers to, directly or through others."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        names = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(waiting.pop()))) - found
        found |= names
        waiting += [DOCUMENT["components"]["schemas"][name] for name in names]
    return found
