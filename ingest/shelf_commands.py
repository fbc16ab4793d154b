"""`python -m ingest collections` and `tags`: named groups of documents, and words on them, from the command line."""

import argparse
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ingest.errors import BadCollection
from ingest.store.library import Library
from ingest.store.shelf import Named
from ingest.trash_commands import whole_id

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

SHELF = frozenset(["collections", "tags"])


def add_shelf_parsers(commands: "Commands") -> None:
    """Add the commands `collections` and `tags` to those of a parser."""
    collections = commands.add_parser("collections", help="list, make or change collections of documents")
    what = collections.add_subparsers(dest="shelf_command", required=True)
    listing = what.add_parser("list", help="list the collections, each with its number of documents")
    making, deleting = what.add_parser("make"), what.add_parser("delete", help="the documents stay in the library")
    renaming = what.add_parser("rename")
    putting = what.add_parser("put", help="put documents into a collection")
    taking = what.add_parser("take-out", help="take documents out of a collection; they stay in the library")
    for command in (making, deleting, renaming, putting, taking):
        command.add_argument("name", metavar="NAME")
    renaming.add_argument("new_name", metavar="NEW_NAME")
    tags = commands.add_parser("tags", help="list tags, put them on documents or take them off")
    what_tags = tags.add_subparsers(dest="shelf_command", required=True)
    listing_tags = what_tags.add_parser("list", help="list the tags, each with its number of documents")
    tagging, untagging = what_tags.add_parser("put"), what_tags.add_parser("take-off")
    for command in (tagging, untagging):
        command.add_argument("name", metavar="TAG")
    for command in (putting, taking, tagging, untagging):
        command.add_argument("ids", nargs="+", metavar="ID")
    for command in (listing, making, deleting, renaming, putting, taking, listing_tags, tagging, untagging):
        command.add_argument("--json", action="store_true", help="print one JSON object a line")


def run_shelf_command(options: argparse.Namespace, library: Library) -> int:
    """Run `collections` or `tags` as the parser understood it, and return the exit code. Raises PinpointError."""
    shelf, name = library.shelf, getattr(options, "name", "")
    ids = _document_ids(getattr(options, "ids", ()), library)
    match options.command, options.shelf_command:
        case _, "list":
            _list(options, library)
        case "tags", "put":
            shelf.tag(ids, name)
        case "tags", _:
            shelf.untag(ids, name)
        case _, "make":
            shelf.make(name)
        case _, "delete":
            shelf.delete(found(library, name).id)
        case _, "rename":
            shelf.rename(found(library, name).id, options.new_name)
        case _, "put":
            shelf.put(found(library, name).id, ids)
        case _:
            shelf.take_out(found(library, name).id, ids)
    if options.shelf_command != "list":
        print(json.dumps({"name": name, "status": "done", "documents": len(ids)}) if options.json else "Done.")
    return 0


def found(library: Library, name: str) -> Named:
    """The collection of this name. Raises BadCollection."""
    collection = library.shelf.now().named(name)
    if collection is None:
        raise BadCollection(f"There is no collection “{name}”. See: python -m ingest collections list")
    return collection


def _list(options: argparse.Namespace, library: Library) -> None:
    shelved, there = library.shelf.now(), {document.id for document in library.documents()}
    if options.command == "tags":
        rows = [(tag, ids) for tag, ids in shelved.tags.items()]
    else:
        rows = [(each.name, shelved.members.get(each.id, frozenset())) for each in shelved.collections]
    for name, ids in rows:
        number = len(ids & there)
        print(
            json.dumps({"name": name, "documents": number}, ensure_ascii=False)
            if options.json
            else f"{number:>6}  {name}"
        )
    if not rows and not options.json:
        print("No tags yet." if options.command == "tags" else "No collections yet. Make one: … collections make NAME")


def _document_ids(given: Sequence[str], library: Library) -> list[str]:
    """The whole ids. Raises BadCollection, before anything is changed, where one names no document."""
    known = [document.id for document in library.documents()]
    ids = {each: whole_id(each, known) for each in given}
    for each, document_id in ids.items():
        if document_id is None:
            raise BadCollection(
                f"There is no document {each}. `python -m ingest list` lists them; nothing was changed."
            )
    return [each for each in ids.values() if each]
