"""Which other documents have the text of a hit, or nearly the same, and the words for that."""

from collections.abc import Sequence

from qa.analysis.wording import is_same_text
from qa.answer import Candidate, Hit

_NAMED = 3  # so many documents are named in a line


def also_in(hit: Hit) -> list[tuple[str, list[Candidate]]]:
    """The other passages of a hit, the newest first, after the words that say how they are alike."""
    own = hit.candidate.passage.text
    same = [also for also in hit.also if is_same_text(also.passage.text, own)]
    nearly = [also for also in hit.also if not is_same_text(also.passage.text, own)]
    found = (("The same text is in", same), ("Nearly the same text is in", nearly))
    return [(words, passages) for words, passages in found if passages]


def split_named(passages: Sequence[Candidate]) -> tuple[Sequence[Candidate], Sequence[Candidate]]:
    """The passages that are named in a line, and the others, of which only the number is said: never a single one."""
    end = _NAMED if len(passages) > _NAMED + 1 else len(passages)
    return passages[:end], passages[end:]


def also_in_lines(hit: Hit) -> list[str]:
    """The same as `also_in`, as lines of plain text with the names of a few documents."""
    return [_line(words, *split_named(passages)) for words, passages in also_in(hit)]


def _line(words: str, named: Sequence[Candidate], others: Sequence[Candidate]) -> str:
    names = "; ".join(each.document.name for each in named)
    return f"{words} {names}" + (f" and {len(others):,} more" if others else "")
