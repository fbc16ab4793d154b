"""How often an answer is denied and how often one is promised that is not there; and the weights and limits of that.

    python -m tests.benchmarks.calibrate [--fit] [--xquad FOLDER] [--article FILE] [--every 3]

Questions with an answer and questions without are asked of a library of their own:

- example: those of `ingest/example`, with and without an answer; the 28 reworded ones, which share no word with their
  answer, in a row of their own.
- xquad: every third question of the English part of XQuAD in the BEIR layout, where its folder is given.
- microsoft: `questions-microsoft.jsonl`, written for this benchmark, 50 with an answer and 50 near misses, asked of
  the English Wikipedia's article on Microsoft: test_wikipedia.html of microsoft/markitdown, where it is given.

Each question that has an answer is also asked without the passages that hold it (of XQuAD: the paragraph), and then
has none; retrieval gives as many others. A question counts as answered where a hit reaches the lowest limit.

Denied are the questions with an answer that count as unanswered, promised those without that count as answered. Ours
stands beside the score of the best passage alone, with the limit that is best for that very row. Every question is
judged by weights that were fitted to others: ten parts, with all questions of one document or article in one part.
The limit makes the greater of denied / 5 % and promised / 10 % least, as a mean over the rows but the reworded one.
The reworded questions are left out of the fit too: the cross-encoder scores their answers as it scores anything, and
with them a passage that lacks every word of the question would look the better for it.
"""

import argparse
import itertools
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

import ingest
from ingest import Library, load_settings
from ingest.settings import BUNDLED, Settings
from qa import confidence, judged
from qa.asker import CANDIDATES, TOP
from qa.candidate import Candidate
from qa.confidence import Terms, terms
from qa.cross_encoder import load_cross_encoder
from qa.evidence import Evidence, gather
from qa.rerank import best, score
from qa.retrieve import Retriever
from qa.sentences import best_sentences
from tests.benchmarks.report import machine, print_table

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

EXAMPLE = Path(ingest.__file__).parent / "example"
QUESTIONS = Path(__file__).parent / "questions-microsoft.jsonl"
REWORDED = "example, reworded"
DENIED, PROMISED, SURE, PARTS = 0.05, 0.10, 0.90, 10


@dataclass(frozen=True)
class Asked:
    """A question as it was asked once: its hits' evidence, whether each answers, and the best passage's score."""

    row: str
    group: str
    answerable: bool
    evidence: list[Evidence]
    right: list[bool]
    score: float


@dataclass(frozen=True)
class Question:
    """A question, its row of the table, the group that is held out with it, and the units that answer it."""

    text: str
    row: str
    group: str
    relevant: frozenset[str]


