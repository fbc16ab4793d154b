"""Documents of a followed folder are called as their files are, also after these were renamed."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from ingest.following.folders import FollowedFolder
from ingest.following.reconcile import Known, is_in
from ingest.store.free_name import free_name
from ingest.store.library import Library


class Naming:
    """Gives names to the documents of one folder, by what is known at one moment."""

    def __init__(
        self,
        library: Library,
        folder: FollowedFolder,
        known: Iterable[Known],
        elsewhere: Mapping[str, Collection[str]],
    ) -> None:
        """Read what is called how.

        Args:
            library: The library.
            folder: The folder.
            known: What is known of its files.
            elsewhere: What files of other folders are called, by their hashes.
        """
        self._library, self._folder, self._elsewhere = library, folder, elsewhere
        self._documents = {each.id: each for each in library.documents()}
        self._wanted: dict[str, list[str]] = {}
        for each in known:
            if is_in(each):
                self._wanted.setdefault(each.hash, []).append(folder.name_of(each.path))

    def give(self, known: Known, old: str = "") -> None:
        """Call the document of these bytes, and those of the files inside it, as one of the files with these bytes.

        Args:
            known: What is known of the bytes.
            old: What an archive was called, which is no document itself.
        """
        wanted = sorted(self._wanted.get(known.hash, ()))
        own = self._documents.get(known.hash) if known.hash in known.documents else None
        old = own.name if own else old
        if not wanted or not old or old in {*wanted, *self._elsewhere.get(known.hash, ())}:
            return
        theirs = set(known.documents)
        new = free_name(wanted[0], {each.name for each in self._documents.values() if each.id not in theirs})
        for document_id in known.documents if new != old else ():
            document = self._documents.get(document_id)
            if document and (document.name == old or document.name.startswith(f"{old}/")):
                renamed = replace(document, name=new + document.name.removeprefix(old))
                self._library.describe(renamed)
                self._documents[document_id] = renamed
