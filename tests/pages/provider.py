"""A small OpenID provider, as an organisation has one: it signs in whomever `next_person` names, without asking."""

import secrets
import threading
import time
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlencode

import uvicorn
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.pages.running import _free_port

CLIENT, SECRET = "pinpoint", "a secret of the tests"
SECONDS_TO_START = 60


@dataclass
class Provider:
    """The provider, with what it says of the next person. `spoil` changes the claims of the next token."""

    next_person: dict[str, Any] = field(default_factory=dict)
    spoil: dict[str, Any] = field(default_factory=dict)
    forged: bool = False  # signed with a key that is not the provider's
    port: int = field(default_factory=_free_port)

    def __post_init__(self) -> None:
        """Make the keys."""
        self.key, self.other_key = RSAKey.generate_key(2048), RSAKey.generate_key(2048)
        self.issuer = f"http://localhost:{self.port}"
        self._asked: dict[str, dict[str, str]] = {}

    def __enter__(self) -> Self:
        """Start it."""
        places = [
            Route("/.well-known/openid-configuration", self._configuration),
            Route("/authorize", self._authorize),
            Route("/token", self._token, methods=["POST"]),
            Route("/keys", self._keys),
        ]
        how = uvicorn.Config(Starlette(routes=places), host="localhost", port=self.port, log_level="warning")
        self._server = uvicorn.Server(how)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        deadline = time.monotonic() + SECONDS_TO_START
        while not self._server.started:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        return self

    def __exit__(self, *_: object) -> None:
        """Stop it."""
        self._server.should_exit = True
        self._thread.join()

    async def _configuration(self, _request: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
            }
        )

    async def _authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        assert asked["client_id"] == CLIENT
        code = secrets.token_urlsafe()
        self._asked[code] = asked
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")

    async def _token(self, request: Request) -> Response:
        form = dict(await request.form())
        asked = self._asked.pop(str(form.get("code")), None)
        if asked is None or create_s256_code_challenge(str(form.get("code_verifier"))) != asked["code_challenge"]:
            return JSONResponse({"error": "invalid_grant"}, 400)
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asked["nonce"]}
        claims |= self.next_person | self.spoil
        key = self.other_key if self.forged else self.key
        token = jwt.encode({"alg": "RS256", "kid": self.key.thumbprint()}, claims, key)
        return JSONResponse({"access_token": "unused", "token_type": "Bearer", "id_token": token})

    async def _keys(self, _request: Request) -> Response:
        return JSONResponse({"keys": [self.key.as_dict(private=False) | {"kid": self.key.thumbprint()}]})
