"""A large corpus of real text: the passages of web pages in a folder, with their vectors, made once and kept.

    python -m tests.benchmarks.corpus FOLDER [--passages 169597] [--cache FOLDER]

FOLDER holds web pages, such as those of Debian's documentation packages, unpacked. The pages are taken in an order that
depends on their names alone, until there are enough passages. A page is a document. Passages are short, as those of
encyclopedia articles are. The vectors are those of the bundled bi-encoder; making them takes half an hour on two cores,
and may be stopped and started again.

The cache is `~/.cache/pinpoint-benchmarks` by default, or the folder that PINPOINT_BENCHMARK_CACHE names.
"""

import argparse
import hashlib
import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path

import lxml.html
import numpy as np
from lxml.etree import ParserError
from semantic_text_splitter import TextSplitter

from ingest.document import Passage
from ingest.embedding.bi_encoder import Vectors, load_bi_encoder
from ingest.embedding.embed import embedded_text
from ingest.reading.clean import clean, one_line
from ingest.settings import BUNDLED, Settings

PASSAGES = 169_597  # as many as the corpus that sentence-transformers retrieves and re-ranks in its example
_CHARACTERS = 400  # of a passage at most
_LEAST_WORDS = 8  # of a passage: shorter ones are links and signatures
_AT_ONCE = 2048  # passages embedded between two looks at the clock
_PROCESSES = 2
_NO_TEXT = "//script|//style|//nav|//header|//footer|//head"
_BLOCKS = {"p", "li", "dd", "dt", "td", "th", "pre", "blockquote", "figcaption", "caption"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


@dataclass(frozen=True, slots=True)
class Page:
    """A web page cut into passages, each as its heading and its text."""

    name: str
    passages: Sequence[tuple[str | None, str]]


@dataclass(frozen=True, slots=True)
class Corpus:
    """The pages, and the vectors of all their passages in a row, shape (passages, width)."""

    pages: Sequence[Page]
    vectors: Vectors


def main() -> None:
    """Make the corpus, or what is missing of it."""
    parser = argparse.ArgumentParser(description="A large corpus of real text, with its vectors.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--passages", type=int, default=PASSAGES)
    parser.add_argument("--cache", type=Path, default=cache())
    options = parser.parse_args()
    settings = Settings(_env_file=None).model_copy(update={"bi_encoder": BUNDLED})
    options.cache.mkdir(parents=True, exist_ok=True)
    if not _texts(options.cache).exists():
        _write(pages_of(options.folder, options.passages), _texts(options.cache))
    _embed(options.cache, settings)


def cache() -> Path:
    """Where the corpus is kept."""
    return Path(os.environ.get("PINPOINT_BENCHMARK_CACHE") or Path.home() / ".cache" / "pinpoint-benchmarks")


def corpus(folder: Path | None = None) -> Corpus:
    """The corpus that was made before. Ends the program with a sentence where there is none, or only a part."""
    folder = folder or cache()
    if not _texts(folder).exists():
        raise SystemExit("There is no corpus yet. Make it first: python -m tests.benchmarks.corpus FOLDER")
    pages = _read(_texts(folder))
    total = sum(len(page.passages) for page in pages)
    vectors = np.fromfile(_numbers(folder), dtype=np.float32)
    if len(vectors) % total or not len(vectors):
        raise SystemExit("The corpus is not whole yet. Start it again: python -m tests.benchmarks.corpus FOLDER")
    return Corpus(pages, vectors.reshape(total, -1))


def pages_of(folder: Path, count: int) -> Iterator[Page]:
    """The pages of a folder with together `count` passages. Of pages with the same text, one is taken."""
    paths = sorted(folder.rglob("*.html"), key=lambda path: _hash(path.relative_to(folder).as_posix()))
    seen, left = set[str](), count
    with ProcessPoolExecutor(_PROCESSES) as pool:
        for page in pool.map(partial(_page, folder), paths, chunksize=32):
            said = _hash(json.dumps(page.passages))
            if not page.passages or said in seen:
                continue
            seen.add(said)
            yield Page(page.name, page.passages[:left])
            left -= len(page.passages)
            if left <= 0:
                pool.shutdown(cancel_futures=True)
                return
    raise SystemExit(f"The folder has {left:,} passages too few.")


def _page(folder: Path, path: Path) -> Page:
    pieces = TextSplitter(_CHARACTERS)
    found = [(heading, piece) for heading, text in _sections(path) for piece in pieces.chunks(text)]
    passages = [(heading, text) for heading, text in found if len(text.split()) >= _LEAST_WORDS]
    return Page(path.relative_to(folder).as_posix(), passages)


def _sections(path: Path) -> Iterator[tuple[str, str]]:
    """The text of a page under each of its headings. What stands before the first one leads to other pages."""
    try:
        tree = lxml.html.parse(str(path), lxml.html.HTMLParser(encoding="utf-8")).getroot()
    except (OSError, ParserError):
        return
    if tree is None:
        return
    for element in tree.xpath(_NO_TEXT):
        element.drop_tree()
    for heading, blocks in groupby(_blocks(tree), key=lambda block: block[0]):
        text = clean("\n".join(text for _, text in blocks))
        if heading and text.strip():
            yield heading, text


def _blocks(tree: lxml.html.HtmlElement) -> Iterator[tuple[str | None, str]]:
    """Each block of text that has no other in it, with the heading that it stands under."""
    heading: str | None = None
    for element in tree.iter():
        if element.tag in _HEADINGS:
            heading = one_line(element.text_content()).rstrip("¶# ") or heading
        if element.tag not in _BLOCKS or any(inner.tag in _BLOCKS for inner in element.iterdescendants()):
            continue
        if text := element.text_content().strip():
            yield heading, text


def _embed(folder: Path, settings: Settings) -> None:
    """Embed the passages that have no vector yet."""
    encoder = load_bi_encoder(settings)
    texts = [
        embedded_text(Passage("", 0, text, heading=heading), page.name.rpartition("/")[2], encoder)
        for page in _read(_texts(folder))
        for heading, text in page.passages
    ]
    width, started = len(encoder.embed_passages(["width"])[0]), time.monotonic()
    numbers = _numbers(folder)
    first = done = numbers.stat().st_size // (4 * width) if numbers.exists() else 0
    with numbers.open("ab") as file:
        file.truncate(done * 4 * width)
        for start in range(done, len(texts), _AT_ONCE):
            vectors = encoder.embed_passages(texts[start : start + _AT_ONCE])
            file.write(np.asarray(vectors, dtype=np.float32).tobytes())
            file.flush()
            done = start + len(vectors)
            speed = (done - first) / (time.monotonic() - started)
            print(f"{done:,} of {len(texts):,} passages, {speed:.0f} a second", file=sys.stderr, flush=True)


def _write(pages: Iterator[Page], path: Path) -> None:
    unfinished = path.with_suffix(".new")
    with unfinished.open("w", encoding="utf-8") as file:
        for page in pages:
            file.write(json.dumps([page.name, page.passages], ensure_ascii=False) + "\n")
    unfinished.replace(path)


def _read(path: Path) -> list[Page]:
    with path.open(encoding="utf-8") as file:
        return [Page(name, [(heading, text) for heading, text in rows]) for name, rows in map(json.loads, file)]


def _texts(folder: Path) -> Path:
    return folder / "texts.jsonl"


def _numbers(folder: Path) -> Path:
    return folder / "vectors.f32"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


if __name__ == "__main__":
    main()
