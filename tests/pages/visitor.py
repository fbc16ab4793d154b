"""Somebody who speaks to the server without a browser: requests as they like, a WebSocket, an upload, a sign-in."""

import http.client
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from pages.server.reception import COOKIE

SECONDS = 60


@dataclass(frozen=True)
class Answered:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: str
    cookies: tuple[str, ...] = ()


@dataclass
class Visitor:
    """One who keeps cookies, as a browser does."""

    url: str
    address: str = ""
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def host(self) -> str:
        """The name and port of the server."""
        return urlsplit(self.url).netloc

    def asks(self, method: str, path: str, body: bytes | str | None = None, **headers: str) -> Answered:
        """Send a request with these headers; underscores stand for hyphens."""
        said = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookies and "Cookie" not in said:
            said["Cookie"] = self.shown
        connection = http.client.HTTPConnection("127.0.0.1", urlsplit(self.url).port or 80, timeout=SECONDS)
        try:
            connection.request(method, path, body, {"Host": self.host, **said})
            response = connection.getresponse()
            text = response.read().decode("utf-8", "replace")
            given = tuple(value for name, value in response.getheaders() if name.lower() == "set-cookie")
            for cookie in given:
                name, _, value = cookie.partition(";")[0].partition("=")
                self.cookies[name] = value
            return Answered(response.status, {k.lower(): v for k, v in response.getheaders()}, text, given)
        finally:
            connection.close()

    @property
    def shown(self) -> str:
        """The cookies as a browser sends them."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def sends(self, path: str, **fields: str) -> Answered:
        """Send a form as the app's own page does."""
        form = "application/x-www-form-urlencoded"
        return self.asks("POST", path, urlencode(fields), Content_Type=form, Origin=self.url)

    def signs_in(self, name: str, password: str) -> Self:
        """Sign in with a password."""
        answered = self.sends("/sign-in", name=name, password=password)
        assert answered.status == 303, answered.body
        assert COOKIE in self.cookies
        return self

    def opens_window(self, origin: str | None = "", going_on_with: str = "") -> tuple[ClientConnection, str]:
        """Open the page's WebSocket and have the page drawn; the connection, and the id of Streamlit's session."""
        self.asks("GET", "/_stcore/health")  # which gives the token against cross-site requests
        token = self.cookies.get("_streamlit_xsrf", "none")
        connection = connect(
            f"ws://{self.host}/_stcore/stream",
            origin=self.url if origin == "" else origin,  # type: ignore[arg-type] # a NewType of text
            additional_headers={"Cookie": self.shown},
            subprotocols=["streamlit", token, *([going_on_with] if going_on_with else [])],  # type: ignore[list-item]
            max_size=None,
            open_timeout=SECONDS,
        )
        ask = BackMsg()
        ask.rerun_script.query_string = ""
        connection.send(ask.SerializeToString())
        while True:
            message = ForwardMsg()
            message.ParseFromString(connection.recv(SECONDS))
            if message.WhichOneof("type") == "new_session":
                session: str = message.new_session.initialize.session_id
            if message.WhichOneof("type") == "script_finished":
                return connection, session

    def uploads(self, session: str, length: int, name: str = "x", **headers: str) -> Answered:
        """Upload a file of so many bytes into a session."""
        edge = "edge"
        head = f'--{edge}\r\nContent-Disposition: form-data; name="f"; filename="f.txt"\r\n\r\n'.encode()
        body = head + b"x" * length + f"\r\n--{edge}--\r\n".encode()
        said = {
            "Content_Type": f"multipart/form-data; boundary={edge}",
            "X_Xsrftoken": self.cookies.get("_streamlit_xsrf", ""),
            "Origin": self.url,
        }
        return self.asks("PUT", f"/_stcore/upload_file/{session}/{name}", body, **{**said, **headers})
