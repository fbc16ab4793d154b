"""The outcome of a file that has files inside, and what is told while these are added."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Literal

from ingest.document import Document, NotRead
from ingest.errors import CannotRead
from ingest.pipeline.files_inside import Taken
from ingest.pipeline.outcome import Outcome, Progress
from ingest.reading.not_read import names_of
from ingest.reading.refusals import NO_WORDS

_ONLY_FILE = "The only file in it, {name}, was not added. {reason}"
_NO_FILE = (
    "Nothing in it could be read: {names}. Save these files in a form that Pinpoint reads, and add them by themselves."
)
_NAMED, _LONGEST_NAME = 3, 80


def steps_of_files(
    progress: Callable[[Progress], None], file: int, files: int, before: Sequence[Outcome]
) -> Callable[[Progress], None]:
    """Tell of each step which of the files inside a file it is for, and how many are in the library."""
    added = sum(outcome.status == "added" for outcome in before)
    return lambda step: progress(replace(step, file=file, files=files, added=added))


def told(
    name: str, document: Document, status: Literal["added", "unchanged"], files: tuple[Outcome, ...] = ()
) -> Outcome:
    """The outcome for a document that is in the library. The time is not in it."""
    return Outcome(name, status, document.id, document.pages, document.passages, None, 0.0, document.not_read, files)


def is_archive(outcome: Outcome) -> bool:
    """Whether the file has become no document itself and was not refused."""
    return outcome.document_id is None and outcome.reason is None


def archive_outcome(name: str, document: Document, files: tuple[Outcome, ...]) -> Outcome:
    """The outcome of a file that has only files inside. Raises CannotRead where none of these is in the library."""
    statuses = {file.status for file in files}
    if statuses <= {"failed"}:
        raise CannotRead(_nothing_sentence(document.not_read, files))
    status: Literal["added", "unchanged"] = "added" if "added" in statuses else "unchanged"
    return Outcome(name, status, None, None, None, None, 0.0, document.not_read, files)


def _nothing_sentence(not_read: Sequence[NotRead], files: Sequence[Outcome]) -> str:
    """Why nothing in a file was added, with some names."""
    names = [name[:_LONGEST_NAME] for name in names_of(not_read)]
    if len(names) == len(files) == 1:
        return _ONLY_FILE.format(name=names[0], reason=files[0].reason)
    more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    return _NO_FILE.format(names=", ".join(names[:_NAMED]) + more)


def not_read_inside(taken: Taken, outcome: Outcome, outer: str) -> Iterator[NotRead]:
    """What of a file inside a file goes to the account of the outer one: a document has its own."""
    name = outcome.name.removeprefix(f"{outer}/")
    if outcome.reason == NO_WORDS and taken.kind != "file":
        return  # a logo or an ornament: nobody misses its words
    if outcome.status == "failed":
        yield NotRead(taken.kind, name)
    elif is_archive(outcome):
        yield from (NotRead(each.kind, f"{name}/{each.name}") for each in outcome.not_read)
