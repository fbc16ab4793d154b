"""The one-time code by which the first owner is made: printed in the log, which only whoever runs Pinpoint reads."""

import hmac
import logging
import secrets
import threading

logger = logging.getLogger(__name__)


class FirstCode:
    """A code that is good once, until the end of the process."""

    def __init__(self) -> None:
        """No code yet."""
        self._code: str | None = None
        self._lock = threading.Lock()

    def tell(self) -> None:
        """Print the code in the log, once."""
        with self._lock:
            if self._code is None:
                self._code = "-".join(secrets.token_hex(2) for _ in range(4))
                logger.warning("Nobody may sign in yet. Code for the first account: %s", self._code)

    def is_right(self, typed: str) -> bool:
        """Whether this is the code."""
        with self._lock:
            return self._code is not None and hmac.compare_digest(typed.strip().lower().encode(), self._code.encode())


FIRST_CODE = FirstCode()
