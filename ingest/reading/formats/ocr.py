"""OCR: recognise the lines of text on the image of a page, of a PDF or a picture.

The models are files in the package rapidocr. Each is named by its path, so that nothing is ever downloaded. Import this
module only when a page needs OCR, because it imports large libraries.
"""

import logging
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from math import atan, cos, radians, sin
from pathlib import Path
from statistics import fmean, median
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from rapidocr import RapidOCR
from rapidocr.utils.output import RapidOCROutput

from ingest.reading.formats.layout.line import Line
from ingest.reading.placed import Box, moved, rotated_box, spread

# In pixels: an image is first looked at in this size. Where its print is smaller than this, or none is found, it is
# looked at again, closer.
LARGEST_SIDE, _SMALL_PRINT = 2000, 20
# The engine misses small print on a large image, but not in a band of it. So that no line is cut, bands overlap.
_LARGEST_WIDTH, _BAND_PIXELS, _LOWEST_BAND, _OVERLAP = 4000, 1_000_000, 512, 64
_SMALLEST_SIDE_CLOSER = 1000
_LONG = 3  # an image more than so many times as high as wide, such as a long screenshot, is only read in bands
# A narrow image gets an edge, because the engine would enlarge it out of all proportion.
_SMALLEST_SIDE, _NARROWEST = 256, 0.25
_MODELS = {"Det.model_path": "PP-OCRv6_det_small.onnx", "Rec.model_path": "PP-OCRv6_rec_small.onnx"}
_MOST_THREADS = 4  # more gain little, and each takes memory
# The mean confidence is clearly higher for upright text, and lower for text that is upside down.
_CONFIDENT = 0.8
# A pattern of a photograph may look like a short word, but not like a clear one.
_FEW_LETTERS = 8
# Lines of one font size have boxes of different heights, depending on their letters.
_SAME_SIZE = 0.3
# How many times as wide as high a line is that shows the tilt of its page, and what tilts are levelled out.
_WIDE, _LEVEL, _MOST_TILTED = 3, radians(0.3), radians(30)
# In tenths of a degree: how far the tilt is searched. In line heights: what is nearly on one height.
_STEPS, _BESIDE = 15, 0.5

PageImage = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class _Seen:
    """A line, the confidence of its recognition, and how much it rises to the right, as a share of its width."""

    line: Line
    confidence: float
    slope: float

    def scaled(self, scale: float, up: float = 0.0) -> "_Seen":
        return replace(self, line=self.line.scaled(scale, up))


Found = list[_Seen]


@dataclass(frozen=True, slots=True)
class _Look:
    """What was found in an image, which was rotated to the left so many times by 90 degrees."""

    found: Found
    turns: int = 0

    @property
    def letters(self) -> int:
        return sum(len(seen.line.text) for seen in self.found)


def recognise(image: PageImage) -> list[Line]:
    """Recognise the text on the image of a page.

    Args:
        image: The image: a byte for blue, green and red each. Where its text is sideways or upside down, it is rotated
            first.

    Returns:
        The lines in no particular order, in pixels from the lower left corner of the upright image. The places of their
        words are on the image as it was given.
    """
    image = _padded(image)
    if image.shape[0] > _LONG * image.shape[1]:
        look = _upright(image, _lines_in_bands)
    else:
        scale = min(1.0, LARGEST_SIDE / max(image.shape[:2]))
        look = _upright(_resized(image, scale), _recognised_lines)
        look = replace(look, found=[seen.scaled(1 / scale) for seen in look.found])
        if max(image.shape[:2]) > _SMALLEST_SIDE_CLOSER and _is_small_print(look, scale):
            closer = _upright(_rotated(image, look.turns), _lines_in_bands)
            closer = replace(closer, turns=look.turns + closer.turns)
            look = max(look, closer, key=lambda each: each.letters)
    if look.letters < _FEW_LETTERS and _mean_confidence(look.found) < _CONFIDENT:
        return []
    height, width = image.shape[:2]
    even = _with_even_heights([seen.line for seen in look.found])
    placed = [_placed(line, lambda box: rotated_box(box, look.turns % 4 * 90, width, height)) for line in even]
    # The places stay where the words are seen, though the lines are levelled.
    return _levelled([replace(seen, line=line) for seen, line in zip(look.found, placed, strict=True)])


def _placed(line: Line, on_image: Callable[[Box], Box]) -> Line:
    """The line with the places of its words. `on_image` says where a box of the upright image is on the image."""
    return replace(line, text=moved(spread(line.text, (line.left, line.bottom, line.right, line.top)), on_image))


