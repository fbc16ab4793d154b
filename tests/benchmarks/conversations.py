"""How long it takes to take conversations over from files, to list, search, keep and delete them.

    python -m tests.benchmarks.conversations [--conversations 2000] [--repeats 5]

How it is measured. As many conversations as asked for, of one to three turns with five passages each, are written as
the last version without a database did; the words come from the example's documents, so that some are frequent. They
are taken over into a new database once. Then each thing is done `--repeats` times; the table has the medians. The
plain way reads every file and compares its texts, as nothing is kept of them between two searches.
"""

import argparse
import json
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median

from pydantic import TypeAdapter

from ingest import Database, Document, Passage
from qa import Answer, Candidate, Conversation, Conversations, Hit, Milliseconds, Turn
from qa.conversations.search import folded

SOURCES = Path(__file__).parents[1] / "example" / "sources"


def words_of_example() -> list[str]:
    """Every word of the example's sources, as often as it stands there."""
    return [word for path in sorted(SOURCES.glob("*.md")) for word in path.read_text(encoding="utf-8").split()]


def a_turn(words: Sequence[str], chance: random.Random) -> Turn:
    """A question of eight words with five passages of 140."""

    def text(number: int) -> str:
        return " ".join(chance.choices(words, k=number))

    document = Document(f"{chance.getrandbits(256):064x}", f"{text(2)}.pdf", "PDF", 9, 40, 1000, datetime.now(UTC))
    candidates = [Candidate(Passage(document.id, ordinal, text(140)), document, ordinal + 1) for ordinal in range(5)]
    hits = tuple(Hit(rank, chance.random(), found) for rank, found in enumerate(candidates, start=1))
    scores = tuple(chance.random() for _ in range(100))
    question = f"{text(8)}?"
    answer = Answer(question, "hybrid", scores, hits, Milliseconds(10, 800, 30))
    return Turn(question, answer, None, asked_at=datetime.now(UTC))


def write_files(folder: Path, number: int) -> None:
    """Conversations as the last version without a database wrote them: format 3."""
    words, chance = words_of_example(), random.Random(1)
    folder.mkdir(parents=True)
    for place in range(number):
        turns = tuple(a_turn(words, chance) for _ in range(chance.choice([1, 1, 2, 3])))
        now = datetime.now(UTC)
        conversation = Conversation(f"{place:016x}", turns[0].question[:80], now, now, turns)
        content = TypeAdapter(Conversation).dump_python(conversation, mode="json")
        for turn in content["turns"]:
            turn["sentence"] = turn.pop("error")
        whole = json.dumps({"format": 3, "conversation": content}, ensure_ascii=False)
        (folder / f"{conversation.id}.json").write_text(whole, encoding="utf-8")


def plain_search(folder: Path, words: str) -> int:
    """In how many files all words stand, each read anew."""
    found = 0
    for path in folder.iterdir():
        turns = json.loads(path.read_bytes())["conversation"]["turns"]
        texts = [turn["question"] for turn in turns]
        texts += [hit["candidate"]["passage"]["text"] for turn in turns for hit in turn["answer"]["hits"]]
        text = folded("\n".join(texts))
        found += all(word in text for word in folded(words).split())
    return found


def seconds(task: Callable[[], object], repeats: int = 1) -> float:
    """The median time of a task."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        task()
        times.append(time.perf_counter() - start)
    return median(times)


def measure(home: Path, number: int, repeats: int) -> None:
    """Print a line for each thing that is done."""
    library = home / "library"
    write_files(library / "conversations", number)
    plain = seconds(partial(plain_search, library / "conversations", "warranty"))
    with Database(library) as database:
        print(f"{'take over':<28} {seconds(partial(Conversations, database)):8.3f} s")
        conversations = Conversations(database)
        listed = conversations.listed()
        conversation = conversations.find(listed[-1].id)
        if conversation is None or len(listed) != number:
            raise SystemExit("Not all conversations were taken over.")
        ids, here = iter(listed), count()
        tasks: dict[str, Callable[[], object]] = {
            "list": conversations.listed,
            "search: warranty": partial(conversations.listed, "warranty"),
            "search: two words": partial(conversations.listed, "warranty battery"),
            "search: part of a word": partial(conversations.listed, "arrant"),
            "search: two characters": partial(conversations.listed, "zz"),
            "open": partial(conversations.find, conversation.id),
            "keep one turn more": lambda: conversations.add(conversation, Turn(f"{next(here)}?", None, "No.")),
            "delete": lambda: conversations.delete(next(ids).id),
        }
        for name, task in tasks.items():
            print(f"{name:<28} {seconds(task, repeats):8.3f} s")
    print(f"{'the plain way: warranty':<28} {plain:8.3f} s")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="How long it takes to find, keep and delete conversations.")
    parser.add_argument("--conversations", type=int, default=2000)
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="pinpoint-benchmark-") as home:
        measure(Path(home), options.conversations, options.repeats)


if __name__ == "__main__":
    main()
