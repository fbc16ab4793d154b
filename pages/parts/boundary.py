"""Where every failure ends: as one sentence on the page, with what to do.

A failure that was foreseen is a `PinpointError`, whose message is the sentence. Any other goes to the log whole.
"""

import errno
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import wraps
from typing import ParamSpec

import streamlit as st
from streamlit.errors import StreamlitDuplicateElementId

from ingest import PinpointError
from pages.parts.plain import plain_markdown
from pages.parts.session import current, save

logger = logging.getLogger(__name__)

P = ParamSpec("P")

DISK_FULL = "The disk is full. Make room, then try again."
NO_FILE = (
    "A file of the library could not be read or written. Check that its folder can be reached and written to, then try "
    "again."
)
UNFORESEEN = "Something unexpected went wrong. Try again; if it happens again, see the log of Pinpoint."


def sentence_for(error: Exception) -> str:
    """What a person is told of a failure; one that was not foreseen is logged.

    >>> sentence_for(PinpointError("There are no documents yet. Add some, then ask again."))
    'There are no documents yet. Add some, then ask again.'
    """
    if isinstance(error, PinpointError):
        return str(error)
    logger.error("a page failed", exc_info=error)
    if isinstance(error, OSError):
        return DISK_FULL if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG} else NO_FILE
    return UNFORESEEN


@contextmanager
def boundary() -> Iterator[None]:
    """Show the sentence where the drawing of the page fails, and offer to try again.

    Streamlit ends and restarts scripts with exceptions that are no `Exception`, so they pass.
    """
    try:
        yield
    except Exception as error:  # noqa: BLE001 - the edge of the pages
        st.error(plain_markdown(sentence_for(error)), icon=":material/error:")
        with suppress(StreamlitDuplicateElementId):  # another part of the page has failed too, and offers it
            st.button("Try again", icon=":material/refresh:")


@contextmanager
def fragment_boundary() -> Iterator[None]:
    """`boundary` for a fragment, whose callbacks may have left a sentence that only the whole page shows."""
    if current().notice:
        st.rerun()
    with boundary():
        yield


def guarded(callback: Callable[P, object]) -> Callable[P, None]:
    """A callback that, where it fails, leaves the sentence for `show_notices`."""

    @wraps(callback)
    def call(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            callback(*args, **kwargs)
        except Exception as error:  # noqa: BLE001 - the edge of the pages
            save(replace(current(), notice=sentence_for(error)))

    return call


def show_notices() -> None:
    """What a callback left to be said, once: what went wrong, and what was done."""
    session = current()
    if session.notice or session.done:
        save(replace(session, notice=None, done=None))
    if session.notice:
        st.error(plain_markdown(session.notice), icon=":material/error:")
    if session.done:
        st.success(plain_markdown(session.done))
