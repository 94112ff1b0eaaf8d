"""What marshmallow's own fields and validators say, in our words: each sentence says what would be right.

Importing this is enough: they are put where marshmallow keeps its defaults, so that no field can forget them.
"""

from marshmallow import Schema, fields, validate

SENTENCES: dict[type, dict[str, str]] = {
    fields.Field: {
        "required": "A value is expected; there is none.",
        "null": "A value is expected, not null.",
        "validator_failed": "Another value is expected.",
    },
    fields.String: {"invalid": "A text is expected.", "invalid_utf8": "A text in UTF-8 is expected."},
    fields.Number: {"invalid": "A number is expected.", "too_large": "A smaller number is expected."},
    fields.Integer: {"invalid": "A whole number is expected."},
    fields.Float: {"special": "A finite number is expected."},
    fields.Boolean: {"invalid": "true or false is expected."},
    fields.List: {"invalid": "A list is expected."},
    fields.Nested: {"type": "An object is expected."},
    fields.Mapping: {"invalid": "An object is expected."},
}

for _kind, _said in SENTENCES.items():
    _kind.default_error_messages = {**vars(_kind).get("default_error_messages", {}), **_said}  # type: ignore[attr-defined]
Schema._default_error_messages = {"type": "An object is expected.", "unknown": "Unknown field."}
validate.Length.message_min = "A length of {min} or more is expected."
validate.Length.message_max = "A length of {max} or less is expected."
validate.Length.message_all = "A length from {min} to {max} is expected."
validate.Length.message_equal = "A length of {equal} is expected."
validate.Range.message_min = "A number {min_op} {{min}} is expected."
validate.Range.message_max = "A number {max_op} {{max}} is expected."
validate.Range.message_all = "A number {min_op} {{min}} and {max_op} {{max}} is expected."
validate.OneOf.default_message = "One of {choices} is expected."
