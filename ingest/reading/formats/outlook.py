"""E-mails saved by Outlook (.msg): one section with the subject as its heading."""

from pathlib import Path

import olefile
from markitdown import StreamInfo
from markitdown.converters import OutlookMsgConverter

from ingest.document import Section
from ingest.reading.clean import clean, one_line
from ingest.reading.contents import Contents
from ingest.reading.formats import html

_BODY_MARK = "\n## Content"
# The property that holds the body as HTML ([MS-OXPROPS] PidTagHtml, binary).
_HTML_BODY = "__substg1.0_10130102"


def read(path: Path) -> Contents:
    """Read sender and recipients, a line each, then the message."""
    with path.open("rb") as file:
        message = OutlookMsgConverter().convert(file, StreamInfo(extension=".msg"))
    head, _, body = message.markdown.partition(_BODY_MARK)
    # The converter writes `**From:** somebody` in Markdown, but the text of the message as it is.
    lines = [line.replace("**", "") for line in head.splitlines() if line.startswith(("**From:**", "**To:**"))]
    text = "\n".join(lines) + "\n\n" + (clean(body).strip() or _html_body(path))
    return Contents([Section(text, heading=one_line(message.title or "") or None)])


def _html_body(path: Path) -> str:
    with olefile.OleFileIO(str(path)) as message:
        return html.plain(message.openstream(_HTML_BODY).read()) if message.exists(_HTML_BODY) else ""
