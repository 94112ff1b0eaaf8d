"""A working command line for each operation: ids are shell variables, other values are the schema's examples."""

import json
import re
from collections.abc import Mapping
from typing import Any

from chassis.persistence.repository import EXTERNAL_ID
from dev.generated.openapi.route_description import RouteDescription
from gateway.contracts import Contract, JsonSchema

EITHER = (("person_id", "email"), ("session_id", "on"), ("signal_id", "measure_id"))
"""Members of which a body has one, and a sample the second: somebody by id or address, a session or a day, data."""


def samples(described: RouteDescription) -> list[dict[str, str]]:
    """Return a sample for each transition, labelled with it, or a single one."""
    chosen = described.contracts if described.route.transitions else {"": described.contract}
    return [
        {"lang": "Shell", "label": choice or "curl", "source": _curl(described, choice, contract)}
        for choice, contract in chosen.items()
    ]


def _curl(described: RouteDescription, chosen: str, contract: Contract) -> str:
    route = described.route
    path = re.sub(r"<([a-z_]+)>", lambda name: f"${name[1].upper()}", route.path)
    words = [f'curl -X {route.method} "$GATEWAY{path}"']
    if not route.is_public:
        words.append('-H "Authorization: Bearer $TOKEN"')
    if route.needs_if_match:
        words.append('-H "If-Match: $ETAG"')
    if route.method == "GET":
        return " \\\n  ".join(words)
    words += ['-H "Content-Type: application/json"', "--data @- <<END"]
    choice = {route.choice: chosen} if route.transitions else {}
    body = json.dumps(choice | _examples(described.members(contract)), indent=2, ensure_ascii=False)
    return " \\\n  ".join(words) + f"\n{body}\nEND"


def _examples(members: Mapping[str, JsonSchema]) -> dict[str, Any]:
    """Return the examples of the members that have one."""
    found = {name: _example(name, schema) for name, schema in members.items()}
    for one, other in EITHER:
        if {one, other} <= found.keys():
            del found[one]
    return {name: example for name, example in found.items() if example is not None}


def _example(name: str, schema: JsonSchema) -> Any:
    """Return an example; that of an id is the shell variable of its name, that of ids a list of one.

    What the caller's own system calls something is left out: no second thing may be called the same.
    """
    if name == EXTERNAL_ID:
        return None
    if name.endswith("_id"):
        return f"${name.upper()}"
    if name.endswith("_ids"):
        return [_example(name.removesuffix("s"), schema)]
    shown = schema.get("examples") or schema.get("enum")
    if shown:
        return _with_variables(shown[0])
    one = _example("", schema.get("items", {})) if schema.get("type") == "array" else None
    return None if one is None else [one]


def _with_variables(example: Any) -> Any:
    """Return an example with shell variables in the place of the ids in it."""
    if isinstance(example, list):
        return [_with_variables(each) for each in example]
    if not isinstance(example, dict):
        return example
    return {
        name: f"${name.upper()}" if name.endswith("_id") else _with_variables(each) for name, each in example.items()
    }
