"""Validates the gateway's responses against its OpenAPI description."""

import json
import re
from collections.abc import Mapping
from typing import Any

from dev.generated.contracts import OPENAPI
from tests.contract_validation import validator

DOCUMENT = json.loads(OPENAPI.read_text(encoding="utf-8"))
NOT_ALWAYS = {"Link", "Idempotent-Replayed"}
PATHS = {re.compile(re.sub(r"{[a-z_]+}", "[^/]+", path)): those for path, those in DOCUMENT["paths"].items()}


def validate_response(method: str, path: str, status: int, headers: Mapping[str, str], body: Any) -> None:
    """Check that status, headers and body of a response are described; a path that is not described is not checked."""
    those = next((those for pattern, those in PATHS.items() if pattern.fullmatch(path.partition("?")[0])), {})
    operation = those.get(method.lower())
    if operation is None or "/rsvp/" in path:
        return
    response = _resolved(operation["responses"].get(str(status)))
    assert response, f"{method} {path} is not described to answer {status}"
    promised = set(response["headers"]) - NOT_ALWAYS - ({"ETag"} if status == 412 else set())
    assert promised <= set(headers), f"{method} {path}: {headers}"
    if not response.get("content"):
        return
    content_type = headers["Content-Type"].partition(";")[0]
    assert content_type in response["content"], f"{method} {path} is not described to answer {content_type}"
    if body is not None:
        schema = response["content"][content_type]["schema"]
        validator({"answers": schema, "components": DOCUMENT["components"]})(body)


def _resolved(response: Any) -> Any:
    if response and "$ref" in response:
        return DOCUMENT["components"]["responses"][response["$ref"].rpartition("/")[2]]
    return response
