"""Every setting, checked before anything starts: `config.yml` lists them, this says what is right."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate, validates_schema
from nameko import config
from nameko.cli.utils.config import load_config
from yaml import YAMLError

from chassis.observability.logs import redact
from chassis.runtime.secret_files import UnusableSecret, with_secrets
from chassis.runtime.setting_names import hint, renamed_variables, variables_that_are_no_yaml
from chassis.schemas.validation import InvalidFields
from chassis.schemas.validation import load as read

WORKERS_FOR_TIMERS = 4
_SECONDS = validate.Range(min=0, min_inclusive=False, error="More than 0 seconds is expected.")

PLAIN_JSON = {
    "encoder": "orjson.dumps",
    "decoder": "orjson.loads",
    "content_type": "application/json",
    "content_encoding": "utf-8",
}


class InvalidSettings(Exception):
    """Some settings are missing or wrong; the message names each, its value and what would be right."""


def _uri(*schemes: str) -> fields.String:
    choices = " or ".join(f"{scheme}://…" for scheme in schemes)
    rule = validate.Regexp("|".join(f"{scheme}://." for scheme in schemes), error=f"A URI as {choices} is expected.")
    return fields.String(required=True, validate=rule)


def _address_of_an_issuer(also: str = "") -> fields.String:
    """Whoever could change what comes from there could be anybody: in the clear only within one machine."""
    rule = validate.Regexp(
        r"(https://[^\s/?#]+|http://(127\.0\.0\.1|\[::1\]|localhost)(:\d+)?)(/[^\s?#]*)?$|^$" + also,
        error="A URL as https://… is expected, or nothing.",
    )
    return fields.String(required=True, allow_none=True, validate=rule)


def _claim() -> fields.String:
    return fields.String(required=True, validate=validate.Length(1, 200))


def _seconds() -> fields.Float:
    return fields.Float(required=True, validate=_SECONDS)


def _optional(*rules: Any) -> fields.String:
    return fields.String(required=True, allow_none=True, validate=rules)


class Settings(Schema):
    """The settings and their types; meanings and defaults stand in `config.yml`."""

    @validates_schema
    def _time_enough_to_finish(self, settings: Mapping[str, Any], **_: Any) -> None:
        if settings["STOP_DEADLINE_SECONDS"] <= settings["REACTION_LIMIT_SECONDS"]:
            expected = f"More than REACTION_LIMIT_SECONDS ({settings['REACTION_LIMIT_SECONDS']:g}) is expected."
            raise ValidationError(expected, "STOP_DEADLINE_SECONDS")

    class Meta:
        unknown = RAISE

    AMQP_URI = _uri("amqp", "amqps", "pyamqp")
    MONGO_URI = _uri("mongodb", "mongodb\\+srv")
    SMTP_URI = _uri("smtp", "smtps")
    SMTP_TLS = fields.String(required=True, validate=validate.OneOf(("offered", "required")))
    SMTP_CA_BUNDLE = _optional()
    DATABASE_PREFIX = _optional()
    WEB_SERVER_ADDRESS = fields.String(
        required=True, validate=validate.Regexp(r"[^:\s]+:\d{1,5}$", error="address:port is expected.")
    )
    OPS_ADDRESS = _optional(validate.Regexp(r"([^:\s]+:\d{1,5})?$", error="address:port or nothing is expected."))
    OIDC_ISSUER = _address_of_an_issuer()
    OIDC_AUDIENCE = _optional()
    OIDC_JWKS_URL = _address_of_an_issuer(also=r"|file:///\S+$")
    OIDC_SUBJECT_CLAIM = _claim()
    OIDC_ORGANISATION_CLAIM = _claim()
    OIDC_ROLES_CLAIM = _claim()
    OIDC_PERSON_CLAIM = _claim()
    DEVELOPMENT_TOKENS = fields.Boolean(required=True, truthy={True}, falsy={False})
    TOKEN_SECRET = _optional()
    PUBLIC_URL = _uri("http", "https")
    LINK_SECRET = _optional()
    SIGNING_KEY = _optional()
    ACCESS_TOKEN = _optional()
    AMQP_USER = _optional()
    MONGO_USER = _optional()
    AMQP_MANAGEMENT_URL = _optional(
        validate.Regexp(r"(https?://[^/\s]+.*)?$", error="http://host:port or nothing is expected.")
    )
    AMQP_PASSWORD_FILE = _optional()
    MONGO_PASSWORD_FILE = _optional()
    SMTP_PASSWORD_FILE = _optional()
    TOKEN_SECRET_FILE = _optional()
    LINK_SECRET_FILE = _optional()
    SIGNING_KEY_FILE = _optional()
    ACCESS_TOKEN_FILE = _optional()
    GATEWAY_URL = _optional(validate.Regexp(r"(https?://[^/\s]+)?$", error="http://host:port or nothing is expected."))
    TRACES_URL = _optional(
        validate.Regexp(r"(https?://.+)?$", error="A URL as http://… or https://…, or nothing, is expected.")
    )
    REVISION = _optional()
    LOG_FORMAT = fields.String(required=True, validate=validate.OneOf(("auto", "json", "text")))
    LOG_LEVEL = fields.String(required=True, validate=validate.OneOf(("DEBUG", "INFO", "WARNING", "ERROR")))
    WORKERS = fields.Integer(required=True, strict=True, validate=validate.Range(1, 100))
    HEARTBEAT = fields.Integer(required=True, strict=True, validate=validate.Range(1, 600))
    REACTION_LIMIT_SECONDS = _seconds()
    STOP_DEADLINE_SECONDS = _seconds()
    RPC_DEADLINE_SECONDS = _seconds()
    REQUESTS_AT_ONCE = fields.Integer(required=True, strict=True, validate=validate.Range(1, 10_000))
    REQUESTS_PER_SECOND = fields.Integer(required=True, strict=True, validate=validate.Range(1, 1_000_000))
    CLIENT_SECONDS = _seconds()
    AUDIT_DAYS = fields.Float(required=True, validate=_SECONDS)
    RELAY_SWEEP_SECONDS = _seconds()
    RETRY_STEPS_SECONDS = fields.List(
        fields.Integer(strict=True, validate=validate.Range(1, 86_400)), required=True, validate=validate.Length(1, 10)
    )
    DUE_LOOP_SECONDS = _seconds()
    MAIL_LOOP_SECONDS = _seconds()
    MAIL_LEASE_SECONDS = _seconds()
    MAIL_FROM = fields.Email(required=True)
    SEAT_LOOP_SECONDS = _seconds()
    SEAT_LEASE_SECONDS = _seconds()
    DECLINE_GRACE_SECONDS = _seconds()
    OFFER_SECONDS = _seconds()
    ORGANISATION_NAME = fields.String(required=True, validate=validate.Length(1, 200))
    CONTACT_NAME = fields.String(required=True, validate=validate.Length(1, 200))
    CONTACT_EMAIL = fields.Email(required=True)
    ENVELOPE_FIELDS = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


def load(path: Path) -> dict[str, Any]:
    """Read the settings and make them nameko's; raises InvalidSettings before anything is started."""
    settings = validated(given(path))
    config.setup(settings | _of_nameko(settings["WORKERS"]))
    return dict(config)


