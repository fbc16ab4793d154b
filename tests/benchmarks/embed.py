"""Passages embedded a second, and the time of one question's vector, beside the plain way of doing the same.

    python -m tests.benchmarks.embed [FILE_OR_FOLDER ...] [--passages 128] [--repeats 5]

How it is measured. The files, or the example where none are given, are cut into passages as for the library; an even
sample of them is embedded, with their context, in both ways, one right after the other, after one round that is not
counted; the table has the medians. Ours is `BiEncoder.embed_passages`, in groups as `ingest.add` calls it. The
plain way is `SentenceTransformer.encode_document` in fp32 on torch, its default batch size, all passages in one call,
with the same weights, de-quantized (`tests.benchmarks.plain`). Each of eight passages' first sentence stands in for a
question. Vectors have unit length, so their product is their cosine.
"""

import argparse
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np
from sentence_transformers import SentenceTransformer

import ingest
from ingest import Library, Passage
from ingest.embedding.bi_encoder import BiEncoder, Vectors, load_bi_encoder
from ingest.embedding.embed import embedded_text, in_groups
from ingest.pipeline.make import BATCH
from tests.benchmarks.plain import plain_bi_encoder
from tests.benchmarks.report import compared, machine, print_table, timed
from tests.benchmarks.temporary import temporary_library

EXAMPLE = Path(ingest.__file__).parent / "example" / "documents"
NEAREST = 10


def ours(encoder: BiEncoder, texts: Sequence[str]) -> Vectors:
    """The vectors of passages as the library gets them, in the order of the texts."""
    passages = [Passage("", at, text) for at, text in enumerate(texts)]
    groups = [each for at in range(0, len(texts), BATCH) for each in in_groups(passages[at : at + BATCH])]
    vectors = np.concatenate([encoder.embed_passages([passage.text for passage in group]) for group in groups])
    return np.asarray(vectors[np.argsort([passage.ordinal for group in groups for passage in group])])


def plain(model: SentenceTransformer, texts: Sequence[str]) -> Vectors:
    """The vectors of passages as the documentation of sentence-transformers makes them."""
    return np.asarray(model.encode_document(list(texts)), dtype=np.float32)


def measure(texts: Sequence[str], repeats: int, encoder: BiEncoder, model: SentenceTransformer) -> None:
    """Embed all texts and eight questions in both ways, `repeats` times after one not counted, and print."""
    questions = [text.split("\n")[-1].split(". ")[0] for text in texts[:: max(1, len(texts) // 8)]]
    vectors, plain_vectors = ours(encoder, texts), plain(model, texts)
    passages_ours: list[float] = []
    passages_plain: list[float] = []
    question_ours: list[float] = []
    question_plain: list[float] = []
    for _ in range(repeats):
        timed(partial(ours, encoder, texts), passages_ours)
        timed(partial(plain, model, texts), passages_plain)
        for question in questions:
            timed(partial(encoder.embed_question, question), question_ours)
            timed(partial(model.encode_query, question), question_plain)
    asked = np.stack([encoder.embed_question(question) for question in questions])
    plainly_asked = np.asarray(model.encode_query(questions), dtype=np.float32)
    rows = [
        compared("all passages", passages_ours, passages_plain),
        compared("a question", question_ours, question_plain),
    ]
    print_table(["", "ours, ms", "least", "plain, ms", "least", "plain / ours"], rows)
    rate, plain_rate = (len(texts) / np.median(times) * 1000 for times in (passages_ours, passages_plain))
    print(f"passages a second: ours {rate:.1f}, plain {plain_rate:.1f}")
    print(f"least cosine of a passage's two vectors: {(vectors * plain_vectors).sum(axis=1).min():.4f}")
    shared = _shared(_nearest(asked, vectors), _nearest(plainly_asked, plain_vectors))
    print(f"of the {NEAREST} nearest passages of a question, {shared:.1f} are the same, on average")


def main() -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.embed", description=__doc__.splitlines()[0])
    parser.add_argument("paths", nargs="*", type=Path, metavar="FILE_OR_FOLDER")
    parser.add_argument("--passages", type=int, default=128, help="how many passages are embedded")
    parser.add_argument("--repeats", type=int, default=5, help="how often they are")
    arguments = parser.parse_args()
    with temporary_library(arguments.paths or [EXAMPLE]) as (library, settings, spare):
        encoder, model = load_bi_encoder(settings), plain_bi_encoder(spare)
        texts = _texts(library, encoder, arguments.passages)
        tokens = np.mean([len(encoding.ids) for encoding in encoder.tokenizer.encode_batch(texts)])
        print(f"{len(texts)} passages of {tokens:.0f} tokens on average, {arguments.repeats} repeats")
        measure(texts, arguments.repeats, encoder, model)
    print(machine())


def _texts(library: Library, encoder: BiEncoder, count: int) -> list[str]:
    of = {document.id: document for document in library.documents()}
    texts = [embedded_text(passage, of[passage.document_id].name, encoder) for passage in library.passages(of.values())]
    return texts[:: max(1, len(texts) // count)][:count]


def _nearest(asked: Vectors, vectors: Vectors) -> list[set[int]]:
    return [set(np.argsort(-row, kind="stable")[:NEAREST].tolist()) for row in asked @ vectors.T]


def _shared(some: Sequence[set[int]], others: Sequence[set[int]]) -> float:
    return float(np.mean([len(one & other) for one, other in zip(some, others, strict=True)]))


if __name__ == "__main__":
    main()
