"""Two sentences beside each other are highlighted where one names the subject and the other answers."""

from datetime import UTC, datetime

from ingest import Document, Passage, Settings
from qa import BestSentence, Candidate
from qa.reranking.cross_encoder import load_cross_encoder
from qa.reranking.neighbours import with_neighbour, with_others_that_answer
from qa.reranking.rerank import score_texts
from qa.reranking.sentence_places import sentences
from qa.reranking.sentences import sentence_text

DOCUMENT = Document("0" * 64, "notes.txt", "Text", None, 9, 9, datetime.now(UTC))


def highlighted(question: str, text: str, sentence: str) -> str:
    model = load_cross_encoder(Settings(_env_file=None))
    start = text.index(sentence)
    candidate = Candidate(Passage(DOCUMENT.id, 0, text), DOCUMENT)
    (score,) = score_texts(question, [sentence_text(candidate, (start, start + len(sentence)))], model)
    best = BestSentence(start, start + len(sentence), score)
    return with_neighbour(candidate, best, question, model).words(text)


COUNTER = "The ticket counter is in Mill Lane. It opens at 9 on weekdays and at 11 on Sundays. Dogs stay outside."


def test_the_sentence_that_answers_is_highlighted_with_the_one_that_names_its_subject() -> None:
    expected = COUNTER[: COUNTER.index(" Dogs")]
    assert highlighted("When does the ticket counter open?", COUNTER, "The ticket counter is in Mill Lane.") == expected


def test_a_sentence_that_answers_is_highlighted_alone() -> None:
    asked, sentence = "Where is the ticket counter?", "The ticket counter is in Mill Lane."
    assert highlighted(asked, COUNTER, sentence) == sentence
    assert highlighted(asked, sentence, sentence) == sentence


def test_the_sentence_with_the_amount_is_highlighted_with_the_one_that_has_only_dates() -> None:
    text = "The rent year runs from 1 May to 30 April. Members pay 240 euros on top of the deposit."
    assert highlighted("how much rent do I pay per year", text, "The rent year runs from 1 May to 30 April.") == text


def test_lines_are_not_joined() -> None:
    text = "The ticket counter is in Mill Lane.\nIt opens at 9 on weekdays."
    sentence = "The ticket counter is in Mill Lane."
    assert highlighted("When does the ticket counter open?", text, sentence) == sentence


def test_an_answer_is_not_made_longer_with_its_question() -> None:
    text = f"When does the ticket counter open? At 9 on weekdays. {COUNTER}"
    assert highlighted("When does the ticket counter open?", text, "At 9 on weekdays.") == "At 9 on weekdays."


COVER = "The cover is for glass. It is for water too. Is it dear? It is not. Dogs are welcome."


def together(question: str, *scores: float) -> str:
    """What is highlighted where the sentences were read with these scores."""
    read = [BestSentence(*place, score) for place, score in zip(sentences(COVER), scores, strict=False)]
    ranked = sorted(read, key=lambda each: -each.score)
    return with_others_that_answer(Candidate(Passage(DOCUMENT.id, 0, COVER), DOCUMENT), ranked, question).words(COVER)


def test_sentences_beside_each_other_that_answer_are_highlighted_together() -> None:
    assert together("What does it cover?", 0.9, 0.6) == "The cover is for glass. It is for water too."
    assert together("What does it cover?", 0.9, 0.4) == "The cover is for glass."
    assert together("What does it cover?", 0.8, 0.6, 0.7) == "The cover is for glass. It is for water too."
    assert together("How many does it cover?", 0.9, 0.6) == "The cover is for glass."
