"""Add a file to the library: read, split, embed and store it. All of a document goes in, or nothing of it.

The files inside a file, such as attachments, are added as documents of their own, before it. An archive is no document:
only the files in it are.
"""

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.document import Document, Passage
from ingest.embedding.bi_encoder import Vectors, bi_encoder_name, load_bi_encoder
from ingest.errors import CannotRead
from ingest.languages import language_note
from ingest.pipeline.files_inside import Allowance, Taken, files_inside
from ingest.pipeline.make import PassageStore, add_passages, read_document
from ingest.pipeline.name_inside import name_inside
from ingest.pipeline.outcome import Outcome, Progress
from ingest.pipeline.outcomes_inside import archive_outcome, is_archive, not_read_inside, steps_of_files, told
from ingest.reading.read import check_readable
from ingest.settings import Settings
from ingest.store.durable import check_room
from ingest.store.files import WrittenFile
from ingest.store.library import Library

_PIECE = 1 << 20  # bytes per read
NOT_READ = "This file could not be read to the end. Add it again."
_IN_ITSELF = "This archive has itself in it, and nothing else is to be read there."


def add(
    path: Path,
    library: Library,
    settings: Settings,
    *,
    name: str | None = None,
    source: str | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
) -> Outcome:
    """Put one file into the library: read, split, embed and store it. All of it goes in, or nothing.

    A document that is in the trash comes back from there under its new name; nothing of it is embedded again.

    Args:
        path: The file.
        library: The open library.
        settings: The limits of reading, the models, and the room that must stay free on the disk.
        name: The document's name. By default it is the name of the file.
        source: The address that the file was fetched from, where it is a web page.
        progress: Called with each step. An exception from it is raised, and the document is then not in the library.

    Returns:
        The outcome. A file that cannot be read gives an outcome with the reason, not an exception.

    Raises:
        LibraryUnavailable: The library cannot be written to. This affects every file.
        ModelUnavailable: The bi-encoder cannot be loaded. This affects every file.

    Example:
        >>> import tempfile
        >>> from ingest import Library, Settings, add, example_documents
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     settings = Settings(library=folder, _env_file=None)
        ...     with Library(settings) as library:
        ...         add(example_documents()[0], library, settings).status
        'added'
    """
    shown = _shown(name or path.name)
    adding = _Adding(library, settings, progress, Allowance.of(settings), source=source)
    return _outcome(shown, lambda: adding.copy_of(path, shown))


def add_stored(
    file_hash: str,
    name: str,
    library: Library,
    settings: Settings,
    progress: Callable[[Progress], None] = lambda _: None,
    *,
    replacing: bool = False,
    source: str | None = None,
) -> Outcome:
    """Like `add`, for a file that is already in the library's folder of files. It is not copied or hashed again.

    With `replacing`, a file inside it may bear the name of a document that is there: that one is about to go.
    """

    def work() -> Outcome:
        library.check_model(bi_encoder_name(settings))
        path = library.files.path(file_hash)
        if path is None:
            raise CannotRead(NOT_READ)
        check_readable(path, settings)
        adding = _Adding(library, settings, progress, Allowance.of(settings), replacing, source)
        return adding.file(WrittenFile(file_hash, path), shown, library)

    shown = _shown(name)
    return _outcome(shown, work)


def _shown(name: str) -> str:
    return name.encode("utf-8", "replace").decode()


def _outcome(name: str, work: Callable[[], Outcome]) -> Outcome:
    """Run `work`, and make its outcome where the file cannot be read."""
    started = time.monotonic()
    try:
        outcome = work()
    except CannotRead as error:
        outcome = Outcome(name, "failed", None, None, None, str(error), 0.0)
    return replace(outcome, seconds=time.monotonic() - started)


