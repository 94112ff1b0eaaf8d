"""What others may count on, written down: a contract for each operation, and what describes gateway and events."""

import json
from collections.abc import Iterable, Iterator, Mapping
from inspect import getdoc
from pathlib import Path
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from apispec.ext.marshmallow.openapi import OpenAPIConverter
from marshmallow import Schema
from marshmallow.fields import Field

from chassis.runtime.service import Service, operations
from chassis.schemas.operations import Declared, Kind
from cli.connection.services import services
from cli.local.process import REPOSITORY
from dev.generated.asyncapi import document
from dev.generated.openapi.document import document as openapi_document
from dev.generated.openapi.public_endpoints import public_endpoints
from gateway.contracts import public_events
from gateway.routes import TABLES

FOLDER = REPOSITORY / "contracts" / "operations"
OPENAPI = REPOSITORY / "contracts" / "openapi.json"
ASYNCAPI = REPOSITORY / "contracts" / "asyncapi.json"


class Described(OpenAPIConverter):
    """Says of a schema what its class says of itself."""

    def schema2jsonschema(self, schema: Schema) -> dict[str, Any]:
        """Give the JSON Schema with its description."""
        written: dict[str, Any] = super().schema2jsonschema(schema)  # type: ignore[no-untyped-call]
        return {"description": getdoc(type(schema))} | written

    def field2default(self, field: Field[Any], **kwargs: Any) -> dict[str, Any]:
        """Give the default, unless it is nothing that a client could send itself."""
        default: dict[str, Any] = super().field2default(field, **kwargs)
        return default if default.get("default") is not None or field.allow_none else {}


class Reader(MarshmallowPlugin):
    """apispec's reader of marshmallow schemas, with ours in it."""

    Converter = Described


def write_or_check(*, verify: bool) -> int:
    """Write the contracts, or only say whether they are up to date; gives an exit code."""
    outdated = [*_settled(FOLDER.glob("*.json"), contracts(), verify=verify)]
    outdated += _settled([ASYNCAPI], {ASYNCAPI: asyncapi()}, verify=verify)
    outdated += _settled([OPENAPI], {OPENAPI: openapi()}, verify=verify)
    if outdated and verify:
        print(f"contracts are not what the code says ({', '.join(outdated)}): run `./partnerships contracts`")
    return 1 if outdated and verify else 0


def contracts() -> Mapping[Path, str]:
    """Give the text of each contract under the path of its file."""
    found = ((service, each) for service in services().values() for each in operations(service))
    written = (contract(*each) for each in found)
    return {FOLDER / f"{each['title']}.json": _text(each) for each in written}


def contract(service: type[Service], operation: Declared) -> dict[str, Any]:
    """Write what an operation is asked and what it answers; its parts are named as OpenAPI wants them."""
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


def _settled(paths: Iterable[Path], wanted: Mapping[Path, str], *, verify: bool) -> Iterator[str]:
    """Name what is not as wanted, and unless it is only to be verified, make it so."""
    found = {path: path.read_text(encoding="utf-8") for path in paths if path.exists()}
    for path in sorted({*wanted, *found}):
        if wanted.get(path) != found.get(path):
            yield path.name
            if not verify:
                _replace(path, wanted.get(path))


def _replace(path: Path, text: str | None) -> None:
    if text is None:
        path.unlink()
    else:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _text(written: Mapping[str, Any]) -> str:
    return json.dumps(written, indent=2, ensure_ascii=False) + "\n"
