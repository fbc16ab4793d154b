"""What the tests of the store share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ingest.store.stored import Server


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    started = Server(tmp_path)
    yield started
    started.stop()
