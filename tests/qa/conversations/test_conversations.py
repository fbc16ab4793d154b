"""Conversations are kept whole, found again as they were, listed, searched, renamed and deleted."""

import json
import logging
import threading
from datetime import UTC, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from ingest import Document, Passage, PinpointError
from qa import MODES, Answer, Asker, BestSentence, Candidate, Hit, Milliseconds
from qa.conversations.conversations import Conversations, Summary
from qa.conversations.turn import Conversation, Turn
from tests.conftest import Shelf, is_one_sentence, no_room
from tests.qa.answers import answer, candidate

# Any text at all, halves of surrogate pairs included, as the names of files may hold them.
TEXTS = st.text(st.characters(exclude_categories=()), max_size=40)
TIMES = st.datetimes(timezones=st.just(UTC))
PLACES = st.none() | st.integers(1, 100)
SHARES = st.floats(0, 1)
DOCUMENTS = st.builds(Document, TEXTS, TEXTS, TEXTS, PLACES, st.integers(0), st.integers(0), TIMES, st.integers(0))
PASSAGES = st.builds(Passage, TEXTS, st.integers(0), TEXTS, PLACES, st.none() | TEXTS)
CANDIDATES = st.builds(Candidate, PASSAGES, DOCUMENTS, PLACES, PLACES, PLACES)
BEST = st.builds(BestSentence, st.integers(0, 40), st.integers(0, 40), SHARES)
HITS = st.builds(Hit, st.integers(1), SHARES, CANDIDATES, st.lists(CANDIDATES, max_size=2).map(tuple), st.none() | BEST)
ANSWERS = st.builds(
    Answer,
    TEXTS,
    st.sampled_from(MODES),
    st.lists(SHARES, max_size=4).map(tuple),
    st.lists(HITS, max_size=2).map(tuple),
    st.builds(Milliseconds, SHARES, SHARES, SHARES),
)
TURNS = st.builds(Turn, TEXTS, st.none() | ANSWERS, st.none() | TEXTS, st.none() | TEXTS)
CONVERSATIONS = st.builds(
    Conversation,
    st.from_regex(r"[0-9a-f]{16}", fullmatch=True),
    TEXTS,
    TIMES,
    TIMES,
    st.lists(TURNS, min_size=1, max_size=2).map(tuple),
)


@pytest.fixture
def conversations(tmp_path: Path) -> Conversations:
    """Conversations of a folder that is not there yet."""
    return Conversations(tmp_path / "library" / "conversations")


def folder_of(tmp_path: Path) -> Path:
    return tmp_path / "library" / "conversations"


def kept(conversations: Conversations, question: str, *texts: str) -> Conversation:
    """A conversation of one question, kept."""
    turn = Turn(question, answer(question, *map(candidate, texts)), None)
    conversation = conversations.start().with_turn(turn)
    conversations.keep(conversation)
    return conversation


def names(found: list[Summary]) -> list[str]:
    return [summary.name for summary in found]


@hypothesis_settings(max_examples=60, deadline=None)
@given(CONVERSATIONS)
def test_a_kept_conversation_is_found_again_as_it_was_whatever_the_texts(conversation: Conversation) -> None:
    with TemporaryDirectory() as folder:
        Conversations(Path(folder)).keep(conversation)
        reopened = Conversations(Path(folder))
        assert reopened.find(conversation.id) == conversation
        (summary,) = reopened.listed()
        assert summary == Summary(conversation.id, conversation.name, conversation.changed_at, len(conversation.turns))


def test_an_answer_of_the_library_is_found_again_as_it_was(notes: Shelf, conversations: Conversations) -> None:
    question = "When does the office open?"
    found = Asker(notes.library, notes.settings).ask(question)
    conversation = conversations.start().with_turn(Turn(question, found, None))
    conversations.keep(conversation)
    assert conversations.find(conversation.id) == conversation
    assert names(conversations.listed("eight morning")) == [question]


def test_nothing_is_written_before_there_is_a_turn(conversations: Conversations, tmp_path: Path) -> None:
    started = conversations.start()
    conversations.keep(started)
    assert conversations.find(started.id) is None
    assert conversations.listed() == []
    assert not (tmp_path / "library").exists()


