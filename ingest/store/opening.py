"""Open the store of a library, or say why not: it is missing, empty, another one, damaged, or at another address.

Whatever is wrong, nothing is deleted here. The database says which documents there are; the store is asked for them.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.document import Document
from ingest.errors import LibraryUnavailable
from ingest.store import chroma
from ingest.store.examine import DATABASE_FILE, examine, fingerprint
from ingest.store.facts import FORMAT
from ingest.store.home import Home
from ingest.store.new_store import complete_switch

if TYPE_CHECKING:
    from chromadb.api.client import Client

FOLDER = "folder"  # the place of a store that is in the library's folder

_REBUILD = "Make it anew from the kept files with: python -m ingest rebuild."


def place(home: Home) -> str:
    """Where the settings say that the store is: "folder", or a server's address without the name of a user."""
    if home.settings.chroma_url is None:
        return FOLDER
    return chroma.shown_address(home.settings.chroma_url)


def open_store(home: Home, *, mending: bool = False) -> "Client":
    """The store of a library; with `mending` also one that is missing, which is made.

    Raises LibraryUnavailable, whose sentence says what is wrong with it and the way out.
    """
    if (home.facts.format or FORMAT) > FORMAT:
        raise LibraryUnavailable(
            f"The library in {home.folder} was used by a newer version of Pinpoint. Start that version, or use another "
            "library folder."
        )
    if home.settings.chroma_url:
        return chroma.connect(home.settings.chroma_url, home.settings.chroma_token)
    complete_switch(home.chroma)
    if _is_there(home.chroma / DATABASE_FILE):
        _check_folder(home)
    elif not mending and _stands_on(home):
        raise LibraryUnavailable(_elsewhere(home) or _nothing_there(home))
    return chroma.open_folder(home.chroma)


def check_documents(home: Home, documents: Sequence[Document] | None) -> None:
    """See to it that a store is this library's: it holds at least one of the documents that the library stands on.

    Args:
        home: The library's folder.
        documents: What the store holds; None where it has no collection yet.

    Raises:
        LibraryUnavailable: With a sentence of its own for each that can be wrong.
    """
    held = {document.id for document in documents or ()}
    kept = {document.id for document in home.kept.documents()}
    moved = home.facts.place not in {None, place(home)}
    if (kept and not kept & held) or (moved and kept - held) or (not held and _stands_on(home)):
        raise LibraryUnavailable(_elsewhere(home) or (_another_one(home) if held else _nothing_there(home)))


def write_seen(home: Home, bi_encoder: str | None = None) -> None:
    """Write down where the store is, its model, and that its files are sound as they are now."""
    seen = None if home.shared else fingerprint(home.chroma)
    home.facts.write(format=FORMAT, place=place(home), bi_encoder=bi_encoder, seen=seen)


def _check_folder(home: Home) -> None:
    """Raise LibraryUnavailable where the store in the folder is damaged or may not be written to."""
    refused = [path for path in (home.chroma, *home.chroma.rglob("*")) if not os.access(path, os.R_OK | os.W_OK)]
    if refused:
        raise LibraryUnavailable(
            f"The file {refused[0]} of the library cannot be read and written to. Check who may, then try again."
        )
    if fingerprint(home.chroma) != home.facts.seen and not examine(home.chroma).sound:
        raise LibraryUnavailable(damaged(home))


def damaged(home: Home) -> str:
    """The sentence for a store that is damaged."""
    return f"The store in {home.chroma} is damaged. Nothing else is lost. {_REBUILD}"


def _is_there(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0


def _stands_on(home: Home) -> int:
    """How many documents the library stands on; of one that has never said so, how many files that are of no job."""
    kept = len(home.kept.documents())
    if kept or home.facts.place:
        return kept
    return sum(not home.a_job_needs(file_hash) for file_hash in home.files.hashes())


def _elsewhere(home: Home) -> str | None:
    """The sentence where the store was in another place before; None where it was not."""
    before, now = home.facts.place, place(home)
    if before is None or before == now:
        return None
    if before == FOLDER:
        return (
            f"The documents of the library in {home.folder} are in its folder, but PINPOINT_CHROMA_URL is set to "
            f"{now}, where they are not. Leave it out, or put them there with: python -m ingest rebuild."
        )
    if now == FOLDER:
        return (
            f"The documents of the library in {home.folder} are on the Chroma server at {before}, but "
            "PINPOINT_CHROMA_URL is not set. Set it, or make the store anew in the folder with: python -m ingest "
            "rebuild."
        )
    return (
        f"The documents of the library in {home.folder} are on the Chroma server at {before}, but PINPOINT_CHROMA_URL "
        f"is set to {now}, where they are not. Set it back, or put them there with: python -m ingest rebuild."
    )


def _nothing_there(home: Home) -> str:
    """The sentence for a store that is missing or holds nothing, though the library stands on documents."""
    count = _stands_on(home)
    documents = f"{count:,} document{'s' * (count != 1)} of the library in {home.folder}"
    if home.shared:
        return f"The Chroma server at {place(home)} is empty, but the files of {documents} are kept. {_REBUILD}"
    state = "is empty" if home.chroma.is_dir() and (home.chroma / DATABASE_FILE).exists() else "is missing"
    server = "" if home.facts.place else " If they are on a Chroma server, set PINPOINT_CHROMA_URL."
    return f"The store in {home.chroma} {state}, but the files of {documents} are kept.{server} {_REBUILD}"


def _another_one(home: Home) -> str:
    where = place(home) if home.shared else home.chroma
    return (
        f"The store in {where} holds documents of another library, and none of those in {home.folder}. Put the right "
        f"one back. {_REBUILD.replace('Make it anew', 'Or make it anew')}"
    )
