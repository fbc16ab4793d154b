"""E-mails as text files (.eml): the subject is the heading; from, to and date have a line each before the message."""

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage, MIMEPart
from pathlib import Path

from ingest.document import Section
from ingest.reading.contents import Contents, Embedded
from ingest.reading.formats.mail_parts import data_of, header, is_signature, name_of, parts_of

_HEADERS = ("From", "To", "Cc", "Bcc", "Date")
# People forward a message within a message within a message. A hundred levels are an attack.
_DEEPEST = 5


def read(path: Path) -> Contents:
    """Read one section per message: the e-mail itself, then the messages attached to it. It hands over other files."""
    with path.open("rb") as file:
        message = email.message_from_binary_file(file, _class=EmailMessage, policy=email.policy.default)
    return Contents(_sections(message, _DEEPEST))


def _sections(message: MIMEPart, deepest: int) -> Iterator[Section | Embedded]:
    parts = parts_of(message)
    lines = [f"{name}: {value}" for name in _HEADERS if (value := header(message, name))]
    names = [f"Attachment: {name}" for part in parts.files if (name := name_of(part))]
    texts = ("\n".join(lines), *parts.texts, "\n".join(names))
    yield Section("\n\n".join(text for text in texts if text.strip()), heading=header(message, "Subject") or None)
    for part in parts.files:
        if not is_signature(part):
            yield Embedded(name_of(part), data_of(part))
    for inner in parts.messages if deepest else []:
        yield from _sections(inner, deepest - 1)
