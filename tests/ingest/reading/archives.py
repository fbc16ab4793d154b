"""Makes messages and archives with files inside."""

import io
import tarfile
import zipfile
from collections.abc import Mapping
from email.message import EmailMessage


def mail(attached: Mapping[str, bytes], subject: str = "Offer", body: str = "See below.\n") -> bytes:
    """An e-mail with these files."""
    message = EmailMessage()
    message["Subject"], message["From"] = subject, "ada@example.org"
    message.set_content(body)
    for name, data in attached.items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def zipped(held: Mapping[str, bytes]) -> bytes:
    """A ZIP file with these files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in held.items():
            archive.writestr(name, data)
    return made.getvalue()


def protected(held: Mapping[str, bytes]) -> bytes:
    """A ZIP file whose members say that they are encrypted."""
    data = bytearray(zipped(held))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(mark)
        while start >= 0:
            data[start + flags] |= 1
            start = data.find(mark, start + 4)
    return bytes(data)


def tarred(held: Mapping[str, bytes], mode: str = "w", link: str | None = None) -> bytes:
    """A tar file with these files, compressed with mode "w:gz", and perhaps a link to a file of the system."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=mode) as archive:  # type: ignore[call-overload] # the mode is a plain str
        for name, data in held.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
        if link:
            member = tarfile.TarInfo(link)
            member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
            archive.addfile(member)
    return made.getvalue()
