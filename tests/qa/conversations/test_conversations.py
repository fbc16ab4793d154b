"""Conversations are kept whole, found again as they were, listed, searched, renamed and deleted."""

import json
import logging
import threading
from dataclasses import replace
from datetime import UTC
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pydantic import TypeAdapter
from sqlalchemy import select, text, update

from ingest import Database, Document, Passage, PinpointError
from ingest.reading.places import place_of
from ingest.store.database import FILE
from ingest.store.tables import CONVERSATIONS, TURNS
from qa import MODES, Answer, Asker, BestSentence, Candidate, Hit, Milliseconds
from qa.confidence.also_in import also_in
from qa.conversations.conversations import Conversations, Summary
from qa.conversations.turn import Conversation, Turn
from tests.conftest import SharedLibrary, is_one_sentence, no_room, tries
from tests.qa.answers import answer, candidate, with_kept_copies

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
ANY_TURN = st.builds(Turn, TEXTS, st.none() | ANSWERS, st.none() | TEXTS, st.none() | TEXTS)
ANY_CONVERSATION = st.builds(
    Conversation,
    st.from_regex(r"[0-9a-f]{16}", fullmatch=True),
    TEXTS,
    TIMES,
    TIMES,
    st.lists(ANY_TURN, min_size=1, max_size=2).map(tuple),
)


@pytest.fixture
def conversations(database: Database) -> Conversations:
    """Conversations of a library in which nothing is kept yet."""
    return Conversations(database)


def kept(conversations: Conversations, question: str, *texts: str) -> Conversation:
    """A conversation of one question, kept."""
    turn = Turn(question, answer(question, *map(candidate, texts)), None)
    conversation = conversations.start().with_turn(turn)
    conversations.keep(conversation)
    return conversation


def names(found: list[Summary]) -> list[str]:
    return [summary.name for summary in found]


@hypothesis_settings(max_examples=tries(40), deadline=None)
@given(ANY_CONVERSATION)
def test_a_kept_conversation_is_found_again_as_it_was_whatever_the_texts(conversation: Conversation) -> None:
    conversation = replace(conversation, turns=tuple(map(with_kept_copies, conversation.turns)))
    with TemporaryDirectory() as folder:
        with Database(Path(folder)) as database:
            Conversations(database).keep(conversation)
        with Database(Path(folder)) as database:
            reopened = Conversations(database)
            assert reopened.find(conversation.id) == conversation
            assert reopened.add(conversation, conversation.turns[0]).turns[:-1] == conversation.turns
            reopened.keep(conversation)
            (summary,) = reopened.listed()
        assert summary == Summary(conversation.id, conversation.name, conversation.changed_at, len(conversation.turns))


def test_an_answer_of_the_library_is_found_again_as_it_was(notes: SharedLibrary, conversations: Conversations) -> None:
    question = "When does the office open?"
    found = Asker(notes.library, notes.settings).ask(question)
    conversation = conversations.start().with_turn(Turn(question, found, None))
    conversations.keep(conversation)
    assert conversations.find(conversation.id) == conversation
    assert names(conversations.listed("eight morning")) == [question]


SAME, NEARLY = "THE lift  is out.", "The lift is out on 3 May."


def copies(database: Database) -> tuple[Conversation, str]:
    """A kept conversation with a hit that has two near copies, and the row of its turn."""
    also = [candidate(NEARLY, "nearly.pdf", "PDF", page=4), candidate(SAME, "same.txt")]
    asked = Turn("Lift?", answer("Lift?", candidate("The lift is out."), also=also), None)
    conversation = Conversations(database).add(Conversations(database).start(), asked)
    with database.read() as connection:
        return conversation, connection.execute(select(TURNS.c.body)).scalar_one()


def is_named(conversation: Conversation | None) -> list[tuple[str, list[str]]]:
    """What a card says of near copies, and where each is."""
    assert conversation is not None
    assert conversation.turns[0].answer is not None
    (hit,) = conversation.turns[0].answer.hits
    return [
        (words, [" ".join([each.document.name, *place_of(each.document, each.passage)]) for each in found])
        for words, found in also_in(hit)
    ]


NAMED = [("The same text is in", ["same.txt"]), ("Nearly the same text is in", ["nearly.pdf page 4"])]


def test_of_near_copies_is_kept_where_they_are_and_not_their_texts(database: Database) -> None:
    conversation, body = copies(database)
    assert SAME not in body
    assert NEARLY not in body
    assert is_named(conversation) == NAMED
    assert is_named(Conversations(database).find(conversation.id)) == NAMED


def test_a_turn_that_an_older_pinpoint_kept_with_the_texts_of_near_copies_is_read(database: Database) -> None:
    conversation, _ = copies(database)
    older = json.dumps(TypeAdapter(Turn).dump_python(conversation.turns[0], mode="json"))
    assert NEARLY in older
    with database.write() as connection:
        connection.execute(update(TURNS).values(body=older))
    found = Conversations(database).find(conversation.id)
    assert found == conversation
    assert is_named(found) == NAMED
    assert is_named(Conversations(database).add(conversation, Turn("Why?", None, "No."))) == NAMED


