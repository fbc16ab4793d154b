"""The sign-in page: made here and not by Streamlit, which nobody reaches who has not signed in."""

import html
from functools import cache
from pathlib import Path
from string import Template
from urllib.parse import quote

from starlette.responses import HTMLResponse

from ingest import Settings

_BY_NAME = """
<form method="post" action="$base/sign-in">
  <label>Name or e-mail address
    <input name="name" autocomplete="username" required maxlength="200" value="$name" $focus_name></label>
  <label>Password
    <input name="password" type="password" autocomplete="current-password" required $focus_password></label>
  <input type="hidden" name="next" value="$next">
  <button>Sign in</button>
</form>
<p class="quiet">No account yet, or the password forgotten? Ask an owner of this library.</p>
"""
_SERVICE = """
<a class="button" href="$base/sign-in/service?next=$next_quoted">Sign in with $service</a>
<p class="quiet">You type your work password there. Pinpoint does not see it.</p>
"""
_FIRST = """
<p>Nobody has an account yet. Whoever makes the first one is the owner, who adds the others.</p>
<form method="post" action="$base/sign-in/first">
  <label>Code
    <input name="code" autocomplete="off" required maxlength="50" autofocus></label>
  <p class="quiet">It stands where Pinpoint was started, in its log.</p>
  <label>Your name or e-mail address
    <input name="name" autocomplete="username" required maxlength="100" value="$name"></label>
  <label>A new password, of at least 10 characters
    <input name="password" type="password" autocomplete="new-password" required minlength="10"></label>
  <button>Make the first account</button>
</form>
"""


def sign_in_page(
    settings: Settings, base: str, then: str, *, first: bool, error: str = "", name: str = "", status: int = 200
) -> HTMLResponse:
    """The page with what one can do there.

    Args:
        settings: Whether there is a sign-in service.
        base: What stands before every path.
        then: The path to which one goes after it.
        first: Whether there is nobody yet, so that the first account is made.
        error: What went wrong the last time.
        name: The name that was typed then.
        status: The status of the answer.
    """
    ways = _FIRST if first else _BY_NAME
    if settings.openid_issuer and not first:
        is_open = "open" if error else ""
        ways = f"{_SERVICE}<details {is_open}><summary>Sign in with a password</summary>{_BY_NAME}</details>"
    fields = {
        "base": base,
        "next": html.escape(then),
        "next_quoted": quote(then, safe="/"),
        "name": html.escape(name),
        "service": html.escape((settings.openid_issuer or "").split("//")[-1].split("/")[0].split(":")[0]),
        "focus_name": "" if name or settings.openid_issuer else "autofocus",
        "focus_password": "autofocus" if name else "",
    }
    message = f'<p class="error" role="alert">{html.escape(error)}</p>' if error else ""
    body = message + Template(ways).substitute(fields)
    title = "The first account" if first else "Sign in"
    page = Template(_frame()).substitute(title=title, body=body)
    return HTMLResponse(page, status, headers={"Cache-Control": "no-store"})


@cache
def _frame() -> str:
    return (Path(__file__).parent / "sign_in.html").read_text(encoding="utf-8")
