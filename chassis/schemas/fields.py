"""Marshmallow fields that refuse what JSON or BSON could not keep unchanged.

Each field also says what it takes in the words of JSON Schema, as its marshmallow metadata: from these the
contracts of operations are written. A pattern means the same to every engine of regular expressions.
"""

import re
from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from marshmallow import ValidationError, fields, validate

from chassis.domain.erasure import NO_ZONE
from chassis.schemas.characters import NOT_IN_LINE, NOT_IN_TEXT, normalised, pattern_without
from chassis.schemas.mail_addresses import NotAMailAddress, read_address
from chassis.schemas.zones import zones_of_places

LARGEST_INTEGER = 2**63 - 1
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_DATE = "(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9]"
_DAY = f"^{_DATE}$"
_INSTANT = rf"^{_DATE}T{_CLOCK}:[0-5][0-9](\.[0-9]{{1,6}})?(Z|[+-]{_CLOCK})$"
_LANGUAGE = "^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?$"


_CASE_OF_SUBTAG = {2: str.upper, 4: str.title}
"""Behind the language, a subtag of two is in upper case and one of four in title case; others are in lower case."""


class Text(fields.String):
    """Text for people, of one line or more, such as a reason, evidence or notes: bounded, and something to be seen.

    It is checked and measured as it was sent, and stored in normalisation form C, without white space at its ends.
    """

    refused = NOT_IN_TEXT
    pattern = pattern_without(NOT_IN_TEXT)
    format: str | None = None
    expected = "Text with something in it that can be seen is expected."
    example: str | None = None

    def __init__(self, *, longest: int = 500, example: str | None = None, **kwargs: Any) -> None:
        """Take 1 to `longest` characters; `example` is one that documents show."""
        # A format says more: no pattern says, for one, which domains there can be (IDNA).
        said = {
            "pattern": None if self.format else self.pattern,
            "format": self.format,
            "examples": [example or self.example],
        }
        metadata = {name: value for name, value in said.items() if value not in (None, [None])}
        self._length = validate.Length(1, longest)
        super().__init__(validate=self._length, metadata=metadata, **kwargs)

    def deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        """Read a text, and give it as it is stored."""
        text = super().deserialize(value, *args, **kwargs)
        return normalised(text) if isinstance(text, str) else text

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        text: str = super()._deserialize(value, attr, data, **kwargs)
        self._length(text)  # before anything reads it character by character
        if "\x00" in text or _LONE_SURROGATE.search(text):
            raise ValidationError("A character that cannot be stored (NUL or a lone surrogate).")
        # First, for it lets the pattern, which is for documents, be matched in one pass.
        if found := re.search(f"[{self.refused}]", text):
            raise ValidationError(f"{self.expected.rstrip('.')}, without U+{ord(found[0]):04X}.")
        if not re.fullmatch(self.pattern, text):
            raise ValidationError(self.expected)
        return text


class Line(Text):
    """One line of text, such as a name, a title or a place: what a query may hold, too."""

    refused = NOT_IN_LINE
    pattern = pattern_without(NOT_IN_LINE)
    expected = "One line of text with something in it that can be seen is expected."


class Id(Text):
    """An id of ours: a prefix, an underscore, and a tail."""

    def __init__(self, prefix: str, **kwargs: Any) -> None:
        """Take ids that begin with `prefix`."""
        self.prefix = prefix
        self.pattern = f"^{prefix}_[0-9a-z_]+$"
        self.expected = f"An id that begins with {prefix}_ is expected."
        super().__init__(longest=60, example=f"{prefix}_01k9x3q0w5m8k4t7v2z9y6c1d3", **kwargs)


