"""The child that looks at a store: prints a line for each thing that is sound, and may die of one that is not.

`python -m ingest.store.examine_child FOLDER PARENT [whole]`
"""

import os
import sqlite3
import sys
import threading
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ingest.store import chroma
from ingest.store.examine import DATABASE_FILE

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection

_AT_ONCE = 2000  # rows read at a time
_ASKED = 64  # vectors that are asked for from the top of the index


def main() -> None:
    """Look at the store that the arguments name."""
    folder, parent, whole = Path(sys.argv[1]), int(sys.argv[2]), "whole" in sys.argv
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    _check_database(folder / DATABASE_FILE)
    print("database", flush=True)  # noqa: T201 - this is the answer
    with closing(chroma.open_folder(folder)) as client:
        collections = client.list_collections()
        for collection in collections:
            _read(collection, whole=whole)
        print("passages", flush=True)  # noqa: T201
        for collection in collections:
            _ask(collection, whole=whole)
        print("vectors", flush=True)  # noqa: T201


def _end_with(parent: int) -> None:
    """End this process when its parent has ended."""
    while os.getppid() == parent:
        threading.Event().wait(1)
    os._exit(1)


def _check_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            raise SystemExit(f"quick_check: {found}")


def _read(collection: "Collection", *, whole: bool) -> None:
    """Read the documents, and with `whole` every passage, without touching the index of the vectors."""
    collection.get(where={"ordinal": 0}, include=["metadatas"])
    for offset in range(0, collection.count() if whole else 0, _AT_ONCE):
        collection.get(limit=_AT_ONCE, offset=offset, include=["metadatas", "documents"])


def _ask(collection: "Collection", *, whole: bool) -> None:
    """Ask for all vectors at once, which walks through the whole index, and for some from its top."""
    count = collection.count()
    for offset in range(0, count if whole else min(count, 1), _AT_ONCE):
        found = collection.get(limit=_AT_ONCE if whole else _ASKED, offset=offset, include=["embeddings"])["embeddings"]
        vectors = np.asarray(found, dtype=np.float32)
        if not np.isfinite(vectors).all():
            raise SystemExit("a vector is no vector")
        collection.query(query_embeddings=vectors[:_ASKED], n_results=1, include=[])
        if not offset:
            ids = collection.query(query_embeddings=vectors[:1], n_results=count, include=[])["ids"][0]
            missing = count - len(ids)
            if missing > count // 2:  # the index is a graph, of which a few may be out of reach
                raise SystemExit(f"{missing} of {count} vectors are out of reach")


if __name__ == "__main__":
    main()
