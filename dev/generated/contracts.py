"""Writes contracts/: one for each operation and event, and the OpenAPI and AsyncAPI documents of all."""

import json
from collections.abc import Mapping
from functools import partial
from inspect import getdoc
from pathlib import Path
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from apispec.ext.marshmallow.openapi import OpenAPIConverter
from marshmallow import Schema
from marshmallow.fields import Field

from chassis.runtime.service import Service, operations
from chassis.schemas.decimals import ExactDecimal
from chassis.schemas.operations import Declared, Kind
from cli.connection.services import services
from cli.local.process import REPOSITORY
from dev.generated import event_contracts, service_cards
from dev.generated.asyncapi import document
from dev.generated.files import write_or_check
from dev.generated.openapi.document import document as openapi_document
from dev.generated.openapi.public_endpoints import public_endpoints
from gateway.contracts import public_events
from gateway.routes import TABLES

FOLDER = REPOSITORY / "contracts" / "operations"
OPENAPI = REPOSITORY / "contracts" / "openapi.json"
ASYNCAPI = REPOSITORY / "contracts" / "asyncapi.json"


class Described(OpenAPIConverter):
    """Describes a schema by the docstring of its class."""

    def schema2jsonschema(self, schema: Schema) -> dict[str, Any]:
        """Give the JSON Schema with its description."""
        written: dict[str, Any] = super().schema2jsonschema(schema)  # type: ignore[no-untyped-call]
        return {"description": getdoc(type(schema))} | written

    def field2type_and_format(self, field: Field[Any], **kwargs: Any) -> dict[str, Any]:
        """Give the type; an exact decimal is text, or a number."""
        if isinstance(field, ExactDecimal):
            return {"type": ["string", "number"]}
        return super().field2type_and_format(field, **kwargs)

    def field2default(self, field: Field[Any], **kwargs: Any) -> dict[str, Any]:
        """Give the default; a default of None is left out where a client cannot send null."""
        default: dict[str, Any] = super().field2default(field, **kwargs)
        return default if default.get("default") is not None or field.allow_none else {}


class Reader(MarshmallowPlugin):
    """apispec's converter of marshmallow schemas, with our additions."""

    Converter = Described


def write(*, verify: bool) -> int:
    """Write all contracts, or only check them; gives an exit code. The descriptions are made from the contracts."""
    written = partial(write_or_check, command="contracts", verify=verify)
    codes = [
        written(contracts(), existing=FOLDER.glob("*.json")),
        written(events(), existing=event_contracts.FOLDER.glob("*.json")),
        written({ASYNCAPI: asyncapi()}),
        written({OPENAPI: openapi()}),
        written(service_cards.cards()),
    ]
    return max(codes)


def contracts() -> Mapping[Path, str]:
    """Give the text of each contract under the path of its file."""
    found = ((service, each) for service in services().values() for each in operations(service))
    written = (contract(*each) for each in found)
    return {FOLDER / f"{each['title']}.json": _text(each) for each in written}


def events() -> Mapping[Path, str]:
    """Give the text of each event's contract under the path of its file."""
    return {event_contracts.FOLDER / name: _text(each) for name, each in event_contracts.contracts().items()}


def contract(service: type[Service], operation: Declared) -> dict[str, Any]:
    """Give the request and response schemas of an operation; nested schemas are named as OpenAPI expects."""
    plugin = Reader(schema_name_resolver=lambda schema: type(schema).__name__)
    spec = APISpec(title="", version="", openapi_version="3.1.0", plugins=[plugin])
    converter: Any = plugin.converter
    asks = converter.schema2jsonschema(operation.reads())
    answers = converter.resolve_nested_schema(operation.answers())
    return {
        "title": f"{service.name}.{operation.name}",
        "description": operation.description,
        "x-kind": "query" if operation.kind is Kind.QUERY else "command",
        "asks": asks,
        "answers": answers,
        "components": spec.to_dict()["components"],
    }


def asyncapi() -> str:
    """Give the description of the events that may leave, from their contracts."""
    return _text(document(public_events()))


def openapi() -> str:
    """Give the gateway's description, from its routes and the contracts as they are written now."""
    return _text(openapi_document(TABLES, public_endpoints()))


def _text(written: Mapping[str, Any]) -> str:
    return json.dumps(written, indent=2, ensure_ascii=False) + "\n"
