"""The scripts of the pages as files of the server, since no page may run a script that stands in it."""

import hashlib
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from pages.server.rules import base_path

_FOLDER = Path(__file__).parents[1] / "parts"


def script_routes() -> list[Route]:
    """The address of every script, for the server."""
    return [Route(f"{base_path()}/scripts/{{name}}.js", _script, methods=["GET"])]


def script_address(name: str) -> str:
    """Where a script is; another address when it was changed, so that a browser may keep it."""
    return f"{base_path()}/scripts/{name}.js?{hashlib.sha256(_sources()[name].encode()).hexdigest()[:12]}"


async def _script(request: Request) -> Response:
    source = _sources().get(request.path_params["name"])
    if source is None:
        return PlainTextResponse("There is no such script.\n", 404)
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(source, media_type="text/javascript", headers=headers)


@cache
def _sources() -> dict[str, str]:
    """Each script by its name: a function in a file, called with what the element says that loads it."""
    return {
        path.stem: f"({path.read_text(encoding='utf-8')})"
        "(...JSON.parse(document.currentScript?.dataset.arguments ?? '[]'));\n"
        for path in _FOLDER.glob("*.js")
    }
