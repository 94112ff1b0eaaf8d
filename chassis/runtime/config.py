"""The settings of a process, checked before anything starts.

`config.yml` lists all there are. What every process needs stands at its top level and is declared here; a section
belongs to who uses it, and is declared by them. A process reads and checks the sections it uses, and no others.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema
from nameko import config
from nameko.cli.utils.config import load_config
from yaml import YAMLError

from chassis.messaging.connection import verified_tls
from chassis.observability.logs import redact
from chassis.runtime.secret_files import UnusableSecret, with_secrets
from chassis.runtime.setting_names import hint, variables_that_are_no_yaml
from chassis.runtime.settings import (
    Declared,
    Settings,
    address,
    number,
    one_of,
    optional,
    optional_uri,
    positive,
    seconds,
    uri,
)
from chassis.runtime.uris import UriForm
from chassis.schemas.validation import VALUE_FOLLOWS, InvalidFields
from chassis.schemas.validation import load as read

WORKERS_FOR_TIMERS = 8
_TIME_FOR_REFERENCES = validate.Range(min=1, error="1 second or more is expected.")
"""A command that waits for what it names (chassis/rpc/references.py) is answered within that time."""
PLAIN_JSON = {
    "encoder": "orjson.dumps",
    "decoder": "orjson.loads",
    "content_type": "application/json",
    "content_encoding": "utf-8",
}
_VARIABLE = re.compile(r"\$\{(\w+)")


class InvalidSettings(Exception):
    """Some settings are missing or wrong; the message names each, its value and what would be right."""


class ProcessSettings(Settings):
    """What every process needs, at the top level of `config.yml`."""

    section = ""

    @validates_schema
    def _time_enough_to_finish(self, settings: Mapping[str, Any], **_: Any) -> None:
        if settings["STOP_DEADLINE_SECONDS"] <= settings["REACTION_LIMIT_SECONDS"]:
            expected = f"More than REACTION_LIMIT_SECONDS ({settings['REACTION_LIMIT_SECONDS']:g}) is expected."
            raise ValidationError(expected, "STOP_DEADLINE_SECONDS")

    AMQP_URI = uri("amqp", "amqps")
    AMQP_USER = optional()
    AMQP_PASSWORD_FILE = optional()
    AMQP_MANAGEMENT_URL = optional_uri("http", "https")
    MONGO_URI = uri("mongodb", "mongodb+srv", several=True, query=True)
    MONGO_USER = optional()
    MONGO_PASSWORD_FILE = optional()
    DATABASE_PREFIX = optional()
    PUBLIC_URL = uri("http", "https")
    LOG_FORMAT = one_of("auto", "json", "text")
    LOG_LEVEL = one_of("DEBUG", "INFO", "WARNING", "ERROR")
    WORKERS = number(1, 100)
    REACTION_LIMIT_SECONDS = seconds()
    HEARTBEAT = number(1, 600)
    RPC_DEADLINE_SECONDS = fields.Float(required=True, validate=_TIME_FOR_REFERENCES)
    STOP_DEADLINE_SECONDS = seconds()
    OPS_ADDRESS = address(is_optional=True)
    TRACES_URL = optional_uri("http", "https")
    REVISION = optional()
    AUDIT_DAYS = positive("More than 0 days is expected.")
    AUDIT_SEAL_SECONDS = seconds()
    ERASURE_LOOP_SECONDS = seconds()
    RELAY_SWEEP_SECONDS = seconds()
    RETRY_STEPS_SECONDS = fields.List(
        fields.Integer(strict=True, validate=validate.Range(1, 86_400)), required=True, validate=validate.Length(1, 10)
    )
    ENVELOPE_FIELDS = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


def load(path: Path, declared: Declared) -> dict[str, Any]:
    """Read the settings a process uses and make them nameko's; raises InvalidSettings before anything is started."""
    settings = validated(given(path, declared), declared)
    config.setup(settings | _of_nameko(settings["WORKERS"], amqp_uri=settings["AMQP_URI"]))
    return dict(config)


