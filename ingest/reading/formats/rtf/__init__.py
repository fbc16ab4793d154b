"""Rich texts (.rtf): what a person sees of them, one section per heading, as of a Word document."""

from ingest.reading.formats.rtf.reader import as_word, read, read_bytes

__all__ = ["as_word", "read", "read_bytes"]
