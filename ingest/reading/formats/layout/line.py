"""A printed line, or a piece of one, with its box on the page."""

from dataclasses import dataclass

from ingest.reading.placed import Box, PlacedText, moved

# Where a word is hyphenated at the end of a line, PDFium joins its halves and puts one of these marks between them.
HYPHEN_MARKS = "\x02\ufffe"


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line, or a piece of one. Its box is in points (1/72 inch) from the lower left corner of the page.

    Its text is a `PlacedText` where the places of its words are known.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    bold: bool = False
    size: float = 0.0  # of its font, in the unit of its box; 0 where it is not known

    @property
    def height(self) -> float:
        """The height of the line's font. It does not depend on the letters of the line."""
        return self.top - self.bottom

    @property
    def font_size(self) -> float:
        """The size of its font, or where that is not known, the height of the line."""
        return self.size or self.height

    @property
    def middle(self) -> float:
        """Its vertical middle."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """Its horizontal middle."""
        return (self.left + self.right) / 2

    @property
    def sideways(self) -> bool:
        """Whether the line is written upwards or downwards, as far as its box shows this."""
        return len(self.text) > 3 and self.height > 1.5 * (self.right - self.left)

    def scaled(self, scale: float, up: float = 0.0) -> "Line":
        """The line in another unit, then moved up."""

        def changed(box: Box) -> Box:
            left, bottom, right, top = box
            return left * scale, bottom * scale + up, right * scale, top * scale + up

        text = moved(self.text, changed) if isinstance(self.text, PlacedText) else self.text
        return Line(text, *changed((self.left, self.bottom, self.right, self.top)), self.bold, self.size * scale)
