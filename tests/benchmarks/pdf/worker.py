"""Reads one PDF with one engine and prints what it found as JSON. A process of its own, with limits, runs it.

`python worker.py ENGINE FILE` prints `pages`, the number of pages; `text`; `headings`, the lines that the engine says
are headings; `tables`, each a list of rows of cells; `boxes`, whether it says where its words are; `seconds` of
processor time to read, and `start` to import; `megabytes`, the most memory. Where it refuses: `error`. It imports
nothing of the project but for `ours`, so that another Python may have the engines.
"""

import json
import re
import resource
import sys
import time
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Any

CPU_SECONDS, MEMORY = 120, 6 * 1024**3
# The package of each engine, whose version is printed; ours stands on pypdfium2.
PACKAGES = {
    "ours": "pypdfium2", "liteparse": "liteparse", "pdftext": "pdftext", "kreuzberg": "kreuzberg",
    "docling-parse": "docling-parse", "pdfplumber": "pdfplumber",
}  # fmt: skip
Found = dict[str, Any]


def main() -> None:
    """Read the file of the command line with the engine of the command line, or print the versions."""
    if sys.argv[1:] == ["versions"]:
        print(json.dumps(versions()))
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    engine, path = sys.argv[1:]
    begun = time.process_time()
    read = ENGINES[engine]()
    ready = time.process_time()
    try:
        found = read(path)
    except Exception as error:  # noqa: BLE001 - whatever an engine raises is its answer
        found = {"error": f"{type(error).__name__}: {error}"[:200]}
    found |= {
        "start": ready - begun,
        "seconds": time.process_time() - ready,
        "megabytes": _most_memory(),
    }
    print("\n" + json.dumps(found))


def _most_memory() -> float:
    """The most memory of this process, in MB. What `getrusage` says may be that of the process that started it."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def versions() -> dict[str, str]:
    """The engines that this Python has, and their versions."""
    found = {}
    for engine, package in PACKAGES.items():
        try:
            found[engine] = metadata.version(package)
        except metadata.PackageNotFoundError:
            continue
    return found


def _ours() -> Callable[[str], Found]:
    from ingest.document import Section
    from ingest.reading.extract import extract
    from ingest.reading.file_types import file_type
    from ingest.reading.formats.pdf import reader  # noqa: F401 - else it is imported when the first file is read
    from ingest.reading.formats.pdf.scans import TextLayers

    # No engine recognises pictures of text here.
    TextLayers.needs_ocr = lambda *_: False  # type: ignore[method-assign]

    def read(path: str) -> Found:
        contents = extract(file_type("PDF"), Path(path), 10**8, 500)
        sections = [section for section in contents.sections if isinstance(section, Section)]
        titles = [title for section in sections for title in (section.heading or "").split(" > ") if title]
        texts = []
        last = None
        for section in sections:
            # The reader takes a heading out of the text; it is the first line of the part that it stands above.
            texts += [
                *([str(section.heading).split(" > ")[-1]] if section.heading not in {None, last} else []),
                section.text,
            ]
            last = section.heading
        tables = [[line.split(" | ") for line in section.text.split("\n") if " | " in line] for section in sections]
        return {
            "pages": contents.pages, "text": "\n".join(texts), "headings": titles, "tables": tables, "boxes": True,
        }  # fmt: skip

    return read


def _liteparse() -> Callable[[str], Found]:
    from liteparse import LiteParse

    parser = LiteParse(
        ocr_enabled=False,
        output_format="markdown",
        image_mode="off",
        extract_links=False,
        extract_blocks=True,
        quiet=True,
    )

    def read(path: str) -> Found:
        pages = parser.parse(Path(path).read_bytes()).pages
        blocks = [block for page in pages for block in page.blocks or []]
        texts, tables = [], []
        for block in blocks:
            rows = [*([block.header] if block.header else []), *(block.rows or [])]
            if rows:
                tables.append([[_unmarked(cell.text) for cell in row] for row in rows])
                texts += [" ".join(row) for row in tables[-1]]
            texts += [*(block.lines or []), " ".join(filter(None, [block.marker, _unmarked(block.text or "")]))]
        headings = [_unmarked(block.text) for block in blocks if block.kind == "heading"]
        return {
            "pages": len(pages), "text": "\n".join(texts), "headings": headings, "tables": tables,
            "boxes": any(item.words for page in pages for item in page.text_items),
        }  # fmt: skip

    return read


def _unmarked(text: str) -> str:
    """A text of Markdown without its marks."""
    return re.sub(r"\\(.)|<br>|\*+|`", lambda found: found[1] or " " * (found[0] == "<br>"), text)


def _pdftext() -> Callable[[str], Found]:
    from pdftext.extraction import paginated_plain_text_output

    def read(path: str) -> Found:
        pages = paginated_plain_text_output(path, sort=False, hyphens=False)
        return {"pages": len(pages), "text": "\n".join(pages), "headings": [], "tables": [], "boxes": True}

    return read


def _kreuzberg() -> Callable[[str], Found]:
    import kreuzberg

    settings = kreuzberg.ExtractionConfig(
        output_format="markdown",
        use_cache=False,
        pdf_options=kreuzberg.PdfConfig(hierarchy=kreuzberg.HierarchyConfig()),
    )

    def read(path: str) -> Found:
        found = kreuzberg.extract_file_sync(path, config=settings)
        text = _unmarked(found.content)
        lines = text.split("\n")
        headings = [line.lstrip("#").strip() for line in lines if re.match("#+ ", line)]
        tables = [table.cells for table in found.tables]
        return {
            "pages": found.get_page_count(), "text": re.sub("(?m)^#+ ", "", text), "headings": headings,
            "tables": tables, "boxes": False,
        }  # fmt: skip

    return read


def _docling_parse() -> Callable[[str], Found]:
    from docling_core.types.doc.page import TextCellUnit
    from docling_parse.pdf_parser import DoclingPdfParser

    parser = DoclingPdfParser(loglevel="fatal")

    def read(path: str) -> Found:
        pages = [page for _, page in parser.load(path).iterate_pages()]
        lines = [cell.text for page in pages for cell in page.iterate_cells(TextCellUnit.LINE)]
        return {"pages": len(pages), "text": "\n".join(lines), "headings": [], "tables": [], "boxes": True}

    return read


def _pdfplumber() -> Callable[[str], Found]:
    import pdfplumber

    def read(path: str) -> Found:
        with pdfplumber.open(path) as document:
            texts, tables = [], []
            for page in document.pages:
                texts.append(page.extract_text())
                tables += [[[cell or "" for cell in row] for row in table] for table in page.extract_tables()]
                page.close()
            return {
                "pages": len(texts), "text": "\n".join(texts), "headings": [], "tables": tables, "boxes": True,
            }  # fmt: skip

    return read


ENGINES = {
    "ours": _ours, "liteparse": _liteparse, "pdftext": _pdftext, "kreuzberg": _kreuzberg,
    "docling-parse": _docling_parse, "pdfplumber": _pdfplumber,
}  # fmt: skip

if __name__ == "__main__":
    main()