@pytest.mark.parametrize(
    "stranger",
    ["", "..", "../secret", "/etc/passwd", "0" * 15, "0" * 17, "G" * 16, "0" * 15 + "\n", "０" * 16, "\0" * 16, "*"],
)
def test_an_id_that_none_of_ours_can_be_finds_nothing_and_is_never_a_path(
    conversations: Conversations, tmp_path: Path, stranger: str
) -> None:
    secret = tmp_path / "library" / "secret.json"
    kept(conversations, "When?")
    secret.write_text("{}")
    assert conversations.find(stranger) is None
    assert conversations.rename(stranger, "Mine") is None
    assert conversations.delete(stranger) is False
    conversation = conversations.start().with_turn(Turn("When?", None, "No."))
    with pytest.raises(ValueError, match="id"):
        conversations.keep(
            Conversation(stranger, "", conversation.started_at, conversation.changed_at, conversation.turns)
        )
    assert secret.read_text() == "{}"
    assert len(list(folder_of(tmp_path).iterdir())) == 1


def test_the_newest_comes_first_and_renaming_changes_no_place(conversations: Conversations) -> None:
    first, second = kept(conversations, "One?"), kept(conversations, "Two?")
    assert names(conversations.listed()) == ["Two?", "One?"]
    renamed = conversations.rename(first.id, "Uno")
    assert renamed is not None
    assert conversations.find(first.id) == renamed
    assert names(conversations.listed()) == ["Two?", "Uno"]
    conversations.keep(renamed.with_turn(Turn("Three?", None, "No.")))
    assert [(summary.name, summary.questions) for summary in conversations.listed()] == [("Uno", 2), ("Two?", 1)]
    assert conversations.delete(second.id) is True
    assert conversations.delete(second.id) is False
    assert conversations.rename(second.id, "Due") is None
    assert names(conversations.listed()) == ["Uno"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", ["Where is coffee?", "When does it OPEN?"]),
        ("open", ["When does it OPEN?"]),
        ("STRASSE", ["When does it OPEN?"]),
        ("floor coffee", ["Where is coffee?"]),
        ("coffee strasse", []),
        ("o\u0308ffnet", ["When does it OPEN?"]),
    ],
)
def test_names_questions_and_passages_are_searched_for_all_words(
    conversations: Conversations, words: str, expected: list[str]
) -> None:
    kept(conversations, "When does it OPEN?", "Die Straße öffnet um acht.")
    kept(conversations, "Where is coffee?", "On the second floor.", "Not here.")
    assert names(conversations.listed(words)) == expected


def test_a_new_name_and_what_another_program_changed_are_searched(conversations: Conversations, tmp_path: Path) -> None:
    conversation = kept(conversations, "When?", "At eight.")
    assert names(conversations.listed("eight")) == ["When?"]
    conversations.rename(conversation.id, "Opening")
    assert names(conversations.listed("opening")) == ["Opening"]
    Conversations(folder_of(tmp_path)).rename(conversation.id, "Hours")
    assert names(conversations.listed("hours")) == ["Hours"]


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
        "newer": json.dumps({"format": 2, "talk": whole["conversation"]}).encode(),
    }