def given(path: Path, declared: Declared | None = None) -> dict[str, Any]:
    """Give what file and environment say in the top level and the sections declared, or in all; the secrets are read.

    Raises InvalidSettings when one of those cannot be.
    """
    text = path.read_text(encoding="utf-8")
    try:
        return with_secrets(flattened(load_config(text) or {}, declared))
    except YAMLError as error:
        # Not as YAML says it: that shows the value.
        raise InvalidSettings(_what_is_no_yaml(error, text)) from None
    except UnusableSecret as error:
        raise InvalidSettings(str(error)) from None


def flattened(found: Mapping[str, Any], declared: Declared | None = None) -> dict[str, Any]:
    """Give the settings by name, out of the top level and the sections declared, or of all sections.

    A section has a lower-case name and holds settings; anything else at the top level is taken for a setting.
    """
    sections = {name: held for name, held in found.items() if name.islower() and isinstance(held, dict)}
    used = sections if declared is None else {each.section for each in declared} & sections.keys()
    flat = {name: value for name, value in found.items() if name not in sections}
    return flat | {name: value for section in used for name, value in sections[section].items()}


def variables(path: Path) -> set[str]:
    """Give the environment's variables that the file reads, of whoever's section."""
    return set(_VARIABLE.findall(path.read_text(encoding="utf-8")))


def validated(found: Mapping[str, Any], declared: Declared) -> dict[str, Any]:
    """Give the settings in their types.

    Raises InvalidSettings naming each wrong one; for an unknown one, the setting it may have
    been meant to be.
    """
    whole: Any = type("WholeSettings", (ProcessSettings, *declared), {})()
    try:
        settings = read(whole, dict(found), most=None)
    except InvalidFields as error:
        raise InvalidSettings("\n".join(_line(field, whole.fields) for field in error.fields)) from None
    return {name: "" if value is None else value for name, value in settings.items()}


def check_addresses(found: Mapping[str, Any], declared: Declared) -> None:
    """Raise InvalidSettings for each address that is given in a wrong form; nothing else is looked at."""
    sections: list[type[Settings]] = [ProcessSettings, *declared]
    types = {name: field for each in sections for name, field in each().fields.items()}
    given_ones = {
        name: found[name] for name, field in types.items() if found.get(name) and _is_address(field.validators)
    }
    try:
        schema: Any = Schema.from_dict({name: types[name] for name in given_ones})
        read(schema(), given_ones)
    except InvalidFields as error:
        raise InvalidSettings("\n".join(_line(field, types) for field in error.fields)) from None


def _is_address(rules: Iterable[Any]) -> bool:
    return any(isinstance(rule, UriForm) for rule in rules)


def _of_nameko(workers: int, *, amqp_uri: str) -> dict[str, Any]:
    """What nameko reads beside our settings.

    It has one pool for everything: enough of it that neither calls, events nor timers wait for each other.
    JSON is to be nothing but JSON: kombu's own makes other types of some objects, and refuses some.
    """
    return {
        "max_workers": 2 * workers + WORKERS_FOR_TIMERS,
        "PREFETCH_COUNT": workers,
        "AMQP_SSL": verified_tls(amqp_uri),
        "SERIALIZERS": {"json": PLAIN_JSON},
        "SERVICE_CONTAINER_CLS": "chassis.runtime.container.SafeContainer",
    }


def _what_is_no_yaml(error: YAMLError, text: str) -> str:
    if wrong := variables_that_are_no_yaml(_VARIABLE.findall(text)):
        return "\n".join(f"setting {name}: the value given is no YAML: put it in quotes" for name in wrong)
    place = getattr(error, "problem_mark", None)
    return "the file is no YAML" + (f" in line {place.line + 1}, column {place.column + 1}" if place else "")


def _line(field: Any, types: Mapping[str, Any]) -> str:
    name = field["pointer"].removeprefix("/")
    if field["code"] == "unknown":  # and whether its value is a secret
        return f"setting {name}: Unknown field{hint(name, types)}"
    detail = field["detail"].partition(VALUE_FOLLOWS)[0] if _is_secret(name) else redact(field["detail"])
    return f"setting {name}: {detail}"


def _is_secret(name: str) -> bool:
    """URIs carry passwords."""
    return name.partition("/")[0].endswith(("_URI", "_URL", "_ISSUER", "SECRET", "_KEY", "_TOKEN"))
