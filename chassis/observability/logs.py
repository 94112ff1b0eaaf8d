"""Log lines for people on a terminal and for machines elsewhere, each with the ids of what it is about."""

import logging
import re
import sys
from typing import Any

import structlog

_SECRETS = (  # what every such secret has in it, how it looks, and what is written instead
    ("@", re.compile(r"(://[^:/@\s\"]*):[^@\s\"]+@"), r"\1:***@"),  # the password in a URI
    ("earer", re.compile(r"\b[Bb]earer\s+[^\s\"]+"), "Bearer ***"),
    ("eyJ", re.compile(r"\beyJ[\w-]+\.[\w-]+\.[\w-]*"), "***"),  # a token on its own
    ("_", re.compile(r"(_[0-9a-z]{26})\.[\w-]+"), r"\1.***"),  # an id with its seal: who has both may act on it
    ("@", re.compile(r"[\w.+%-]+@([\w-]+\.[\w.-]+)"), r"***@\1"),  # a mail address; whose server it was may help
)
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
    """Write one line for each thing that happened to standard error, as JSON or as text (`auto`: by where it goes)."""
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
    # The entrypoints log what went wrong with its ids; nameko would say it again without them.
    logging.getLogger("nameko.containers").setLevel(logging.CRITICAL)


def _renderer(format: str) -> Any:
    terminal = sys.stderr.isatty()
    as_text = format == "text" or (format == "auto" and terminal)
    return structlog.dev.ConsoleRenderer(colors=terminal) if as_text else structlog.processors.JSONRenderer()


def _as_one_line(renderer: Any, *, of_others: list[Any]) -> logging.Formatter:
    """Write what our code says, and by `of_others` what libraries say, alike."""
    own = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer, _redacted]
    return structlog.stdlib.ProcessorFormatter(foreign_pre_chain=of_others, processors=own)


def _redacted(_logger: Any, _method: str, line: Any) -> str:
    return without_secrets(line)


def without_secrets(line: str) -> str:
    """Give a whole line, whatever it was made of, without passwords, tokens and the names in mail addresses."""
    for mark, secret, instead in _SECRETS:
        if mark in line:
            line = secret.sub(instead, line)
    return line
