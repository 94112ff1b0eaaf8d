"""Fields that take nothing on trust: what JSON or BSON would bend or break is refused here."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import available_timezones

from marshmallow import EXCLUDE, RAISE, Schema, ValidationError, fields, validate

from chassis.pages import ORDERS

LARGEST_INTEGER = 2**63 - 1
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?")
_EMAIL = re.compile(r"[^@\s<>(),;:\"\\]+@[^@\s<>(),;:\"\\]+\.[^@\s<>(),;:\"\\]+")


class Asked(Schema):
    """What a client sends: a member it does not know is a mistake, and is refused."""

    class Meta:
        unknown = RAISE


class Heard(Schema):
    """What a hearer reads of an event: only the fields it names, whatever else there is."""

    class Meta:
        unknown = EXCLUDE


class Nothing(Asked):
    """No arguments at all."""


class Text(fields.String):
    """One line or more of real text: not empty, of a bounded length, and storable."""

    def __init__(self, *, longest: int = 500, **kwargs: Any) -> None:
        """Take 1 to `longest` characters."""
        super().__init__(validate=validate.Length(1, longest), **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        text: str = super()._deserialize(value, attr, data, **kwargs)
        if _UNSTORABLE.search(text):
            raise ValidationError("A character that cannot be stored (NUL or a lone surrogate).")
        if not text.strip():
            raise ValidationError("Text is expected, not only spaces.")
        return text


class Id(Text):
    """An id of ours: a prefix, an underscore, and a tail."""

    def __init__(self, prefix: str, **kwargs: Any) -> None:
        """Take ids that begin with `prefix`."""
        self.prefix = prefix
        super().__init__(longest=60, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        id = super()._deserialize(value, attr, data, **kwargs)
        if not re.fullmatch(rf"{self.prefix}_[0-9a-z_]+", id):
            raise ValidationError(f"An id that begins with {self.prefix}_ is expected.")
        return id


class Count(fields.Integer):
    """A whole number, not a text or a fraction that could be read as one."""

    def __init__(self, *, least: int = 0, most: int = LARGEST_INTEGER, **kwargs: Any) -> None:
        """Take `least` to `most`."""
        super().__init__(strict=True, validate=validate.Range(least, most), **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        number: int = super()._deserialize(value, attr, data, **kwargs)
        return number


class Version(Count):
    """The version that the caller has seen of what is to be changed; null stands for whichever there is."""

    def __init__(self) -> None:
        """Ask for one: nobody changes what they have not seen without saying so."""
        super().__init__(required=True, allow_none=True)


class Day(fields.Date):
    """A calendar day, `YYYY-MM-DD`, from 1900 to 2199."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> date:
        try:
            day = date.fromisoformat(value if _DAY.fullmatch(value) else "")
        except (TypeError, ValueError):
            raise ValidationError("A day as YYYY-MM-DD is expected.") from None
        if not 1900 <= day.year < 2200:
            raise ValidationError("A day from 1900 to 2199 is expected.")
        return day


class Instant(fields.String):
    """An instant with its offset from UTC (RFC 3339), from 1900 to 2199, in whole milliseconds."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        try:
            instant = datetime.fromisoformat(text if _INSTANT.fullmatch(text) else "").astimezone(UTC)
        except (ValueError, OverflowError):
            raise ValidationError("An instant such as 2026-06-10T14:00:00+02:00 is expected.") from None
        if not 1900 <= instant.year < 2200:
            raise ValidationError("An instant from 1900 to 2199 is expected.")
        return instant.replace(microsecond=instant.microsecond // 1000 * 1000)


class Zone(Text):
    """An IANA time zone, such as Europe/Stockholm."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        zone = super()._deserialize(value, attr, data, **kwargs)
        if zone not in available_timezones():
            raise ValidationError("An IANA time zone such as Europe/Stockholm is expected.")
        return zone


class Language(Text):
    """A BCP 47 language tag, such as en or pt-BR."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        tag = super()._deserialize(value, attr, data, **kwargs)
        if not _LANGUAGE.fullmatch(tag):
            raise ValidationError("A language tag such as en or pt-BR is expected.")
        return tag


class Email(Text):
    """One mail address, without a name and without anything that could end a header."""

    def __init__(self, **kwargs: Any) -> None:
        """Take up to 254 characters, the longest address SMTP carries."""
        super().__init__(longest=254, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        address = super()._deserialize(value, attr, data, **kwargs)
        if not _EMAIL.fullmatch(address):
            raise ValidationError("A mail address such as name@example.org is expected.")
        return address


def one_of(*values: str, **kwargs: Any) -> Text:
    """Give a field that takes only these values, and says which."""
    field = Text(**kwargs)
    field.validators.append(validate.OneOf(values, error="One of {choices} is expected."))
    return field


class Paged(Asked):
    """Every list takes these: how much of it, from where, in which order, and only what changed since an instant."""

    limit = Count(least=1, most=100, load_default=20)
    cursor = fields.String(load_default=None, validate=validate.Length(1, 200))
    sort = one_of(*ORDERS, load_default="id")
    updated_since = Instant()
