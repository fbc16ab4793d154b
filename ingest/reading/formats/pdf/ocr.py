"""OCR: recognise the lines of text on the image of a page.

The models are files in the package rapidocr. Each is named by its path, so that nothing is ever downloaded. Import this
module only when a page needs OCR, because it imports large libraries.
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

from ingest.reading.formats.layout.line import Line

# 200 dpi: with less, small print is lost. The engine would scale a larger image down again.
_PIXELS_PER_POINT, _MOST_PIXELS = 200 / 72, 2000
_MODELS = {"Det.model_path": "PP-OCRv6_det_small.onnx", "Rec.model_path": "PP-OCRv6_rec_small.onnx"}
# More threads gain little, and each takes memory.
_MOST_THREADS = 4
# The mean confidence is clearly higher for upright text, and lower for text that is upside down.
_CONFIDENT = 0.8
# Lines of one font size have boxes of different heights, depending on their letters.
_SAME_SIZE = 0.3

PageImage = NDArray[np.uint8]


def recognise_page(page: pypdfium2.PdfPage) -> list[Line]:
    """Recognise the text of a page from its image.

    Args:
        page: The page. Where its text is sideways or upside down, its image is rotated first.

    Returns:
        The lines in no particular order, in points of the upright page.
    """
    width, height = page.get_size()
    scale = min(_PIXELS_PER_POINT, _MOST_PIXELS / max(width, height, 1.0))
    image: PageImage = page.render(scale=scale).to_numpy()
    found = _recognised_lines(image)
    if sum(_is_tall_line(line) for line, _ in found) * 2 > len(found):
        image = np.ascontiguousarray(np.rot90(image))
        found = _recognised_lines(image)
    if found and _mean_confidence(found) < _CONFIDENT:
        found = max(found, _recognised_lines(np.ascontiguousarray(np.rot90(image, 2))), key=_mean_confidence)
    return _with_even_heights([_scaled_line(line, 1 / scale) for line, _ in found])


def _recognised_lines(image: PageImage) -> list[tuple[Line, float]]:
    """The lines of an image, in pixels from its lower left corner, each with the confidence of its recognition."""
    found = _ocr_engine()(image)
    if not isinstance(found, RapidOCROutput) or found.boxes is None or found.txts is None or found.scores is None:
        return []
    height = image.shape[0]
    lines = []
    for corners, text, score in zip(found.boxes.tolist(), found.txts, found.scores, strict=True):
        # The box of a slanted line goes through the middle of each side.
        left, top = (corners[0][0] + corners[3][0]) / 2, height - (corners[0][1] + corners[1][1]) / 2
        right, bottom = (corners[1][0] + corners[2][0]) / 2, height - (corners[2][1] + corners[3][1]) / 2
        if text.strip():
            lines.append((Line(text.strip(), left, bottom, right, top), float(score)))
    return lines


@cache
def _ocr_engine() -> RapidOCR:
    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    package = find_spec("rapidocr")
    folder = Path(package.origin).parent if package and package.origin else Path()
    settings: dict[str, Any] = {name: str(folder / "models" / file) for name, file in _MODELS.items()}
    return RapidOCR(
        params={
            **settings,
            # The classifier rotates single lines, and sometimes one that was upright.
            "Global.use_cls": False,
            "Global.max_side_len": _MOST_PIXELS,
            "Global.log_level": "error",
            "EngineConfig.onnxruntime.intra_op_num_threads": min(_core_count(), _MOST_THREADS),
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def _core_count() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _mean_confidence(found: list[tuple[Line, float]]) -> float:
    return fmean(score for _, score in found) if found else 0.0


def _is_tall_line(line: Line) -> bool:
    return line.height > 1.5 * (line.right - line.left)


def _scaled_line(line: Line, scale: float) -> Line:
    return Line(line.text, line.left * scale, line.bottom * scale, line.right * scale, line.top * scale)


def _with_even_heights(lines: list[Line]) -> list[Line]:
    """Give the lines of about the usual height exactly that height, so that they count as one font size."""
    if not lines:
        return []
    usual = median(line.height for line in lines)
    evened = []
    for line in lines:
        height = usual if abs(line.height - usual) < _SAME_SIZE * usual else line.height
        evened.append(Line(line.text, line.left, line.middle - height / 2, line.right, line.middle + height / 2))
    return evened
