"""The layers and addresses around Streamlit's server, from the outermost to the innermost."""

import logging
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from starlette.middleware import Middleware
from starlette.routing import Route
from streamlit.starlette import App

from ingest import PinpointError
from pages.server.backup import BackupFor, backup_routes
from pages.server.first_code import FIRST_CODE
from pages.server.headers import SafeHeaders
from pages.server.hosts import Hosts
from pages.server.lost import Lost
from pages.server.reception import OpenSignIns, Reception
from pages.server.rules import rules
from pages.server.scripts import script_routes
from pages.server.sign_in import sign_in_routes
from pages.server.uploads import Uploads

logger = logging.getLogger(__name__)


def layers(sign_ins: OpenSignIns) -> list[Middleware]:
    """What every request goes through before it reaches Streamlit."""
    return [
        Middleware(SafeHeaders),
        Middleware(Hosts),
        Middleware(Reception, sign_ins),
        Middleware(Lost),
        Middleware(Uploads),
    ]


def routes(sign_ins: OpenSignIns, backup_for: BackupFor) -> list[Route]:
    """The addresses beside Streamlit's own."""
    return [*sign_in_routes(sign_ins), *backup_routes(backup_for), *script_routes()]


def started(sign_ins: OpenSignIns) -> Callable[[App], AbstractAsyncContextManager[None]]:
    """What is done when the server starts: the code for the first account is printed where it is needed."""

    @asynccontextmanager
    async def start(_app: App) -> AsyncIterator[None]:
        threading.Thread(target=_tell_first_code, args=[sign_ins], name="first-code", daemon=True).start()
        yield

    return start


def _tell_first_code(sign_ins: OpenSignIns) -> None:
    """Print the code for the first account, where people must sign in and nobody can yet."""
    try:
        if not rules().sign_in and rules().reached:
            logger.warning("Nobody signs in (PINPOINT_SIGN_IN=never): whoever reaches Pinpoint may do everything.")
        if rules().sign_in and not sign_ins().people.has_owner():
            FIRST_CODE.tell()
    except PinpointError as error:
        logger.warning("%s", error)
