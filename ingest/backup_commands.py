"""`python -m ingest backup FILE` and `restore FILE`: a library as one file, and back."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.backup.manifest import Manifest
from ingest.backup.requests import make_backup
from ingest.backup.restore import restore_backup
from ingest.settings import Settings

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_backup_parsers(commands: "Commands") -> None:
    """Add the commands `backup` and `restore` to those of a parser."""
    backup = commands.add_parser("backup", help="write everything to one file, also while Pinpoint is running")
    restore = commands.add_parser("restore", help="put everything back from such a file, into an empty library")
    restore.add_argument("--replace", action="store_true", help="delete what is in the library now")
    for command in (backup, restore):
        command.add_argument("file", type=Path, metavar="FILE")
        command.add_argument("--json", action="store_true", help="print one JSON object a line")


def run_backup_command(options: argparse.Namespace, settings: Settings) -> int:
    """Run `backup` or `restore` as the parser understood it; the exit code. Raises PinpointError."""
    if options.command == "backup":
        manifest, done = make_backup(options.file, settings), "backed up"
    else:
        manifest, done = restore_backup(options.file, settings, replace=options.replace), "restored"
    print(json.dumps(_row(manifest, done, options.file)) if options.json else _line(manifest, done))
    return 0


def _row(manifest: Manifest, done: str, path: Path) -> dict[str, str | int]:
    return {
        "file": str(path),
        "status": done,
        "documents": manifest.documents,
        "in_trash": manifest.in_trash,
        "passages": manifest.passages,
        "bytes": path.stat().st_size,
    }


def _line(manifest: Manifest, done: str) -> str:
    documents = "1 document" if manifest.documents == 1 else f"{manifest.documents:,} documents"
    trash = f" ({manifest.in_trash:,} in the trash)" if manifest.in_trash else ""
    return f"{documents}{trash} with {manifest.passages:,} passages, conversations and ratings were {done}."
