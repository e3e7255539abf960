"""One JSON object a line: what happened, without what would tell who asked what.

Neither addresses of clients, nor what follows the question mark, nor queries are written.
"""

from __future__ import annotations

import json
import logging
import time


class JsonLines(logging.Formatter):
    """Formats a record as a JSON object with time (UTC), level, event and its own fields."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        at = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        head = {"time": f"{at}.{int(record.msecs):03d}Z", "level": record.levelname.lower()}
        body: dict[str, object] = {"event": record.getMessage()}
        body |= getattr(record, "fields", {})
        if record.exc_info:
            body["trace"] = self.formatException(record.exc_info)
        return json.dumps(head | body, ensure_ascii=False)


def set_up() -> None:
    """Send what the server and uvicorn say to standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    levels = {
        "kg.serve": logging.INFO,
        "uvicorn.error": logging.WARNING,
        "asyncio": logging.ERROR,  # it warns of each child that had ended before it was killed
    }
    for name, level in levels.items():
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(level)
