"""`python -m ingest follow|unfollow|following`: which folders are followed. The app may go on running."""

import argparse
import json
from collections import Counter
from typing import TYPE_CHECKING

from ingest.following.folders import FollowedFolder, FollowedFolders
from ingest.following.known_files import KnownFiles
from ingest.people.record import Record
from ingest.settings import Settings
from ingest.store.database import Database

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

FOLLOWING = frozenset(["follow", "unfollow", "following"])
_WHO = "the command line"


def add_follow_parsers(commands: "Commands") -> None:
    """Add the commands on followed folders to those of a parser."""
    following = commands.add_parser("follow", help="follow a folder: what is new in it comes in while the app runs")
    following.add_argument("folder", metavar="FOLDER")
    following.add_argument("--collections", action="store_true", help="make each folder in it a collection")
    stopping = commands.add_parser("unfollow", help="follow a folder no more; its documents stay")
    stopping.add_argument("folder", metavar="FOLDER")
    listing = commands.add_parser("following", help="list the followed folders")
    for command in (following, stopping, listing):
        command.add_argument("--json", action="store_true", help="print one JSON object a line")


def run_follow_command(options: argparse.Namespace, settings: Settings) -> int:
    """Run one of the commands as the parser understood it, and return the exit code. Raises PinpointError."""
    with Database(settings.library) as database:
        folders, record = FollowedFolders(database, settings), Record(database, settings.record_days)
        match options.command:
            case "follow":
                with record.doing(_WHO, "followed the folder", options.folder):
                    folders.follow(options.folder, as_collections=options.collections)
                done = "followed. What is in it comes in while the app runs"
            case "unfollow":
                with record.doing(_WHO, "stopped following the folder", options.folder):
                    folders.stop(options.folder)
                done = "followed no more. Its documents stay"
            case _:
                return _list(options, folders.all(), KnownFiles(database))
        print(
            json.dumps({"folder": options.folder, "status": "done"}) if options.json else f"{options.folder}: {done}."
        )
    return 0


def _list(options: argparse.Namespace, folders: list[FollowedFolder], known: KnownFiles) -> int:
    for folder in folders:
        states = Counter(each.state for each in known.of(folder.id).values())
        if options.json:
            print(json.dumps({"folder": str(folder.path), "by_setting": folder.by_setting, "files": dict(states)}))
        else:
            print(f"{states['in']:>6}  {folder.path}")
    if not folders and not options.json:
        print("No folder is followed. Name one with: python -m ingest follow FOLDER")
    return 0
