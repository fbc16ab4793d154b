"""The command line of the documents: `python -m ingest add PATH…`, `list`, `remove ID…`, `trash`, `update`,
`collections`, `tags`, `follow FOLDER`, `unfollow FOLDER`, `following`, `backup FILE`, `restore FILE`, `check`,
`repair`, `rebuild`, `people`.

Exit code 0: success; 1: something failed; 2: wrong usage. `--json` prints one JSON object per line and nothing else.
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from ingest.backup_commands import add_backup_parsers, run_backup_command
from ingest.command_line import run_command
from ingest.document import Document
from ingest.errors import CannotRead, PinpointError
from ingest.follow_commands import FOLLOWING, add_follow_parsers, run_follow_command
from ingest.following.left_alone import is_left_alone
from ingest.mending_commands import MENDING, add_mending_parsers
from ingest.people_commands import add_people_parser, run_people_command
from ingest.pipeline.add import add
from ingest.pipeline.outcome import Outcome, files_sentence, refused_inside
from ingest.pipeline.re_embed import update
from ingest.reading.not_read import names_of, not_read_sentence
from ingest.reading.places import pages_label, passages_label
from ingest.settings import Settings, load_settings
from ingest.shelf_commands import SHELF, add_shelf_parsers, found, run_shelf_command
from ingest.store.library import Library
from ingest.trash_commands import SHORT_ID, add_trash_parser, run_trash_command, whole_id
from ingest.web.fetch import is_address, web_page


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = parser().parse_args(arguments)
    try:
        settings = load_settings()
        if options.command in {"backup", "restore"}:
            return run_backup_command(options, settings)
        if options.command == "people":
            return run_people_command(options, settings)
        if options.command in FOLLOWING:
            return run_follow_command(options, settings)
        if options.command in MENDING:
            return MENDING[options.command](settings, options.json)
        with Library(settings) as library:
            library.database.reserve.keep()
            return _run(options, library, settings)
    except PinpointError as error:
        print(error, file=sys.stderr)
        return 1


def _run(options: argparse.Namespace, library: Library, settings: Settings) -> int:
    if options.command in SHELF:
        return run_shelf_command(options, library)
    match options.command:
        case "add":
            return _add_files(options, library, settings)
        case "list":
            return _list_documents(library, options.json)
        case "update":
            return _update_library(library, settings, options.json)
        case "trash":
            return run_trash_command(options, library)
        case _:
            return _remove_documents(options.ids, library, options.json)


def parser() -> argparse.ArgumentParser:
    """The parser of the command line."""
    top = argparse.ArgumentParser(prog="python -m ingest", description="Add, list and remove documents.")
    commands = top.add_subparsers(dest="command", required=True)
    adding = commands.add_parser("add", help="add files, or web pages by their address where a setting allows it")
    adding.add_argument("paths", nargs="+", metavar="PATH")
    adding.add_argument("--collection", metavar="NAME", help="put what is added into this collection")
    listing = commands.add_parser("list", help="list the documents of the library")
    removing = commands.add_parser("remove", help="remove documents from the library, into the trash")
    removing.add_argument("ids", nargs="+", metavar="ID")
    updating = commands.add_parser("update", help="embed the library again with the bi-encoder that is set now")
    add_shelf_parsers(commands)
    add_follow_parsers(commands)
    add_trash_parser(commands)
    add_backup_parsers(commands)
    add_people_parser(commands)
    for command in (adding, listing, removing, updating, *add_mending_parsers(commands)):
        command.add_argument("--json", action="store_true", help="print one JSON object a line")
    return top


def _add_files(options: argparse.Namespace, library: Library, settings: Settings) -> int:
    failed, as_json = False, options.json
    collection = found(library, options.collection) if options.collection else None
    paths = [each for path in options.paths for each in _in_folder(path)]
    for number, path in enumerate(paths, start=1):
        if len(paths) > len(options.paths) and not as_json:
            print(f"{number:,} of {len(paths):,}: {Path(path).name}", file=sys.stderr, flush=True)
        outcome = _add_page(path, library, settings) if is_address(path) else add(Path(path), library, settings)
        failed = failed or outcome.status == "failed"
        if collection:
            added = [each.document_id for each in (outcome, *outcome.files) if each.document_id]
            library.shelf.put(collection.id, added)
        row = asdict(outcome) | {"seconds": round(outcome.seconds, 3)}
        print(json.dumps(row, ensure_ascii=False) if as_json else _outcome_line(outcome, library), flush=True)
        for inside in [] if as_json else refused_inside(outcome):
            print(f"  {inside.name}: not added. {inside.reason}", flush=True)
    return 1 if failed else 0


def _in_folder(path: str) -> list[str]:
    """The files in a folder and the folders in it, but for hidden and temporary ones; anything else as it is."""
    folder = Path(path)
    if is_address(path) or not folder.is_dir():
        return [path]
    found = []
    for inside, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not is_left_alone(name))
        found += [str(Path(inside) / name) for name in sorted(files) if not is_left_alone(name)]
    return found or [path]


def _add_page(address: str, library: Library, settings: Settings) -> Outcome:
    """Fetch a web page and add it as a file."""
    try:
        with web_page(address, settings) as page:
            written = library.files.write(page.pieces)
    except CannotRead as error:
        return Outcome(address, "failed", None, None, None, str(error), 0.0)
    try:
        return add(written.path, library, settings, name=page.name, source=page.address)
    finally:
        library.files.drop(written)


def _outcome_line(outcome: Outcome, library: Library) -> str:
    if outcome.status == "failed":
        return f"{outcome.name}: not added. {outcome.reason}"
    files, lacks = files_sentence(outcome), not_read_sentence(outcome.all_not_read)
    if outcome.document_id is None:
        named = ", ".join(names_of(outcome.all_not_read))
        return " ".join(filter(None, [f"{outcome.name}:", files, f"{lacks[:-1]}: {named}." if named else ""]))
    if outcome.status == "unchanged":
        return f"{outcome.name}: already there. {files}".rstrip()
    document = library.document(outcome.document_id or "")
    pages = f"{pages_label(document)}, " if document and document.pages else ""
    added = f"{outcome.name}: added, {pages}{passages_label(outcome.passages or 0)}, {outcome.seconds:.1f} s."
    return " ".join(filter(None, [added, files, lacks, outcome.note]))


def _list_documents(library: Library, as_json: bool) -> int:
    documents, shelved = library.documents(), library.shelf.now()
    for document in documents:
        within, tags = shelved.of(document.id)
        row = _document_row(document) | {"collections": within, "tags": tags}
        print(json.dumps(row, ensure_ascii=False) if as_json else _document_line(document))
    if not documents and not as_json:
        print("No documents yet. Add some with: python -m ingest add PATH…")
    return 0


def _document_row(document: Document) -> dict[str, object]:
    return {
        "document_id": document.id,
        "name": document.name,
        "type": document.type,
        "pages": document.pages,
        "passages": document.passages,
        "bytes": document.bytes,
        "added_at": document.added_at.isoformat(),
        "dated": document.dated.isoformat() if document.dated else None,
        "language": document.language,
        "source": document.source,
        "not_read": [asdict(each) for each in document.not_read],
    }


def _document_line(document: Document) -> str:
    return f"{document.id[:SHORT_ID]}  {document.name}  ({document.type}, {passages_label(document.passages)})"


def _remove_documents(ids: Sequence[str], library: Library, as_json: bool) -> int:
    failed = False
    for given in ids:
        document_id = whole_id(given, [document.id for document in library.documents()])
        removed = document_id is not None and library.remove(document_id)
        failed = failed or not removed
        if as_json:
            print(json.dumps({"document_id": document_id or given, "status": "removed" if removed else "unknown"}))
        else:
            print(f"{given}: {_removed_words(library)}" if removed else f"{given}: there is no such document.")
    return 1 if failed else 0


def _removed_words(library: Library) -> str:
    days = library.trash.stays.days
    if not days:
        return "removed."
    return f"removed. It can be restored for {days} {'day' if days == 1 else 'days'}: python -m ingest trash restore ID"


def _update_library(library: Library, settings: Settings, as_json: bool) -> int:
    before = library.bi_encoder()
    update(library, settings)
    now = library.bi_encoder()
    if as_json:
        print(json.dumps({"bi_encoder": now, "status": "unchanged" if before == now else "updated"}))
    else:
        print("The library is up to date." if before == now else f"The library was embedded again with {now}.")
    return 0


if __name__ == "__main__":
    run_command(main)
