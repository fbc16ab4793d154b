"""A backup that is damaged, or made by somebody with bad intentions, ends in one sentence and changes nothing."""

import hashlib
import json
import random
import shutil
import sqlite3
import stat
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ingest import Library, Settings
from ingest.backup.manifest import FORMAT
from ingest.backup.read import open_backup
from ingest.backup.restore import restore_backup
from ingest.backup.write import write_backup
from ingest.errors import CannotRead
from tests.conftest import is_one_sentence, settings_in
from tests.ingest.backup.test_backup import IDS, fill

Members = dict[str, bytes]


@pytest.fixture(scope="module")
def members(tmp_path_factory: pytest.TempPathFactory) -> Members:
    """The members of a good backup."""
    folder = tmp_path_factory.mktemp("good")
    with Library(settings_in(folder)) as library:
        fill(library)
        write_backup(library, folder / "backup.zip")
    with zipfile.ZipFile(folder / "backup.zip") as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(path: Path, members: Members, *, told: bool = True) -> Path:
    """A ZIP file of these members; the manifest tells the truth of them where `told`."""
    manifest: dict[str, Any] = json.loads(members["manifest.json"])
    if told:
        manifest["members"] = {
            name: {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for name, content in members.items()
            if name != "manifest.json"
        }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, json.dumps(manifest) if name == "manifest.json" else content)
    return path


def refusal(path: Path, settings: Settings) -> str:
    """The sentence by which a backup is refused; the library's folder is as it was, and nothing lies beside it."""
    settings.library.mkdir(parents=True, exist_ok=True)
    (settings.library / "mine").write_text("mine", encoding="utf-8")
    around = set(settings.library.parent.iterdir())
    with pytest.raises(CannotRead) as refused:
        restore_backup(path, settings, replace=True)
    assert is_one_sentence(str(refused.value).replace(str(path), "backup.zip"))
    assert {entry.name for entry in settings.library.iterdir()} == {"mine", "lock"}
    assert set(settings.library.parent.iterdir()) == around
    return str(refused.value)


def test_the_same_members_packed_again_are_taken(members: Members, settings: Settings, tmp_path: Path) -> None:
    assert restore_backup(packed(tmp_path / "backup.zip", members), settings).documents == 3


def test_a_backup_of_the_first_format_is_taken(members: Members, settings: Settings, tmp_path: Path) -> None:
    """It had neither names of pages, nor their cells, nor addresses, nor what was not read."""
    older = dict(members)
    for name in [name for name in members if name.startswith("documents/")]:
        lines = [json.loads(line) for line in members[name].splitlines()]
        assert lines[0].pop("not_read")
        assert lines[0].pop("source")
        assert all(line.pop("page_name") and line.pop("cells") for line in lines[1:])
        older[name] = "\n".join(map(json.dumps, lines)).encode()
    older["manifest.json"] = json.dumps(json.loads(members["manifest.json"]) | {"format": 1}).encode()
    assert restore_backup(packed(tmp_path / "backup.zip", older), settings).documents == 3
    with Library(settings) as library:
        assert {document.not_read for document in library.documents()} == {()}


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "/etc/cron.d/evil",
        "files/../../evil",
        "files/" + "0" * 63,
        "files/" + "0" * 64 + "/evil",
        "files/" + "0" * 64 + "\n",
        "FILES/" + "0" * 64,
        "pinpoint.db-wal",
        "chroma/chroma.sqlite3",
        "files\\evil",
    ],
)
def test_a_member_that_has_no_name_of_ours_is_refused(
    members: Members, settings: Settings, tmp_path: Path, name: str
) -> None:
    refusal(packed(tmp_path / "backup.zip", {**members, name: b"evil"}), settings)


