"""The commands that look after a library: `check`, `repair`, `rebuild`, as `python -m ingest` runs them.

Each prints a line a document or finding and returns the exit code: 0 where all is well, 1 where something is not.
"""

import argparse
import json
from collections.abc import Callable
from dataclasses import asdict

from ingest.pipeline.outcome import Outcome
from ingest.pipeline.rebuild import rebuild
from ingest.pipeline.repair import repair
from ingest.reading.box.layers import box_layers
from ingest.reading.not_read import not_read_sentence
from ingest.reading.places import passages_label
from ingest.settings import Settings
from ingest.store.check import Finding, check
from ingest.store.salvage import Salvaged, salvage


def add_mending_parsers(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
) -> list[argparse.ArgumentParser]:
    """Add the parsers of these commands."""
    return [
        commands.add_parser("check", help="tell whether the store, the files and the database agree"),
        commands.add_parser("repair", help="mend what can be mended, and say what was done"),
        commands.add_parser("rebuild", help="make the store anew from the kept files"),
    ]


def run_check(settings: Settings, as_json: bool) -> int:
    """Say whether store, files and database agree, and what this system lacks of the box that files are read in."""
    found = check(settings)
    for finding in found:
        _print_finding(finding, as_json)
    if not as_json:
        if not found:
            print("The store, the files and the database agree.")
        for layer in box_layers():
            if not layer.active:
                print(f"Files are read with less protection: this system has no {layer.name}, by which {layer.what}.")
    return 1 if found else 0


def run_repair(settings: Settings, as_json: bool) -> int:
    """Mend what can be mended, and say what it did and what is left."""
    salvaged = salvage(settings.library)
    if salvaged:
        _print_salvaged(salvaged, as_json)
    outcomes, left = repair(settings, lambda outcome: _print_outcome(outcome, as_json))
    for finding in left:
        _print_finding(finding, as_json)
    if not (outcomes or left or salvaged) and not as_json:
        print("Nothing was to be mended.")
    return 1 if left or any(outcome.status == "failed" for outcome in outcomes) else 0


def run_rebuild(settings: Settings, as_json: bool) -> int:
    """Make the store anew; at a Chroma server, put there what it lacks."""
    if settings.chroma_url:
        return run_repair(settings, as_json)
    outcomes = rebuild(settings, lambda outcome: _print_outcome(outcome, as_json))
    failed = sum(outcome.status == "failed" for outcome in outcomes)
    if not as_json:
        made = len(outcomes) - failed
        print(f"The store was made anew with {made:,} of {len(outcomes):,} documents.")
        if failed:
            print(f"The old store is kept in {settings.library}, under a name that begins with chroma-damaged.")
    return 1 if failed else 0


def _print_outcome(outcome: Outcome, as_json: bool) -> None:
    if as_json:
        row = asdict(outcome) | {"seconds": round(outcome.seconds, 3)}
        print(json.dumps(row, ensure_ascii=False), flush=True)
    elif outcome.status == "failed":
        print(f"{outcome.name}: not made. {outcome.reason}", flush=True)
    elif outcome.status == "added":
        lacks = not_read_sentence(outcome.not_read)
        line = f"{outcome.name}: made, {passages_label(outcome.passages or 0)}, {outcome.seconds:.1f} s. {lacks}"
        print(line.rstrip(), flush=True)


def _print_finding(finding: Finding, as_json: bool) -> None:
    if as_json:
        document = finding.document
        row = {
            "problem": finding.problem,
            "document_id": document.id if document else None,
            "name": document.name if document else None,
            "sentence": finding.sentence,
        }
        print(json.dumps(row, ensure_ascii=False))
    else:
        print(finding.sentence)


def _print_salvaged(salvaged: Salvaged, as_json: bool) -> None:
    kept_as = str(salvaged.kept_as) if salvaged.kept_as else None
    if as_json:
        print(json.dumps({"saved": salvaged.rows, "kept_as": kept_as}, ensure_ascii=False))
        return
    rows = ", ".join(f"{count:,} {table.replace('_', ' ')}" for table, count in salvaged.rows.items() if count)
    print(f"The database was made anew. Saved: {rows or 'nothing'}.")
    if kept_as:
        print(f"The damaged file is kept as {kept_as}.")


MENDING: dict[str, Callable[[Settings, bool], int]] = {
    "check": run_check,
    "repair": run_repair,
    "rebuild": run_rebuild,
}
