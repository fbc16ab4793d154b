"""One home for what is on the screen, one for the address, no callback without the boundary: read in the sources."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest import Database
from pages.parts.address import parameters
from pages.parts.session import Pending, Session
from qa import Conversations, Options, Turn
from tests.conftest import ROOT

PARTS = ROOT / "pages" / "parts"
# What draws; the layers around the server draw nothing, and read the addresses of requests.
SOURCES = [path for path in sorted((ROOT / "pages").rglob("*.py")) if "server" not in path.parts]
# Told beside the passage, in a toast, by itself.
OWN_BOUNDARY = {"_keep_thumb"}


def attributes(path: Path, name: str) -> list[int]:
    """The lines on which this attribute is read, or imported, or named in a string for `getattr`."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Attribute) and node.attr == name)
        or (isinstance(node, ast.ImportFrom) and any(alias.name == name for alias in node.names))
        or (isinstance(node, ast.Constant) and node.value == name)
    ]


@pytest.mark.parametrize(("name", "home"), [("session_state", "session.py"), ("query_params", "address.py")])
def test_the_state_of_the_screen_and_the_address_have_one_home_each(name: str, home: str) -> None:
    assert attributes(PARTS / home, name)
    assert {str(path): lines for path in SOURCES if path != PARTS / home and (lines := attributes(path, name))} == {}


def callbacks(path: Path) -> Iterator[tuple[int, ast.expr]]:
    """Every value that is handed to a widget as its callback, with its line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.keyword) and node.arg in {"on_click", "on_change", "on_submit"}:
            yield node.value.lineno, node.value


def is_guarded(value: ast.expr) -> bool:
    """Whether a callback is wrapped in `guarded`, or is one of Streamlit's own words."""
    if isinstance(value, ast.Constant):
        return value.value in {"ignore", "rerun"}
    called = value.func if isinstance(value, ast.Call) else None
    return (isinstance(called, ast.Name) and called.id == "guarded") or (
        isinstance(value, ast.Name) and value.id in OWN_BOUNDARY
    )


def test_every_callback_ends_in_the_boundary() -> None:
    found = [(path, line, value) for path in SOURCES for line, value in callbacks(path)]
    assert len(found) > 20
    assert [f"{path}:{line}" for path, line, value in found if not is_guarded(value)] == []


def test_every_fragment_has_a_boundary_of_its_own() -> None:
    sources = {path: path.read_text(encoding="utf-8") for path in SOURCES}
    fragments = {str(path): source.count("st.fragment") for path, source in sources.items()}
    boundaries = {str(path): source.count("fragment_boundary()") for path, source in sources.items()}
    assert sum(fragments.values()) > 4
    assert {path: number for path, number in fragments.items() if number and boundaries[path] < number} == {}


def test_the_address_says_only_what_is_not_as_it_is_by_default(tmp_path: Path) -> None:
    assert parameters(Session()) == {}
    options = Options("dense", 50, 3, ("0123456789abcdef",))
    assert parameters(Session(options=options)) == {
        "document": ["0123456789ab"],
        "by": "dense",
        "candidates": "50",
        "passages": "3",
    }
    with Database(tmp_path) as database:
        new = Conversations(database).start()
    conversation = new.with_turn(Turn("When?", None, "There are no documents yet."))
    asked = Session(conversation=conversation)
    assert parameters(asked) == {"conversation": conversation.id, "q": "When?"}
    waiting = Session(conversation=conversation, pending=Pending("Where?"))
    assert parameters(waiting) == {"conversation": conversation.id, "q": "Where?"}
    assert parameters(Session(conversation=new)) == {}
