"""Reads the picture of a page: the lines that are recognised on it (OCR).

The models come with the wheel of rapidocr and are named by their files, so that nothing is ever looked for elsewhere.
Imported only when a page needs it, because it brings large libraries along.
"""

import logging
import os
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from statistics import fmean, median
from typing import Any

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from rapidocr import RapidOCR
from rapidocr.utils.output import RapidOCROutput

from ingest.reading.formats.pdf.lines import Line

# Small print is lost below that, and a larger picture would be made smaller before it is read.
_DOTS_PER_POINT, _MOST_DOTS = 200 / 72, 2000
_MODELS = {"Det.model_path": "PP-OCRv6_det_small.onnx", "Rec.model_path": "PP-OCRv6_rec_small.onnx"}
# More bring little and take memory, each of them.
_MOST_THREADS = 4
# Print that is upright is recognised with a certainty well above, print that is upside down below.
_CERTAIN = 0.8
# Boxes around lines of one size differ by what letters are in them.
_SAME_SIZE = 0.3

Picture = NDArray[np.uint8]


def read_picture(page: pypdfium2.PdfPage) -> list[Line]:
    """The lines that are recognised on the page, in no particular order; a page that lies wrongly is turned."""
    width, height = page.get_size()
    scale = min(_DOTS_PER_POINT, _MOST_DOTS / max(width, height, 1.0))
    picture: Picture = page.render(scale=scale).to_numpy()
    found = _recognised(picture)
    if sum(_is_tall(line) for line, _ in found) * 2 > len(found):
        picture = np.ascontiguousarray(np.rot90(picture))
        found = _recognised(picture)
    if found and _certainty(found) < _CERTAIN:
        found = max(found, _recognised(np.ascontiguousarray(np.rot90(picture, 2))), key=_certainty)
    return _evened([_scaled(line, 1 / scale) for line, _ in found])


def _recognised(picture: Picture) -> list[tuple[Line, float]]:
    """The lines of a picture in its dots, counted from the lower left corner, and how certain each is."""
    found = _reader()(picture)
    if not isinstance(found, RapidOCROutput) or found.boxes is None or found.txts is None or found.scores is None:
        return []
    height = picture.shape[0]
    lines = []
    for corners, text, score in zip(found.boxes.tolist(), found.txts, found.scores, strict=True):
        # The box of a slanted line by the middle of its sides.
        left, top = (corners[0][0] + corners[3][0]) / 2, height - (corners[0][1] + corners[1][1]) / 2
        right, bottom = (corners[1][0] + corners[2][0]) / 2, height - (corners[2][1] + corners[3][1]) / 2
        if text.strip():
            lines.append((Line(text.strip(), left, bottom, right, top), float(score)))
    return lines


@cache
def _reader() -> RapidOCR:
    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    package = find_spec("rapidocr")
    folder = Path(package.origin).parent if package and package.origin else Path()
    settings: dict[str, Any] = {name: str(folder / "models" / file) for name, file in _MODELS.items()}
    return RapidOCR(
        params={
            **settings,
            # It turns single lines, now and then one that was right.
            "Global.use_cls": False,
            "Global.max_side_len": _MOST_DOTS,
            "Global.log_level": "error",
            "EngineConfig.onnxruntime.intra_op_num_threads": min(_cores(), _MOST_THREADS),
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _certainty(found: list[tuple[Line, float]]) -> float:
    return fmean(score for _, score in found) if found else 0.0


def _is_tall(line: Line) -> bool:
    return line.height > 1.5 * (line.right - line.left)


def _scaled(line: Line, scale: float) -> Line:
    return Line(line.text, line.left * scale, line.bottom * scale, line.right * scale, line.top * scale)


def _evened(lines: list[Line]) -> list[Line]:
    """The lines with one height where they are about as tall as most, so that they count as one size of print."""
    if not lines:
        return []
    usual = median(line.height for line in lines)
    evened = []
    for line in lines:
        height = usual if abs(line.height - usual) < _SAME_SIZE * usual else line.height
        evened.append(Line(line.text, line.left, line.middle - height / 2, line.right, line.middle + height / 2))
    return evened
