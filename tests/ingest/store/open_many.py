"""A child that opens one library after the other, as a start of the app does, and asks it: a line of JSON for each.

It is its own process so that a damaged library which ends it is seen, and one for many so that it is started once.
"""

import json
import sys
from pathlib import Path

import numpy as np

from ingest import Library, Settings
from ingest.errors import PinpointError
from tests.ingest.store.stored import WIDTH


def opened(folder: Path) -> dict[str, object]:
    """The sentence with which the library in this folder is refused, or how many documents and passages it gives."""
    try:
        with Library(Settings(library=folder, _env_file=None)) as library:
            documents = library.documents()
            found = library.nearest(np.ones(WIDTH, dtype=np.float32), 10, documents)
            return {"sentence": None, "documents": len(documents), "found": len(found)}
    except PinpointError as error:
        return {"sentence": str(error)}


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(opened(Path(line.strip()))), flush=True)
