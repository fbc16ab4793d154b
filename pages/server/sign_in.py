"""The addresses of signing in: the page, a password, the sign-in service and back, the first account."""

import logging
from collections.abc import Callable
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ingest import CannotSignIn, PinpointError, SignIns
from pages.server.first_code import FIRST_CODE
from pages.server.openid import begin_at_service, come_back
from pages.server.reception import COOKIE, OpenSignIns
from pages.server.rules import base_path, rules
from pages.server.sign_in_page import sign_in_page

logger = logging.getLogger(__name__)

_MOST_BYTES = 10_000  # of a form
_WRONG_CODE = "This is not the code. Look for the newest one in Pinpoint's log."
_NEXT = "pinpoint_next"


def sign_in_routes(sign_ins: OpenSignIns) -> list[Route]:
    """The addresses, for the server."""
    base = f"{base_path()}/sign-in"
    return [
        Route(base, partial(_show, sign_ins), methods=["GET"]),
        Route(base, partial(_with_password, sign_ins), methods=["POST"]),
        Route(f"{base}/first", partial(_first, sign_ins), methods=["POST"]),
        Route(f"{base}/service", partial(_to_service, sign_ins), methods=["GET"]),
        Route(f"{base}/back", partial(_back, sign_ins), methods=["GET"]),
    ]


async def _show(sign_ins: OpenSignIns, request: Request) -> Response:
    return await _page(sign_ins, local_path(request.query_params.get("next", "/")))


async def _with_password(sign_ins: OpenSignIns, request: Request) -> Response:
    form = await _form(request)
    name, then = form.get("name", ""), local_path(form.get("next", "/"))

    def sign_in(opened: SignIns) -> str:
        return opened.with_password(name, form.get("password", ""), address_of(request))

    return await _try(sign_ins, sign_in, then, name)


async def _first(sign_ins: OpenSignIns, request: Request) -> Response:
    form = await _form(request)
    name = form.get("name", "")

    def make(opened: SignIns) -> str:
        opened.begin_first(address_of(request))
        if not FIRST_CODE.is_right(form.get("code", "")):
            raise CannotSignIn(_WRONG_CODE)
        return opened.first_owner(name, form.get("password", ""), address_of(request))

    return await _try(sign_ins, make, "/", name)


async def _to_service(sign_ins: OpenSignIns, request: Request) -> Response:
    then = local_path(request.query_params.get("next", "/"))
    try:
        response = await begin_at_service(request)
    except PinpointError as error:
        return await _page(sign_ins, then, error=str(error))
    request.session[_NEXT] = then
    return response


async def _back(sign_ins: OpenSignIns, request: Request) -> Response:
    then = local_path(str(request.session.pop(_NEXT, "/")))
    try:
        known = await come_back(request)
    except PinpointError as error:
        return await _page(sign_ins, then, error=str(error))
    role = rules().settings.openid_role

    def sign_in(opened: SignIns) -> str:
        chosen = None if role == "nobody" else role
        return opened.from_service(known.subject, known.email, known.proven, chosen, address_of(request))

    return await _try(sign_ins, sign_in, then)


async def _try(sign_ins: OpenSignIns, sign_in: Callable[[SignIns], str], then: str, name: str = "") -> Response:
    """Sign in and go on; where it fails, the page again with the sentence."""
    try:
        token = await run_in_threadpool(lambda: sign_in(sign_ins()))
    except PinpointError as error:
        return await _page(sign_ins, then, error=str(error), name=name)
    response = RedirectResponse(rules().base + then, 303, headers={"Cache-Control": "no-store"})
    set_cookie(response, token)
    return response


def set_cookie(response: Response, token: str) -> None:
    """Give the browser the token, where no script reads it and no other website sends it along."""
    by = rules()
    seconds = by.settings.sign_in_days * 86_400
    response.set_cookie(
        COOKIE, token, max_age=seconds, path=by.base or "/", secure=by.secure, httponly=True, samesite="lax"
    )


async def _page(sign_ins: OpenSignIns, then: str, error: str = "", name: str = "") -> Response:
    by, first = rules(), False
    try:
        first = not (await run_in_threadpool(sign_ins)).people.has_owner()
    except PinpointError as cannot_open:
        error = str(cannot_open)
    if first:
        FIRST_CODE.tell()
    status = 403 if error else 200
    return sign_in_page(by.settings, by.base, then, first=first, error=error, name=name, status=status)


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form that is not too long."""
    length = request.headers.get("content-length", "")
    if not (length.isascii() and length.isdigit()) or int(length) > _MOST_BYTES:
        return {}
    fields = await request.form(max_files=0, max_fields=10)
    return {name: value for name, value in fields.items() if isinstance(value, str)}


def address_of(request: Request) -> str:
    """The network address of whoever asks, as `st.context` tells it of a window."""
    host = request.client.host if request.client else ""
    return "this machine" if host in {"127.0.0.1", "::1"} else host


def local_path(path: str) -> str:
    """A path of this app, as it was given; `/` where it could lead to another website.

    >>> [local_path(path) for path in ("/documents?a=b", "//evil.example", "https://evil.example", "/\\\\evil.example")]
    ['/documents?a=b', '/', '/', '/']
    """
    has_odd_sign = any(sign == "\\" or not sign.isprintable() or sign.isspace() for sign in path)
    if not path.startswith("/") or path.startswith("//") or has_odd_sign or len(path) > 4000:
        return "/"
    return path
