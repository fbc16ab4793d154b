"""The command line of the questions: `python -m qa ask QUESTION`, `evaluate FOLDER` and `judgements FOLDER`.

Exit code 0: success; 1: something failed; 2: wrong usage. `--json` prints one JSON object per line and nothing else.
"""

import argparse
import json
import sys
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import asdict, astuple, replace
from datetime import date
from pathlib import Path

from ingest.command_line import run_command
from ingest.errors import BadQuestion, PinpointError
from ingest.reading.places import place_of
from ingest.settings import load_settings
from ingest.store.filter import Filter
from ingest.store.library import Library
from qa.answer import Answer, Hit
from qa.asker import Asker
from qa.confidence.also_in import also_in_lines
from qa.confidence.verdict_words import OUTCOME_WORDS, REQUEST_WORDS, VERDICT_WORDS, missing_words
from qa.evaluation.compare import Compared, Run, check_place, check_systems, compare, load, save
from qa.evaluation.evaluate import evaluate
from qa.evaluation.judgements import Judgements
from qa.evaluation.metrics import Measured, System
from qa.options import DEFAULTS, MODES, Options

COLUMNS = ("system", "queries", "ndcg@10", "mrr@10", "hit@1", "hit@5", "recall@100", "ms_p50", "ms_p95")
MEASURED = "{:<15} {:>7} {:>8} {:>7} {:>6} {:>6} {:>11} {:>7} {:>7}"
KIND_COLUMNS = (
    *("system", "kind", "questions", "hit@1", "mrr@10", "hit@5", "shown", "denied"),
    *("said_to_answer", "answering_hits", "answering_right"),
)
OF_KIND = "{:<15} {:<13} {:>9} {:>6} {:>6} {:>6} {:>6} {:>6} {:>14} {:>14} {:>15}"
COMPARED_COLUMNS = ("system", "metric", "questions", "left_out", "before", "now", "difference", "p", "sentence")
COMPARED = "{:<15} {:<10} {:>9} {:>8} {:>6} {:>6} {:>10} {:>6}  {}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = parser().parse_args(arguments)
    try:
        if options.command == "ask":
            return _ask(options)
        return _evaluate(options) if options.command == "evaluate" else _judgements(options)
    except BadQuestion as error:
        print(error, file=sys.stderr)
        return 2
    except PinpointError as error:
        print(error, file=sys.stderr)
        return 1


def parser() -> argparse.ArgumentParser:
    """The parser of the command line."""
    top = argparse.ArgumentParser(prog="python -m qa", description="Ask the library, or measure how it answers.")
    commands = top.add_subparsers(dest="command", required=True)
    asking = commands.add_parser("ask", help="show the passages that answer a question")
    asking.add_argument("question", metavar="QUESTION")
    asking.add_argument(
        "--candidates", type=_positive_count, default=DEFAULTS.candidates, help="how many passages are re-ranked"
    )
    asking.add_argument("--top", type=_positive_count, default=DEFAULTS.top, help="how many passages are shown")
    asking.add_argument("--document", action="append", metavar="ID", help="ask only this document; may be repeated")
    asking.add_argument("--collection", action="append", metavar="NAME", help="ask only this one; may be repeated")
    asking.add_argument("--type", action="append", metavar="TYPE", help="ask only this type, such as PDF; as above")
    asking.add_argument("--tag", action="append", metavar="TAG", help="ask only what has this tag; as above")
    asking.add_argument("--since", type=_day, metavar="YYYY-MM-DD", help="ask only what is of this day or later")
    asking.add_argument("--until", type=_day, metavar="YYYY-MM-DD", help="ask only what is of this day or earlier")
    asking.add_argument("--mode", choices=MODES, default=DEFAULTS.mode, help="how candidates are found")
    measuring = commands.add_parser("evaluate", help="measure every mode on judged questions")
    measuring.add_argument("folder", type=Path, metavar="FOLDER")
    measuring.add_argument("--limit", type=_positive_count, help="ask only the first questions")
    measuring.add_argument("--mode", choices=MODES, action="append", help="measure only this mode; may be repeated")
    measuring.add_argument("--save", type=Path, metavar="FILE", help="keep how every question went, to compare with")
    measuring.add_argument("--compare", type=Path, metavar="FILE", help="compare with a run that --save has kept")
    exporting = commands.add_parser("judgements", help="write what was judged in the chat to a folder to evaluate")
    exporting.add_argument("folder", type=Path, metavar="FOLDER")
    for command in (asking, measuring, exporting):
        command.add_argument("--json", action="store_true", help="print one JSON object a line")
    return top


def _positive_count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number above 0")
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2026-03-09") from None


def _ask(options: argparse.Namespace) -> int:
    collections, types, tags = (tuple(getattr(options, name) or ()) for name in ("collection", "type", "tag"))
    asked_of = Filter(collections, types, tags, options.since, options.until)
    settings = load_settings()
    with Library(settings) as library:
        documents = options.document
        if asked_of:
            documents = asked_of.ids(library.documents(), library.shelf.now(), documents)
        how = Options(mode=options.mode, candidates=options.candidates, top=options.top, documents=documents)
        answer = Asker(library, settings).ask(options.question, how)
    if options.json:
        print(json.dumps(_answer_row(answer) | {"asked_of": list(asked_of.words())}, ensure_ascii=False))
    else:
        print(
            *([f"Searched only in: {', '.join(asked_of.words())}"] if asked_of else []), _answer_text(answer), sep="\n"
        )
    return 0


