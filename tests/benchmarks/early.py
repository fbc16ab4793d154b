"""How often the five that are shown are others than if the cross-encoder had read all candidates, and what is saved.

    python -m tests.benchmarks.early [--every 2] [--xquad FOLDER] [--xquad-every 12] [--article FILE]

The questions of the example, of the folders in `tests/benchmarks/sets`, of XQuAD and of the article on Microsoft (see
`tests.benchmarks.calibrate`) are asked twice, in turns. "Lost" are questions whose right passage is among the five only
where all are read, "won" those where it is the other way round.
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median

import numpy as np

from ingest import Library, load_settings
from ingest.settings import BUNDLED
from qa import Answer, Asker
from qa.evaluation import data_sets
from tests.benchmarks.calibrate import ARTICLE, EXAMPLE, SETS
from tests.benchmarks.report import machine, print_table, timed

HEAD = ("set", "questions", "read", "same five", "same first", "same outcome", "won", "lost", "ms, all", "ms", "ratio")


@dataclass
class Compared:
    """What two ways of reading gave, an entry a question."""

    read: list[int] = field(default_factory=list)
    same_five: list[bool] = field(default_factory=list)
    same_first: list[bool] = field(default_factory=list)
    same_outcome: list[bool] = field(default_factory=list)
    shown: list[tuple[bool, bool]] = field(default_factory=list)
    spent: tuple[list[float], list[float]] = field(default_factory=lambda: ([], []))

    def row(self, name: str) -> tuple[str, ...]:
        """As a row of the table."""
        whole, early = (median(took) for took in self.spent)
        shares = (f"{np.mean(each):.1%}" for each in (self.same_five, self.same_first, self.same_outcome))
        won = sum(early and not whole for whole, early in self.shown)
        lost = sum(whole and not early for whole, early in self.shown)
        figures = (f"{whole:,.0f}", f"{early:,.0f}", f"{whole / early:.2f}")
        return name, str(len(self.read)), f"{np.mean(self.read):.0f} %", *shares, str(won), str(lost), *figures


def main() -> None:
    """Ask, compare, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.early")
    parser.add_argument("--every", type=int, default=2, help="ask every so many questions")
    parser.add_argument("--xquad", type=Path, metavar="FOLDER", help="XQuAD in the BEIR layout")
    parser.add_argument("--xquad-every", type=int, default=12, help="ask every so many questions of XQuAD")
    parser.add_argument("--article", type=Path, metavar="FILE", help="test_wikipedia.html of microsoft/markitdown")
    options = parser.parse_args()
    folders = [(folder, options.every) for folder in (EXAMPLE, *sorted(SETS.iterdir()))]
    folders += [(options.xquad, options.xquad_every)] if options.xquad else []
    rows = [compared(folder, every).row(folder.name) for folder, every in folders]
    if options.article:
        with _of_article(options.article) as folder:
            rows.append(compared(folder, options.every).row("microsoft"))
    print_table(HEAD, rows)
    print(machine())


def compared(folder: Path, every: int) -> Compared:
    """Ask the questions of a folder that `qa evaluate` takes, both ways."""
    found = Compared()
    with tempfile.TemporaryDirectory(prefix="pinpoint-benchmark-") as home:
        own = {"library": Path(home), "chroma_url": None, "bi_encoder": BUNDLED, "cross_encoder": BUNDLED}
        settings = load_settings().model_copy(update=own)
        with Library(settings) as library:
            judged = data_sets.load(folder, library, settings)
            askers = [Asker(library, settings, reads_all=True), Asker(library, settings)]
            for asker in askers:
                asker.ask("warm-up")
            for item in judged.questions[::every]:
                both = [
                    timed(partial(asker.ask, item.question), took)
                    for asker, took in zip(askers, found.spent, strict=True)
                ]
                _note(found, both, [_shows(answer, item, judged) for answer in both])
                print(".", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return found


def _note(found: Compared, both: list[Answer], shown: list[bool]) -> None:
    whole, early = ([hit.candidate.passage.id for hit in answer.hits] for answer in both)
    found.read.append(100 * len(both[1].scores) // max(1, both[1].candidates))
    found.same_five.append(set(whole) == set(early))
    found.same_first.append(whole[:1] == early[:1])
    found.same_outcome.append(both[0].outcome == both[1].outcome)
    found.shown.append((shown[0], shown[1]))


def _shows(answer: Answer, item: data_sets.JudgedQuestion, judged: data_sets.JudgedQuestions) -> bool:
    passages = [each.passage for hit in answer.hits for each in (hit.candidate, *hit.also)]
    return any(judged.unit(passage) in item.relevant for passage in passages)


@contextmanager
def _of_article(article: Path) -> Iterator[Path]:
    """The article and its questions as a folder that `qa evaluate` takes."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "documents").mkdir()
        shutil.copy(article, Path(folder) / "documents")
        shutil.copy(ARTICLE, Path(folder) / "questions.jsonl")
        yield Path(folder)


if __name__ == "__main__":
    main()