def test_so_many_are_listed_as_wanted_also_where_one_cannot_be_read(
    conversations: Conversations, database: Database
) -> None:
    found = [kept(conversations, f"{number}?") for number in range(6)]
    assert names(conversations.listed(at_most=3)) == ["5?", "4?", "3?"]
    with database.write() as connection:
        connection.execute(update(CONVERSATIONS).where(CONVERSATIONS.c.id == found[4].id).values(name="7"))
    assert names(conversations.listed(at_most=3)) == ["5?", "3?", "2?"]
    assert names(conversations.listed("?", at_most=2)) == ["5?", "3?"]
    assert names(conversations.listed(at_most=0)) == []
    assert len(conversations.listed()) == 5


def test_nothing_is_written_before_there_is_a_turn(conversations: Conversations, database: Database) -> None:
    started = conversations.start()
    conversations.keep(started)
    assert conversations.find(started.id) is None
    assert conversations.listed() == []
    with database.read() as connection:
        assert connection.execute(select(CONVERSATIONS)).all() == []


@pytest.mark.parametrize(
    "stranger",
    ["", "..", "../secret", "/etc/passwd", "0" * 15, "0" * 17, "G" * 16, "0" * 15 + "\n", "０" * 16, "\0" * 16, "*"],
)
def test_an_id_that_none_of_ours_can_be_finds_nothing_and_changes_nothing(
    conversations: Conversations, database: Database, stranger: str
) -> None:
    before = kept(conversations, "When?")
    assert conversations.find(stranger) is None
    assert conversations.rename(stranger, "Mine") is None
    assert conversations.delete(stranger) is False
    conversation = conversations.start().with_turn(Turn("When?", None, "No."))
    with pytest.raises(ValueError, match="id"):
        conversations.keep(
            Conversation(stranger, "", conversation.started_at, conversation.changed_at, conversation.turns)
        )
    assert conversations.find(before.id) == before
    assert names(conversations.listed()) == ["When?"]
    assert [path.name for path in database.folder.iterdir() if not path.name.startswith(FILE)] == []


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


def test_a_new_name_and_what_another_program_changed_are_searched(
    conversations: Conversations, database: Database
) -> None:
    conversation = kept(conversations, "When?", "At eight.")
    assert names(conversations.listed("eight")) == ["When?"]
    conversations.rename(conversation.id, "Opening")
    assert names(conversations.listed("opening")) == ["Opening"]
    with Database(database.folder) as other:
        Conversations(other).rename(conversation.id, "Hours")
    assert names(conversations.listed("hours")) == ["Hours"]
    assert names(conversations.listed("opening")) == []


def test_a_turn_more_writes_one_row_and_a_changed_one_is_written_anew(
    conversations: Conversations, database: Database
) -> None:
    first = kept(conversations, "When?", "At eight.")

    def numbers() -> list[int]:
        with database.read() as connection:
            return list(connection.execute(select(TURNS.c.number).order_by(TURNS.c.ordinal)).scalars())

    before = numbers()
    longer = first.with_turn(Turn("Where?", answer("Where?", candidate("In Rome.")), None))
    conversations.keep(longer)
    assert numbers()[:1] == before
    assert len(numbers()) == 2
    other = replace(longer, turns=(longer.turns[1], replace(longer.turns[0], question="At what time?")))
    conversations.keep(other)
    assert conversations.find(first.id) == other
    assert names(conversations.listed("what eight rome")) == ["When?"]
    conversations.keep(first)
    assert conversations.find(first.id) == first
    assert names(conversations.listed("rome")) == []


def test_a_turn_is_added_to_what_another_window_has_made_of_the_conversation(conversations: Conversations) -> None:
    started = conversations.start()
    one, two, three = (Turn(question, None, "No.") for question in ("One?", "Two?", "Three?"))
    first = conversations.add(started, one)
    assert first == conversations.find(started.id)
    assert (first.name, first.turns) == ("One?", (one,))
    conversations.rename(started.id, "Renamed")
    conversations.add(first, two)
    added = conversations.add(first, three)
    assert (added.name, added.turns) == ("Renamed", (one, two, three))
    assert conversations.find(started.id) == added
    conversations.delete(started.id)
    assert conversations.add(first, two).turns == (one, two)
    with pytest.raises(ValueError, match="id"):
        conversations.add(replace(first, id="../x"), two)


