"""What `ingest` offers at its front door, and how little it imports before somebody uses it."""

import json
import subprocess
import sys

import pytest

import ingest

HEAVY = ["chromadb", "markitdown", "numpy", "onnxruntime", "pandas", "pydantic", "sentence_transformers", "torch"]
# What the two child processes import before they open a file, the modules of the format aside.
CHILD = [
    "ingest.reading.child",
    "ingest.reading.extract",
    "ingest.reading.page_images.child",
    "ingest.reading.box.enter",
    "ingest.reading.split",
]


def heavy_after(*modules: str) -> list[str]:
    """The heavy modules that a fresh process has after it has imported these."""
    script = f"import json, sys, {', '.join(modules)}; print(json.dumps([m for m in {HEAVY!r} if m in sys.modules]))"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120, check=True)
    found: list[str] = json.loads(ran.stdout)
    return found


def test_importing_ingest_brings_no_heavy_library() -> None:
    assert heavy_after("ingest") == []


@pytest.mark.parametrize("module", CHILD)
def test_a_child_process_brings_no_heavy_library_before_it_opens_a_file(module: str) -> None:
    assert heavy_after(module) == []


@pytest.mark.parametrize("name", ingest.__all__)
def test_every_name_is_there_and_says_what_it_is(name: str) -> None:
    assert getattr(ingest, name).__doc__
    assert name in dir(ingest)


@pytest.mark.parametrize("stage", ["read", "split", "embed", "add", "page_image"])
def test_every_stage_has_an_example(stage: str) -> None:
    sections = getattr(ingest, stage).__doc__
    assert all(f"{title}:\n" in sections for title in ("Args", "Returns", "Example"))


def test_a_name_that_is_not_offered_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        ingest.no_such_name  # type: ignore[attr-defined]  # noqa: B018
