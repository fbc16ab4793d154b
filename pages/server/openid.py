"""Sign-in at the service of an organisation, by OpenID Connect: Authlib does the protocol, nothing of it is done here.

Streamlit's own `st.login` goes the same way with the same library. It keeps who signed in in a cookie for thirty days
and cannot end that earlier, so it is not used: Pinpoint's own sign-ins end at once when somebody is removed.
"""

import logging
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.starlette_client import OAuth
from httpx import HTTPError
from joserfc.errors import JoseError
from starlette.requests import Request
from starlette.responses import Response

from ingest import CannotSignIn
from pages.server.rules import rules

logger = logging.getLogger(__name__)

_NONE = "There is no sign-in service. Sign in with a password."
_HALF_SET = (
    "The sign-in service is not set up: PINPOINT_OPENID_ISSUER needs an https address, PINPOINT_OPENID_CLIENT and "
    "PINPOINT_OPENID_SECRET what the service has given."
)
_OUT_OF_REACH = "The sign-in service does not answer. Try again in a moment."
_FAILED = "The sign-in was not finished. Try again."


@dataclass(frozen=True, slots=True)
class Known:
    """Whom the service knows: its own name of the person, the e-mail address, and whether that was checked there."""

    subject: str
    email: str
    proven: bool


async def begin_at_service(request: Request) -> Response:
    """Send the browser to the service. Raises CannotSignIn where there is none, or it does not answer."""
    by = rules()
    own = (by.settings.address or f"{request.url.scheme}://{request.headers['host']}{by.base}").rstrip("/")
    try:
        response: Response = await _service().authorize_redirect(request, f"{own}/sign-in/back")
    except (HTTPError, ValueError, AuthlibBaseError, RuntimeError) as error:
        logger.warning("the sign-in service does not answer (%s)", type(error).__name__)
        raise CannotSignIn(_OUT_OF_REACH) from error
    return response


async def come_back(request: Request) -> Known:
    """Whom the service has signed in, once its answer has been checked. Raises CannotSignIn."""
    try:
        token: dict[str, Any] = await _service().authorize_access_token(request)
    except HTTPError as error:
        raise CannotSignIn(_OUT_OF_REACH) from error
    except (AuthlibBaseError, JoseError, ValueError, KeyError, RuntimeError) as error:
        logger.warning("a sign-in at the service was not finished (%s)", type(error).__name__)
        raise CannotSignIn(_FAILED) from error
    claims = token.get("userinfo") or {}
    subject, email = claims.get("sub"), claims.get("email") or ""
    if not isinstance(subject, str) or not subject or not isinstance(email, str):
        raise CannotSignIn(_FAILED)
    proven = claims.get("email_verified") in {True, "true"}
    return Known(f"{claims.get('iss', rules().settings.openid_issuer)} {subject}", email, proven)


def _service() -> Any:  # noqa: ANN401 - Authlib has no types
    settings = rules().settings
    if not settings.openid_issuer:
        raise CannotSignIn(_NONE)
    parts = urlsplit(settings.openid_issuer)
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in {"localhost", "127.0.0.1"})
    if not is_safe or not settings.openid_client or not settings.openid_secret:
        raise CannotSignIn(_HALF_SET)
    return _client(settings.openid_issuer, settings.openid_client, settings.openid_secret)


@cache
def _client(issuer: str, client: str, secret: str) -> Any:  # noqa: ANN401 - Authlib has no types
    oauth = OAuth()
    return oauth.register(
        "service",
        server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
        client_id=client,
        client_secret=secret,
        client_kwargs={"scope": "openid email profile", "code_challenge_method": "S256", "timeout": 10},
    )
