"""What puts the right passage first: the final order beside simpler ones, a table in Markdown.

    python -m tests.benchmarks.choices [--xquad FOLDER] [--every 6] [--further-every 1] [--into .github/CHOICES.md]

The questions with an answer of `ingest/example`, of the folders in `tests/benchmarks/sets` and, where its folder is
given, of XQuAD; the same candidates for each order. A second table changes one thing at a time of what comes before
the order: how long passages are, which candidates there are and how many, stemming; there, each question is asked in
nine ways, and `--further-every` asks only every so many of them. First / among five / mean reciprocal rank of the first
ten.
"""

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

from qa import Options
from qa.analysis import tokens, word_forms
from qa.reranking.evidence import Evidence
from qa.reranking.order import FIRST_ORDER, value
from qa.retrieval import fusion, matches
from tests.benchmarks.calibrate import EXAMPLE, SETS, Asked, ask_all
from tests.benchmarks.report import machine

SIMPLE: dict[str, Callable[[Evidence], float]] = {
    "cross-encoder alone": lambda each: each.passage,
    "similarity alone": lambda each: each.similarity,
    "share of the words alone": lambda each: each.words,
    "logit + 30 × similarity": lambda each: each.passage + 30 * each.similarity,
    "first order (logit, similarity, words, codes)": lambda each: value(each, FIRST_ORDER),
}
FOLDERS = {folder.name: folder for folder in (EXAMPLE, *sorted(SETS.iterdir()))}
FINAL = "**final order** (with sentences and heading)"
FEW_PASSAGES = "Of these folders only the example has more passages than candidates; in the others all are read."
AS_IS = "**as it is**: 160 tokens, 100 hybrid candidates, k = 60, stemmed"
SETTINGS: dict[str, dict[str, Any]] = {
    "100 tokens a passage": {"passage_tokens": 100},
    "256 tokens a passage": {"passage_tokens": 256},
    "50 candidates": {"options": Options(candidates=50)},
    "200 candidates": {"options": Options(candidates=200)},
    "candidates by BM25 alone": {"options": Options(mode="lexical")},
    "candidates by the bi-encoder alone": {"options": Options(mode="dense")},
}


def main() -> None:
    """Ask, then write the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.choices")
    parser.add_argument("--xquad", type=Path, metavar="FOLDER", help="XQuAD in the BEIR layout")
    parser.add_argument("--every", type=int, default=6, help="ask every so many questions of XQuAD")
    parser.add_argument("--further-every", type=int, default=1, help="ask every so many for the second table")
    parser.add_argument("--into", type=Path, metavar="FILE", help="write the table there")
    options = parser.parse_args()
    asked = [item for name, folder in FOLDERS.items() for item in ask_all(folder, name, again=False)]
    if options.xquad:
        asked += ask_all(options.xquad, "xquad", options.every, again=False)
    first = table([item for item in asked if item.answerable])
    print("\n".join(first), flush=True)
    text = "\n".join([*first, "", *further(options.further_every), "", FEW_PASSAGES]) + f"\n\n{machine()}\n"
    print(text)
    if options.into:
        options.into.parent.mkdir(exist_ok=True)
        options.into.write_text(f"# Choices\n\n{__doc__.partition(chr(10))[0]} `{parser.prog}` writes this.\n\n{text}")


def table(asked: Sequence[Asked]) -> list[str]:
    """The rows of the table in Markdown."""
    lines, names = _head("order by", asked)
    for label, placed in SIMPLE.items():
        lines.append(_row(label, names, asked, [_place(item, placed) for item in asked]))
    return [*lines, _final_row(FINAL, names, asked)]


def _head(label: str, asked: Sequence[Asked]) -> tuple[list[str], list[str]]:
    names = list(dict.fromkeys(item.row for item in asked))
    counts = [sum(item.row == name for item in asked) for name in names]
    head = [label, *(f"{name}, {count}" for name, count in zip(names, counts, strict=True)), "of all, reworded"]
    return [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"], names


def _final_row(label: str, names: Sequence[str], asked: Sequence[Asked]) -> str:
    return _row(label, names, asked, [item.right.index(True) + 1 if any(item.right) else None for item in asked])


def further(every: int) -> list[str]:
    """The rows of the second table: the final order after one change before it, in the folders of this project."""
    asked = _asked(every)
    lines, names = _head("changed", asked)
    lines.append(_final_row(AS_IS, names, asked))
    for label, changed in SETTINGS.items():
        lines.append(_final_row(label, names, _asked(every, changed)))
    with patch.object(fusion, "K", 5):
        lines.append(_final_row("rank fusion with k = 5", names, _asked(every)))
    with _not_stemmed():
        lines.append(_final_row("words as they are written, not stemmed", names, _asked(every)))
    return lines


@contextmanager
def _not_stemmed() -> Iterator[None]:
    """Words keep their endings, also those that were analysed before."""
    kept = [word_forms._form, tokens._parts_and_joined, matches.terms_of_name]
    with ExitStack() as after:
        for each in kept:
            each.cache_clear()
            after.callback(each.cache_clear)
        after.enter_context(patch.object(word_forms, "_stemmers", _AsWritten()))
        yield


class _AsWritten:
    """In place of the stemmers, and of one of them."""

    @property
    def english(self) -> "_AsWritten":
        return self

    def stemWord(self, word: str) -> str:
        return word


def _asked(every: int, changed: Mapping[str, Any] | None = None) -> list[Asked]:
    how = changed or {}
    found = [item for name, folder in FOLDERS.items() for item in ask_all(folder, name, every, again=False, **how)]
    return [item for item in found if item.answerable]


def _place(item: Asked, placed: Callable[[Evidence], float]) -> int | None:
    order = np.argsort([-placed(each) for each in item.first], kind="stable")
    return next((place for place, at in enumerate(order, start=1) if item.first_right[at]), None)


def _row(label: str, names: Sequence[str], asked: Sequence[Asked], places: Sequence[int | None]) -> str:
    cells = [_figures([place for item, place in zip(asked, places, strict=True) if item.row == name]) for name in names]
    reworded = [place for item, place in zip(asked, places, strict=True) if item.question.kind == "reworded"]
    return f"| {label} | {' | '.join([*cells, _figures(reworded)])} |"


def _figures(places: Sequence[int | None]) -> str:
    first = np.mean([place == 1 for place in places])
    five = np.mean([place is not None and place <= 5 for place in places])
    reciprocal = np.mean([1 / place if place and place <= 10 else 0 for place in places])
    return f"{first:.3f} / {five:.3f} / {reciprocal:.3f}"


if __name__ == "__main__":
    main()
