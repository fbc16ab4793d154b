"""The example that Pinpoint carries, for a person who has no documents at hand."""

import pytest

from ingest import Library, Settings, example_documents, example_questions
from ingest.pipeline.add import add
from ingest.reading.file_types import suffixes


def test_the_example_has_several_documents_of_kinds_that_can_be_read() -> None:
    documents = example_documents()
    assert len(documents) >= 3
    assert all(path.is_file() and path.suffix in suffixes() for path in documents)
    assert documents == sorted(documents)


@pytest.mark.parametrize("count", [0, 1, 3, 5])
def test_as_many_example_questions_are_given_as_are_asked_for(count: int) -> None:
    questions = example_questions(count)
    assert len(questions) == count
    assert len(set(questions)) == count
    assert all(question.strip() for question in questions)


def test_a_document_of_the_example_can_be_added(library: Library, settings: Settings) -> None:
    path = next(path for path in example_documents() if path.suffix == ".md")
    assert add(path, library, settings).status == "added"
