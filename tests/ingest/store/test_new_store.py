"""A new store takes the old one's place: interrupted at any step, there is one of the two, whole."""

from pathlib import Path

import pytest

from ingest.store.new_store import complete_switch, next_folder, switch


@pytest.fixture
def chroma(tmp_path: Path) -> Path:
    """An old store, and a new one beside it."""
    folder = tmp_path / "chroma"
    for store, content in ((folder, "old"), (next_folder(folder), "new")):
        (store / "index").mkdir(parents=True)
        (store / "index" / "data").write_text(content, encoding="utf-8")
    return folder


def content(chroma: Path) -> str:
    return (chroma / "index" / "data").read_text(encoding="utf-8")


@pytest.mark.parametrize("keep_old", [False, True])
def test_the_new_store_takes_the_place_of_the_old_one(chroma: Path, keep_old: bool) -> None:
    switch(chroma, keep_old=keep_old)
    assert content(chroma) == "new"
    assert [path.name for path in chroma.iterdir()] == ["index"]
    others = [path for path in chroma.parent.iterdir() if path != chroma]
    assert [content(path) for path in others] == ["old"] * keep_old


@pytest.mark.parametrize("method", ["replace", "write_text", "unlink"])
@pytest.mark.parametrize("step", range(1, 4))
@pytest.mark.parametrize("keep_old", [False, True])
def test_interrupted_at_any_step_the_next_start_has_one_of_the_two_whole(
    chroma: Path, method: str, step: int, keep_old: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    do = getattr(Path, method)

    def interrupted(path: Path, *args: object, **named: object) -> object:
        steps.append(path.name)
        if len(steps) == step:
            raise KeyboardInterrupt
        return do(path, *args, **named)

    monkeypatch.setattr(Path, method, interrupted)
    try:
        switch(chroma, keep_old=keep_old)
    except KeyboardInterrupt:
        assert len(steps) == step
    monkeypatch.undo()
    complete_switch(chroma)
    if content(chroma) == "old":
        switch(chroma, keep_old=keep_old)
    assert content(chroma) == "new"
    assert not (chroma / "complete").exists()
    assert len([path for path in chroma.parent.iterdir() if path != chroma]) == keep_old


def test_without_an_old_store_the_new_one_comes_alone(tmp_path: Path) -> None:
    chroma = tmp_path / "chroma"
    next_folder(chroma).mkdir()
    switch(chroma, keep_old=True)
    assert list(tmp_path.iterdir()) == [chroma]
