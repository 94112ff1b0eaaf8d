"""How whoever uses settings declares them: a section of `config.yml` and the types of what stands in it."""

from collections.abc import Collection
from typing import Any, ClassVar

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from chassis.runtime.uris import HIGHEST_PORT, UriForm
from chassis.schemas import sentences as sentences  # before any field is made


class Settings(Schema):
    """The settings of one section; who uses some declares them, and `config.yml` gives their meanings and defaults.

    `section` is the key of `config.yml` they stand under; "" is its top level, which every process reads.
    """

    section: ClassVar[str]

    class Meta:
        unknown = RAISE


Declared = Collection[type[Settings]]
"""The sections that a process reads beside the top level."""


def seconds() -> fields.Float:
    """A duration, in seconds."""
    return positive("More than 0 seconds is expected.")


def positive(error: str) -> fields.Float:
    """A number above 0."""
    return fields.Float(required=True, validate=validate.Range(min=0, min_inclusive=False, error=error))


def number(least: int, most: int) -> fields.Integer:
    """A whole number."""
    return fields.Integer(required=True, strict=True, validate=validate.Range(least, most))


def text(least: int, most: int) -> fields.String:
    """A text of a length; None and an empty one are too short."""
    return fields.String(required=True, validate=validate.Length(least, most))


def one_of(*choices: str) -> fields.String:
    """One of these words."""
    return fields.String(required=True, validate=validate.OneOf(choices))


def optional(*rules: Any) -> fields.String:
    """A text that may be empty."""
    return fields.String(required=True, allow_none=True, validate=rules)


def uri(*schemes: str, several: bool = False, query: bool = False) -> fields.String:
    """A URI of one of these schemes; the rest is as in `UriForm`."""
    return fields.String(required=True, validate=UriForm(*schemes, several=several, query=query))


def optional_uri(*schemes: str) -> fields.String:
    """A URI of one of these schemes, or nothing."""
    return optional(UriForm(*schemes, query=True, optional=True))


def address(*, is_optional: bool = False) -> fields.String:
    """A host and a port to listen on."""
    nothing = " or nothing" if is_optional else ""
    error = f"address:port{nothing} is expected, with a port up to 65535."
    rule = validate.Regexp(r"[^:\s]+:\d{1,5}$|\[[0-9A-Fa-f:]+\]:\d{1,5}$" + ("|$" if is_optional else ""), error=error)
    return fields.String(required=True, allow_none=is_optional, validate=[rule, _Port(error=error)])


class _Port(validate.Validator):
    def __init__(self, *, error: str) -> None:
        self._error = error

    def __call__(self, value: str) -> str:
        if value and int(value.rpartition(":")[2]) > HIGHEST_PORT:
            raise ValidationError(self._error)
        return value
