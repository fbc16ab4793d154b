"""The ground floor: a file to sections, to passages, to vectors, to the library. It never imports `qa`."""

from ingest.add import Outcome, Progress, add
from ingest.document import Document, Passage, Section
from ingest.library import Library
from ingest.settings import Settings, load_settings

__all__ = ["Document", "Library", "Outcome", "Passage", "Progress", "Section", "Settings", "add", "load_settings"]
