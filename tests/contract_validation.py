"""What is answered, held against its contract: nothing that was promised is missing, nothing is there unpromised."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import jsonschema

from chassis.runtime.service import Service, operations
from dev.generated.contracts import contract


def hold_to_its_contracts(instance: Service) -> None:
    """Look at every answer that this service gives from now on, called by hand."""
    for operation in operations(type(instance)):
        fits = fitting(contract(type(instance), operation))
        vars(instance)[operation.name] = _looked_at(getattr(instance, operation.name), fits)


def fitting(contract: dict[str, Any]) -> Callable[[Any], None]:
    """Give a check that an answer is what the contract says, without a member that it does not name."""
    schema = _closed({**contract["answers"], "components": contract["components"]})
    check = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    return check.validate


def _looked_at(method: Callable[..., Any], fits: Callable[[Any], None]) -> Callable[..., Any]:
    @wraps(method)
    def answer(**call: Any) -> Any:
        answered = method(**call)
        if "ok" in answered:
            fits(answered["ok"])
        return answered

    return answer


def _closed(schema: Any) -> Any:
    """Promise no more: a client bears a new member, but we should know that there is one."""
    if isinstance(schema, list):
        return [_closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {name: _closed(each) for name, each in schema.items()}
    return {"additionalProperties": False, **closed} if "properties" in closed else closed
