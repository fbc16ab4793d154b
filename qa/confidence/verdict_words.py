"""What a person is told of a hit: its verdict in words, and the words of its passage that answer."""

from qa.candidate import Hit, Verdict

VERDICT_WORDS: dict[Verdict, str] = {"answers": "Answers it", "may answer": "May answer it", "related": "Related"}


def marked(hit: Hit) -> list[tuple[int, int]]:
    """Where in the passage the sentences stand that may answer, from start to before end, in the order of the text.

    None where the hit is only related to the question, and while passages are still being read.
    """
    if hit.verdict not in {"answers", "may answer"} or hit.best is None:
        return []
    found: list[tuple[int, int]] = []
    for sentence in sorted((hit.best, *hit.more), key=lambda each: each.start):
        start = max(sentence.start, found[-1][1] if found else 0)
        if start < sentence.end:
            found.append((start, sentence.end))
    return found


def quoted(hit: Hit) -> list[str]:
    """These sentences, word for word."""
    return [hit.candidate.passage.text[start:end] for start, end in marked(hit)]
