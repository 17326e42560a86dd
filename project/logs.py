"""Logs as data: one JSON line an event for a collector, or plain words for a person at a terminal.

What a page logs carries the request's own number, so that the lines of one request can be put together. Tracebacks
show code and never the values of variables: those may be personal data.
"""

from typing import Any

import structlog

STYLES = ("json", "plain")
BEFORE = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.ExtraAdder(allow={"status_code"}),
    structlog.processors.TimeStamper(fmt="iso", utc=False),
)
PLAIN_TRACEBACK = structlog.dev.plain_traceback


def _renderers(style: str) -> tuple[Any, ...]:
    if style == "json":
        return (structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False))
    return (structlog.dev.ConsoleRenderer(colors=False, exception_formatter=PLAIN_TRACEBACK),)


def logging_settings(style: str, level: str) -> dict[str, Any]:
    """Django's LOGGING: everything to the standard error stream, in one of STYLES. Raises ValueError for another."""
    if style not in STYLES:
        raise ValueError(f"LOG_STYLE must be one of {', '.join(STYLES)}, not {style!r}")
    processors = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_renderers(style)]
    lines = {"()": structlog.stdlib.ProcessorFormatter, "foreign_pre_chain": list(BEFORE), "processors": processors}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": lines},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["console"], "level": level},
        # Kept outside the database server, these lines prove a later rewrite of the record.
        "loggers": {"audit.anchor": {"level": "INFO"}, "zhida.requests": {"level": "INFO" if style == "json" else level}},
    }
