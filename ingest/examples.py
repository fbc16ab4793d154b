"""The example library that comes with Pinpoint: documents of an invented company, and questions about them."""

import json
from pathlib import Path

_FOLDER = Path(__file__).parent / "example"


def example_documents() -> list[Path]:
    """The files of the example, sorted by name."""
    return sorted((_FOLDER / "documents").iterdir())


def example_questions(count: int) -> list[str]:
    """The first `count` questions that the example answers, for people to try. At most one per document."""
    questions: dict[str, str] = {}
    with (_FOLDER / "questions.jsonl").open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            if row["document"] is not None:
                questions.setdefault(row["document"], row["question"])
    return list(questions.values())[:count]
