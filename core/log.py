"""Logs a machine can read and a thief cannot use: only listed keys, and values that look personal are struck out."""

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

ALLOWED = {
    "event", "level", "timestamp", "job", "number", "attempt", "fault", "at_line", "channel", "key", "status", "method",
    "route", "ms", "company", "state", "reason", "seconds", "count", "check", "advice", "process", "request",
    "seal",
}  # fmt: skip
PERSONAL = re.compile(
    r"\b\d{16}\b"  # NIK
    r"|\+?\b(?:62|0)8\d{7,12}\b"  # Indonesian mobile number
    r"|[\w.+-]+@[\w-]+\.[\w.]+"  # e-mail
    r"|xox[a-z]-[\w-]+|\b\d{6,12}:[\w-]{30,}\b|\bEAA\w{16,}|(?i:bearer)\s+\S+"  # tokens of Slack, Telegram, Meta
    r"|(?:postgres(?:ql)?|redis|amqp)s?://\S+"  # addresses with passwords
)


def _redact(_: Any, __: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    kept: dict[str, Any] = {}
    for name, value in event.items():
        if name not in ALLOWED:
            continue
        if isinstance(value, BaseException):
            kept["at_line"] = _where(value)
            value = f"{type(value).__name__}"
        kept[name] = PERSONAL.sub("<struck>", value) if isinstance(value, str) else value
    return kept


def _where(fault: BaseException) -> str:
    """File and line of a fault: enough to find it, without any of the values it met."""
    place = fault.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    return "" if place is None else f"{place.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{place.tb_lineno}"


def configure(*, level: int = logging.INFO) -> None:
    """Write JSON lines to standard error; quieten the libraries that would log requests and their secrets."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _redact,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    for noisy in ("httpx", "httpcore", "slack_sdk", "telegram", "dramatiq", "aiosqlite", "pika"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL)


_log = structlog.get_logger()


def info(event: str, **facts: Any) -> None:
    """Something worth knowing happened."""
    _log.info(event, **facts)


def warning(event: str, **facts: Any) -> None:
    """Something went wrong that heals by itself."""
    _log.warning(event, **facts)


def error(event: str, **facts: Any) -> None:
    """Something went wrong that somebody should look at."""
    _log.error(event, **facts)
