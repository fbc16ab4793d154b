"""The progress of a file on its way into the library, and the outcome."""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Literal

from ingest.document import NotRead

Stage = Literal["fetching", "reading", "embedding"]


@dataclass(frozen=True, slots=True)
class Progress:
    """The current step. `done` of `total` pages are read, or passages are in the library. 0 of 0 means unknown.

    Of a web page that is being fetched, `done` bytes are here.

    `ocr_pages` says how many pages so far had no text of their own. OCR takes seconds for each of them. Where there are
    files inside the file, the step is for number `file` of `files`, the file itself being the last, and `added` of them
    are in the library by now; `files` is 0 before that.
    """

    stage: Stage
    done: int = 0
    total: int = 0
    ocr_pages: int = 0
    file: int = 0
    files: int = 0
    added: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome for one file. `reason` is a sentence for people where it failed, else None.

    `not_read` is what is in the file and not in the document's passages. `files` are the outcomes of the files inside
    it, and inside those. A file that has only files inside, such as an archive, is no document, so that `document_id`
    is None; it is "added" where one of its files was. `note` is a sentence on what a person should know about the
    document, such as its language; empty where there is nothing.
    """

    name: str
    status: Literal["added", "unchanged", "failed"]
    document_id: str | None
    pages: int | None
    passages: int | None
    reason: str | None
    seconds: float
    not_read: tuple[NotRead, ...] = ()
    files: "tuple[Outcome, ...]" = ()
    note: str = ""

    @property
    def all_not_read(self) -> tuple[NotRead, ...]:
        """What is in the file, or in files inside it, and was not read."""
        return (*self.not_read, *(each for file in self.files for each in file.not_read))


def refused_inside(outcome: Outcome) -> list[Outcome]:
    """The files inside a file that were not read, each with the first sentence of its reason, at all depths.

    >>> inner = Outcome("a.zip/b.dwg", "failed", None, None, None, "This file is empty. Save it again.", 0.1)
    >>> outer = Outcome("a.zip", "added", "5f3a", None, 1, None, 0.1, (NotRead("file", "b.dwg"),), (inner,))
    >>> [(each.name, each.reason) for each in refused_inside(outer)]
    [('a.zip/b.dwg', 'This file is empty.')]
    """
    missed = {f"{each.name}/{left.name}" for each in (outcome, *outcome.files) for left in each.not_read}
    failed = [each for each in outcome.files if each.status == "failed" and each.name in missed]
    return [replace(each, reason=f"{(each.reason or '').partition('. ')[0].rstrip('.')}.") for each in failed]


def files_sentence(outcome: Outcome) -> str:
    """What became of the files inside a file, without those that failed; empty where there is nothing to say.

    >>> inner = Outcome("a.zip/b.txt", "added", "5f3a", None, 1, None, 0.1)
    >>> files_sentence(Outcome("a.zip", "added", None, None, None, None, 0.1, files=(inner, inner)))
    '2 files in it were added.'
    """
    counted = Counter(file.status for file in outcome.files)
    sentences = []
    if added := counted["added"]:
        sentences.append(f"{added:,} {'file in it was' if added == 1 else 'files in it were'} added.")
    if there := counted["unchanged"]:
        sentences.append(f"{there:,} {'file in it was' if there == 1 else 'files in it were'} already there.")
    return " ".join(sentences)