def test_a_spoilt_or_newer_file_is_left_out_and_left_as_it_is_with_a_line_in_the_log(
    conversations: Conversations, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    bad, good = kept(conversations, "Secret?", "A secret."), kept(conversations, "When?")
    path = folder_of(tmp_path) / f"{bad.id}.json"
    for how, content in spoilt(path.read_bytes()).items():
        path.write_bytes(content)
        caplog.clear()
        with caplog.at_level(logging.WARNING):
            assert names(conversations.listed()) == ["When?"], how
            assert names(conversations.listed("secret")) == [], how
        assert len(caplog.records) == 1, how
        assert bad.id in caplog.text
        assert "ecret" not in caplog.text
        assert conversations.find(bad.id) is None, how
        assert conversations.rename(bad.id, "Mine") is None, how
        assert path.read_bytes() == content, how
    assert conversations.find(good.id) == good


def test_what_is_none_of_ours_in_the_folder_is_not_looked_at(conversations: Conversations, tmp_path: Path) -> None:
    conversation = kept(conversations, "When?")
    for name in ("notes.txt", f".{conversation.id}.json", f"{conversation.id} copy.json", f"{conversation.id}.json~"):
        (folder_of(tmp_path) / name).write_text("not ours")
    (folder_of(tmp_path) / f"{'a' * 16}.json").mkdir()
    assert names(conversations.listed()) == ["When?"]


def test_a_file_of_the_first_format_is_still_read(conversations: Conversations, tmp_path: Path) -> None:
    """As it was written by the first version that kept conversations; whoever changes a dataclass sees to this."""
    passage = {"document_id": "d" * 64, "ordinal": 3, "text": "At eight.", "page": 2, "heading": None}
    document = {
        "id": "d" * 64, "name": "hours.pdf", "type": "PDF", "pages": 4, "passages": 9, "bytes": 100,
        "added_at": "2026-05-04T09:30:00Z", "pages_from_pictures": 0,
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
    folder_of(tmp_path).mkdir(parents=True)
    (folder_of(tmp_path) / f"{'0' * 16}.json").write_text(json.dumps({"format": 1, "conversation": conversation}))
    read = conversations.find("0" * 16)
    assert read is not None
    assert read.turns[0].answer is not None
    first = read.turns[0].answer.hits[0]
    assert first.candidate.passage.text == "At eight."
    for kept in (first.candidate, *first.also):
        assert (kept.retrieved_rank, kept.dense_rank, kept.lexical_rank) == (1, 1, None)
    assert read.changed_at - read.started_at == timedelta(minutes=1)


def test_a_full_disk_is_said_in_one_sentence_and_what_was_kept_stays_whole(
    conversations: Conversations, tmp_path: Path
) -> None:
    conversation = kept(conversations, "When?", "At eight.")
    longer = conversation.with_turn(Turn("Why?", answer("Why?", candidate("Because. " * 2000)), None))
    with no_room(4000), pytest.raises(PinpointError) as refused:
        conversations.keep(longer)
    assert is_one_sentence(str(refused.value))
    assert conversations.find(conversation.id) == conversation
    assert [path.name for path in folder_of(tmp_path).iterdir()] == [f"{conversation.id}.json"]
    conversations.keep(longer)
    assert conversations.find(conversation.id) == longer


def test_a_folder_that_cannot_be_made_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "library").write_text("a file is in the way")
    conversations = Conversations(tmp_path / "library" / "conversations")
    with pytest.raises(PinpointError) as refused:
        kept(conversations, "When?")
    assert is_one_sentence(str(refused.value))
    with pytest.raises(PinpointError) as refused:
        conversations.listed()
    assert is_one_sentence(str(refused.value))


def test_several_threads_keep_rename_list_and_delete_at_once(conversations: Conversations) -> None:
    shared = kept(conversations, "Shared?", "At eight.")
    failed: list[BaseException] = []

    def busy(number: int) -> None:
        try:
            for round_ in range(10):
                own = kept(conversations, f"Question {number}.{round_}?", "At six.")
                conversations.keep(shared.with_turn(Turn(f"{number}?", None, "No.")))
                conversations.rename(shared.id, f"Shared {number}")
                assert conversations.find(shared.id) is not None
                assert own.id in {summary.id for summary in conversations.listed()}
                assert conversations.delete(own.id)
        except BaseException as error:  # noqa: BLE001 - a thread's failure is the test's
            failed.append(error)

    threads = [threading.Thread(target=busy, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    (summary,) = conversations.listed()
    assert summary.name.startswith("Shared ")


def test_a_list_reads_only_the_files_that_have_changed(
    conversations: Conversations, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        kept(conversations, f"Question {number}?")
    changed = conversations.listed()[2]
    read: list[str] = []
    whole = Path.read_bytes

    def noted(path: Path) -> bytes:
        read.append(path.stem)
        return whole(path)

    monkeypatch.setattr(Path, "read_bytes", noted)
    assert len(conversations.listed()) == 5
    assert read == []
    conversations.rename(changed.id, "Another")
    read.clear()
    assert len(conversations.listed("question")) == 5
    assert read == [changed.id]
