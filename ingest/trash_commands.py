"""`python -m ingest trash list|restore|empty`: what was removed, restored or deleted for good."""

import argparse
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ingest.store.library import Library
from ingest.store.trash import Removed

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

SHORT_ID = 8  # characters of an id that are enough for people


def add_trash_parser(commands: "Commands") -> None:
    """Add the command `trash` to those of a parser."""
    trash = commands.add_parser("trash", help="list, restore or delete for good what was removed")
    what = trash.add_subparsers(dest="trash_command", required=True)
    listing = what.add_parser("list", help="list what is in the trash")
    restoring = what.add_parser("restore", help="put documents back into the library")
    restoring.add_argument("ids", nargs="+", metavar="ID")
    emptying = what.add_parser("empty", help="delete what is in the trash for good, or only these documents of it")
    emptying.add_argument("ids", nargs="*", metavar="ID")
    for command in (listing, restoring, emptying):
        command.add_argument("--json", action="store_true", help="print one JSON object a line")


def run_trash_command(options: argparse.Namespace, library: Library) -> int:
    """Run `trash` as the parser understood it, and return the exit code. Raises LibraryUnavailable."""
    if options.trash_command == "list":
        return _list_trash(library, options.json)
    removed = library.trash.documents()
    if options.trash_command == "empty" and not options.ids:
        deleted = library.empty_trash([*library.trash.ids()])
        print(json.dumps({"status": "deleted", "documents": deleted}) if options.json else _emptied_line(deleted))
        return 0
    ids = [whole_id(given, [each.document.id for each in removed]) for given in options.ids]
    if options.trash_command == "restore":
        done = [document_id is not None and library.trash.restore(document_id) is not None for document_id in ids]
        return _tell(options, ids, done, "restored")
    done = [document_id is not None and library.empty_trash([document_id]) == 1 for document_id in ids]
    return _tell(options, ids, done, "deleted")


def whole_id(given: str, ids: Sequence[str]) -> str | None:
    """The one of these ids that begins like this; None where none does, or more than one."""
    if len(given) < SHORT_ID:
        return None
    found = [document_id for document_id in ids if document_id.startswith(given)]
    return found[0] if len(found) == 1 else None


def _list_trash(library: Library, as_json: bool) -> int:
    removed = library.trash.documents()
    for each in removed:
        print(json.dumps(_removed_row(each), ensure_ascii=False) if as_json else _removed_line(each))
    if not removed and not as_json:
        print("The trash is empty.")
    return 0


def _removed_row(removed: Removed) -> dict[str, str | int]:
    return {
        "document_id": removed.document.id,
        "name": removed.document.name,
        "bytes": removed.document.bytes,
        "removed_at": removed.removed_at.isoformat(),
        "ends_at": removed.ends_at.isoformat(),
    }


def _removed_line(removed: Removed) -> str:
    document = removed.document
    return f"{document.id[:SHORT_ID]}  {document.name}  (deleted for good after {removed.ends_at:%Y-%m-%d})"


def _emptied_line(deleted: int) -> str:
    return f"Deleted for good: {deleted:,} {'document' if deleted == 1 else 'documents'}."


def _tell(options: argparse.Namespace, ids: Sequence[str | None], done: Sequence[bool], status: str) -> int:
    """Say of each document that was asked for how it went; the exit code."""
    words = "restored" if status == "restored" else "deleted for good"
    for given, document_id, well in zip(options.ids, ids, done, strict=True):
        if options.json:
            print(json.dumps({"document_id": document_id or given, "status": status if well else "unknown"}))
        else:
            print(f"{given}: {words}." if well else f"{given}: there is no such document in the trash.")
    return 0 if all(done) else 1