def _answer_row(answer: Answer) -> dict[str, object]:
    spent = answer.milliseconds
    return {
        "question": answer.question,
        "candidates": answer.candidates,
        "answered": answer.answered,
        "outcome": answer.outcome,
        "changes": dict(answer.changes),
        "phrases": list(answer.phrases),
        "missing": list(answer.missing),
        "hits": [_hit_row(hit) for hit in answer.hits],
        "milliseconds": {
            "retrieve": round(spent.retrieve, 1),
            "rerank": round(spent.rerank, 1),
            "sentences": round(spent.sentences, 1),
        },
    }


def _hit_row(hit: Hit) -> dict[str, object]:
    passage, document = hit.candidate.passage, hit.candidate.document
    return {
        "rank": hit.rank,
        "score": hit.score,
        "confidence": hit.score,
        "cross_encoder": hit.cross_encoder,
        "verdict": hit.verdict,
        "document_id": document.id,
        "document": document.name,
        "page": passage.page,
        "heading": passage.heading,
        "text": passage.text,
        "retrieved_rank": hit.candidate.retrieved_rank,
        "sentence": hit.best.words(passage.text) if hit.best else None,
        "more_sentences": [more.words(passage.text) for more in hit.more],
        "also_in": [{"document_id": also.document.id, "document": also.document.name} for also in hit.also],
        "cells": passage.cells,
        "source": document.source,
    }


def _outcome_text(answer: Answer) -> str:
    words = REQUEST_WORDS if answer.is_request else OUTCOME_WORDS[answer.outcome]
    if not answer.is_request:
        words = f"{missing_words(answer.missing)} {words}".strip()
        if answer.outcome == "nothing close":
            return f"{words} The closest passages:"
    return words.replace("closest.", "closest:")


def _answer_text(answer: Answer) -> str:
    outcome = _outcome_text(answer)
    parts = [f"Showing results for “{better}” instead of “{typed}”." for typed, better in answer.changes]
    parts += [outcome] if outcome else []
    for hit in answer.hits:
        passage, document = hit.candidate.passage, hit.candidate.document
        where = " · ".join([document.name, *place_of(document, passage)])
        text = textwrap.fill(passage.text, 96, initial_indent="   ", subsequent_indent="   ")
        words = VERDICT_WORDS[hit.verdict].lower() if hit.verdict else ""
        also = "".join(f"\n   {line}" for line in also_in_lines(hit))
        parts.append(f"{hit.rank}. {hit.score:.2f}  {words}  {where}\n{text}{also}")
    return "\n\n".join(parts)


def _evaluate(options: argparse.Namespace) -> int:
    def progress(what: str) -> None:
        if sys.stderr.isatty():
            print(f"\r\x1b[K{what}", end="", file=sys.stderr, flush=True)

    settings, modes = load_settings(), options.mode or MODES
    before = _kept_run(options, modes)
    if not options.json:
        print(MEASURED.format(*COLUMNS), flush=True)
    systems: list[System] = []
    for system in evaluate(options.folder, settings, limit=options.limit, modes=modes, progress=progress):
        progress("")
        systems.append(system)
        _print_system(system, options)
    run = Run(str(options.folder), tuple(asked for system in systems for asked in system.asked))
    if options.save:
        save(run, options.save)
    if not options.json:
        _print_table(OF_KIND, KIND_COLUMNS, [astuple(row) for system in systems for row in system.kinds])
    if before:
        _print_compared(list(compare(before, run)), options)
    return 0


def _kept_run(options: argparse.Namespace, modes: Sequence[str]) -> Run | None:
    """The run to compare with. Options that cannot be kept or compared are refused before any question is asked."""
    if options.save:
        check_place(options.save)
    if not options.compare:
        return None
    kept = load(options.compare)
    check_systems(kept, [f"{mode}{added}" for mode in modes for added in ("", "+rerank")])
    return kept


def _print_system(system: System, options: argparse.Namespace) -> None:
    """Print the row of the system. The rows of the kinds come after the whole table; in JSON, after each system."""
    if options.json:
        print(json.dumps(dict(zip(COLUMNS, astuple(system.measured), strict=True))), flush=True)
        for row in system.kinds:
            print(json.dumps(dict(zip(KIND_COLUMNS, astuple(row), strict=True))), flush=True)
    else:
        print(MEASURED.format(*_table_cells(astuple(_in_whole_milliseconds(system.measured)))), flush=True)


def _print_compared(rows: Sequence[Compared], options: argparse.Namespace) -> None:
    cells = [
        (
            *(row.system, row.metric, row.questions, row.left_out),
            *(row.before, row.now, row.difference, row.p, row.sentence),
        )
        for row in rows
    ]
    if options.json:
        for row in cells:
            print(json.dumps(dict(zip(COMPARED_COLUMNS, row, strict=True)), ensure_ascii=False))
    elif cells:
        _print_table(COMPARED, COMPARED_COLUMNS, cells)
    else:
        print("\nNo question was asked in both runs.")


def _print_table(form: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    print()
    for row in (columns, *rows):
        print(form.format(*_table_cells(row)).rstrip())


def _table_cells(values: Sequence[object]) -> list[str]:
    return ["–" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value) for value in values]


def _in_whole_milliseconds(row: Measured) -> Measured:
    return replace(row, ms_p50=round(row.ms_p50), ms_p95=round(row.ms_p95))


def _judgements(options: argparse.Namespace) -> int:
    settings = load_settings()
    with Library(settings) as library:
        written = Judgements(library.database).export(options.folder, library)
    if options.json:
        print(json.dumps({"folder": str(options.folder), **asdict(written)}))
    else:
        print(
            f"Written to {options.folder}. Passages: {written.passages:,}. Questions: {written.questions:,}. "
            f"Judgements: {written.judgements:,}."
        )
    return 0


if __name__ == "__main__":
    run_command(main)
