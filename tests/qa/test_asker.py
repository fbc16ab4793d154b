"""Asking: the five passages that answer best, where each stood before, and a sentence where it cannot be asked."""

import threading
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from ingest import Document, Library, Passage, Settings, priority
from ingest.embedding.bi_encoder import load_bi_encoder
from ingest.errors import BadQuestion, LibraryUnavailable
from ingest.store.collection import Collection
from qa import MODES, Answer, Asker, Interim, Mode, Options, ask, rerank, retrieve
from qa.confidence.confidence import verdict
from tests.conftest import SharedLibrary, is_one_sentence, put_in, settings_in, tries


@pytest.fixture(scope="module")
def asker(notes: SharedLibrary) -> Asker:
    return Asker(notes.library, notes.settings)


@pytest.fixture(scope="module")
def locker_asker(lockers: SharedLibrary) -> Asker:
    return Asker(lockers.library, lockers.settings)


def texts(answer: Answer) -> list[str]:
    return [hit.candidate.passage.text for hit in answer.hits]


def check_promises(answer: Answer, top: int = 5) -> None:
    assert len(answer.hits) == min(top, answer.candidates)
    assert [hit.rank for hit in answer.hits] == list(range(1, len(answer.hits) + 1))
    scores = [hit.score for hit in answer.hits]
    assert all(0 <= score <= 1 for score in scores)
    assert scores == sorted(scores, reverse=True)
    assert len({hit.candidate.passage.id for hit in answer.hits}) == len(answer.hits)
    assert answer.milliseconds.retrieve >= 0
    assert answer.milliseconds.rerank >= 0
    spent = answer.milliseconds
    assert spent.total == spent.retrieve + spent.rerank + spent.sentences


# --- the answer


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("When can I get into the office?", "The office opens at eight in the morning and closes at six."),
        ("How many holidays do I get?", "Everybody has thirty days off a year."),
        ("What do I do when I am ill?", "Call your manager before nine."),
        ("How many people fit into the lift?", "The lift carries eight people."),
    ],
)
def test_the_passage_that_answers_is_on_top(asker: Asker, question: str, expected: str) -> None:
    answer = asker.ask(question)
    assert answer.question == question
    assert answer.candidates == 7
    assert texts(answer)[0] == expected
    check_promises(answer)


def test_a_hit_tells_its_document_its_page_and_its_heading(asker: Asker, notes: SharedLibrary) -> None:
    lift = asker.ask("When is the lift checked?").hits[0].candidate
    assert lift.document == notes.named("lift.pdf")
    assert (lift.passage.page, lift.passage.heading) == (2, None)
    leave = asker.ask("How long is a holiday?").hits[0].candidate
    assert (leave.document.name, leave.passage.heading) == ("leave.md", "Holidays")


def test_where_nothing_was_retrieved_no_hit_has_a_place_from_before(asker: Asker) -> None:
    assert {hit.candidate.retrieved_rank for hit in asker.ask("When does it open?").hits} == {None}


@pytest.mark.parametrize("mode", MODES)
def test_the_five_best_of_a_hundred_tell_where_each_stood_before(locker_asker: Asker, mode: Mode) -> None:
    answer = locker_asker.ask("Which locker is for badge 3077?", Options(mode=mode))
    assert answer.candidates == 100
    check_promises(answer)
    places = [hit.candidate.retrieved_rank for hit in answer.hits]
    assert len(set(places)) == 5
    assert all(place is not None and 1 <= place <= 100 for place in places)


def test_how_it_stands_is_told_on_the_way_and_the_end_is_that_of_all_candidates(locker_asker: Asker) -> None:
    question = "What is written on the doors?"
    *interims, answer = list(locker_asker.asking(question))
    assert isinstance(answer, Answer)
    assert answer.hits == locker_asker.ask(question).hits
    assert interims
    for step in interims:
        assert isinstance(step, Interim)
        assert step.total == 100
        assert [hit.rank for hit in step.hits] == [1, 2, 3, 4, 5]
        assert {hit.verdict for hit in step.hits} == {None}
        assert all(hit.cross_encoder in answer.scores[: step.read] for hit in step.hits)


