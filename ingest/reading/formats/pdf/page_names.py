"""What a PDF calls its pages: the labels that viewers show, such as "iv", and that are printed on the pages."""

import re

import pypdfium2

from ingest.reading.clean import one_line

# A longer label is a title.
_LONGEST = 24
_WORD = re.compile(r"(?:page|p\.)\s+(?=\S)", re.IGNORECASE)


def page_name(document: pypdfium2.PdfDocument, number: int) -> str | None:
    """The label of a page.

    Args:
        document: The document.
        number: The number of the page in the file, from 1.

    Returns:
        The label; None where the page has none, or where it is the number.
    """
    try:
        label = _WORD.sub("", one_line(document.get_page_label(number - 1)), count=1)
    except (pypdfium2.PdfiumError, UnicodeDecodeError):
        return None
    return label if label and label != str(number) and len(label) <= _LONGEST else None
