"""Word documents (.docx): what a person sees of them, one section per heading."""

from ingest.reading.formats.word.reader import read

__all__ = ["read"]
