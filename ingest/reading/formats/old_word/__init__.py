"""Old Word documents (.doc, of Word 97 to 2003): what a person sees of them, as of a newer one."""

from ingest.reading.formats.old_word.reader import read

__all__ = ["read"]
