"""The pages of a PDF, or a picture, as images: drawn in the boxed child, and kept for the next look."""

import base64
import threading
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress

from ingest import CannotRead, Document, PageImage, Passage, PinpointError, page_image
from pages.parts.opened import Pinpoint

_WIDTH = 1000  # pixels of a page that is as wide as the viewer
_BYTES_KEPT = 64 * 1024 * 1024
# The types of file whose pages can be shown. A picture is one page without a number; a TIFF may have several.
_PAGED, _PICTURE = frozenset({"PDF", "TIFF"}), "Picture"

_Key = tuple[str, int, int]
_kept: OrderedDict[_Key, PageImage] = OrderedDict()
_drawing: dict[_Key, threading.Lock] = {}
_changing = threading.Lock()


def pages_of(document: Document) -> int:
    """How many pages of a document can be shown as images."""
    return 1 if document.type == _PICTURE else (document.pages or 0) if document.type in _PAGED else 0


def page_of(document: Document, passage: Passage) -> int | None:
    """The number of the page that can be shown for a passage.

    >>> from datetime import UTC, datetime
    >>> kinds = "Picture", "Text"
    >>> picture, text = (Document("0" * 64, "file", kind, None, 1, 9, datetime.now(UTC)) for kind in kinds)
    >>> page_of(picture, Passage("0" * 64, 0, "Way out")), page_of(text, Passage("0" * 64, 0, "Way out"))
    (1, None)
    """
    return 1 if document.type == _PICTURE else passage.page if document.type in _PAGED else None


def page_words(document: Document, page: int) -> str:
    """What an image shows, in words."""
    return "The picture" if document.type == _PICTURE else f"Page {page}"


def image_source(image: PageImage) -> str:
    """The image as the address that a page shows it by."""
    return f"data:image/png;base64,{base64.b64encode(image.png).decode()}"


def drawn_page(app: Pinpoint, document: Document, page: int, zoom: int = 100) -> PageImage:
    """One page as a PNG. A document's id is that of its bytes, so an image never grows old.

    Args:
        app: The parts of the app, as whoever is looking may use them.
        document: A document whose pages can be shown.
        page: The page's number, from 1.
        zoom: How large it is shown, in hundredths.

    Raises:
        CannotRead: The page cannot be drawn, or the file is gone.
    """
    original = app.library.files.path(document.id)
    if original is None:
        raise CannotRead("The original file of this document is gone.")
    key = document.id, page, _WIDTH * zoom // 100
    with _changing:
        alone = _drawing.setdefault(key, threading.Lock())
    with alone:  # who comes while it is drawn ahead waits for that, and does not draw it again
        return _kept_image(key) or _keep(key, page_image(original, page, app.settings, width=key[2]))


def _kept_image(key: _Key) -> PageImage | None:
    with _changing:
        if key in _kept:
            _kept.move_to_end(key)
        return _kept.get(key)


def _keep(key: _Key, image: PageImage) -> PageImage:
    """Keep an image; the ones that nobody looked at for longest go when there are too many."""
    with _changing:
        _kept[key] = image
        _drawing.pop(key, None)
        while len(_kept) > 1 and sum(len(each.png) for each in _kept.values()) > _BYTES_KEPT:
            _kept.popitem(last=False)
    return image


def draw_ahead(app: Pinpoint, wanted: Sequence[tuple[Document, int]]) -> None:
    """Draw these pages in the background, so that they are there when somebody opens them."""
    with _changing:
        begun = _kept.keys() | _drawing.keys()
    missing = [(document, page) for document, page in wanted if (document.id, page, _WIDTH) not in begun]
    if missing:
        threading.Thread(target=_draw_ahead, args=[app, missing], name="draw-ahead", daemon=True).start()


def _draw_ahead(app: Pinpoint, wanted: Sequence[tuple[Document, int]]) -> None:
    for document, page in wanted:
        with suppress(PinpointError):  # whoever opens the page is told
            drawn_page(app, document, page)
