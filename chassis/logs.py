"""Log lines for people on a terminal and for machines elsewhere, each with the ids of what it is about."""

import logging
import re
import sys
from typing import Any

import structlog

_PASSWORD = re.compile(r"(://[^:/@\s]*):[^@\s]+@")
_QUIET = ("nameko", "amqp", "kombu", "pymongo", "eventlet")
_BEFORE_RENDERING: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
    lambda _logger, _method, line: _without_passwords(line),
]


def _for_service(service: str) -> Any:
    # Not a context variable: each worker starts with an empty context.
    return lambda _logger, _method, line: {"service": service, **line}


def configure(*, service: str, format: str, level: str) -> None:
    """Write one line for each thing that happened to standard error, as JSON or as text (`auto`: by where it goes)."""
    as_text = format == "text" or (format == "auto" and sys.stderr.isatty())
    before = [_for_service(service), *_BEFORE_RENDERING]
    renderer = structlog.dev.ConsoleRenderer(colors=False) if as_text else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[*before, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=before,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    # The entrypoints log what went wrong with its ids; nameko would say it again without them.
    logging.getLogger("nameko.containers").setLevel(logging.CRITICAL)


def _without_passwords(line: dict[str, Any]) -> dict[str, Any]:
    return {name: _PASSWORD.sub(r"\1:…@", value) if isinstance(value, str) else value for name, value in line.items()}
