"""The address of the newest backup, sent piece by piece: a download button would hold all of it in memory."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from ingest import NotAllowed, PinpointError
from pages.server.reception import token_in
from pages.server.rules import base_path
from pages.server.sign_in import address_of

BackupFor = Callable[[str, str], Path | None]  # for whoever shows a token, from an address

_GONE = "This backup is not here any more. Go back, and make another one."


def backup_address() -> str:
    """Where the newest backup is downloaded from."""
    return f"{base_path()}/download/backup"


def backup_routes(backup_for: BackupFor) -> list[Route]:
    """The address, for the server."""
    return [Route(backup_address(), partial(_send, backup_for), methods=["GET"])]


async def _send(backup_for: BackupFor, request: Request) -> Response:
    try:
        token = token_in(request.headers.get("cookie", ""))
        path = await run_in_threadpool(backup_for, token, address_of(request))
    except PinpointError as error:
        return PlainTextResponse(str(error), 403 if isinstance(error, NotAllowed) else 503)
    if path is None or not path.is_file():
        return PlainTextResponse(_GONE, 404)
    return FileResponse(path, filename=path.name, media_type="application/zip", headers={"Cache-Control": "no-store"})
