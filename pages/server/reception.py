"""The layer that lets people in: whoever has not signed in gets the sign-in page and nothing else."""

from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from ingest import Person, PinpointError, SignIns
from pages.server.answers import refuse
from pages.server.rules import rules
from pages.server.visits import VISITS

COOKIE = "pinpoint_sign_in"
OpenSignIns = Callable[[], SignIns]

_OPEN = ("/sign-in", "/sign-in/", "/scripts/", "/static/", "/favicon.png", "/favicon.ico", "/_stcore/health")
_NOT_SIGNED_IN = "You are signed out. Reload the page and sign in."
_ANOTHERS = "This window is somebody else's. Reload the page."
_UPLOADS = "/_stcore/upload_file/"


class Reception:
    """Looks up who is asking, where people must sign in."""

    def __init__(self, app: ASGIApp, sign_ins: OpenSignIns) -> None:
        """Stand before another layer; `sign_ins` opens the library's sign-ins when they are first needed."""
        self._app, self._sign_ins = app, sign_ins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send away, or hand on."""
        if scope["type"] not in {"http", "websocket"} or not rules().sign_in or _is_open(scope["path"]):
            await self._app(scope, receive, send)
            return
        token = token_in(Headers(scope=scope).get("cookie", ""))
        try:
            person = await run_in_threadpool(lambda: self._sign_ins().person(token)) if token else None
        except PinpointError as error:
            await refuse(scope, receive, send, 503, str(error))
            return
        if person is None:
            await _send_away(scope, receive, send)
        elif _is_into_anothers_window(scope, person):
            await refuse(scope, receive, send, 403, _ANOTHERS)
        else:
            await self._app(_with_own_window(scope, person), receive, send)


def token_in(cookies: str) -> str:
    """The token in a request's cookies; empty where there is none."""
    try:
        found = SimpleCookie(cookies).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


def _is_open(path: str) -> bool:
    path = path.removeprefix(rules().base)
    return any(path == place or (place.endswith("/") and path.startswith(place)) for place in _OPEN)


async def _send_away(scope: Scope, receive: Receive, send: Send) -> None:
    wants_page = scope["type"] == "http" and "text/html" in Headers(scope=scope).get("accept", "")
    if not wants_page or scope["method"] != "GET":
        await refuse(scope, receive, send, 401, _NOT_SIGNED_IN)
        return
    query = scope.get("query_string", b"").decode("latin-1")
    path = scope["path"] + (f"?{query}" if query else "")
    there = f"{rules().base}/sign-in" + ("" if path == f"{rules().base}/" else f"?next={quote(path, safe='/')}")
    await RedirectResponse(there, 303, headers={"Cache-Control": "no-store"})(scope, receive, send)


def _is_into_anothers_window(scope: Scope, person: Person) -> bool:
    session = scope["path"].partition(_UPLOADS)[2].partition("/")[0]
    return bool(session) and scope["type"] == "http" and VISITS.person(session) != person.id


def _with_own_window(scope: Scope, person: Person) -> Scope:
    """The request without the session of somebody else's window, which Streamlit would go on with.

    Streamlit's page names the session that it goes on with as the third of the WebSocket's protocols.
    """
    if scope["type"] != "websocket":
        return scope

    def own(name: bytes, value: bytes) -> bytes:
        protocols = value.decode("latin-1").split(",") if name == b"sec-websocket-protocol" else []
        if len(protocols) > 2 and VISITS.is_anothers(protocols[2].strip(), person.id):
            return ",".join(protocols[:2]).encode("latin-1")
        return value

    return {**scope, "headers": [(name, own(name, value)) for name, value in scope["headers"]]}