def main() -> None:
    """Ask, judge, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.calibrate")
    parser.add_argument("--fit", action="store_true", help="print weights and limits for qa/confidence.py")
    parser.add_argument("--xquad", type=Path, metavar="FOLDER", help="XQuAD in the BEIR layout")
    parser.add_argument("--article", type=Path, metavar="FILE", help="test_wikipedia.html of microsoft/markitdown")
    parser.add_argument("--every", type=int, default=3, help="ask every so many questions of XQuAD")
    options = parser.parse_args()
    asked = list(ask_all(EXAMPLE, _example))
    if options.xquad:
        titles = {row["_id"]: row["title"] for row in _lines(options.xquad / "corpus.jsonl")}
        asked += ask_all(options.xquad, lambda number, item, _: _of_xquad(number, item, titles), options.every)
    if options.article:
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "documents").mkdir()
            shutil.copy(options.article, Path(folder) / "documents")
            shutil.copy(QUESTIONS, Path(folder) / "questions.jsonl")
            asked += ask_all(Path(folder), lambda number, item, _: _plain("microsoft", number, item))
    report(asked)
    if options.fit:
        fit(asked)
    print(machine())


# --- asking

Row = dict[str, str | None]
Described = Callable[[int, judged.Judged, Row], Question]


def ask_all(folder: Path, described: Described, every: int = 1) -> Iterator[Asked]:
    """Ask the questions of a folder that `qa evaluate` takes, and those without an answer that it leaves out."""
    with tempfile.TemporaryDirectory(prefix="pinpoint-benchmark-") as home:
        own = {"library": Path(home), "chroma_url": None, "bi_encoder": BUNDLED, "cross_encoder": BUNDLED}
        settings = load_settings().model_copy(update=own)
        with Library(settings) as library:
            judgements = judged.load(folder, library, settings)
            rows = list(_lines(folder / "questions.jsonl")) if (folder / "questions.jsonl").is_file() else []
            kinds: dict[str | None, Row] = {row["question"]: row for row in rows}
            items = [*judgements.questions]
            items += [judged.Judged(str(row["question"]), frozenset()) for row in rows if row["answer"] is None]
            library_asked = _Asking(library, settings, judgements)
            for number, item in itertools.islice(enumerate(items), 0, None, every):
                print(f"\r{folder.name}: {number} of {len(items)} ", end="", file=sys.stderr, flush=True)
                yield from library_asked.ask(described(number, item, kinds.get(item.question, {})))
    print(file=sys.stderr)


class _Asking:
    """The stages of `Asker.asking` over one library, with passages held out."""

    def __init__(self, library: Library, settings: Settings, judgements: judged.Judgements) -> None:
        self._documents = library.documents()
        self._unit = judgements.unit
        self._retriever = Retriever(library, settings)
        self._model = load_cross_encoder(settings)

    def ask(self, question: Question) -> Iterator[Asked]:
        """Once as it is and, where it has an answer, once without it."""
        spare = 5 if question.relevant else 0
        found = self._retriever.retrieve(question.text, self._documents, count=CANDIDATES + spare)
        scores = score(question.text, found, self._model)
        pairs = list(zip(found, scores, strict=True))
        yield self._judged(question, pairs[:CANDIDATES], answerable=bool(question.relevant))
        if question.relevant:
            others = [pair for pair in pairs if self._unit(pair[0].passage) not in question.relevant]
            yield self._judged(question, others[:CANDIDATES], answerable=False)

    def _judged(self, question: Question, pairs: Sequence[tuple[Candidate, float]], *, answerable: bool) -> Asked:
        scores = [value for _, value in pairs]
        hits = best([candidate for candidate, _ in pairs], scores, TOP)
        marked = best_sentences(question.text, [hit.candidate for hit in hits], self._model)
        hits = [replace(hit, best=sentence) for hit, sentence in zip(hits, marked, strict=True)]
        rarities = self._retriever.rarities(question.text, self._documents)
        likeness = self._retriever.likeness(question.text, hits)
        evidence = gather(question.text, hits, scores=scores, likeness=likeness, rarity=rarities.__getitem__)
        right = [
            any(self._unit(candidate.passage) in question.relevant for candidate in (hit.candidate, *hit.also))
            for hit in hits
        ]
        return Asked(question.row, question.group, answerable, evidence, right, hits[0].score)


def _example(number: int, item: judged.Judged, row: Row) -> Question:
    return _plain(REWORDED if row.get("kind") == "reworded" else "example", number, item)


def _of_xquad(number: int, item: judged.Judged, titles: dict[str | None, str | None]) -> Question:
    return Question(item.question, "xquad", str(titles[min(item.relevant)]), item.relevant)


def _plain(row: str, number: int, item: judged.Judged) -> Question:
    return Question(item.question, row, f"{row} {number}", item.relevant)


def _lines(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


# --- judging


@dataclass(frozen=True)
class Errors:
    """The share of questions with an answer that count as unanswered, and of those without that count as answered."""

    denied: float
    promised: float

    @property
    def cost(self) -> float:
        """The worse of the two, each by the most that it may be."""
        return max(self.denied / DENIED, self.promised / PROMISED)


def errors(values: Floats, answerable: Bools, limit: float) -> Errors:
    """The errors where a question counts as answered from `limit` upwards."""
    return Errors(float((values[answerable] < limit).mean()), float((values[~answerable] >= limit).mean()))


def report(asked: Sequence[Asked]) -> None:
    """Print the errors of each row, and how well a confidence says how many hits answer."""
    hits = Hits(asked)
    held_out = hits.held_out(_known)
    ours = hits.best(held_out)
    scores = np.array([item.score for item in asked])
    limit = confidence.MAY_ANSWER
    rows = []
    for row in dict.fromkeys(item.row for item in asked):
        there = hits.rows == row
        answerable, values, alone = hits.answerable[there], ours[there], scores[there]
        own = errors(values, answerable, limit)
        other = min((errors(alone, answerable, value) for value in alone), key=lambda found: found.cost)
        rows.append(
            (
                row,
                f"{answerable.sum()}",
                f"{(~answerable).sum()}",
                *(f"{value:.1%}" for value in (own.denied, own.promised, other.denied, other.promised)),
                f"{roc_auc_score(answerable, values):.3f}",
                f"{roc_auc_score(answerable, alone):.3f}",
            )
        )
    head = ["questions", "answered", "not", "denied", "promised", "score: denied", "promised", "AUC", "score: AUC"]
    print_table(head, rows)
    print("\nof the hits with a confidence, so many answer (weights fitted to other questions)")
    bins = np.minimum((held_out * 10).astype(int), 9)
    print_table(
        ["confidence", "hits", "mean", "answer"],
        [
            (
                f"{part / 10:.1f} to {(part + 1) / 10:.1f}",
                f"{(bins == part).sum()}",
                f"{held_out[bins == part].mean():.2f}",
                f"{hits.right[bins == part].mean():.2f}",
            )
            for part in range(10)
            if (bins == part).any()
        ],
    )
    sure = held_out >= confidence.ANSWERS
    print(f"\nlimits: answers {confidence.ANSWERS}, may answer {limit}")
    mean = hits.precision(held_out, confidence.ANSWERS)
    print(f"of {sure.sum()} hits that are said to answer, {hits.right[sure].mean():.1%} do; mean of rows {mean:.1%}\n")


def fit(asked: Sequence[Asked]) -> None:
    """Print the weights that all questions together give, and the limits that the held-out confidences give."""
    hits = Hits(asked)
    for name, known in (("BY_SCORES", _known), ("BY_LIKENESS", _likeness), ("BY_WORDS", _words)):
        weights = hits.weights(known, np.ones(len(asked), dtype=bool))
        named = ", ".join(f"{field.name}={value:.3f}" for field, value in zip(fields(Terms), weights, strict=True))
        values = hits.best(hits.held_out(known))
        main_rows = hits.rows != REWORDED
        auc = roc_auc_score(hits.answerable[main_rows], values[main_rows])
        limit, found = hits.limit(values)
        print(f"{name} = Terms({named})")
        print(f"    AUC {auc:.3f}, limit {limit:.2f}: denied {found.denied:.1%}, promised {found.promised:.1%}")
        now = hits.mean_errors(values, confidence.MAY_ANSWER)
        print(f"    at {confidence.MAY_ANSWER}: denied {now.denied:.1%}, promised {now.promised:.1%}")
    held_out = hits.held_out(_known)
    sure = min(value for value in np.arange(0.3, 0.9, 0.01) if hits.precision(held_out, value) >= SURE)
    print(f"ANSWERS = {sure:.2f}, MAY_ANSWER = {hits.limit(hits.best(held_out))[0]:.2f}\n")


def _known(evidence: Evidence) -> Evidence:
    return evidence


def _likeness(evidence: Evidence) -> Evidence:
    return replace(evidence, scores=None)


def _words(evidence: Evidence) -> Evidence:
    return replace(evidence, scores=None, likeness=None)


class Hits:
    """All hits of all questions, for fitting."""

    def __init__(self, asked: Sequence[Asked]) -> None:
        self.rows = np.array([item.row for item in asked])
        self.answerable = np.array([item.answerable for item in asked])
        self.right = np.array([right for item in asked for right in item.right])
        self._groups = np.array([item.group for item in asked])
        self._question = np.array([number for number, item in enumerate(asked) for _ in item.evidence])
        self._evidence = [evidence for item in asked for evidence in item.evidence]
        counts = {row: float((self.rows == row).sum()) for row in self.rows}
        self._weight = np.array([1 / counts[self.rows[number]] ** 0.5 for number in self._question])

    def weights(self, known: Callable[[Evidence], Evidence], among: Bools) -> Floats:
        """The weights that the hits of the questions `among` give; a row of fewer questions weighs its hits more."""
        matrix, there = self._matrix(known), (among & (self.rows != REWORDED))[self._question]
        mean, spread = matrix[there].mean(axis=0), matrix[there].std(axis=0)
        spread[spread == 0] = 1  # what is never known, and the intercept
        model = LogisticRegression().fit(
            (matrix[there] - mean) / spread, self.right[there], sample_weight=self._weight[there] / self._weight.mean()
        )
        weights = model.coef_[0] / spread
        weights[0] = model.intercept_[0] - weights[1:] @ mean[1:]
        return np.asarray(weights)

    def held_out(self, known: Callable[[Evidence], Evidence]) -> Floats:
        """The confidence of every hit by weights that were fitted to other groups."""
        values, matrix = np.zeros(len(self._evidence)), self._matrix(known)
        parts = GroupKFold(PARTS, shuffle=True, random_state=0)
        for among, _ in parts.split(self._groups, groups=self._groups):
            chosen = np.isin(np.arange(len(self._groups)), among)
            out = ~chosen[self._question]
            values[out] = 1 / (1 + np.exp(-matrix[out] @ self.weights(known, chosen)))
        return values

    def best(self, values: Floats) -> Floats:
        """The greatest value of each question's hits."""
        greatest = np.zeros(len(self.rows))
        np.maximum.at(greatest, self._question, values)
        return greatest

    def limit(self, values: Floats) -> tuple[float, Errors]:
        """The limit that costs least, and its errors, as means over the rows but the reworded one."""
        found = [(float(value), self.mean_errors(values, value)) for value in np.arange(0.05, 0.95, 0.01)]
        return min(found, key=lambda pair: pair[1].cost)

    def mean_errors(self, values: Floats, limit: float) -> Errors:
        """The errors at this limit, as means over the rows but the reworded one."""
        rows = [self.rows == row for row in self._counted()]
        each = [errors(values[row], self.answerable[row], limit) for row in rows]
        return Errors(float(np.mean([one.denied for one in each])), float(np.mean([one.promised for one in each])))

    def precision(self, values: Floats, limit: float) -> float:
        """How many of the hits from the limit upwards answer, as a mean over the rows but the reworded one."""
        row, there = self.rows[self._question], values >= limit
        return float(np.mean([self.right[there & (row == name)].mean() for name in self._counted()]))

    def _counted(self) -> list[str]:
        return [row for row in dict.fromkeys(self.rows) if row != REWORDED]

    def _matrix(self, known: Callable[[Evidence], Evidence]) -> Floats:
        return np.array([astuple(terms(known(evidence))) for evidence in self._evidence])


if __name__ == "__main__":
    main()
