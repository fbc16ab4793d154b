"""Damages files as disks, mail programs and broken downloads do: bits flipped, pieces cut, doubled or made zeros.

Everything follows from a number and a seed, so that a file that brought a mistake to light can be made again.
"""

import gzip
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from random import Random

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ingest.examples import example_documents
from tests.ingest.reading import archives, files, old_office, pdfs, pictures

Mutation = Callable[[bytes, Random], bytes]
# Where a zipped document keeps its text and what leads to it; the other members are mostly fonts and colours.
_TELLING = re.compile(
    r"document\.xml|content\.xml|slides/|sheets?/|workbook|presentation\.xml|styles|Content_Types|html|opf|container"
)
_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><title>Meter</title><g transform="scale(2)">'
    '<text x="10" y="20">Meter 60-2417 <tspan dy="1.2em">is sealed.</tspan></text><path d="M0 0L9 9"/></g></svg>'
)
_MEMBER_KINDS = ("one", "one", "some", "all")


@dataclass(frozen=True, slots=True)
class Mutated:
    """A damaged file: `name` as its owner calls it, `how` for whoever looks into it."""

    number: int
    name: str
    how: str
    content: bytes


def originals(folder: Path) -> dict[str, bytes]:
    """Whole files by the names that they go by, from the example and made for it; they stand in this folder."""
    found = {path.name: path.read_bytes() for path in example_documents() if path.suffix not in {".md", ".txt"}}
    made = {
        "tales.epub": files.epub, "prices.xls": files.old_workbook, "lunch.msg": files.outlook, "bridge.pdf": _open_pdf,
        "contract.doc": old_office.old_word, "plan.ppt": old_office.old_slides, "letter.rtf": old_office.rich_text,
        "travel.odt": old_office.open_text, "results.odp": old_office.open_slides,
    }  # fmt: skip
    found |= {name: make(folder / name).read_bytes() for name, make in made.items()}
    found["tales.epub"] = zipped(members(found["tales.epub"]))
    found |= {**_pictures(), **_archives(found["letter.rtf"])}
    for name, content in found.items():
        (folder / name).write_bytes(content)
    return found


def mutated(number: int, seed: int, whole: dict[str, bytes]) -> Mutated:
    """The file of this number: every kind of file comes by in turn, and each in turn with every kind of damage."""
    chance = Random(f"{seed}:{number}")
    name = list(whole)[number % len(whole)]
    kind = list(MUTATIONS)[number // len(whole) % len(MUTATIONS)]
    content = whole[name]
    # In a zip archive a checksum shows most damage. What a program writes wrongly has the right checksum.
    if content.startswith(b"PK") and chance.random() < 0.7:
        return Mutated(number, name, f"{kind}, inside", _inside(content, MUTATIONS[kind], chance))
    return Mutated(number, name, kind, MUTATIONS[kind](content, chance))


def _pictures() -> dict[str, bytes]:
    """A picture of each kind with few words, which are quickly read."""
    image = pictures.drawn(("Meter 60-2417 is sealed.",), size=(512, 96))
    made = {"meter.heic": pictures.HEIC, "meter.svg": b'<?xml version="1.0"?>\n' + _SVG.encode()}
    for suffix in ("png", "jpg", "gif", "bmp", "webp", "avif", "tiff"):
        held = BytesIO()
        image.save(held, {"jpg": "jpeg"}.get(suffix, suffix))
        made[f"meter.{suffix}"] = held.getvalue()
    return made


def _archives(letter: bytes) -> dict[str, bytes]:
    """An archive of each kind that holds documents, one of them in a folder."""
    held = {
        "letter.rtf": letter,
        "notes/boots.txt": b"Bring boots.\n" * 40,
        "notes/more.zip": zipped({"a.txt": b"Tea."}),
    }
    return {
        "papers.zip": zipped(held),
        "papers.tar": archives.tarred(held),
        "papers.tgz": archives.tarred(held, "w:gz"),
        "boots.txt.gz": gzip.compress(held["notes/boots.txt"], mtime=0),
    }


def _open_pdf(path: Path) -> Path:
    """Four pages whose text and drawings stand in the file as they are, not packed."""
    canvas = Canvas(str(path), pagesize=A4, pageCompression=0)
    for page in range(4):
        pdfs.write_lines(canvas, pdfs.LEFT, pdfs.TOP, pdfs.prose(page * 40, 40))
        canvas.rect(40, 30, 500, 60)
        canvas.bookmarkPage(str(page))
        canvas.addOutlineEntry(f"line{page * 40}", str(page))
        canvas.showPage()
    canvas.save()
    return path


def _bits_flipped(most: int, data: bytes, chance: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, most)):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _piece(data: bytes, chance: Random) -> tuple[int, int]:
    """Where a piece begins and ends that is at least a byte long and mostly a small part of the whole."""
    begin = chance.choice([0, chance.randrange(len(data))])
    return begin, begin + max(1, int((len(data) - begin) * chance.random() ** 3))