def test_a_question_that_is_given_up_leaves_the_way_free(locker_asker: Asker) -> None:
    with closing(locker_asker.asking("Which locker is for badge 3077?")) as steps:
        next(steps)
    assert priority.questions.wait_until_idle(at_most=0)
    check_promises(locker_asker.ask("Which key hangs on hook 703?"))


def test_the_sentence_that_answers_is_told(asker: Asker) -> None:
    hit = asker.ask("When is the coffee machine cleaned?").hits[0]
    assert hit.best is not None
    text = hit.candidate.passage.text
    said = "The coffee machine is on the second floor. It is cleaned on Fridays."  # what "it" is stands before
    assert text[hit.best.start : hit.best.end] == said
    assert 0 <= hit.best.score <= 1


def test_typing_errors_are_mended_and_told_unless_somebody_wants_them(asker: Asker) -> None:
    mended = asker.ask("When is the cofee machine claened?")
    assert mended.question == "When is the coffee machine cleaned?"
    assert mended.changes == (("cofee", "coffee"), ("claened", "cleaned"))
    assert texts(mended)[0].startswith("The coffee machine")
    typed = asker.ask("When is the cofee machine claened?", Options(mend=False))
    assert (typed.question, typed.changes) == ("When is the cofee machine claened?", ())


def test_a_phrase_in_quotation_marks_stands_in_every_hit(asker: Asker) -> None:
    answer = asker.ask('Where is "the SECOND floor"?')
    assert [text.startswith("The coffee machine") for text in texts(answer)] == [True]
    nowhere = asker.ask('Where is "the seventh floor"?')
    assert (nowhere.hits, nowhere.outcome) == ((), "nothing close")
    assert nowhere.phrases == ("the seventh floor",)


def test_a_code_that_no_passage_has_is_told_and_nothing_is_said_to_answer(asker: Asker) -> None:
    answer = asker.ask("How many people does the lift L-8 carry?")
    assert answer.missing == ("L-8",)
    assert answer.outcome != "answers"
    assert texts(answer)[0] == "The lift carries eight people."
    assert asker.ask("How many people does the lift carry?").missing == ()


def test_a_code_of_another_document_is_not_called_missing(library: Library, settings: Settings) -> None:
    lift = put_in(library, settings, "lift.txt", "The lift carries eight people.", "It is blue.")
    put_in(library, settings, "codes.txt", "L-8 is the lift of the other house.", "It is red.")
    asker, asked = Asker(library, settings), "How many people does the lift L-8 carry?"
    of_one = asker.ask(asked, Options(documents=[lift.id]))
    assert (of_one.missing, of_one.outcome) == ((), "not sure")


def test_a_request_for_a_text_is_never_said_to_be_answered(asker: Asker) -> None:
    answer = asker.ask("Summarise the opening hours of the office")
    assert answer.is_request
    assert answer.outcome != "answers"


def test_one_signal_verdict_and_score_agree(asker: Asker) -> None:
    for question in ("When does the office open?", "holiday", "Who won the cup in 1954?", "coffee on Fridays"):
        answer = asker.ask(question)
        assert [hit.verdict for hit in answer.hits] == [verdict(hit.score) for hit in answer.hits]
        assert answer.answered == (answer.hits[0].verdict != "related")
        assert (answer.outcome == "answers") == (answer.hits[0].verdict == "answers")


