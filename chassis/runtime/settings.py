"""How whoever uses settings declares them: a section of `config.yml` and the types of what stands in it."""

from collections.abc import Collection
from typing import Any, ClassVar

from marshmallow import RAISE, Schema, fields, validate


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


def uri(*schemes: str) -> fields.String:
    """A URI of one of these schemes, each a regular expression."""
    choices = " or ".join(f"{scheme}://…" for scheme in schemes)
    rule = validate.Regexp("|".join(f"{scheme}://." for scheme in schemes), error=f"A URI as {choices} is expected.")
    return fields.String(required=True, validate=rule)
