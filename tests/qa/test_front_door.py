"""What `qa` offers: everything by one name, and nothing is imported before it is used."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

import qa
from tests.conftest import ROOT


def test_importing_qa_imports_nothing_else_of_ours_and_no_library() -> None:
    """In a process of its own; whatever Python itself has loaded before is left out."""
    program = (
        "import json, sys; before = set(sys.modules); import qa; print(json.dumps(sorted(set(sys.modules) - before)))"
    )
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    brought = json.loads(run.stdout)
    assert {name for name in brought if name.partition(".")[0] not in sys.stdlib_module_names} == {"qa"}


def test_everything_that_is_offered_is_there_under_its_name() -> None:
    for name in qa.__all__:
        assert getattr(qa, name) is not None
        assert name in dir(qa)
    assert {"retrieve", "rerank", "ask", "evaluate"} <= set(qa.__all__)


def test_what_a_type_checker_sees_is_what_is_offered() -> None:
    tree = ast.parse(Path(qa.__file__).read_text(encoding="utf-8"))
    seen = {
        alias.name: node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("qa.")
        for alias in node.names
    }
    assert sorted(seen) == sorted(qa.__all__)
    for name, module in seen.items():
        assert getattr(qa, name) is getattr(sys.modules[module], name)


def test_a_name_that_is_not_offered_is_said_to_be_missing() -> None:
    with pytest.raises(AttributeError, match="no_such_stage"):
        getattr(qa, "no_such_stage")  # noqa: B009 (a type checker would tell of the attribute)
