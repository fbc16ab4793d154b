"""How long backup, restore and rebuild take, and whether the same questions have the same answers then.

    python -m tests.benchmarks.backup [--documents 1000] [--questions 50]

Each document is three paragraphs of the example's sources, chosen by chance, embedded as any other; every tenth is in
the trash. They are backed up and restored into another folder, the restored library is rebuilt from its texts and
vectors, and the questions are asked each time: the answers are equal where every hit has the same passage at the same
rank, and the scores differ by less than 0.0001. At last it is rebuilt from the files, as where its store is lost.
"""

import argparse
import json
import random
import shutil
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import ingest
from ingest import Document, Library, Passage, Settings
from ingest.backup.restore import restore_backup
from ingest.backup.write import write_backup
from ingest.embedding.bi_encoder import load_bi_encoder
from ingest.pipeline.make import add_passages
from ingest.pipeline.rebuild import rebuild
from qa import Asker
from tests.benchmarks.report import machine, print_table, timed

SOURCES = Path(__file__).parents[1] / "example" / "sources"

Ranking = list[tuple[str, float]]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Backup and restore of many small documents.")
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--questions", type=int, default=50)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pinpoint-benchmark-") as home:
        path = Path(home) / "backup.zip"
        one, other = (Settings(library=Path(home) / name, chroma_url=None, free_megabytes=0) for name in ("1", "2"))
        milliseconds: list[float] = []
        questions = questions_of_example(options.questions)
        with Library(one) as library:
            fill(library, one, options.documents)
            manifest = timed(lambda: write_backup(library, path), milliseconds)
            before = rankings(library, one, questions)
            size = library.bytes()
        timed(lambda: restore_backup(path, other), milliseconds)
        with Library(other) as library:
            after = rankings(library, other, questions)
        timed(lambda: rebuild(other), milliseconds)
        with Library(other) as library:
            again = rankings(library, other, questions)
        shutil.rmtree(other.library / "chroma")
        outcomes = timed(lambda: rebuild(other), milliseconds)
        equal = sum(same(*three[:2]) and same(*three[1:]) for three in zip(before, after, again, strict=True))
        seconds = [f"{each / 1000:.1f}" for each in milliseconds]
        head = (
            "documents", "passages", "library, MB", "backup, MB", "backup, s", "restore, s", "rebuild, s",
            "from files, s", "rebuilt", "answers equal",
        )  # fmt: skip
        row = (
            f"{manifest.documents:,}",
            f"{manifest.passages:,}",
            f"{size / 1e6:.1f}",
            f"{path.stat().st_size / 1e6:.1f}",
            *seconds,
            str(sum(outcome.status == "added" for outcome in outcomes)),
            f"{equal} of {len(questions)}",
        )
        print_table(head, [row])
    print(machine())


def fill(library: Library, settings: Settings, number: int) -> None:
    """So many documents, each with a file."""
    paragraphs = [
        " ".join(paragraph.split())
        for source in sorted(SOURCES.glob("*.md"))
        for paragraph in source.read_text(encoding="utf-8").split("\n\n")
        if len(paragraph) > 60
    ]
    chance, encoder = random.Random(1), load_bi_encoder(settings)
    for place in range(number):
        texts = chance.sample(paragraphs, 3)
        written = library.files.write(["\n\n".join([f"Note {place}", *texts]).encode()])
        library.files.place(written)
        size = (settings.library / "files" / written.hash).stat().st_size
        document = Document(written.hash, f"note {place}.txt", "Text", None, len(texts), size, datetime.now(UTC))
        passages = [Passage(written.hash, ordinal, text) for ordinal, text in enumerate(texts)]
        add_passages(document, passages, library, encoder)
        if place % 10 == 9:
            library.remove(document.id)


def questions_of_example(number: int) -> list[str]:
    """The first questions of the example."""
    with (Path(ingest.__file__).parent / "example" / "questions.jsonl").open(encoding="utf-8") as file:
        return [str(json.loads(line)["question"]) for line in file][:number]


def rankings(library: Library, settings: Settings, questions: Sequence[str]) -> list[Ranking]:
    """The passages of each answer, best first, with their scores."""
    asker = Asker(library, settings)
    return [[(hit.candidate.passage.id, hit.score) for hit in asker.ask(question).hits] for question in questions]


def same(one: Ranking, other: Ranking) -> bool:
    """Whether both have the same passages in the same order, with the same scores but for rounding."""
    return [each for each, _ in one] == [each for each, _ in other] and all(
        abs(mine - others) < 1e-4 for (_, mine), (_, others) in zip(one, other, strict=True)
    )


if __name__ == "__main__":
    main()
