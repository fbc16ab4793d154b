"""A library of its own for a benchmark, in a temporary folder, so that nobody's library is touched."""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ingest import Library, Settings, load_settings
from ingest.pipeline.add import add
from ingest.settings import BUNDLED


@contextmanager
def temporary_library(paths: Sequence[Path]) -> Iterator[tuple[Library, Settings, Path]]:
    """A library of the files at `paths` and in the folders among them, with the bundled models; and a spare folder.

    The environment and `.env` hold but for the models and the library's place. What cannot be read is named on
    standard error and left out.
    """
    with tempfile.TemporaryDirectory(prefix="pinpoint-benchmark-") as home:
        own = {"library": Path(home, "library"), "chroma_url": None, "bi_encoder": BUNDLED, "cross_encoder": BUNDLED}
        settings = load_settings().model_copy(update=own)
        with Library(settings) as library:
            for path in _files(paths):
                outcome = add(path, library, settings)
                if outcome.reason:
                    print(f"{outcome.name}: {outcome.reason}", file=sys.stderr)
            if not library.documents():
                raise SystemExit("None of the files could be read.")
            yield library, settings, Path(home, "spare")


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        yield from sorted(inner for inner in path.rglob("*") if inner.is_file()) if path.is_dir() else [path]