class Count(fields.Integer):
    """A whole number, written 5 or 5.0 as JSON has it; not a text or a fraction that could be read as one."""

    def __init__(
        self, *, least: int = 0, most: int = LARGEST_INTEGER, example: int | None = None, **kwargs: Any
    ) -> None:
        """Take `least` to `most`; `example` is one that documents show."""
        metadata = {"examples": [least if example is None else example]}
        super().__init__(strict=True, validate=validate.Range(least, most), metadata=metadata, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> int:
        if not isinstance(value, int | float) or isinstance(value, bool) or value % 1:
            raise self.make_error("invalid", input=value)
        number: int = super()._deserialize(int(value), attr, data, **kwargs)
        return number


class Flag(fields.Boolean):
    """True or false, as JSON has them; not a number or a text that could be read as one."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid")
        return value


class Version(fields.Field[frozenset[int]]):
    """The version that the caller has seen of what is to be changed, or several of which any may be the present one.

    Null stands for whichever there is. Read as a set of versions.
    """

    def __init__(self) -> None:
        """Require one: who changes something names the version they have seen, or says by null that they have not."""
        number = {"type": "integer", "minimum": 0}
        several = {"type": "array", "items": number, "minItems": 1}
        super().__init__(required=True, allow_none=True, metadata={"oneOf": [number, several, {"type": "null"}]})
        self._several = fields.List(Count(), validate=validate.Length(1))

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        given = value if isinstance(value, list) else [value]
        return frozenset(self._several.deserialize(given, attr, data, **kwargs))


class Day(fields.Date):
    """A calendar day, `YYYY-MM-DD`, from 1900 to 2199."""

    def __init__(self, *, example: str = "2026-06-01", **kwargs: Any) -> None:
        """Take a day; `example` is one that documents show."""
        super().__init__(metadata={"pattern": _DAY, "examples": [example]}, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> date:
        try:
            written = re.fullmatch(_DAY, value)
        except TypeError:
            written = None
        if not written:
            raise ValidationError("A day as YYYY-MM-DD, from 1900 to 2199, is expected.")
        return _day_of_the_calendar(value)


class Instant(fields.String):
    """An instant with its offset from UTC (RFC 3339), from 1900 to 2199, in whole milliseconds."""

    def __init__(self, *, example: str = "2026-06-10T14:00:00+02:00", **kwargs: Any) -> None:
        """Take an instant; `example` is one that documents show."""
        super().__init__(metadata={"format": "date-time", "pattern": _INSTANT, "examples": [example]}, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        if re.fullmatch(_INSTANT, text):
            _day_of_the_calendar(text[: len("YYYY-MM-DD")])
        try:
            instant = datetime.fromisoformat(text if re.fullmatch(_INSTANT, text) else "").astimezone(UTC)
        except (ValueError, OverflowError):
            raise ValidationError(
                "An instant from 1900 to 2199, such as 2026-06-10T14:00:00+02:00, is expected."
            ) from None
        return instant.replace(microsecond=instant.microsecond // 1000 * 1000)


class WallTime(Text):
    """An hour and minute of a day as clocks show it, such as 09:00."""

    pattern = f"^{_CLOCK}$"
    expected = "An hour and minute such as 09:00, from 00:00 to 23:59, is expected."
    example = "09:00"


class Listed(fields.String):
    """One of many texts that somebody else lists; documents show the `format`, for the list is long and grows."""

    format: str
    example: str
    expected: str
    values: Collection[str]

    def __init__(self, **kwargs: Any) -> None:
        """Take what is on the list."""
        super().__init__(metadata={"format": self.format, "examples": [self.example]}, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        text: str = super()._deserialize(value, attr, data, **kwargs)
        if text not in self.values:
            raise ValidationError(self.expected)
        return text


class Zone(Listed):
    """The IANA time zone of a place, such as Europe/Stockholm; another name of one, such as Asia/Calcutta, is kept."""

    format = "iana-time-zone"
    example = "Europe/Stockholm"
    expected = "The IANA time zone of a place, such as Europe/Stockholm, is expected."
    values = zones_of_places()


class ZoneHeard(Zone):
    """The time zone of a place in what another service says, where it may be in place of that of who is erased."""

    values = Zone.values | {NO_ZONE}


class Subdivision(Text):
    """A part of a country, by its ISO 3166-2 code."""

    pattern = "^[A-Z]{2}-[0-9A-Z]{1,3}$"
    expected = "An ISO 3166-2 code such as GB-SCT, or null, is expected."
    example = "SE-F"


class Language(Text):
    """A BCP 47 language tag, such as en or pt-BR, in whatever case; stored in the case of RFC 5646 section 2.1.1."""

    pattern = _LANGUAGE
    expected = "A language tag such as en or pt-BR is expected."
    example = "sv"

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        language, *others = super()._deserialize(value, attr, data, **kwargs).lower().split("-")
        return "-".join([language, *(_CASE_OF_SUBTAG.get(len(each), str)(each) for each in others)])


class Email(Line):
    """The address of a mailbox in a domain, without a name; stored as it was given, without white space at its ends."""

    format = "idn-email"
    example = "name@example.org"
    expected = "A mail address such as name@example.org is expected."

    def __init__(self, **kwargs: Any) -> None:
        """Take up to 254 characters, the longest address SMTP carries."""
        super().__init__(longest=254, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        try:
            read_address(normalised(text))
        except NotAMailAddress as problem:
            raise ValidationError(f"{self.expected} {problem}") from None
        return text


class Choice(fields.String):
    """One of the values of an enumeration, read as its member."""

    def __init__(self, kind: type[StrEnum], **kwargs: Any) -> None:
        """Take the values of `kind`."""
        self._kind = kind
        super().__init__(validate=validate.OneOf([*kind]), **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        text: str = super()._deserialize(value, attr, data, **kwargs)
        return self._kind(text) if text in {*self._kind} else text


def one_of(*values: str, **kwargs: Any) -> fields.String:
    """Give a field that takes only these values, and says which."""
    return fields.String(validate=validate.OneOf(values), **kwargs)


class Unique(fields.List[Any]):
    """A list in which the same counts once: what is sent twice is kept where it came first."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> list[Any]:
        return list(dict.fromkeys(super()._deserialize(value, attr, data, **kwargs)))


def _day_of_the_calendar(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValidationError(f"A day of the calendar is expected; there is no {text}.") from None
