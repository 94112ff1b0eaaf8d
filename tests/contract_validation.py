"""Validates answers against their contracts: no promised member is missing, and none is there that is not promised."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import jsonschema

from chassis.runtime.service import Service, operations
from dev.generated.contracts import contract


def validate_answers(instance: Service) -> None:
    """From now on, validate every answer of this service that is called directly."""
    for operation in operations(type(instance)):
        vars(instance)[operation.name] = _validated(getattr(instance, operation.name), type(instance))


def validator(contract: dict[str, Any]) -> Callable[[Any], None]:
    """Give a function that raises ValidationError for an answer with a member missing, wrong or not named."""
    schema = _closed({**contract["answers"], "components": contract["components"]})
    check = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    return check.validate


def _validated(method: Callable[..., Any], service: type[Service]) -> Callable[..., Any]:
    @wraps(method)
    def answer(**call: Any) -> Any:
        answered = method(**call)
        if "ok" in answered:
            _validator_of(service, method.__name__)(answered["ok"])
        return answered

    return answer


_VALIDATORS: dict[tuple[type[Service], str], Callable[[Any], None]] = {}
"""To write a contract takes longer than most tests: it is written once, when the first answer needs it."""


def _validator_of(service: type[Service], name: str) -> Callable[[Any], None]:
    if (service, name) not in _VALIDATORS:
        (operation,) = (each for each in operations(service) if each.name == name)
        _VALIDATORS[service, name] = validator(contract(service, operation))
    return _VALIDATORS[service, name]


def _closed(schema: Any) -> Any:
    """Forbid members that the schema does not name: clients ignore them, but here they are a mistake."""
    if isinstance(schema, list):
        return [_closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {name: _closed(each) for name, each in schema.items()}
    return {"additionalProperties": False, **closed} if "properties" in closed else closed
