"""A family of near copies is a few candidates, and all of it is named."""

from collections.abc import Sequence
from datetime import UTC, datetime

from ingest import Document, Library, Passage, Settings
from ingest.embedding.bi_encoder import load_bi_encoder
from qa import Asker, Options
from qa.retrieval.families import KEPT, candidates_and_alike, families
from qa.retrieval.fusion import fuse
from qa.retrieval.lexical import LexicalIndex
from qa.retrieval.retrieve import Retriever
from tests.conftest import SharedLibrary, put_in

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
NOTICE = (
    "When the lift fails take the stairs and tell the caretaker at once. In {} the office is open from nine to five, "
    "the rent is due on the third working day, and the post is collected every morning."
)


def passage(text: str, document: str) -> Passage:
    return Passage(document, 0, text)


def grouped(passages: Sequence[Passage], count: int = 100) -> list[list[int]]:
    return families(passages, [(True,)] * len(passages), count)


def test_passages_that_differ_are_families_of_one_in_their_order() -> None:
    different = [passage(text, text) for text in ("The lift is out.", "The rent is due on Monday.", "Mind the step.")]
    assert grouped(different) == [[0], [1], [2]]
    assert candidates_and_alike([[0], [1], [2]], different, {}) == (different, {})


def test_no_family_begins_after_enough_candidates_and_those_that_are_there_grow_on() -> None:
    notices = [passage(NOTICE.format(month), month) for month in MONTHS]
    other = [passage("The rent is due on Monday.", "rent"), passage("Mind the step, please.", "step")]
    assert grouped([notices[0], *other, *notices[1:]], 2) == [[0, *range(3, 14)], [1]]


def test_near_copies_with_different_words_of_the_question_and_those_of_one_document_stay_apart() -> None:
    notices = [passage(NOTICE.format(month), month) for month in ("May", "June")]
    assert families(notices, [(True, False), (True, True)], 100) == [[0], [1]]
    assert grouped([passage(NOTICE.format(month), "all") for month in ("May", "June")]) == [[0], [1]]


def test_the_first_and_the_newest_are_candidates_and_the_others_are_kept_beside_the_first() -> None:
    notices = [passage(NOTICE.format(month), month) for month in MONTHS]
    added = datetime(2026, 5, 4, tzinfo=UTC)
    of = {
        month: Document(month, f"2025-{number:02} notice.txt", "Text", None, 1, 1, added)
        for number, month in enumerate(MONTHS, start=1)
    }
    kept, alike = candidates_and_alike([list(range(12))], notices, of)
    assert [each.document_id for each in kept] == ["January", "November", "December"]
    assert len(kept) == KEPT
    assert [each.document_id for each in alike["January:0"]] == MONTHS[1:10]


def test_more_near_copies_than_candidates_leave_room_for_others_and_are_named_newest_first(
    library: Library, settings: Settings
) -> None:
    for number in range(36):
        year, month = divmod(number, 12)
        put_in(library, settings, f"{2023 + year}-{month + 1:02}.txt", NOTICE.format(f"{MONTHS[month]} {2023 + year}"))
    put_in(library, settings, "plan.txt", "Whoever is caught in the lift calls the rescue service.")
    asker, options = Asker(library, settings), Options(candidates=10)
    answer = asker.ask("What do I do when the lift fails?", options)
    named = [hit.candidate.document.name for hit in answer.hits]
    assert named[:2] == ["2025-12.txt", "plan.txt"]
    others = [also.document.name for also in answer.hits[0].also]
    assert (len(others), others[:2], others[-1]) == (35, ["2025-11.txt", "2025-10.txt"], "2023-01.txt")
    assert (answer.candidates, answer.near_copies) == (KEPT + 1, 36 - KEPT)
    assert all(not each.alike for hit in answer.hits for each in (hit.candidate, *hit.also))
    in_march = asker.ask("When is the office open in March 2024?", options).hits[0]
    assert (in_march.candidate.document.name, in_march.also) == ("2024-03.txt", ())


def test_where_nothing_is_alike_the_candidates_are_the_first_of_both_rankings(lockers: SharedLibrary) -> None:
    question, options = "Which locker is for badge 3077?", Options(candidates=20)
    retriever, documents = Retriever(lockers.library, lockers.settings), lockers.library.documents()
    asked = retriever.understand(question, options)
    found = retriever.retrieve(asked, options)
    vector = load_bi_encoder(lockers.settings).embed_question(asked.read)
    index = LexicalIndex(lockers.library)
    index.catch_up()
    rankings = [lockers.library.nearest(vector, 20, documents), index.search(asked.text, 20, documents)]
    assert [each.passage for each in found] == fuse(rankings)[:20]
    assert {each.alike for each in found} == {()}