def test_near_copies_are_one_hit_that_names_them_and_leave_room_for_others(
    library: Library, settings: Settings
) -> None:
    notice = (
        "When the lift fails take the stairs and tell the caretaker at once. In {} the office is open from nine to "
        "five, the rent is due on the third working day, and the post is collected every morning."
    )
    for month in ("May", "June", "July", "August", "October", "November"):
        put_in(library, settings, f"{month}.txt", notice.format(month))
    put_in(library, settings, "plan.txt", "Whoever is caught in the lift calls the rescue service.")
    hits = Asker(library, settings).ask("What do I do when the lift fails?").hits
    assert [len(hit.also) for hit in hits] == [5, 0]
    in_june = Asker(library, settings).ask("When is the office open in June?").hits
    assert (in_june[0].candidate.document.name, in_june[0].also) == ("June.txt", ())


@pytest.mark.parametrize(("candidates", "top"), [(10, 3), (3, 5), (1, 1)])
def test_more_or_fewer_can_be_asked_for(locker_asker: Asker, candidates: int, top: int) -> None:
    answer = locker_asker.ask("Which locker is for badge 3077?", Options(candidates=candidates, top=top))
    assert answer.candidates == candidates
    check_promises(answer, top)


def test_a_question_without_any_known_word_asked_by_words_has_no_hits(locker_asker: Asker) -> None:
    answer = locker_asker.ask("zebra", Options(mode="lexical"))
    assert (answer.candidates, answer.hits) == (0, ())


def test_only_the_chosen_documents_are_asked(
    asker: Asker, locker_asker: Asker, notes: SharedLibrary, lockers: SharedLibrary
) -> None:
    leave, kitchen = notes.named("leave.md"), notes.named("kitchen.txt")
    answer = asker.ask("When does the office open?", Options(documents=[leave.id, kitchen.id]))
    assert {hit.candidate.document.name for hit in answer.hits} == {"leave.md", "kitchen.txt"}
    assert answer.candidates == leave.passages + kitchen.passages
    keys = lockers.named("keys.txt")
    answer = locker_asker.ask("Which locker is for badge 3077?", Options(documents={keys.id}, candidates=10))
    assert {hit.candidate.document.name for hit in answer.hits} == {"keys.txt"}


@pytest.mark.parametrize("question", ["What is \U0001f511?", "営業時間は？", "a" * 900, "x\ny\tz", "what\x00ever", "7"])
def test_any_question_with_something_in_it_is_answered(asker: Asker, question: str) -> None:
    check_promises(asker.ask(question))


@given(question=st.text(max_size=60))
@example(question="caf\udce9 hours")  # a byte of another encoding, as a command line passes it on
@examples(max_examples=tries(40), deadline=None)
def test_whatever_is_typed_is_answered_or_refused_in_one_sentence(asker: Asker, question: str) -> None:
    if any(character.isalnum() for character in question):
        check_promises(asker.ask(question))
    else:
        refusal(asker, question)


def test_the_same_question_has_the_same_answer(locker_asker: Asker) -> None:
    first, second = (locker_asker.ask("Who has badge 3101?", Options(candidates=20)) for _ in range(2))
    assert first.hits == second.hits


# --- what cannot be asked


def refusal(asker: Asker, question: str, documents: list[str] | None = None) -> str:
    with pytest.raises(BadQuestion) as refused:
        asker.ask(question, Options(documents=documents))
    assert is_one_sentence(str(refused.value))
    return str(refused.value)


@pytest.mark.parametrize("question", ["", " ", "\n\t", "?", "?!…—", "\u200b"])
def test_a_question_without_anything_in_it_is_refused_with_a_sentence(asker: Asker, question: str) -> None:
    assert "empty" in refusal(asker, question)


def test_a_question_of_ten_thousand_characters_is_refused_with_its_length_and_the_limit(asker: Asker) -> None:
    sentence = refusal(asker, "When does it open? " * 527)
    assert "10,01" in sentence
    assert "1,000" in sentence


def test_a_question_may_be_as_long_as_the_limit_and_the_limit_can_be_set(notes: SharedLibrary, asker: Asker) -> None:
    check_promises(asker.ask("When does it open".ljust(999, "e") + "?"))
    short = Asker(notes.library, notes.settings.model_copy(update={"question_characters": 20}))
    check_promises(short.ask("When does it open?  " + " " * 100))
    assert "20" in refusal(short, "When does it open, please?")