def _cut(data: bytes, chance: Random) -> bytes:
    begin, end = _piece(data, chance)
    return data[:begin] + data[end:]


def _doubled(data: bytes, chance: Random) -> bytes:
    begin, end = _piece(data, chance)
    return data[:end] + data[begin:]


def _zeroed(data: bytes, chance: Random) -> bytes:
    begin, end = _piece(data, chance)
    return data[:begin] + bytes(end - begin) + data[end:]


def _truncated(data: bytes, chance: Random) -> bytes:
    return data[: chance.randrange(1, len(data))] if len(data) > 1 else data


def _numbers_changed(data: bytes, chance: Random) -> bytes:
    """Some of the numbers that are written out become others, large ones among them."""
    numbers = list(re.finditer(rb"(?<![\w/.])\d+(?![\w/])", data))
    for found in sorted(chance.sample(numbers, min(len(numbers), chance.randint(1, 9))), key=re.Match.start)[::-1]:
        number = chance.choice([b"0", b"-1", b"7", b"99999", b"4294967295", b"99999999999999999999", b"x"])
        data = data[: found.start()] + number + data[found.end() :]
    return data


def _tags_cut(data: bytes, chance: Random) -> bytes:
    """What stands between angle brackets or quotation marks goes missing here and there."""
    tags = list(re.finditer(rb'<[^<>]*/>|<<|</?\w+>| [\w:]+="[^"]*"|/[A-Z]\w+', data))
    for found in sorted(chance.sample(tags, min(len(tags), chance.randint(1, 9))), key=re.Match.start)[::-1]:
        data = data[: found.start()] + data[found.end() :]
    return data


MUTATIONS: dict[str, Mutation] = {
    "few bits flipped": partial(_bits_flipped, 8),
    "numbers changed": _numbers_changed,
    "cut": _cut,
    "tags cut": _tags_cut,
    "truncated": _truncated,
    "many bits flipped": partial(_bits_flipped, 2000),
    "doubled": _doubled,
    "zeroed": _zeroed,
}


def _inside(content: bytes, mutation: Mutation, chance: Random) -> bytes:
    """A sound archive of members one, some or all of which are damaged."""
    held = members(content)
    filled = [name for name, data in held.items() if data]
    telling = [name for name in filled if _TELLING.search(name)] or filled
    chosen = {
        "one": [chance.choice(telling)],
        "some": chance.sample(filled, min(len(filled), 3)),
        "all": telling,
    }[chance.choice(_MEMBER_KINDS)]
    return zipped(held | {name: mutation(held[name], chance) for name in chosen})


def members(content: bytes) -> dict[str, bytes]:
    """What a zip archive holds, by name."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(contents: dict[str, bytes]) -> bytes:
    """A zip archive that holds this, by name, in this order."""
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in contents.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return whole.getvalue()
