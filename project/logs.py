"""Logs as data: one JSON line an event for a collector, or plain words for a person at a terminal.

What a page logs carries the request's own number, so that the lines of one request can be put together. Tracebacks
show code and never the values of variables: those may be personal data.
"""

import logging
from typing import Any

import structlog

from people.redaction import RedactingFilter, redacted

STYLES = ("json", "plain")
BEFORE = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.ExtraAdder(allow={"status_code"}),
    structlog.processors.TimeStamper(fmt="iso", utc=False),
)
PLAIN_TRACEBACK = structlog.dev.plain_traceback


class Redacting(structlog.stdlib.ProcessorFormatter):
    """The line as it is written, looked over once more: tracebacks are put into words only here."""

    def format(self, record: logging.LogRecord) -> str:
        """One line without numbers of persons and without secrets."""
        return redacted(super().format(record))


def _renderers(style: str) -> tuple[Any, ...]:
    if style == "json":
        return (structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False))
    return (structlog.dev.ConsoleRenderer(colors=False, exception_formatter=PLAIN_TRACEBACK),)


def logging_settings(style: str, level: str) -> dict[str, Any]:
    """Django's LOGGING: everything to the standard error stream, in one of STYLES. Raises ValueError for another."""
    if style not in STYLES:
        raise ValueError(f"LOG_STYLE must be one of {', '.join(STYLES)}, not {style!r}")
    processors = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_renderers(style)]
    lines = {"()": Redacting, "foreign_pre_chain": list(BEFORE), "processors": processors}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": lines},
        "filters": {"redacted": {"()": RedactingFilter}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines", "filters": ["redacted"]}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "audit.anchor": {"level": "INFO"},  # kept outside the database server, it proves a later rewrite
            "archives.erased": {"level": "INFO"},  # kept outside too, it says what to erase again after a restore
            "zhida.requests": {"level": "INFO" if style == "json" else level},
        },
    }