@dataclass(frozen=True, slots=True)
class _Adding:
    """The way of one file into the library, with all that is inside it."""

    library: Library
    settings: Settings
    progress: Callable[[Progress], None]
    allowance: Allowance
    replacing: bool = False
    source: str | None = None
    depth: int = 0
    around: frozenset[str] = frozenset()  # the hashes of the files that it lies in

    def copy_of(self, path: Path, name: str) -> Outcome:
        """Add a file from another folder. It is hashed while it is copied, and the copy is read."""
        library = self.library
        library.check_model(bi_encoder_name(self.settings))
        check_readable(path, self.settings)
        size = path.stat().st_size
        if any(document.bytes == size for document in library.documents()):
            known = library.document(hash_of(path))
            if known is not None and not known.files:  # then it is not copied
                return told(name, known, "unchanged")
        written = library.files.write(_pieces(path), size)
        try:
            return self.file(written, name, _FileFirst(library, written))
        finally:
            library.files.drop(written)

    def file(self, file: WrittenFile, name: str, store: PassageStore) -> Outcome:
        """Add a file of the library's folder, after the files inside it. Raises CannotRead."""
        library = self.library
        known = library.document(file.hash)
        restored = None if known else library.trash.restore(file.hash, name)
        if restored and library.files.path(file.hash) is None:
            library.files.place(file)
        if held := known or restored:
            outcome = told(name, held, "unchanged" if known else "added")
            return self._looked_into(file, held, outcome) if held.files else outcome
        check_room(self.settings.library, self.settings.free_megabytes)
        document, passages, files = self._read(file, name)
        if not passages:
            return archive_outcome(name, document, files)
        last = document.files + 1
        step = steps_of_files(self.progress, last, last, files) if document.files else self.progress
        already = add_passages(document, passages, library, load_bi_encoder(self.settings), step, store)
        outcome = told(name, already or document, "unchanged" if already else "added", files)
        return replace(outcome, note="" if already else language_note(document, self.settings))

    def _looked_into(self, file: WrittenFile, held: Document, outcome: Outcome) -> Outcome:
        """Add what lies in a document that is there and is not there itself: it was removed, or could not be read."""
        try:
            document, _, files = self._read(file, held.name)
        except CannotRead:
            return outcome
        self.library.describe(replace(held, not_read=document.not_read))
        return replace(outcome, not_read=document.not_read, files=files)

    def _read(self, file: WrittenFile, name: str) -> tuple[Document, list[Passage], tuple[Outcome, ...]]:
        """Read a file and add the files inside it: its document and passages, and what became of these files."""
        encoder = load_bi_encoder(self.settings)
        with files_inside(self.library.files, self.allowance) as inside:
            wanted = inside.wanted(self.depth, self.settings)
            document, passages = read_document(file, name, encoder, self.settings, self.progress, wanted)
            files, not_read = list[Outcome](), list(document.not_read)
            names = set[str]()
            for number, taken in enumerate(inside.taken, 1):
                step = steps_of_files(self.progress, number, len(inside.taken) + 1, files)
                around = self.around | {file.hash}
                inner = replace(self, progress=step, depth=self.depth + 1, around=around, source=None)
                outcome = inner._inside(taken, name, names)
                self.library.files.drop(taken.file)
                files += [*outcome.files, *([] if is_archive(outcome) else [replace(outcome, files=())])]
                not_read += not_read_inside(taken, outcome, name)
        return replace(document, not_read=tuple(not_read), source=self.source), passages, tuple(files)

    def _inside(self, taken: Taken, outer: str, names: set[str]) -> Outcome:
        """Add one file from inside another one. `names` are those of its neighbours."""
        theirs = set[str]() if self.replacing else {document.name for document in self.library.documents()}
        known = self.library.document(taken.file.hash)
        name = name_inside(outer, taken.name, taken.kind, names if known else names | theirs)
        names.add(name)

        def work() -> Outcome:
            if taken.file.hash in self.around:
                raise CannotRead(_IN_ITSELF)
            check_readable(taken.file.path, self.settings)
            return self.file(taken.file, name, _FileFirst(self.library, taken.file))

        return _outcome(name, work)


@dataclass(frozen=True, slots=True)
class _FileFirst:
    """The library, for a document whose file is moved to its place just before the document is finished."""

    library: Library
    file: WrittenFile

    def store(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        self.library.store(passages, vectors)

    def finish(self, document: Document, first: Passage, vector: Vectors) -> None:
        self.library.files.place(self.file)
        try:
            self.library.finish(document, first, vector)
        except BaseException:
            self.library.drop_file(self.file.hash)
            raise


def hash_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hex. Raises CannotRead where they cannot be read."""
    digest = hashlib.sha256()
    for piece in _pieces(path):
        digest.update(piece)
    return digest.hexdigest()


def _pieces(path: Path) -> Iterator[bytes]:
    """The bytes of a file, piece by piece. Raises CannotRead where they cannot be read."""
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece
    except OSError as error:
        raise CannotRead(NOT_READ) from error
