"""How often what is quoted from the right passage holds the answer.

    python -m tests.benchmarks.quotations [--xquad FOLDER] [--every 8] [--failures FILE]

The questions with an answer of `ingest/example`, of the folders in `tests/benchmarks/sets` and, where its folder is
given, every eighth of XQuAD. For each, the first passage with the words that answer it is quoted from, whatever would
be found; passages of one sentence are left out. "Part" are the quotations with some of these words, "all" those with
all of them. "Quoted" is the share of the passages' characters that is quoted, on average.
"""

import argparse
import json
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import fmean

from ingest import Passage
from qa import BestSentence, Candidate
from qa.reranking.cross_encoder import CrossEncoder, load_cross_encoder
from qa.reranking.highlights import parts
from qa.reranking.named import WithoutNames, read_without_names
from qa.reranking.quotation import quotation_of
from qa.reranking.ranking import Read
from qa.reranking.rerank import score
from qa.reranking.sentence_places import sentences
from qa.reranking.sentences import answers_to_parts, best_sentences, similar_sentences
from qa.retrieval.retrieve import Retriever
from tests.benchmarks.calibrate import EXAMPLE, SETS
from tests.benchmarks.report import machine, print_table
from tests.benchmarks.temporary import temporary_library


@dataclass(frozen=True)
class Asked:
    """A question, the document that answers it, and the quotations of which any one does."""

    question: str
    document: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Quoted:
    """What was quoted for a question from the right passage, and the places of the words that answer."""

    asked: Asked
    passage: Passage
    quoted: tuple[BestSentence, ...]
    answers: tuple[tuple[int, int], ...]

    @property
    def has_part(self) -> bool:
        """Whether it has some of the words that answer."""
        return any(each.start < end and start < each.end for each in self.quoted for start, end in self.answers)

    @property
    def has_all(self) -> bool:
        """Whether it has all of the words that answer."""
        return any(each.start <= start and end <= each.end for each in self.quoted for start, end in self.answers)

    @property
    def share(self) -> float:
        """How much of the passage is quoted."""
        return sum(each.end - each.start for each in self.quoted) / len(self.passage.text)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.quotations")
    parser.add_argument("--xquad", type=Path, metavar="FOLDER", help="XQuAD in the BEIR layout")
    parser.add_argument("--every", type=int, default=8, help="ask every so many questions of XQuAD")
    parser.add_argument(
        "--failures", type=Path, metavar="FILE", help="write the questions whose quotation is beside it"
    )
    options = parser.parse_args()
    rows, beside = [], []
    for name, folder, asked in _sets(options.xquad, options.every):
        found = list(quoted(folder / "documents", asked))
        rows.append(_row(name, found))
        beside += [_failure(name, each) for each in found if not each.has_part]
    print_table(("set", "questions", "part", "all", "quoted"), rows)
    print(machine())
    if options.failures:
        options.failures.write_text("\n".join(beside), encoding="utf-8")


def quoted(documents: Path, asked: Sequence[Asked]) -> Iterator[Quoted]:
    """What is quoted for each question from the right passage."""
    with temporary_library([documents]) as (library, settings, _):
        retriever, model = Retriever(library, settings), load_cross_encoder(settings)
        held = {document.name: (document, list(library.passages([document]))) for document in library.documents()}
        for each in asked:
            document, passages = held[each.document]
            passage = next((one for one in passages if len(sentences(one.text)) > 1 and _places(each, one)), None)
            if passage:
                own = _quotation(each.question, Candidate(passage, document), retriever, model)
                yield Quoted(each, passage, own, _places(each, passage))


def _quotation(
    question: str, candidate: Candidate, retriever: Retriever, model: CrossEncoder
) -> tuple[BestSentence, ...]:
    """As `qa/confidence/hits.py` has it for a passage that answers."""
    asked = retriever.understand(question)
    read = Read(asked, [candidate], score(asked.read, [candidate], model), retriever.match(asked, [candidate]), True)
    without_names = retriever.without_names(asked, [candidate])
    read = read_without_names(read, WithoutNames.of([candidate], without_names, retriever.similarities_to), model)
    similar = similar_sentences([candidate], partial(retriever.sentence_similarity, asked))
    wording = read.without_names.get(0)
    (ranked,) = best_sentences(asked, [candidate], similar, model, [wording])
    best = quotation_of(candidate, ranked, asked, model, wording)
    more = answers_to_parts(parts(asked.text), candidate, ranked[0], model)
    return (best, *more) if best else more


def _sets(xquad: Path | None, every: int) -> Iterator[tuple[str, Path, list[Asked]]]:
    for folder in (EXAMPLE, *sorted(SETS.iterdir())):
        lines = (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()
        rows = [row for row in map(json.loads, lines) if row["answer"]]
        yield (
            folder.name,
            folder,
            [Asked(row["question"], row["document"], tuple(_listed(row["answer"]))) for row in rows],
        )
    if xquad:
        with tempfile.TemporaryDirectory(prefix="pinpoint-xquad-") as home:
            yield "xquad", Path(home), _xquad(xquad, Path(home) / "documents")[::every]


def _xquad(folder: Path, documents: Path) -> list[Asked]:
    """The questions of XQuAD, whose paragraphs become a text file each."""
    documents.mkdir()
    for paragraph in map(json.loads, (folder / "corpus.jsonl").read_text(encoding="utf-8").splitlines()):
        (documents / f"{paragraph['_id']}.txt").write_text(paragraph["text"], encoding="utf-8")
    judged = (line.split("\t") for line in (folder / "qrels" / "test.tsv").read_text(encoding="utf-8").splitlines())
    paragraph_of = {query: paragraph for query, paragraph, *_ in judged}
    rows = map(json.loads, (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines())
    return [Asked(row["text"], f"{paragraph_of[row['_id']]}.txt", (row["metadata"]["answer"],)) for row in rows]


def _listed(answer: str | list[str]) -> list[str]:
    return [answer] if isinstance(answer, str) else answer


def _places(asked: Asked, passage: Passage) -> tuple[tuple[int, int], ...]:
    """Where the words that answer are in a passage, whatever white space is between them."""
    patterns = (r"\s+".join(map(re.escape, answer.split())) for answer in asked.answers)
    return tuple(found.span() for pattern in patterns for found in re.finditer(pattern, passage.text))


def _row(name: str, found: Sequence[Quoted]) -> tuple[str, ...]:
    return (
        name,
        str(len(found)),
        f"{fmean(each.has_part for each in found):.1%}",
        f"{fmean(each.has_all for each in found):.1%}",
        f"{fmean(each.share for each in found):.1%}",
    )


def _failure(name: str, each: Quoted) -> str:
    said = [one.words(each.passage.text) for one in each.quoted]
    row = {"set": name, "question": each.asked.question, "answer": each.asked.answers, "quoted": said}
    return json.dumps({**row, "heading": each.passage.heading, "passage": each.passage.text}, ensure_ascii=False)


if __name__ == "__main__":
    main()