def test_a_library_without_documents_says_so(library: Library, settings: Settings) -> None:
    assert "no documents" in refusal(Asker(library, settings), "When does it open?")


def test_an_unknown_document_is_refused_by_its_id(asker: Asker, notes: SharedLibrary) -> None:
    assert "0000" in refusal(asker, "When does it open?", [notes.named("leave.md").id, "0" * 64])


def test_no_document_chosen_is_refused(asker: Asker) -> None:
    refusal(asker, "When does it open?", [])


def test_with_another_model_set_the_library_answers_with_the_one_that_made_it(notes: SharedLibrary) -> None:
    question = "When does it open?"
    other = Asker(notes.library, notes.settings.model_copy(update={"bi_encoder": "another-model"}))
    assert (
        other.ask(question, Options(mode="dense")).hits
        == Asker(notes.library, notes.settings).ask(question, Options(mode="dense")).hits
    )


# --- documents that come and go


@pytest.mark.parametrize("mode", MODES)
def test_documents_that_come_and_go_are_seen_by_the_next_question(
    library: Library, settings: Settings, mode: Mode
) -> None:
    asker = Asker(library, settings)
    for number in range(5):
        put_in(library, settings, f"{number}.txt", f"Nothing of interest, number {number}.")

    def names() -> set[str]:
        answer = asker.ask("Where is the zebra?", Options(mode=mode, candidates=3))
        return {hit.candidate.document.name for hit in answer.hits}

    assert "zebra.txt" not in names()
    document = put_in(library, settings, "zebra.txt", "The zebra is in room 7.")
    assert "zebra.txt" in names()
    library.remove(document.id)
    assert "zebra.txt" not in names()


def test_a_document_that_is_not_completely_added_is_no_answer(library: Library, settings: Settings) -> None:
    asker = Asker(library, settings)
    put_in(library, settings, "hours.txt", "The office opens at eight.", "It closes at six.", "It is closed on Sunday.")
    half = [Passage("half", ordinal, f"The zebra is in room {ordinal}.") for ordinal in range(1, 3)]
    library.store(half, load_bi_encoder(settings).embed_passages([passage.text for passage in half]))
    for mode in MODES:
        for candidates in (2, 100):
            answer = asker.ask("Where is the zebra?", Options(mode=mode, candidates=candidates))
            assert "half" not in {hit.candidate.passage.document_id for hit in answer.hits}
    with pytest.raises(BadQuestion):
        asker.ask("Where is the zebra?", Options(documents=["half"]))


