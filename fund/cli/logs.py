"""Logs: lines on standard error, without passwords and without the values of variables."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from fund.cli.masking import masked


def configure() -> None:
    """For this process. Each of several serving processes does it for itself."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            # The plain traceback: structlog's own prints local variables, which hold tokens and opened texts.
            structlog.processors.format_exc_info,
            _mask,
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def _mask(_logger: object, _method: str, told: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {name: masked(value) if isinstance(value, str) else value for name, value in told.items()}
