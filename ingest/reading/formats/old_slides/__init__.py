"""Old PowerPoint presentations (.ppt, of PowerPoint 97 to 2003), slide by slide."""

from ingest.reading.formats.old_slides.reader import read

__all__ = ["read"]
