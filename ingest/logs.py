"""What comes into the log: never the text of a document or of a question, nor the name of a file.

Such text gets into a log by two ways: in the message of an exception, and in what a library says. So an exception is
logged by its type and its places in the code, without its message; and of what other libraries log, only the words that
stand in their own code come into the log, without what was put into them.
"""

import logging
import re
import sys
import threading
from types import FrameType, TracebackType
from typing import Any

_OURS = frozenset({"ingest", "qa", "pages", "app", "tests", "__main__"})
_WITHHELD = "(a message that may hold the text of a document is left out)"
_MOST_PLACES = 12
_TRACE = re.compile(r"[A-Za-z_]\w*(?: (?:[\w.-]+/)*[\w.-]+\.py:\d{1,6})*")
_MOST_LETTERS = 1500
_LOGGING_FILE = logging.__file__

logger = logging.getLogger(__name__)


def keep_logs_clean() -> None:
    """Apply the rule to every logger of this process, warnings and uncaught exceptions included. Once is enough."""
    if logging.getLogRecordFactory() is _clean_record:
        return
    logging.setLogRecordFactory(_clean_record)
    logging.captureWarnings(True)
    sys.excepthook = _log_uncaught
    threading.excepthook = lambda hook: _log_uncaught(hook.exc_type, hook.exc_value, hook.exc_traceback)
    sys.unraisablehook = lambda hook: _log_uncaught(hook.exc_type, hook.exc_value, hook.exc_traceback)


def trace(error: BaseException) -> str:
    """The type of an exception and its places in the code, the innermost last, without its message.

    >>> try:
    ...     int("the text of a document")
    ... except ValueError as error:
    ...     trace(error).split()[0]
    'ValueError'
    """
    return " ".join([type(error).__name__, *_places(error.__traceback__)])


def is_trace(text: object) -> bool:
    """Whether a text from a child process is what `trace` gives, and nothing else."""
    return isinstance(text, str) and len(text) <= _MOST_LETTERS and _TRACE.fullmatch(text) is not None


def _places(traceback: TracebackType | None) -> list[str]:
    """The file, with the folder it is in, and the line of each call."""
    places = []
    while traceback is not None:
        folders = traceback.tb_frame.f_code.co_filename.replace("\\", "/").split("/")
        places.append(f"{'/'.join(folders[-2:])}:{traceback.tb_lineno}")
        traceback = traceback.tb_next
    return places[-_MOST_PLACES:]


def _chain(error: BaseException | None) -> str:
    """The exception and those that it came from."""
    told, seen = [], set[int]()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        told.append(trace(error))
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n  caused by ".join(told)


def _clean_record(*args: Any, **named: Any) -> logging.LogRecord:  # noqa: ANN401 - the factory's own arguments
    """A record of the log by the rule of this module."""
    record = logging.LogRecord(*args, **named)
    if isinstance(record.exc_info, tuple) and record.exc_info[1] is not None:
        record.exc_text = f"  {_chain(record.exc_info[1])}"
    record.exc_info = None
    record.stack_info = None
    if record.name.split(".")[0] not in _OURS:
        record.msg = record.msg if _is_in_code(record.msg) else _WITHHELD
        record.args = ()
    return record


def _is_in_code(message: object) -> bool:
    """Whether the message is a text in the code that logs it, and so the same whatever is read or asked."""
    frame: FrameType | None = sys._getframe()
    while frame is not None and frame.f_code.co_filename in {_LOGGING_FILE, __file__}:
        frame = frame.f_back
    return isinstance(message, str) and frame is not None and message in frame.f_code.co_consts


def _log_uncaught(
    _type: type[BaseException], error: BaseException | None, _traceback: TracebackType | None = None
) -> None:
    logger.error("an exception that nobody expected", exc_info=error)
