"""Whether the store, the files and the database of a library agree; nothing is changed."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ingest.document import Document
from ingest.errors import LibraryUnavailable
from ingest.settings import Settings
from ingest.store.examine import DATABASE_FILE, examine, fingerprint
from ingest.store.home import Home
from ingest.store.library import Library
from ingest.store.opening import damaged

Problem = Literal["library", "not stored", "passages", "no file", "changed file", "unnamed file"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not agree. `document` is None where it is no document's, `sentence` is for people."""

    problem: Problem
    sentence: str
    document: Document | None = None


def check(settings: Settings) -> list[Finding]:
    """Look at all of a library: every passage of the store, every byte of the files. Empty where all agree."""
    try:
        with Home(settings) as home:
            there = not home.shared and (home.chroma / DATABASE_FILE).exists()
            if there and not examine(home.chroma, whole=True).sound:
                return [Finding("library", damaged(home))]
            if there:
                home.facts.write(seen=fingerprint(home.chroma))  # opening need not look at it again
        with Library(settings) as library:
            return list(findings(library))
    except LibraryUnavailable as error:
        return [Finding("library", str(error))]


def findings(library: Library) -> Iterator[Finding]:
    """What does not agree in an open library."""
    home = library.home
    stored = {document.id: document for document in library.stored_documents()}
    kept = {document.id: document for document in home.kept.documents()}
    for document in kept.values():
        if document.id not in stored:
            yield Finding("not stored", f"{document.name}: its passages are not in the store.", document)
        elif not library.has_passages(stored[document.id]):
            yield Finding("passages", f"{document.name}: some of its passages are not in the store.", document)
        yield from _file_findings(document, home)
    for file_hash in home.files.hashes():
        if file_hash not in kept and not home.a_job_needs(file_hash):
            sentence = f"The file {file_hash} is of no document. To have it in the library, add it; else delete it."
            yield Finding("unnamed file", sentence)


def _file_findings(document: Document, home: Home) -> Iterator[Finding]:
    path = home.files.path(document.id)
    if path is None:
        sentence = f"{document.name}: its file is not there. It can be asked, but not shown or made anew."
        yield Finding("no file", sentence, document)
        return
    with path.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != document.id:
            sentence = f"{document.name}: its file is damaged. Put a copy of it back as {path}."
            yield Finding("changed file", sentence, document)
