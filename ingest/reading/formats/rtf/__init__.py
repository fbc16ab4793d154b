"""Rich texts (.rtf): what a person sees of them, one section per heading, as of a Word document."""

from ingest.reading.formats.rtf.reader import read

__all__ = ["read"]