def spoilt(body: str) -> dict[str, str | bytes | None]:
    """The body of a turn, spoilt in every way that it may be found in."""
    whole = json.loads(body)
    return {
        "empty": "",
        "broken off": body[: len(body) // 2],
        "no text": b"\xff\xfe\x00",
        "no object": "[1, 2]",
        "too deep": "[" * 100_000,
        "without its answer": json.dumps({"question": whole["question"]}),
        "without a time zone": json.dumps({**whole, "asked_at": "2026-01-01T00:00:00"}),
        "another shape": json.dumps({"talk": whole}),
    }


def test_a_spoilt_turn_leaves_its_conversation_out_and_as_it_is_with_a_line_in_the_log(
    conversations: Conversations, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    bad, good = kept(conversations, "Secret?", "A secret."), kept(conversations, "When?")
    number_and_body = select(TURNS.c.number, TURNS.c.body).where(TURNS.c.body.contains("Secret?"))
    with database.read() as connection:
        number, body = connection.execute(number_and_body).one()
    for how, content in spoilt(body).items():
        with database.write() as connection:
            connection.execute(text("UPDATE turns SET body = :body WHERE number = :n"), {"body": content, "n": number})
        caplog.clear()
        with caplog.at_level(logging.WARNING):
            assert conversations.find(bad.id) is None, how
        assert len(caplog.records) == 1, how
        assert bad.id in caplog.text
        assert "ecret" not in caplog.text
        assert names(conversations.listed()) == ["When?"], how
        assert names(conversations.listed("secret")) == [], how
        assert conversations.rename(bad.id, "Mine") is None, how
        with database.read() as connection:
            found = connection.execute(select(TURNS.c.body).where(TURNS.c.number == number)).scalar_one()
        assert found == content, how
    assert conversations.find(good.id) == good
    conversations.keep(bad)
    assert names(conversations.listed("secret")) == ["Secret?"]


@pytest.mark.parametrize(("column", "content"), [("name", '"Sec'), ("name", "7"), ("changed_at", "yesterday")])
def test_a_spoilt_row_is_left_out_of_the_list_and_as_it_is_with_a_line_in_the_log(
    conversations: Conversations, database: Database, caplog: pytest.LogCaptureFixture, column: str, content: str
) -> None:
    bad, good = kept(conversations, "Secret?", "A secret."), kept(conversations, "When?")
    spoil = update(CONVERSATIONS).where(CONVERSATIONS.c.id == bad.id).values({column: content})
    with database.write() as connection:
        connection.execute(spoil)
    with caplog.at_level(logging.WARNING):
        assert names(conversations.listed()) == ["When?"]
    assert len(caplog.records) == 1
    assert bad.id in caplog.text
    assert "ecret" not in caplog.text
    assert conversations.find(bad.id) is None
    assert conversations.rename(bad.id, "Mine") is None
    assert conversations.find(good.id) == good
    with database.read() as connection:
        row = connection.execute(select(CONVERSATIONS).where(CONVERSATIONS.c.id == bad.id)).one()
    assert row._mapping[column] == content


def test_a_full_disk_is_said_in_one_sentence_and_what_was_kept_stays_whole(
    conversations: Conversations, database: Database
) -> None:
    conversation = kept(conversations, "When?", "At eight.")
    longer = conversation.with_turn(Turn("Why?", answer("Why?", candidate("Because. " * 100_000)), None))
    with no_room(database.path.stat().st_size + 100_000), pytest.raises(PinpointError) as refused:
        conversations.keep(longer)
    assert is_one_sentence(str(refused.value))
    assert conversations.find(conversation.id) == conversation
    assert names(conversations.listed("because")) == []
    conversations.keep(longer)
    assert conversations.find(conversation.id) == longer
    assert names(conversations.listed("because")) == ["When?"]


def test_what_is_deleted_is_in_no_file_of_the_library(conversations: Conversations, database: Database) -> None:
    """The index is made of three characters: the word of three is one of its entries."""
    secret = kept(conversations, "Wo ist der ʘʘʘ?", "Confidential: the ʘʘʘ is under the mat. " * 20)
    longer = secret.with_turn(Turn("And confidential?", answer("And?", candidate("Confidential indeed.")), None))
    conversations.keep(longer)
    conversations.rename(secret.id, "A confidential name")
    others = [kept(conversations, f"Question {number}?", "Known to all. " * 200) for number in range(30)]
    hidden = ("onfidential", "ʘʘʘ", json.dumps("ʘʘʘ").strip('"'))

    def found() -> list[str]:
        bytes_of = b"".join(path.read_bytes() for path in database.folder.rglob("*") if path.is_file())
        return [words for words in hidden if words.encode() in bytes_of]

    assert found() == list(hidden)
    assert conversations.delete(secret.id) is True
    assert found() == []
    assert len(conversations.listed("known")) == len(others)


def test_several_threads_keep_rename_list_and_delete_at_once(conversations: Conversations) -> None:
    shared = kept(conversations, "Shared?", "At eight.")
    failed: list[BaseException] = []

    def busy(number: int) -> None:
        try:
            for round_ in range(10):
                own = kept(conversations, f"Question {number}.{round_}?", "At six.")
                conversations.add(shared, Turn(f"{number}.{round_}?", None, "No."))
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
    assert summary.questions == 1 + 40
