"""An address that is no page leads to the Ask page, which says so in its own words."""

from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from pages.server.rules import base_path

LOST = "lost"  # what the address of the Ask page says then
_PAGES = frozenset(path.stem for path in Path(__file__).parents[1].glob("*.py")) - {"__init__", "start", "chat"}
_OTHERS = frozenset(["", "sign-in", "backup", "healthz"])


class Lost:
    """Sends a window with an address such as `/docments` to the Ask page. Files and Streamlit's own addresses pass."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before another layer."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send on, or hand on."""
        if scope["type"] == "http" and scope["method"] == "GET" and _is_lost(scope):
            await RedirectResponse(f"{base_path()}/?{LOST}=1", 303)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _is_lost(scope: Scope) -> bool:
    name = str(scope["path"]).removeprefix(base_path()).strip("/")
    is_window = "text/html" in Headers(scope=scope).get("accept", "")
    return is_window and "/" not in name and "." not in name and name not in _PAGES | _OTHERS
