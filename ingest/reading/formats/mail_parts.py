"""The parts of an e-mail (MIME): what its body says, the messages attached to it and the files attached to it."""

from dataclasses import dataclass, field
from email.message import MIMEPart

from ingest.reading.clean import one_line
from ingest.reading.decode import decode
from ingest.reading.formats import html

_MESSAGES = ("message/rfc822", "message/global")
# Nobody opens these: they prove who wrote the message.
_SIGNATURES = ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature")
# A formatted text this much longer than the plain one says more than "your program shows no HTML".
_TIMES_LONGER, _MORE_CHARACTERS = 2, 200
_BAD_HEADER = (ValueError, LookupError, AttributeError, TypeError)


@dataclass(slots=True)
class MailParts:
    """The texts of the body in their order, the attached messages, the attached files, and the body's markup."""

    texts: list[str] = field(default_factory=list)
    messages: list[MIMEPart] = field(default_factory=list)
    files: list[MIMEPart] = field(default_factory=list)
    markup: list[str] = field(default_factory=list)


def parts_of(message: MIMEPart) -> MailParts:
    """Take a message apart. A picture that its body shows is no attachment."""
    parts = MailParts()
    _take_apart(message, parts)
    shown = "\n".join(parts.markup)
    parts.files = [part for part in parts.files if not _is_shown(part, shown)]
    return parts


def header(message: MIMEPart, name: str) -> str:
    """A header on one line; empty where there is none. One that breaks the rules is given as it stands."""
    try:
        return one_line(str(message[name] or ""))
    except _BAD_HEADER:
        raw = (str(value) for key, value in message.raw_items() if key.lower() == name.lower())
        return one_line(next(raw, ""))


def name_of(part: MIMEPart) -> str:
    """The name of an attached file, empty where it has none."""
    try:
        return one_line(part.get_filename() or "")
    except _BAD_HEADER:
        return ""


def data_of(part: MIMEPart) -> bytes:
    """The content of an attached file."""
    if part.is_multipart():
        return b"\n".join(inner.as_bytes() for inner in part.iter_parts())
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def is_signature(part: MIMEPart) -> bool:
    """Whether a file only proves who wrote the message."""
    return part.get_content_type() in _SIGNATURES


def _take_apart(part: MIMEPart, parts: MailParts) -> None:
    kind = part.get_content_type()
    if kind in _MESSAGES and part.is_multipart():
        parts.messages += part.iter_parts()
    elif kind == "multipart/alternative" and part.is_multipart():
        _choose(part, parts)
    elif kind.startswith("multipart/") and part.is_multipart():
        for inner in part.iter_parts():
            _take_apart(inner, parts)
    elif kind == "text/plain" and not _is_file(part):
        parts.texts.append(_text_of(part).strip("\n"))
    elif kind == "text/html" and not _is_file(part):
        parts.markup.append(_text_of(part))
        parts.texts.append(html.plain(parts.markup[-1]))
    elif not kind.startswith("multipart/"):
        parts.files.append(part)


def _choose(part: MIMEPart, parts: MailParts) -> None:
    """Of the same text in several forms, take the plain one, or a formatted one that says much more."""
    plain, formatted = MailParts(), MailParts()
    for inner in part.iter_parts():
        _take_apart(inner, plain if inner.get_content_type() == "text/plain" else formatted)
    short, long = "\n\n".join(plain.texts), "\n\n".join(formatted.texts)
    longer = len(long) > _TIMES_LONGER * len(short) + _MORE_CHARACTERS
    parts.texts += formatted.texts if longer or not short.strip() else plain.texts
    for form in (plain, formatted):
        parts.messages += form.messages
        parts.files += form.files
        parts.markup += form.markup


def _is_file(part: MIMEPart) -> bool:
    return part.get_content_disposition() == "attachment" or bool(name_of(part))


def _is_shown(part: MIMEPart, markup: str) -> bool:
    """Whether the body shows this picture itself."""
    number = one_line(str(part.get("Content-ID") or "")).strip("<>")
    return bool(number) and part.get_content_maintype() == "image" and f"cid:{number}" in markup


def _text_of(part: MIMEPart) -> str:
    try:
        return str(part.get_content())
    except (LookupError, UnicodeError, ValueError):
        # The encoding is wrong or unknown.
        return decode(data_of(part))
