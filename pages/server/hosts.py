"""The outermost layer: the app answers only to its own names, and to requests that its own pages make.

A website whose name is made to lead to this machine (DNS rebinding) still asks under that name. A page of another
website that sends something here says so in `Origin`.
"""

import logging
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from ingest import PinpointError
from pages.server.answers import refuse
from pages.server.rules import Rules, is_host_allowed, rules

logger = logging.getLogger(__name__)

_READING = {"GET", "HEAD", "OPTIONS"}
_NOT_THIS_NAME = (
    "Pinpoint does not answer to this name. If it should, whoever runs it names it in the setting PINPOINT_HOSTS and "
    "starts Pinpoint again."
)
_NOT_FROM_THERE = "Pinpoint takes this only from its own pages. Open Pinpoint in the browser, then try again."


class Hosts:
    """Refuses what comes under another name, or from a page of another website."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before another layer."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse with a sentence, or hand on."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        try:
            by = rules()
        except PinpointError as error:
            await refuse(scope, receive, send, 503, str(error))
            return
        if not is_host_allowed(headers.get("host"), by) or len(headers.getlist("host")) != 1:
            logger.warning("refused a request under a name that PINPOINT_HOSTS does not allow")
            await refuse(scope, receive, send, 421, _NOT_THIS_NAME)
        elif not _is_own(scope, headers, by):
            logger.warning("refused a request of another website")
            await refuse(scope, receive, send, 403, _NOT_FROM_THERE)
        else:
            await self._app(scope, receive, send)


def _is_own(scope: Scope, headers: Headers, by: Rules) -> bool:
    """Whether a request only reads, or comes from this app's own pages, or from no page at all."""
    origin = headers.get("origin")
    if scope["type"] == "http" and scope["method"] in _READING:
        return True
    if origin is None:  # no browser leaves it out where it matters; older ones say where they are in another header
        return headers.get("sec-fetch-site", "none") in {"none", "same-origin"}
    own = headers.get("host", "").lower()
    there = urlsplit(origin).netloc.lower()
    public = urlsplit(by.settings.address or "").netloc.lower()
    return bool(there) and there in {own, public}
