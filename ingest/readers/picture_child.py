"""The process that draws one page of a PDF, started by `ingest.pictures` and nobody else.

Arguments: the file, the page from 1, the width in pixels, where to put the PNG, the memory allowed in megabytes.
"""

import sys
from pathlib import Path

_LARGEST = 4000  # pixels either way, whatever the page's own size says


def main() -> None:
    """Draw the page; any failure ends the process with a status that is not 0."""
    file, page, width, target, megabytes = sys.argv[1:]
    _limit(int(megabytes))
    import pypdfium2  # noqa: PLC0415 - only after the limit is set

    document = pypdfium2.PdfDocument(Path(file))
    drawn = document[int(page) - 1]
    wide, high = drawn.get_size()
    scale = min(int(width) / wide, _LARGEST / wide, _LARGEST / high)
    drawn.render(scale=scale).to_pil().save(target, format="PNG")


def _limit(megabytes: int) -> None:
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1024 * 1024, megabytes * 1024 * 1024))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
