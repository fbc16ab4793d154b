"""E-mails saved by Outlook (.msg), as those saved as text: a section for the message and for each message inside it.

Numbers are those of [MS-OXPROPS].
"""

import email.errors
import email.parser
import email.policy
from collections.abc import Iterator
from dataclasses import replace
from email.utils import format_datetime
from itertools import islice
from pathlib import Path

import olefile

from ingest.document import NotRead, Section
from ingest.reading.clean import clean, one_line
from ingest.reading.contents import Contents, Embedded, PagesRead
from ingest.reading.formats.compressed_rtf import unpack_rtf
from ingest.reading.formats.mail_parts import best_text, written_by
from ingest.reading.formats.msg_storage import MsgStorage
from ingest.reading.formats.rtf import read_bytes as read_rich_text

_SUBJECT, _BODY, _HTML, _RTF, _HEADERS = 0x0037, 0x1000, 0x1013, 0x1009, 0x007D
_SENT, _DELIVERED = 0x0039, 0x0E06
# The name and the addresses of who sent it, and of whom it was sent for where nobody else is named.
_SENDERS = (((0x0C1A,), (0x5D01, 0x0C1F)), ((0x0042,), (0x5D02, 0x0065)))
_RECIPIENT = (0x3001,), (0x39FE, 0x3003)
_KIND_OF_RECIPIENT = 0x0C15
_RECIPIENTS = (("To", 1, 0x0E04), ("Cc", 2, 0x0E03), ("Bcc", 3, 0x0E02))
# What an appointment has: the known numbers of its named properties.
_PLACE, _TIMES = 0x8208, (("Start", 0x820D), ("End", 0x820E))
_DATA, _NAME, _SHORT_NAME, _TITLE, _METHOD = 0x3701, 0x3707, 0x3704, 0x3001, 0x3705
_CONTENT_ID, _HIDDEN = 0x3712, 0x7FFE
_OLE = 6
# People forward a message within a message, and send it to many. More than this is an attack.
_DEEPEST, _MOST = 5, 1000


def read(path: Path) -> Contents:
    """Read one section per message, as readers of other e-mails do. It hands over the attached files."""
    return Contents(_opened(path))


def _opened(path: Path) -> Iterator[Section | PagesRead | NotRead | Embedded]:
    with olefile.OleFileIO(str(path)) as file:
        yield from _message(MsgStorage(file), _DEEPEST)


def _message(message: MsgStorage, deepest: int) -> Iterator[Section | PagesRead | NotRead | Embedded]:
    plain, markup = clean(message.text(_BODY)).strip("\n"), message.data(_HTML) or message.text(_HTML)
    body, attached, shown = (
        best_text(plain, markup),
        list(islice(message.inside("__attach_version1.0_"), _MOST)),
        str(markup),
    )
    files = [part for part in attached if part.message(_DATA) is None and not _is_shown(part, shown)]
    names = [f"Attachment: {name}" for part in files if (name := _name(part))]
    texts = ("\n".join(_head(message)), body, "\n".join(names))
    subject = one_line(message.text(_SUBJECT))
    yield Section("\n\n".join(text for text in texts if text.strip()), heading=subject or None)
    if not body.strip() and (rich := message.data(_RTF)):
        yield from _rich_text(rich, subject)
    for part in files:
        yield _file(part)
    for part in attached:
        inner = part.message(_DATA)
        if inner is not None and deepest:
            yield from _message(inner, deepest - 1)
        elif inner is not None:
            yield NotRead("attachment", _name(part))


def _head(message: MsgStorage) -> Iterator[str]:
    """Who wrote to whom and when, a line each."""
    sender = next(filter(None, (_person(message, *numbers) for numbers in _SENDERS)), "")
    people = [(person.number(_KIND_OF_RECIPIENT), _person(person, *_RECIPIENT)) for person in _recipients(message)]
    lines = []
    for name, kind, shown in _RECIPIENTS:
        found = ", ".join(person for number, person in people if number == kind and person)
        lines.append((name, found or one_line(message.text(shown))))
    for name, number in _TIMES:
        time = message.time(message.named(number))
        lines.append((name, format_datetime(time) if time else ""))
    lines.append(("Location", one_line(message.text(place)) if (place := message.named(_PLACE)) else ""))
    yield from filter(None, [written_by(sender, _date(message))])
    yield from (f"{name}: {value}" for name, value in lines if value)


def _recipients(message: MsgStorage) -> Iterator[MsgStorage]:
    return islice(message.inside("__recip_version1.0_"), _MOST)


def _person(storage: MsgStorage, names: tuple[int, ...], addresses: tuple[int, ...]) -> str:
    """`Ada Lovelace <ada@example.org>`, or what there is of it. An address within an Exchange server is left out."""
    name = one_line(storage.text(*names)).strip("'")
    found = (one_line(storage.text(number)) for number in addresses)
    address = next((text for text in found if "@" in text), "")
    return f"{name} <{address}>" if name and address and name != address else address or name


def _date(message: MsgStorage) -> str:
    """When it was sent, as its headers say it where it has them: they know the time of day of the sender."""
    try:
        headers = email.parser.HeaderParser(policy=email.policy.default).parsestr(message.text(_HEADERS))
        if headers["Date"]:
            return one_line(str(headers["Date"]))
    except (ValueError, LookupError, AttributeError, TypeError, email.errors.MessageError):
        pass
    sent = message.time(_SENT, _DELIVERED)
    return format_datetime(sent) if sent else ""


def _rich_text(rich: bytes, subject: str) -> Iterator[Section | PagesRead | NotRead | Embedded]:
    """The body of a message that has one as rich text only, under the subject."""
    try:
        for part in read_rich_text(unpack_rtf(rich)).sections:
            yield replace(part, heading=part.heading or subject or None) if isinstance(part, Section) else part
    except (ValueError, RecursionError):
        yield NotRead("message text", subject)


def _file(part: MsgStorage) -> NotRead | Embedded:
    if part.number(_METHOD) == _OLE:
        return NotRead("embedded file", _name(part))
    return Embedded(_name(part), part.data(_DATA))


def _name(part: MsgStorage) -> str:
    return one_line(part.text(_NAME, _SHORT_NAME, _TITLE))


def _is_shown(part: MsgStorage, markup: str) -> bool:
    """Whether the body shows this picture itself."""
    number = one_line(part.text(_CONTENT_ID)).strip("<>")
    return part.is_set(_HIDDEN) or bool(number and f"cid:{number}" in markup)