def given(path: Path) -> dict[str, Any]:
    """Give what file and environment say, the secrets read; raises InvalidSettings when one of those cannot be."""
    try:
        with path.open(encoding="utf-8") as file:
            found = load_config(file) or {}
        return with_secrets(found)
    except YAMLError as error:
        # Not as YAML says it: that shows the value.
        raise InvalidSettings(_what_is_no_yaml(error)) from None
    except UnusableSecret as error:
        raise InvalidSettings(str(error)) from None


def validated(found: dict[str, Any]) -> dict[str, Any]:
    """Give the settings in their types.

    Raises InvalidSettings naming each wrong one; for an unknown one, the setting it may have
    been meant to be.
    """
    if renamed := renamed_variables():
        raise InvalidSettings("\n".join(f"setting {old} is called {new} now" for old, new in renamed.items()))
    try:
        settings = read(Settings(), found)
    except InvalidFields as error:
        raise InvalidSettings("\n".join(_line(field) for field in error.fields)) from None
    return {name: "" if value is None else value for name, value in settings.items()}


def _of_nameko(workers: int) -> dict[str, Any]:
    """What nameko reads beside our settings.

    It has one pool for everything: enough of it that neither calls, events nor timers wait for each other.
    JSON is to be nothing but JSON: kombu's own makes other types of some objects, and refuses some.
    """
    return {
        "max_workers": 2 * workers + WORKERS_FOR_TIMERS,
        "PREFETCH_COUNT": workers,
        "SERIALIZERS": {"json": PLAIN_JSON},
        "SERVICE_CONTAINER_CLS": "chassis.runtime.container.SafeContainer",
    }


def _what_is_no_yaml(error: YAMLError) -> str:
    if wrong := variables_that_are_no_yaml(Settings().fields):
        return "\n".join(f"setting {name}: the value given is no YAML: put it in quotes" for name in wrong)
    place = getattr(error, "problem_mark", None)
    return "the file is no YAML" + (f" in line {place.line + 1}, column {place.column + 1}" if place else "")


def _line(field: Any) -> str:
    name = field["pointer"].removeprefix("/")
    if field["code"] == "unknown":  # and whether its value is a secret
        return f"setting {name}: Unknown field{hint(name, Settings().fields)}"
    detail = "the value given is wrong" if _is_secret(name) and field["code"] == "invalid" else redact(field["detail"])
    return f"setting {name}: {detail}"


def _is_secret(name: str) -> bool:
    """URIs carry passwords."""
    return name.partition("/")[0].endswith(("_URI", "SECRET", "_KEY", "_TOKEN"))
