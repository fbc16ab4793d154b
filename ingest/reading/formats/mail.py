"""E-mails as text files (.eml): the subject is the heading; from, to and date have a line each before the message."""

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage, MIMEPart
from pathlib import Path

from ingest.document import Section
from ingest.reading.contents import Contents
from ingest.reading.decode import decode

_HEADERS = ("From", "To", "Cc", "Date")
# People forward a message within a message within a message. A hundred levels are an attack.
_DEEPEST = 5


def read(path: Path) -> Contents:
    """Read one section per message: the e-mail itself, then the messages attached to it."""
    with path.open("rb") as file:
        message = email.message_from_binary_file(file, _class=EmailMessage, policy=email.policy.default)
    return Contents(_sections(message, _DEEPEST))


def _sections(message: MIMEPart, deepest: int) -> Iterator[Section]:
    lines = [f"{name}: {message[name]}" for name in _HEADERS if message[name]]
    attached = [part for part in message.iter_attachments() if part.get_content_type() != "message/rfc822"]
    names = [f"Attachment: {name}" for part in attached if (name := part.get_filename())]
    parts = ("\n".join(lines), _body(message), "\n".join(names))
    yield Section("\n\n".join(filter(None, parts)), heading=str(message["Subject"] or "").strip() or None)
    for part in message.iter_attachments():
        if part.get_content_type() == "message/rfc822" and deepest:
            for inner in part.iter_parts():
                yield from _sections(inner, deepest - 1)


def _body(message: MIMEPart) -> str:
    plain = message.get_body(("plain",))
    text = _text(plain).strip("\n") if plain is not None else ""
    formatted = message.get_body(("html",))
    if text.strip() or formatted is None:
        return text
    from ingest.reading.formats import html  # noqa: PLC0415 - heavy, and most mails have a plain body

    return html.plain(_text(formatted))


def _text(part: MIMEPart) -> str:
    try:
        return str(part.get_content())
    except (LookupError, UnicodeError, ValueError):
        # The encoding is wrong or unknown.
        data = part.get_payload(decode=True)
        return decode(data) if isinstance(data, bytes) else ""
