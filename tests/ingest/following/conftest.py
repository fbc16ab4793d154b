"""An office whose folder is followed, with a few papers in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import until
from tests.ingest.following.office import Office, an_office, look_often, write


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    look_often(monkeypatch)
    folder = tmp_path / "papers"
    write(folder, hours="The office opens at eight.", lift="The lift carries eight people.", plans__roof="It is flat.")
    with an_office(tmp_path) as opened:
        opened.follower.follow(str(folder), as_collections=True)
        until(lambda: opened.state.held == 3)
        yield opened
