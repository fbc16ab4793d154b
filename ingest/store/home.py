"""The folder of a library without its store: the lock, the database, the files, and what the database says of them."""

from collections.abc import Iterable
from contextlib import ExitStack

from ingest.closing import Closing
from ingest.document import Document
from ingest.errors import LibraryUnavailable
from ingest.settings import Settings
from ingest.store.database import FILE, Database
from ingest.store.facts import Facts
from ingest.store.files import Files
from ingest.store.kept_files import KeptFiles
from ingest.store.lock import lock_folder
from ingest.store.passage_places import PassagePlaces
from ingest.store.reserve import Reserve
from ingest.store.switch import finish_switch
from ingest.store.tables import a_job_needs, is_kept
from ingest.store.take_over import take_over

CHROMA = "chroma"  # the store, where it is in the folder


class Home(Closing):
    """What a library stands on, whatever has become of its store. Safe for several threads.

    One process at a time has the folder, but for a library whose store is at a Chroma server.
    """

    def __init__(self, settings: Settings) -> None:
        """Open the folder, which is made where it is not there. Raises LibraryUnavailable."""
        self.settings = settings
        self.folder = settings.library
        self.chroma = settings.library / CHROMA
        self.shared = settings.chroma_url is not None
        with ExitStack() as opened:
            if not self.shared:
                opened.callback(lock_folder(settings.library).release)
                finish_switch(settings.library)
            Reserve(settings.library).give_up_where_full()  # opening writes too
            self._check_database()
            self.database = opened.enter_context(Database(settings.library))
            self.kept = KeptFiles(self.database)
            self.places = PassagePlaces(self.database)
            self.facts = Facts(self.database)
            self.files = Files(settings.library / "files", settings.free_megabytes)
            take_over(settings.library, self.database, self.files)
            self._opened = opened.pop_all()

    def close(self) -> None:
        """Close the database and release the lock."""
        self._opened.close()

    def check_room(self) -> None:
        """Raise LibraryUnavailable where the disk is too full for the store to write to it; a server has its own."""
        if not self.shared:
            self.database.reserve.check()

    def _check_database(self) -> None:
        """Raise LibraryUnavailable where the library has files, and the database that says what they are is gone."""
        path, files = self.folder / FILE, self.folder / "files"
        if (not path.exists() or not path.stat().st_size) and files.is_dir() and any(files.glob("[0-9a-f]*")):
            raise LibraryUnavailable(
                f"The file {path} is {'empty' if path.exists() else 'missing'}, though the library has files. Put a "
                "copy of it back, or go on without its conversations and jobs: python -m ingest repair."
            )

    def a_job_needs(self, file_hash: str) -> bool:
        """Whether a job that is not done names this file."""
        with self.database.read() as connection:
            return a_job_needs(connection, file_hash)

    def is_needed(self, file_hash: str) -> bool:
        """Whether a job or a document stands on this file, whatever the store says."""
        with self.database.read() as connection:
            return a_job_needs(connection, file_hash) or is_kept(connection, file_hash)

    def forget(self, document_id: str) -> None:
        """Delete the row and the file of a document that somebody has removed; the file of a job stays."""
        with self.files.changing:
            self.kept.delete(document_id)
            self.places.delete(document_id)
            if not self.a_job_needs(document_id):
                self.files.set_aside(document_id)
                self.files.discard(document_id)

    def write_kept(self, documents: Iterable[Document]) -> None:
        """Write down what is in the store and no row names: by a version before, or by a process that was killed.

        Others add to a server too: there, only what has its file here.
        """
        known = {document.id for document in self.kept.documents()}
        new = [document for document in documents if document.id not in known]
        self.kept.write(document for document in new if not self.shared or self.files.path(document.id))
