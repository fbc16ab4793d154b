"""The example library that Pinpoint carries: an invented firm's handbook, manual and small papers, and questions."""

import json
from pathlib import Path

_FOLDER = Path(__file__).parent / "example"


def example_documents() -> list[Path]:
    """The files of the example, by name."""
    return sorted((_FOLDER / "documents").iterdir())


def example_questions(count: int) -> list[str]:
    """The first `count` questions that the example answers, at most one a document, for a person to try."""
    questions: dict[str, str] = {}
    with (_FOLDER / "questions.jsonl").open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            if row["document"] is not None:
                questions.setdefault(row["document"], row["question"])
    return list(questions.values())[:count]
