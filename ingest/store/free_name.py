"""A name for a document beside others: two documents that bear the same one could not be told apart."""

from collections.abc import Collection

from ingest.reading.file_types import without_suffix


def free_name(name: str, taken: Collection[str]) -> str:
    """`name`, or where it is taken, the first free name with a number.

    >>> free_name("plan.docx", ["plan.docx", "plan (2).docx"])
    'plan (3).docx'
    """
    stem = without_suffix(name)
    ending = name[len(stem) :]
    number = 2
    free = name
    while free in taken:
        free, number = f"{stem} ({number}){ending}", number + 1
    return free