def _is_small_print(look: _Look, scale: float) -> bool:
    return not look.found or median(seen.line.height for seen in look.found) * scale < _SMALL_PRINT


def _upright(image: PageImage, look_at: Callable[[PageImage], Found]) -> _Look:
    """What is found in an image, upright as its text shows."""
    found, turns = look_at(image), 0
    if sum(_is_tall_line(seen.line) for seen in found) * 2 > len(found):
        turns = 1
        found = look_at(_rotated(image, 1))
    if found and _mean_confidence(found) < _CONFIDENT:
        around = look_at(_rotated(image, turns + 2))
        if _mean_confidence(around) > _mean_confidence(found):
            return _Look(around, turns + 2)
    return _Look(found, turns)


def _lines_in_bands(image: PageImage) -> Found:
    """The lines of an image that is looked at in bands from its top to its bottom, each as wide as the image."""
    scale = min(1.0, _LARGEST_WIDTH / image.shape[1])
    shrunk = _resized(image, scale)
    height, width = shrunk.shape[:2]
    step = min(max(_LOWEST_BAND, _BAND_PIXELS // width), _LONG * width)
    found: Found = []
    for top in range(0, height, step):
        first, last = max(0, top - _OVERLAP), min(height, top + step + _OVERLAP)
        for seen in _recognised_lines(_padded(shrunk[first:last])):
            moved = seen.scaled(1.0, up=height - last)
            # Of a line that two bands show, the one in which its middle is counts.
            if top <= height - moved.line.middle < top + step:
                found.append(moved.scaled(1 / scale))
    return found


def _resized(image: PageImage, scale: float) -> PageImage:
    if scale == 1:
        return image
    size = max(1, round(image.shape[1] * scale)), max(1, round(image.shape[0] * scale))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)


def _rotated(image: PageImage, turns: int) -> PageImage:
    return np.ascontiguousarray(np.rot90(image, turns)) if turns % 4 else image


def _padded(image: PageImage) -> PageImage:
    """The image with what is at its upper and right edge repeated, where it is narrow. Its lower left corner stays."""
    height, width = image.shape[:2]
    above = max(0, max(_SMALLEST_SIDE, round(width * _NARROWEST)) - height)
    right = max(0, _SMALLEST_SIDE - width)
    return np.pad(image, ((above, 0), (0, right), (0, 0)), mode="edge") if above or right else image


def _recognised_lines(image: PageImage) -> Found:
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
            slope = (corners[0][1] - corners[1][1]) / max(corners[1][0] - corners[0][0], 1.0)
            lines.append(_Seen(Line(text.strip(), left, bottom, right, top), float(score), slope))
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
            "Global.max_side_len": _LARGEST_WIDTH,
            "Global.log_level": "error",
            "EngineConfig.onnxruntime.intra_op_num_threads": min(_core_count(), _MOST_THREADS),
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def _core_count() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _mean_confidence(found: Found) -> float:
    return fmean(seen.confidence for seen in found) if found else 0.0


def _is_tall_line(line: Line) -> bool:
    return line.height > 1.5 * (line.right - line.left)


def _levelled(found: Found) -> list[Line]:
    """The lines, level where a photograph is tilted: what stands beside each other on paper is on one height then."""
    slopes = [seen.slope for seen in found if seen.line.right - seen.line.left > _WIDE * seen.line.height]
    angle = atan(median(slopes)) if slopes else 0.0
    lines = [seen.line for seen in found]
    if not _LEVEL < abs(angle) < _MOST_TILTED:
        return lines
    # The boxes show the tilt within a degree or so. What lies beside each other shows it better.
    near = [angle + radians(step / 10) for step in range(-_STEPS, _STEPS + 1)]
    best = max(near, key=lambda each: _beside_each_other([_turned(line, each) for line in lines]) - abs(each - angle))
    return [_turned(line, best) for line in lines]


def _beside_each_other(lines: Sequence[Line]) -> float:
    """How many pairs of lines stand beside each other, each counted by how nearly they are on one height."""
    return sum(
        max(0.0, 1 - (above.middle - below.middle) / (_BESIDE * below.height))
        for below, above in pairwise(sorted(lines, key=lambda line: line.middle))
        if below.right < above.left or above.right < below.left
    )


def _turned(line: Line, angle: float) -> Line:
    """The line where it is when the page is rotated to the right by this angle, around its lower left corner."""
    x = line.centre * cos(angle) + line.middle * sin(angle)
    y = line.middle * cos(angle) - line.centre * sin(angle)
    return replace(
        line,
        left=x - (line.right - line.left) / 2,
        bottom=y - line.height / 2,
        right=x + (line.right - line.left) / 2,
        top=y + line.height / 2,
    )


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
