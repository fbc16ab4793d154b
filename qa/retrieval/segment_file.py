"""A segment as a file of Arrow, which is mapped and not read; its name says what is in it, so that damage shows."""

import logging
import zlib
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy.typing as npt
import pyarrow as pa

from qa.retrieval.occurrences import Occurrences
from qa.retrieval.packed import Packed
from qa.retrieval.segment import Segment

logger = logging.getLogger(__name__)

ENDING = ".arrow"
_PIECE = 1 << 22  # bytes read at a time
# The code that decides what a segment has: where it changes, segments are made anew.
_MAKERS = ("occurrences.py", "packed.py", "segment.py")

Arrays = dict[str, npt.NDArray[Any]]


def save(segment: Segment, folder: Path) -> Path:
    """Write a segment into a folder, whole or not at all. Raises OSError."""
    arrays = _arrays(segment)
    columns = {name: _column(values) for name, values in arrays.items()}
    batch = pa.RecordBatch.from_pydict(columns)
    batch = batch.replace_schema_metadata({"analysis": analysis()})
    aside = folder / f"{uuid4().hex}.part"  # another process may save beside this one
    try:
        with pa.OSFile(str(aside), "wb") as file, pa.ipc.new_file(file, batch.schema) as writer:
            writer.write_batch(batch)
        path = folder / f"{_checksum(aside):08x}{ENDING}"
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
    return path


def load(path: Path) -> Segment | None:
    """Map a segment from its file; None where the file is damaged, or was made by another analysis of texts."""
    try:
        if path.stem != f"{_checksum(path):08x}":
            logger.info("a file of the lexical index is damaged; its documents are read again")
            return None
        batch = pa.ipc.open_file(pa.memory_map(str(path))).get_batch(0)
    except (OSError, pa.ArrowException):
        logger.info("a file of the lexical index cannot be read; its documents are read again", exc_info=True)
        return None
    if (batch.schema.metadata or {}).get(b"analysis") != analysis().encode():
        return None
    arrays = {name: batch.column(name).values.to_numpy(zero_copy_only=True) for name in batch.schema.names}
    return _segment(arrays)


@cache
def analysis() -> str:
    """What tells this version's analysis of texts from another one's: a hash of its code."""
    code = blake2b(digest_size=8)
    analysing = [file for file in files("qa.analysis").iterdir() if file.name.endswith(".py")]
    making = [files("qa.retrieval") / name for name in _MAKERS]
    for file in sorted([*analysing, *making], key=lambda each: each.name):
        code.update(file.read_bytes())
    code.update(version("snowballstemmer").encode())
    return code.hexdigest()


def _arrays(segment: Segment) -> Arrays:
    """The arrays of a segment by their names."""
    return {
        **_packed("ids", segment.ids),
        **_packed("states", segment.states),
        **_packed("beginnings", segment.beginnings),
        "firsts": segment.firsts,
        **_occurrences("words", segment.words),
        "lengths": segment.lengths,
        "prints": segment.prints,
        **_packed("initials", segment.initials),
        **_occurrences("terms", segment.terms),
    }


def _segment(arrays: Mapping[str, npt.NDArray[Any]]) -> Segment:
    def packed(name: str) -> Packed:
        return Packed(arrays[f"{name}.data"], arrays[f"{name}.ends"])

    def occurrences(name: str) -> Occurrences:
        return Occurrences(packed(name), arrays[f"{name}.starts"], arrays[f"{name}.rows"], arrays[f"{name}.counts"])

    return Segment(
        packed("ids"),
        packed("states"),
        packed("beginnings"),
        arrays["firsts"],
        occurrences("words"),
        arrays["lengths"],
        arrays["prints"],
        packed("initials"),
        occurrences("terms"),
    )


def _packed(name: str, texts: Packed) -> Arrays:
    return {f"{name}.data": texts.data, f"{name}.ends": texts.ends}


def _occurrences(name: str, of: Occurrences) -> Arrays:
    return {
        **_packed(name, of.terms),
        f"{name}.starts": of.starts,
        f"{name}.rows": of.rows,
        f"{name}.counts": of.counts,
    }


def _column(values: npt.NDArray[Any]) -> pa.Array:
    """A column of one row, which is the whole array."""
    inner = pa.array(values)
    return pa.LargeListArray.from_arrays(pa.array([0, len(values)], type=pa.int64()), inner)


def _checksum(path: Path) -> int:
    value = 0
    for piece in _pieces(path):
        value = zlib.crc32(piece, value)
    return value


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece
