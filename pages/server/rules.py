"""What the layers around the server go by: read once from the settings and from where the server listens."""

import ipaddress
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from streamlit import config

from ingest import Settings, load_settings

_LOCAL_NAMES = ("localhost", "*.localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one process.

    Args:
        settings: The settings.
        hosts: The names that the app answers to, in lower case; `*.` at the beginning stands for any name below it.
        any_number: Whether it also answers to every address that is a number. No website can take such a name.
        reached: Whether others than this machine reach the app.
        sign_in: Whether people must sign in.
        secure: Whether cookies go over https only.
        base: What stands before every path: empty, or `/name`.
    """

    settings: Settings
    hosts: tuple[str, ...]
    any_number: bool
    reached: bool
    sign_in: bool
    secure: bool
    base: str = ""


@cache
def rules() -> Rules:
    """The rules of this process. Raises BadSetting where a setting cannot be used."""
    return rules_for(
        load_settings(),
        config.get_option("server.address"),
        secure=bool(config.get_option("server.sslCertFile")),
        base=base_path(),
    )


def base_path() -> str:
    """What stands before every path: empty, or `/name` where a server in front hands on that part of its addresses."""
    base = (config.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}" if base else ""


def rules_for(settings: Settings, listens_at: str | None, *, secure: bool = False, base: str = "") -> Rules:
    """The rules for these settings and the address that the server listens at; without one it listens to everybody.

    Whoever names another host lets others in, also through a server in front that listens in the place of this one.

    >>> rules_for(Settings(_env_file=None), "localhost").sign_in, rules_for(Settings(_env_file=None), "0.0.0.0").sign_in
    (False, True)
    """
    named = [name.strip().lower().rstrip(".") for name in settings.hosts.split(",") if name.strip()]
    if settings.address:
        named.append((urlsplit(settings.address).hostname or settings.address).lower())
    others = not _is_local(listens_at or "")
    if others and listens_at and _is_number(listens_at) and not ipaddress.ip_address(listens_at).is_unspecified:
        named.append(listens_at)
    reached = others or any(not _is_local(name) for name in named)
    return Rules(
        settings,
        (*_LOCAL_NAMES, *named),
        any_number=others,
        reached=reached,
        sign_in=settings.sign_in == "always" or (settings.sign_in == "auto" and reached),
        secure=secure or (settings.address or "").startswith("https:"),
        base=base,
    )


def is_host_allowed(host: str | None, by: Rules) -> bool:
    """Whether the app answers to the name in a request's `Host`, with or without a port.

    >>> by = rules_for(Settings(_env_file=None, hosts="*.example.org"), "localhost")
    >>> [is_host_allowed(host, by) for host in ("localhost:8501", "ask.example.org", "example.org", "evil.example", "")]
    [True, True, False, False, False]
    """
    try:
        parts = urlsplit(f"//{host or ''}")
        name, _ = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return False
    if not name or parts.username is not None or parts.path or parts.query or parts.fragment:
        return False
    if by.any_number and _is_number(name):
        return True
    return any(
        allowed in {name, "*"} or (allowed.startswith("*.") and name.endswith(allowed[1:])) for allowed in by.hosts
    )


def _is_local(address: str) -> bool:
    name = address.strip("[]").lower()
    if name in {"localhost", "*.localhost"} or name.endswith(".localhost"):
        return True
    return _is_number(name) and ipaddress.ip_address(name).is_loopback


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
