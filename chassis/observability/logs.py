"""Structured log lines, as text on a terminal and as JSON elsewhere, with secrets redacted."""

import logging
import re
import sys
from typing import Any

import structlog

from chassis.domain import capabilities

_SECRETS = (  # a text that every such secret contains, its pattern, and its replacement; each takes linear time
    ("://", re.compile(r"://[^\s\"]++"), lambda uri: _without_password(uri[0])),
    ("earer", re.compile(r"\b[Bb]earer\s+[^\s\"]+"), "Bearer ***"),
    ("eyJ", re.compile(r"\beyJ[\w-]{8,}+(?:\.[\w-]*+){0,2}"), "***"),  # a JSON Web Token without its scheme
    ("_", capabilities.IN_TEXT, r"\1.***"),
    # A mail address; the domain helps to find errors.
    ("@", re.compile(r"(?<![\w.+%-])[\w.+%-]++@([\w-]++\.[\w.-]++)"), r"***@\1"),
)
_USER = re.compile(r"://[^:/@]*+:(?=.)")
_QUIET = ("nameko", "amqp", "kombu", "pymongo", "eventlet")
_BEFORE_RENDERING: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]


def _for_service(service: str) -> Any:
    # Not a context variable: each worker starts with an empty context.
    return lambda _logger, _method, line: {"service": service, **line}


def configure(*, service: str, format: str, level: str) -> None:
    """Log to standard error, one line for each event, as JSON or as text (`auto`: text on a terminal)."""
    before = [_for_service(service), *_BEFORE_RENDERING]
    structlog.configure(
        processors=[*before, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(_as_one_line(_renderer(format), of_others=before))
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    # The entrypoints log errors with their ids; nameko would log them again without.
    logging.getLogger("nameko.containers").setLevel(logging.CRITICAL)


def _renderer(format: str) -> Any:
    terminal = sys.stderr.isatty()
    as_text = format == "text" or (format == "auto" and terminal)
    return structlog.dev.ConsoleRenderer(colors=terminal) if as_text else structlog.processors.JSONRenderer()


def _as_one_line(renderer: Any, *, of_others: list[Any]) -> logging.Formatter:
    """Format our log lines, and those of libraries after the processors `of_others`, in the same way."""
    own = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer, _redacted]
    return structlog.stdlib.ProcessorFormatter(foreign_pre_chain=of_others, processors=own)


def _redacted(_logger: Any, _method: str, line: Any) -> str:
    return redact(line)


def redact(line: str) -> str:
    """Give a line without passwords, tokens and the local parts of mail addresses."""
    for mark, secret, instead in _SECRETS:
        if mark in line:
            line = secret.sub(instead, line)
    return line


def _without_password(uri: str) -> str:
    """Give a URI without its password, which may have any character, `@` and `/` too: the last `@` ends it."""
    before, at, after = uri.rpartition("@")
    user = _USER.search(before)
    return f"{before[: user.end()]}***@{after}" if at and user else uri
