"""Which folders of this machine are followed: named on a page, on the command line or by a setting."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import RowMapping, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from ingest.errors import BadCollection, CannotFollow
from ingest.settings import Settings
from ingest.store.database import Database
from ingest.store.shelf import NAME_CHARACTERS, Shelf
from ingest.store.tables import FOLLOWED_FOLDERS


@dataclass(frozen=True, slots=True)
class FollowedFolder:
    """A folder that is followed.

    Args:
        id: Its number, which is never given twice.
        path: Where it is.
        by_setting: Whether a setting names it, so that only the setting ends it.
        collections: The collection of each folder in it; None where these are no collections.
        emptied: Whether a person has said that it is really empty.
    """

    id: int
    path: Path
    by_setting: bool
    collections: Mapping[str, int] | None
    emptied: bool

    def name_of(self, path: str) -> str:
        """What the document of a file in it is called: as where the folder itself is uploaded."""
        return f"{self.path.name or self.path}/{path}".encode("utf-8", "replace").decode()


class FollowedFolders:
    """The folders of one library. Every method raises LibraryUnavailable where the database fails.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as home, Database(Path(home) / "library") as database:
        ...     settings = Settings(library=Path(home) / "library", _env_file=None)
        ...     (Path(home) / "papers").mkdir()
        ...     folders = FollowedFolders(database, settings)
        ...     folders.follow(str(Path(home) / "papers"))
        ...     [each.path.name for each in folders.all()]
        ['papers']
    """

    def __init__(self, database: Database, settings: Settings) -> None:
        """Use the database's table; the settings say where the library's own folder is."""
        self._database, self._settings = database, settings

    def all(self) -> list[FollowedFolder]:
        """Every folder, in the order in which they were named."""
        with self._database.read() as connection:
            rows = connection.execute(select(FOLLOWED_FOLDERS).order_by(FOLLOWED_FOLDERS.c.id)).mappings().all()
        return [_folder(row) for row in rows]

    def follow(self, path: str, *, as_collections: bool = False) -> None:
        """Follow a folder from now on. Raises CannotFollow where it cannot be."""
        folder = _whole(path)
        if not folder.is_dir():
            raise CannotFollow(
                f"There is no folder {folder} on the machine that Pinpoint runs on. Check how it is spelt."
            )
        self._check(folder)
        self._write(folder, as_collections=as_collections, by_setting=False)

    def stop(self, path: str) -> None:
        """Follow a folder no more; what came from it stays in the library. Raises CannotFollow where it was not."""
        wanted = _whole(path)
        found = next((each for each in self.all() if each.path == wanted), None)
        if found is None:
            raise CannotFollow(f"The folder {wanted} is not followed.")
        if found.by_setting:
            raise CannotFollow(f"The folder {wanted} is named by the setting PINPOINT_FOLDERS. Take it out there.")
        self._delete(found.id)

    def set_emptied(self, folder: int, *, emptied: bool) -> None:
        """Note whether a person has said that a folder is really empty."""
        with self._database.write() as connection:
            changed = update(FOLLOWED_FOLDERS).where(FOLLOWED_FOLDERS.c.id == folder)
            connection.execute(changed.values(emptied=int(emptied)))

    def follow_setting(self) -> list[str]:
        """Follow what the setting names, and nothing that it named before; the sentences why a folder cannot be."""
        refused = []
        named = set[Path]()
        for each in filter(None, map(str.strip, self._settings.folders.split(";"))):
            try:
                folder = _whole(each)
                self._check(folder, besides=folder)
            except CannotFollow as error:
                refused.append(f"PINPOINT_FOLDERS: {error}")
            else:
                named.add(folder)
                self._write(folder, as_collections=self._settings.folders_as_collections, by_setting=True)
        for followed in self.all():
            if followed.by_setting and followed.path not in named:
                self._delete(followed.id)
        return refused

    def collection_for(self, folder: FollowedFolder, path: str, shelf: Shelf) -> int | None:
        """The collection of a file by the folder it lies in, made where it is new; None where it goes into none.

        One that a person has renamed stays the folder's, one that they have deleted is not made again.
        """
        sub_folder = sub_folder_of(path)
        if not sub_folder or folder.collections is None:
            return None
        known = self.collections_of(folder)
        if sub_folder not in known:
            name = sub_folder.encode("utf-8", "replace").decode()[:NAME_CHARACTERS]
            try:
                collection = shelf.now().named(name) or shelf.make(name)
            except BadCollection:
                return None
            known = {**known, sub_folder: collection.id}
            with self._database.write() as connection:
                changed = update(FOLLOWED_FOLDERS).where(FOLLOWED_FOLDERS.c.id == folder.id)
                connection.execute(changed.values(collections=known))
        return known[sub_folder]

    def collections_of(self, folder: FollowedFolder) -> Mapping[str, int]:
        """The collections of the folders in a folder, as they are now."""
        return next((each.collections for each in self.all() if each.id == folder.id), None) or {}

    def _check(self, folder: Path, besides: Path | None = None) -> None:
        """Raise CannotFollow where a folder has to do with the library's own, or with one that is followed."""
        if _overlap(folder, self._settings.library.resolve()):
            raise CannotFollow(
                f"The folder {folder} cannot be followed: the library itself lies in it, or it lies in the library. "
                "Choose another folder."
            )
        other = next((each.path for each in self.all() if each.path != besides and _overlap(folder, each.path)), None)
        if other == folder:
            raise CannotFollow(f"The folder {folder} is followed already.")
        if other:
            raise CannotFollow(f"The folder {folder} cannot be followed beside {other}: one of them lies in the other.")

    def _write(self, folder: Path, *, as_collections: bool, by_setting: bool) -> None:
        row: dict[str, object] = {
            "path": str(folder),
            "collections": {} if as_collections else None,
            "by_setting": int(by_setting),
            "added_at": datetime.now(UTC).isoformat(),
        }
        with self._database.write() as connection:
            new = insert(FOLLOWED_FOLDERS).values(row)
            connection.execute(new.on_conflict_do_update(index_elements=["path"], set_={"by_setting": int(by_setting)}))

    def _delete(self, folder: int) -> None:
        with self._database.write() as connection:
            connection.execute(delete(FOLLOWED_FOLDERS).where(FOLLOWED_FOLDERS.c.id == folder))


def _whole(path: str) -> Path:
    """A typed path without links in it. Raises CannotFollow where it is not a whole one."""
    typed = Path(path.strip().strip("\"'")).expanduser() if path.strip() and "\0" not in path else Path()
    if not typed.is_absolute():
        raise CannotFollow(
            "Type the whole path of a folder on the machine that Pinpoint runs on, such as /home/mia/papers."
        )
    return typed.resolve()


def sub_folder_of(path: str) -> str:
    """The folder in the followed one that a file lies in, however deep; empty where it lies in none."""
    return path.partition("/")[0] if "/" in path else ""


def _overlap(one: Path, other: Path) -> bool:
    return one.is_relative_to(other) or other.is_relative_to(one)


def _folder(row: RowMapping) -> FollowedFolder:
    return FollowedFolder(
        row["id"], Path(row["path"]), bool(row["by_setting"]), row["collections"], bool(row["emptied"])
    )