def test_several_threads_can_ask_at_once_and_get_the_answers_of_one_alone(locker_asker: Asker) -> None:
    questions = [f"Which locker is for badge {number}?" for number in (3007, 3033, 3077, 3101)]
    alone = [locker_asker.ask(question, Options(candidates=20)).hits for question in questions]
    together: dict[int, tuple[object, ...]] = {}

    def asked(place: int) -> None:
        together[place] = locker_asker.ask(questions[place], Options(candidates=20)).hits

    threads = [threading.Thread(target=asked, args=(place,)) for place in range(len(questions))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [together[place] for place in range(len(questions))] == alone


def test_documents_are_added_while_questions_are_asked(library: Library, settings: Settings) -> None:
    asker = Asker(library, settings)
    put_in(library, settings, "hours.txt", "The office opens at eight.", "It closes at six.", "It is closed on Sunday.")
    failures: list[BaseException] = []
    over = threading.Event()

    def keep_asking() -> None:
        # Adding goes on between two questions; without a pause it would wait for its ten seconds each time.
        while not over.wait(0.1):
            try:
                check_promises(asker.ask("When does it open?", Options(candidates=2, top=1)), top=1)
            except Exception as error:  # noqa: BLE001 (kept for the test's own thread)
                failures.append(error)
                return

    asking = threading.Thread(target=keep_asking)
    asking.start()
    for number in range(8):
        document = put_in(library, settings, f"{number}.txt", f"Nothing, number {number}.", "Nor here.")
        if number % 2:
            library.remove(document.id)
    over.set()
    asking.join()
    assert failures == []
    assert len(library.documents()) == 5


# --- stage by stage


def test_the_two_stages_one_after_the_other_give_the_hits_of_asking(lockers: SharedLibrary) -> None:
    question, options = "Which locker is for badge 3077?", Options(candidates=20, top=3)
    candidates = retrieve(question, lockers.library, options, settings=lockers.settings)
    assert len(candidates) == 20
    hits = rerank(question, candidates, lockers.library, options, settings=lockers.settings)
    assert tuple(hits) == Asker(lockers.library, lockers.settings).ask(question, options).hits


def test_it_says_what_is_being_got_ready_until_all_is(notes: SharedLibrary) -> None:
    warmed, asked = (Asker(notes.library, notes.settings) for _ in range(2))
    assert warmed.preparing == asked.preparing == "models"
    warmed.warm_up()
    asked.ask("When does it open?")
    assert warmed.preparing is asked.preparing is None


def test_questions_fetch_the_list_of_documents_only_when_it_has_changed(
    library: Library, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetches, fetch = list[int](), Collection.documents

    def counted(self: Collection) -> list[Document]:
        fetches.append(1)
        return fetch(self)

    monkeypatch.setattr(Collection, "documents", counted)
    put_in(library, settings, "hours.txt", "The office opens at eight.")
    asker = Asker(library, settings)
    for _ in range(10):
        assert texts(asker.ask("When does it open?")) == ["The office opens at eight."]
    assert fetches == []  # the library has the list from its start
    document = put_in(library, settings, "bakery.txt", "The bakery opens at six.")
    assert len(asker.ask("When does it open?").hits) == 2
    library.remove(document.id)
    assert texts(asker.ask("When does it open?")) == ["The office opens at eight."]
    assert fetches == []  # the library has the list from its start


# --- in one line


def test_one_line_asks_the_library_that_is_set_and_lets_go_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings_in(tmp_path)
    with Library(settings) as library:
        put_in(library, settings, "hours.txt", "The office opens at eight.")
        with pytest.raises(LibraryUnavailable, match="in use"):
            ask("When does it open?", settings=settings)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PINPOINT_LIBRARY", str(settings.library))
    assert texts(ask("When does it open?")) == ["The office opens at eight."]
    assert texts(ask("When does it open?", settings=settings)) == ["The office opens at eight."]


def test_warming_up_changes_no_answer_and_never_fails(
    notes: SharedLibrary, library: Library, settings: Settings
) -> None:
    warm = Asker(notes.library, notes.settings)
    warm.warm_up()
    assert warm.ask("When does it open?").hits == Asker(notes.library, notes.settings).ask("When does it open?").hits
    Asker(library, settings).warm_up()
    Asker(library, settings.model_copy(update={"cross_encoder": str(settings.library)})).warm_up()


def test_passages_like_one_are_the_most_similar_without_itself_and_its_copies(
    library: Library, settings: Settings
) -> None:
    door = put_in(library, settings, "door.txt", "The front door opens at eight.", "Tea is served at four.")
    put_in(library, settings, "gate.txt", "The garden gate is opened at nine.", "The  front door OPENS at eight.")
    asker = Asker(library, settings)
    first, tea = library.passages([door])
    found = [candidate.passage.text for candidate in asker.like(first)]
    assert found[0] == "The garden gate is opened at nine."
    assert sorted(found) == ["Tea is served at four.", "The garden gate is opened at nine."]
    assert len(asker.like(tea, 1)) == 1
    library.remove(door.id)
    assert door.id not in {candidate.document.id for candidate in asker.like(first)}
