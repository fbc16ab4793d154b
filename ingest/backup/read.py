"""Read a backup, which may be damaged or made by somebody with bad intentions: all of it is checked before it is used.

Nothing is unpacked by its name: a member has a name of ours or the backup is refused. So no member is a link, lies
elsewhere, or is longer than the manifest says.
"""

import hashlib
import logging
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ValidationError

from ingest.backup.archive import PIECE
from ingest.backup.manifest import (
    DATABASE,
    FORMAT,
    MANIFEST,
    MEMBER,
    DocumentLine,
    Manifest,
    PassageLine,
    document_member,
    vectors_member,
)
from ingest.document import Document, Passage
from ingest.embedding.bi_encoder import Vectors
from ingest.errors import CannotRead
from ingest.store.durable import free_bytes
from ingest.units import MEGABYTE

logger = logging.getLogger(__name__)

_MANIFEST_BYTES, _MEMBERS = 200 * MEGABYTE, 2_000_000
_DISTANCES = {"cosine", "ip", "l2"}


class Backup:
    """An open backup whose manifest is read. Every method raises CannotRead where the file is not as it says."""

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self._path = path
        self._zip = archive
        self.manifest = self._read_manifest()

    def check(self, room_in: Path) -> None:
        """Read every member and compare it with the manifest; nothing is written.

        Raises CannotRead where one differs, or where the disk of `room_in` has too little room for all of it.
        """
        members = self.manifest.members
        needed, free = sum(member.bytes for member in members.values()), free_bytes(room_in)
        if needed > free:
            raise CannotRead(
                f"There is too little room for this backup: it needs {needed / MEGABYTE:,.0f} MB, and "
                f"{free / MEGABYTE:,.0f} MB are free. Free some space, then try again. Nothing was changed."
            )
        for name in members:
            if name == DATABASE or name.startswith("files/"):
                for _ in self.pieces(name):
                    pass
        for document_id in self.document_ids():
            self.document(document_id)

    def pieces(self, name: str) -> Iterator[bytes]:
        """The bytes of a member, piece by piece; at the last one it is known that they are what was backed up."""
        expected = self.manifest.members[name]
        digest, size = hashlib.sha256(), 0
        with _damage_told(self._path), self._zip.open(name) as member:
            while piece := member.read(PIECE):
                size += len(piece)
                if size > expected.bytes:
                    raise ValueError(name)
                digest.update(piece)
                yield piece
            if size != expected.bytes or digest.hexdigest() != expected.sha256:
                raise ValueError(name)

    def names(self, folder: str) -> list[str]:
        """The names of the members in a folder of the backup, without the folder."""
        start = f"{folder}/"
        return [name.removeprefix(start) for name in self.manifest.members if name.startswith(start)]

    def document_ids(self) -> list[str]:
        """The ids of the documents."""
        return [name.removesuffix(".jsonl") for name in self.names("documents")]

    def document(self, document_id: str) -> tuple[Document, datetime | None, list[Passage], Vectors]:
        """A document, since when it is in the trash, its passages in order, and their vectors, (passages, width)."""
        content = b"".join(self.pieces(document_member(document_id)))
        raw = b"".join(self.pieces(vectors_member(document_id)))
        with _damage_told(self._path):
            first, *lines = content.splitlines()
            about = DocumentLine.model_validate_json(first)
            passages = [_passage(document_id, ordinal, line) for ordinal, line in enumerate(lines)]
            vectors = np.frombuffer(raw, dtype="<f4").reshape(about.passages, self.manifest.width or 0)
            if len(passages) != about.passages or not np.isfinite(vectors).all():
                raise ValueError(document_id)
        known = about.model_dump(exclude={"removed_at", "not_read"})
        return (
            Document(id=document_id, not_read=about.not_read, **known),
            about.removed_at,
            passages,
            vectors.astype(np.float32),
        )

    def _read_manifest(self) -> Manifest:
        with _damage_told(self._path):
            infos = {info.filename: info for info in self._zip.infolist()}
            manifest_info = infos.pop(MANIFEST)
            if manifest_info.file_size > _MANIFEST_BYTES or len(infos) > _MEMBERS:
                raise ValueError(MANIFEST)
            with self._zip.open(manifest_info) as member:
                content = member.read(_MANIFEST_BYTES)
            found = _Format.model_validate_json(content).format
        if found > FORMAT:
            raise CannotRead(
                f"The backup {self._path} was made by a newer version of Pinpoint. Restore it with that version. "
                "Nothing was changed."
            )
        with _damage_told(self._path):
            manifest = Manifest.model_validate_json(content)
            if len(infos) + 1 != len(self._zip.infolist()):  # two members of one name
                raise ValueError(MANIFEST)
            _check_names(manifest, infos)
            _check_counts(manifest)
        return manifest


@contextmanager
def open_backup(path: Path) -> Iterator[Backup]:
    """Open a backup and read its manifest. Raises CannotRead."""
    with ExitStack() as opened:
        with _damage_told(path):
            backup = Backup(path, opened.enter_context(zipfile.ZipFile(path)))
        yield backup


class _Format(BaseModel):
    format: int


def _check_names(manifest: Manifest, infos: dict[str, zipfile.ZipInfo]) -> None:
    """Raise ValueError where a member is not one of ours, not as long as it should be, a link, or encrypted."""
    if infos.keys() != manifest.members.keys():
        raise ValueError(MANIFEST)
    for name, info in infos.items():
        kind = stat.S_IFMT(info.external_attr >> 16)
        if (
            not MEMBER.fullmatch(name)
            or info.file_size != manifest.members[name].bytes
            or kind not in {0, stat.S_IFREG}
            or info.flag_bits & 0x1
            or info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
        ):
            raise ValueError(name)


def _check_counts(manifest: Manifest) -> None:
    """Raise ValueError where the manifest contradicts itself."""
    names = manifest.members.keys()
    documents = [name for name in names if name.startswith("documents/")]
    vectors = {name.replace("vectors/", "documents/").replace(".f32", ".jsonl") for name in names if "vectors/" in name}
    described = manifest.bi_encoder and manifest.distance in _DISTANCES and manifest.width
    if (
        DATABASE not in names
        or len(documents) != manifest.documents
        or set(documents) != vectors
        or (documents and not described)
    ):
        raise ValueError(MANIFEST)


def _passage(document_id: str, ordinal: int, line: bytes) -> Passage:
    found = PassageLine.model_validate_json(line)
    return Passage(document_id, ordinal, found.text, found.page, found.heading, found.page_name, cells=found.cells)


@contextmanager
def _damage_told(path: Path) -> Iterator[None]:
    """Turn what a damaged or wrong file raises into one sentence."""
    try:
        yield
    except (
        zipfile.BadZipFile,
        zlib.error,
        ValidationError,
        ValueError,
        KeyError,
        EOFError,
        OSError,
        NotImplementedError,  # zipfile's word for a way of compressing that it does not know
        RuntimeError,  # zipfile's word for a member that asks for a password
        RecursionError,
    ) as error:
        logger.info("a backup cannot be read", exc_info=True)
        raise CannotRead(
            f"{path} cannot be read as a backup of Pinpoint: it is missing, damaged or another kind of file. Nothing "
            "was changed. Use another copy of it."
        ) from error
