"""Conversations that versions before kept in files are taken over whole, whatever interrupts it; nothing is lost."""

import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ingest import Database, PinpointError
from qa import BestSentence, Conversations, Turn
from qa.conversations.take_over import ASIDE, FOLDER
from qa.conversations.turn import Conversation
from tests.conftest import ROOT, is_one_sentence, no_room
from tests.qa.answers import answer, candidate, with_kept_copies

# Written by the last version that kept files, out of the conversations of `expected`.
KEPT = Path(__file__).parents[1] / "kept_as_files" / "conversations"
AT = datetime(2026, 11, 20, 8, 30, 15, 123456, UTC)


def expected() -> list[Conversation]:
    """What the files hold, newest first, with near copies as they are kept now."""
    lift = candidate("The lift carries eight people. It is checked in May.", "lift \udcff.pdf", "PDF", 2, "Lift")
    cafe = candidate("Das Café öffnet um acht. 日本語 😀", "café.txt")
    lifts, opens = "How many people does the lift carry?", "When does the café open?"
    made = answer(lifts, lift, cafe, best="The lift carries eight people.", also=[cafe])
    ranked = replace(lift, retrieved_rank=1, dense_rank=2, lexical_rank=3, similarity=0.71)
    first = replace(
        made.hits[0], verdict="answers", cross_encoder=0.97, more=(BestSentence(31, 52, 0.4),), candidate=ranked
    )
    full = replace(
        made,
        hits=(first, *made.hits[1:]),
        changes=(("lfit", "lift"),),
        phrases=("eight people",),
        is_request=True,
    )
    turns = (
        with_kept_copies(Turn(lifts, full, None, None, ("lift \udcff.pdf",), AT)),
        Turn("And when is it checked?", answer("And when is it checked?", lift), None, lifts, (), later(4)),
        Turn("?", None, "Please ask a question.", None, (), later(5)),
    )
    of_cafe = (Turn(opens, answer(opens, cafe), None, asked_at=AT),)
    return [
        Conversation("00000000000000a2", "Opening hours", AT, later(9), of_cafe),
        Conversation("00000000000000a1", lifts, AT, later(5), turns),
    ]


def later(minutes: int) -> datetime:
    return AT + timedelta(minutes=minutes)


@pytest.fixture
def folder(database: Database) -> Path:
    """The folder of a version before, in the library."""
    return Path(shutil.copytree(KEPT, database.folder / FOLDER))


def all_of(conversations: Conversations) -> list[Conversation | None]:
    return [conversations.find(summary.id) for summary in conversations.listed()]


def test_every_conversation_is_taken_over_as_it_was_and_the_files_go(database: Database, folder: Path) -> None:
    conversations = Conversations(database)
    assert all_of(conversations) == expected()
    assert [summary.name for summary in conversations.listed("acht opening")] == ["Opening hours"]
    assert not folder.exists()
    assert all_of(Conversations(database)) == expected()


def test_a_start_that_was_interrupted_after_a_commit_takes_nothing_twice(database: Database, folder: Path) -> None:
    Conversations(database)
    shutil.copytree(KEPT, folder)
    assert all_of(Conversations(database)) == expected()
    assert not folder.exists()


def many_files(folder: Path, count: int) -> None:
    """As many files as this, copies of one under other ids."""
    content = (KEPT / "00000000000000a1.json").read_text(encoding="utf-8", errors="surrogateescape")
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        copy = content.replace("00000000000000a1", f"{number:016x}")
        (folder / f"{number:016x}.json").write_text(copy, encoding="utf-8", errors="surrogateescape")


TAKE_OVER = """
import sys
from pathlib import Path
from ingest import Database
from qa import Conversations
database = Database(Path(sys.argv[1]))
print("opened", flush=True)
Conversations(database)
"""


def test_a_start_that_is_killed_goes_on_at_the_next_one_and_nothing_is_lost(tmp_path: Path) -> None:
    count = 450
    many_files(tmp_path / FOLDER, count)
    left = {count}
    for wait in (0.05, 0.1, 0.2, 0.4):
        process = subprocess.Popen(
            [sys.executable, "-c", TAKE_OVER, str(tmp_path)], stdout=subprocess.PIPE, cwd=ROOT, text=True
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "opened\n"
        before = len(list(tmp_path.glob(f"{FOLDER}/*.json")))
        deadline = time.monotonic() + 60
        while before and len(list(tmp_path.glob(f"{FOLDER}/*.json"))) == before and time.monotonic() < deadline:
            time.sleep(wait / 10)
        time.sleep(wait / 10)
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        left.add(len(list(tmp_path.glob(f"{FOLDER}/*.json"))))
    assert len(left) > 2  # it was killed while it was at work
    with Database(tmp_path) as database:
        conversations = Conversations(database)
        assert sorted(summary.id for summary in conversations.listed()) == [f"{number:016x}" for number in range(count)]
        first = conversations.find("0" * 16)
        assert first is not None
        assert first.turns == expected()[1].turns
    assert not (tmp_path / FOLDER).exists()


def spoilt(content: bytes) -> dict[str, bytes]:
    """A kept file, spoilt in every way that it may be found in."""
    whole = json.loads(content)
    without_turns = {"format": 1, "conversation": {**whole["conversation"], "turns": None}}
    without_zone = {"format": 1, "conversation": {**whole["conversation"], "changed_at": "2026-01-01T00:00:00"}}
    return {
        "empty": b"",
        "broken off": content[: len(content) // 2],
        "no text": b"\xff\xfe\x00",
        "no object": b"[1, 2]",
        "too deep": b"[" * 100_000,
        "without its turns": json.dumps(without_turns).encode(),
        "without a time zone": json.dumps(without_zone).encode(),
        "of another id": content.replace(whole["conversation"]["id"].encode(), b"f" * 16),
        "newer": json.dumps({"format": 4, "conversation": whole["conversation"]}).encode(),
        "newer and otherwise": json.dumps({"format": 4, "talk": whole["conversation"]}).encode(),
    }


def test_a_spoilt_or_newer_file_is_kept_aside_with_a_line_in_the_log(
    database: Database, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    good = expected()[:1]
    path = folder / "00000000000000a1.json"
    for how, content in spoilt(path.read_bytes()).items():
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        caplog.clear()
        with caplog.at_level(logging.WARNING):
            conversations = Conversations(database)
            assert all_of(conversations) == good, how
        assert [record.name for record in caplog.records].count("qa.conversations.take_over") == 1, how
        assert path.stem in caplog.text
        assert ("newer Pinpoint" in caplog.text) == ("newer" in how)
        assert "lift" not in caplog.text
        assert (database.folder / ASIDE / path.name).read_bytes() == content, how
        assert not folder.exists(), how


def test_what_is_none_of_ours_in_the_folder_stays_and_what_was_being_written_goes(
    database: Database, folder: Path
) -> None:
    others = ("notes.txt", "00000000000000a1 copy.json", "00000000000000a1.json~")
    for name in others:
        (folder / name).write_text("not ours")
    (folder / f"{'a' * 16}.json").mkdir()
    (folder / ".00000000000000a1.json").write_text("half of a conv")
    assert all_of(Conversations(database)) == expected()
    assert sorted(path.name for path in folder.iterdir()) == sorted([*others, f"{'a' * 16}.json"])
    assert all_of(Conversations(database)) == expected()


def test_a_file_of_the_first_format_is_still_read(database: Database) -> None:
    """As it was written by the first version that kept conversations; whoever changes a dataclass sees to this."""
    passage = {"document_id": "d" * 64, "ordinal": 3, "text": "At eight.", "page": 2, "heading": None}
    document = {
        "id": "d" * 64, "name": "hours.pdf", "type": "PDF", "pages": 4, "passages": 9, "bytes": 100,
        "added_at": "2026-05-04T09:30:00Z", "pages_from_pictures": 3,
    }  # fmt: skip
    found = {"passage": passage, "document": document, "retrieved_at": 1, "dense_at": 1, "lexical_at": None}
    hit = {"rank": 1, "score": 0.5, "candidate": found, "also": [found], "best": {"start": 0, "end": 9, "score": 0.5}}
    turn = {
        "question": "When?",
        "answer": {
            "question": "When?", "mode": "hybrid", "scores": [0.5], "hits": [hit],
            "milliseconds": {"retrieve": 1.0, "rerank": 2.0, "sentences": 3.0},
        },
        "sentence": None,
        "asked_with": None,
    }  # fmt: skip
    conversation = {
        "id": "0" * 16, "name": "When?", "started_at": "2026-05-04T09:30:00Z", "changed_at": "2026-05-04T09:31:00Z",
        "turns": [turn],
    }  # fmt: skip
    (database.folder / FOLDER).mkdir()
    kinds: list[dict[str, float | None]] = [{}, {"confidence": 0.8}, {"confidence": None}]
    for number, confidence in enumerate(kinds):
        hit_then = {**hit, "score": 0.5, **confidence}
        turn["answer"]["hits"] = [json.loads(json.dumps(hit_then))]  # type: ignore[index]
        of_format = {"format": 1, "conversation": {**conversation, "id": f"{number:016x}"}}
        (database.folder / FOLDER / f"{number:016x}.json").write_text(json.dumps(of_format))
    conversations = Conversations(database)
    for number, score in enumerate((0.5, 0.8, 0.5)):
        read = conversations.find(f"{number:016x}")
        assert read is not None
        assert read.turns[0].answer is not None
        first = read.turns[0].answer.hits[0]
        assert first.candidate.passage.text == "At eight."
        assert (first.score, first.cross_encoder) == (score, 0.5)
        for kept in (first.candidate, *first.also):
            assert (kept.retrieved_rank, kept.dense_rank, kept.lexical_rank) == (1, 1, None)
            assert kept.document.ocr_pages == 3
        assert read.changed_at - read.started_at == timedelta(minutes=1)


def test_a_full_disk_is_said_in_one_sentence_and_every_file_is_still_there(tmp_path: Path) -> None:
    many_files(tmp_path / FOLDER, 120)
    with Database(tmp_path) as database:
        with no_room(database.path.stat().st_size + 10_000), pytest.raises(PinpointError) as refused:
            Conversations(database)
        assert is_one_sentence(str(refused.value))
        assert len(list((tmp_path / FOLDER).iterdir())) == 120
        assert len(Conversations(database).listed()) == 120
