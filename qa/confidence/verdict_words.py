"""The words for a verdict and for an outcome, and the words of a passage that are highlighted and quoted."""

from collections.abc import Iterator, Sequence

from qa.answer import Answer, Hit, Outcome, Verdict

VERDICT_WORDS: dict[Verdict, str] = {
    "answers": "Answers it",
    "may answer": "May answer it",
    "left empty": "Left empty",
    "related": "Related",
}
OUTCOME_WORDS: dict[Outcome, str] = {
    "answers": "",
    "not sure": "Not sure. These passages come closest.",
    "left empty": "There is a place for this in your documents, but it was left empty.",
    "nothing close": "Nothing in your documents is close to this question.",
}
REQUEST_WORDS = "Pinpoint finds passages; it does not summarise or write. These passages come closest."


def missing_words(codes: Sequence[str]) -> str:
    """What is said of the codes that no passage has; empty where there are none.

    >>> missing_words(["TB-4", "F70.1"])
    'No passage has “TB-4” or “F70.1”.'
    """
    return f"No passage has {' or '.join(f'“{code}”' for code in codes)}." if codes else ""


def highlights(hit: Hit) -> list[tuple[int, int]]:
    """The places of the sentences that may answer, or of a place that was left empty, in the text of the passage.

    Returns:
        Pairs of a start and the place after the end, in the order of the text, without overlaps. Empty where the hit is
        only related to the question, and while candidates are still being scored.
    """
    if hit.verdict in {None, "related"} or hit.best is None:
        return []
    found: list[tuple[int, int]] = []
    for sentence in sorted((hit.best, *hit.more), key=lambda each: each.start):
        start = max(sentence.start, found[-1][1] if found else 0)
        if start < sentence.end:
            found.append((start, sentence.end))
    return found


def split_at(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """Split a text at spans. Yields each piece that is not empty, and whether it is highlighted.

    >>> list(split_at("Lift it in pairs. It is heavy.", [(0, 17)]))
    [('Lift it in pairs.', True), (' It is heavy.', False)]
    """
    done = 0
    for start, end in spans:
        yield from ((piece, lit) for piece, lit in ((text[done:start], False), (text[start:end], True)) if piece)
        done = end
    if text[done:]:
        yield text[done:], False


def quotation(answer: Answer) -> list[str]:
    """The sentences of the first hit that answer, word for word; its whole text where there are none."""
    return quoted(answer.hits[0]) or [answer.hits[0].candidate.passage.text]


def quoted(hit: Hit) -> list[str]:
    """The highlighted sentences of a hit, word for word."""
    return [hit.candidate.passage.text[start:end] for start, end in highlights(hit)]
