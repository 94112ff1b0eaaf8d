"""For each operation a command line that works: ids are taken from the environment, all else is an example."""

import json
import re
from collections.abc import Mapping
from typing import Any

from gateway.contracts import Contract, JsonSchema
from gateway.openapi.described import Described


def samples(described: Described) -> list[dict[str, str]]:
    """Give one for each choice there is, labelled with it."""
    chosen = described.contracts if described.route.moves else {"": described.contract}
    return [
        {"lang": "Shell", "label": choice or "curl", "source": _curl(described, choice, contract)}
        for choice, contract in chosen.items()
    ]


def _curl(described: Described, chosen: str, contract: Contract) -> str:
    route = described.route
    path = re.sub(r"<([a-z_]+)>", lambda name: f"${name[1].upper()}", route.path)
    words = [f'curl -X {route.method} "$GATEWAY{path}"', '-H "Authorization: Bearer $TOKEN"']
    if route.changes_what_was_seen:
        words.append('-H "If-Match: $ETAG"')
    if route.method == "GET":
        return " \\\n  ".join(words)
    words += ['-H "Content-Type: application/json"', "--data @- <<END"]
    choice = {route.choice: chosen} if route.moves else {}
    body = json.dumps(choice | _examples(described.members(contract)), indent=2, ensure_ascii=False)
    return " \\\n  ".join(words) + f"\n{body}\nEND"


def _examples(members: Mapping[str, JsonSchema]) -> dict[str, Any]:
    """Give an example of each member that has one."""
    found = {name: _example(name, schema) for name, schema in members.items()}
    return {name: example for name, example in found.items() if example is not None}


def _example(name: str, schema: JsonSchema) -> Any:
    """An id is whatever the reader has: its name in capitals, for the shell to put it in."""
    if name.endswith("_id"):
        return f"${name.upper()}"
    shown = schema.get("examples") or schema.get("enum")
    if shown:
        return shown[0]
    one = _example("", schema.get("items", {})) if schema.get("type") == "array" else None
    return None if one is None else [one]