def test_a_link_is_refused(members: Members, settings: Settings, tmp_path: Path) -> None:
    path, link = tmp_path / "backup.zip", f"files/{IDS[0]}"
    packed(path, {**members, link: b"/etc/passwd"})
    with zipfile.ZipFile(path) as archive:
        contents = {info.filename: archive.read(info) for info in archive.infolist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in contents.items():
            info = zipfile.ZipInfo(name)
            if name == link:
                info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
            archive.writestr(info, content)
    refusal(path, settings)


def test_two_members_of_one_name_are_refused(members: Members, settings: Settings, tmp_path: Path) -> None:
    path = packed(tmp_path / "backup.zip", members)
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("pinpoint.db", b"another")
    refusal(path, settings)


def test_a_bomb_is_refused_before_it_bursts(members: Members, settings: Settings, tmp_path: Path) -> None:
    """A member that unpacks to more than its size, and sizes that no disk has."""
    path = packed(tmp_path / "backup.zip", {**members, f"files/{IDS[0]}": b"0" * 30_000_000})
    assert path.stat().st_size < 200_000
    content = path.read_bytes()
    small, large = (30_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little")
    assert content.count(small) >= 1
    path.write_bytes(content.replace(small, large))  # the list of members lies about it
    refusal(path, settings)
    huge = dict(members)
    manifest = json.loads(huge["manifest.json"])
    manifest["members"][f"files/{IDS[0]}"]["bytes"] = 10**18
    huge["manifest.json"] = json.dumps(manifest).encode()
    refusal(packed(tmp_path / "huge.zip", huge, told=False), settings)


def test_what_does_not_fit_on_the_disk_is_refused_before_it_is_read(
    members: Members, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.backup.read.free_bytes", lambda _: 1000)
    assert "too little room" in refusal(packed(tmp_path / "backup.zip", members), settings)


Change = Callable[[Members], object]


def line(members: Members, number: int, **changed: object) -> None:
    """Change a line of the first document."""
    name = f"documents/{IDS[0]}.jsonl"
    lines = members[name].splitlines()
    lines[number] = json.dumps({**json.loads(lines[number]), **changed}).encode()
    members[name] = b"\n".join(lines) + b"\n"


def manifest(members: Members, **changed: object) -> None:
    members["manifest.json"] = json.dumps({**json.loads(members["manifest.json"]), **changed}).encode()


CHANGES: dict[str, Change] = {
    "no manifest members": lambda m: m.pop("pinpoint.db"),
    "no vectors": lambda m: m.pop(f"vectors/{IDS[0]}.f32"),
    "fewer vectors": lambda m: m.update({f"vectors/{IDS[0]}.f32": bytes(32)}),
    "vectors that are no numbers": lambda m: m.update({f"vectors/{IDS[0]}.f32": b"\xff" * 64}),
    "a passage too many": lambda m: m.update({f"documents/{IDS[0]}.jsonl": m[f"documents/{IDS[0]}.jsonl"] * 2}),
    "more passages told": lambda m: line(m, 0, passages=10**9),
    "another key": lambda m: line(m, 0, evil=True),
    "a number for a text": lambda m: line(m, 1, text=7),
    "no document": lambda m: m.update({f"documents/{IDS[0]}.jsonl": b""}),
    "deep nesting": lambda m: m.update({f"documents/{IDS[0]}.jsonl": b"[" * 100_000}),
    "a wrong distance": lambda m: manifest(m, distance="__class__"),
    "no width": lambda m: manifest(m, width=0),
    "more documents told": lambda m: manifest(m, documents=4),
    "a manifest that is a list": lambda m: m.update({"manifest.json": b"[]"}),
    "a database of nothing": lambda m: m.update({"pinpoint.db": b""}),
    "a database of noise": lambda m: m.update({"pinpoint.db": random.Random(1).randbytes(9000)}),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_backup_that_contradicts_itself_is_refused(
    members: Members, settings: Settings, tmp_path: Path, change: Change
) -> None:
    changed = dict(members)
    change(changed)
    told = isinstance(json.loads(changed["manifest.json"]), dict)
    path = packed(tmp_path / "backup.zip", changed) if told else tmp_path / "backup.zip"
    if not told:
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in changed.items():
                archive.writestr(name, content)
    refusal(path, settings)


def test_a_newer_backup_is_refused_with_the_way_out(members: Members, settings: Settings, tmp_path: Path) -> None:
    changed = dict(members)
    manifest(changed, format=FORMAT + 1, something_new=True)
    assert "newer version" in refusal(packed(tmp_path / "backup.zip", changed), settings)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER evil AFTER INSERT ON turns BEGIN DELETE FROM conversations; END",
        "CREATE VIEW evil AS SELECT * FROM jobs",
        "CREATE TABLE evil (x)",
        "DROP TABLE judgements",
    ],
)
def test_a_database_with_other_tables_or_triggers_is_refused(
    members: Members, settings: Settings, tmp_path: Path, statement: str
) -> None:
    database = tmp_path / "changed.db"
    database.write_bytes(members["pinpoint.db"])
    with closing(sqlite3.connect(database)) as connection:
        connection.execute(statement)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path = packed(tmp_path / "backup.zip", {**members, "pinpoint.db": database.read_bytes()})
    assert "not made by Pinpoint" in refusal(path, settings)


def test_any_byte_that_is_another_one_is_noticed_or_means_nothing(
    members: Members, settings: Settings, tmp_path: Path
) -> None:
    good = packed(tmp_path / "backup.zip", members).read_bytes()
    chance, path, refused = random.Random(3), tmp_path / "damaged.zip", list[str]()
    for _ in range(60):
        content = bytearray(good)
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        path.write_bytes(bytes(content))
        try:
            with open_backup(path) as backup:
                backup.check(tmp_path)
                assert {document_id: backup.document(document_id) for document_id in backup.document_ids()}.keys() == {
                    *IDS
                }
        except CannotRead as error:
            refused.append(str(error).replace(str(path), "damaged.zip"))
    assert all(map(is_one_sentence, refused))
    assert len(refused) > 40  # the rest are times and attributes of members


@pytest.mark.parametrize("length", [0, 1, 100, 0.5, 0.99])
def test_a_file_that_is_cut_is_refused(members: Members, settings: Settings, tmp_path: Path, length: float) -> None:
    path = packed(tmp_path / "backup.zip", members)
    content = path.read_bytes()
    path.write_bytes(content[: int(length * len(content)) if 0 < length < 1 else int(length)])
    refusal(path, settings)


def test_no_file_and_a_folder_are_refused(settings: Settings, tmp_path: Path) -> None:
    refusal(tmp_path / "not there.zip", settings)
    (tmp_path / "folder.zip").mkdir()
    refusal(tmp_path / "folder.zip", settings)
    shutil.rmtree(tmp_path / "folder.zip")
