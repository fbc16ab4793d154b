"""Makes PDFs with annotations and attached files, which reportlab cannot make: it writes the objects itself."""

from collections.abc import Sequence
from pathlib import Path


def annotated(
    path: Path, lines: Sequence[str], annotations: Sequence[str] = (), more: Sequence[str] = (), catalog: str = ""
) -> Path:
    """A PDF of one page.

    Args:
        path: Where it is written.
        lines: The lines on the page, the first at y = 700, each 20 points below the one before.
        annotations: The dictionary of each annotation, without its brackets.
        more: Objects that the others name; the first is object 6.
        catalog: What the catalog has besides its pages.

    Returns:
        The path.
    """
    shown = " ".join(f"1 0 0 1 72 {700 - 20 * place} Tm ({line}) Tj" for place, line in enumerate(lines))
    content = f"BT /F1 12 Tf {shown} ET"
    notes = " ".join(f"<< /Type /Annot {annotation} >>" for annotation in annotations)
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Annots [{notes}] "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *more,
    ]
    written, places = "%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(written))
        written += f"{number} 0 obj\n{body}\nendobj\n"
    cross = "".join(f"{place:010d} 00000 n \n" for place in places)
    written += (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{cross}"
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(written)}\n%%EOF"
    )
    path.write_bytes(written.encode("latin-1"))
    return path


def stream(text: str) -> str:
    """An object that holds the content of a file."""
    return f"<< /Type /EmbeddedFile /Length {len(text)} >>\nstream\n{text}\nendstream"
