"""The README tells the truth: its settings, file types and commands are those of the code."""

import re
import shlex
from pathlib import Path

import ingest.__main__ as ingest_main
import qa.__main__ as qa_main
from ingest.reading.file_types import suffixes
from ingest.settings import Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def settings_table() -> str:
    """The table of the settings as the README should have it."""
    rows = ["| variable | default | what it is |", "| --- | --- | --- |"]
    for name, field in Settings.model_fields.items():
        by_the_machine = {"threads": "all cores", "readers": "by the cores"}
        default = by_the_machine.get(name) or ("none" if field.default is None else f"`{field.default}`")
        rows.append(f"| `PINPOINT_{name.upper()}` | {default} | {field.description} |")
    return "\n".join(rows)


def test_the_settings_table_is_that_of_the_code() -> None:
    written = re.search(r"<!-- settings -->\n(.*)\n<!-- /settings -->", README, re.S)
    assert written
    assert written[1] == settings_table()


def test_every_ending_that_the_readme_names_can_be_read() -> None:
    named = set(re.findall(r"\.(?:jsonl\.gz|[a-z]+)(?=[,)])", README.split("## What it reads")[1].split("##")[0]))
    assert named
    assert named <= set(suffixes())


def test_the_set_up_commands_are_one_line_each_and_use_files_that_are_there() -> None:
    commands = re.findall(r"^python3 -m venv .*$", README, re.M)
    assert len(commands) == 2
    for command in commands:
        requirements = shlex.split(command)[shlex.split(command).index("-r") + 1]
        assert (Path(__file__).parents[1] / requirements).is_file()


def test_the_commands_of_the_readme_are_understood() -> None:
    commands = re.findall(r"^\.venv/bin/python -m (ingest|qa) (.*)$", README, re.M)
    assert len(commands) >= 5
    for program, arguments in commands:
        {"ingest": ingest_main, "qa": qa_main}[program].parser().parse_args(shlex.split(arguments))


def test_every_file_that_is_named_for_whoever_carries_on_is_there() -> None:
    for page in ("README.md", ".github/ARCHITECTURE.md", ".github/CONTRIBUTING.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        named = re.findall(r"`((?:ingest|qa|pages|tests)/[\w/]+(?:\.\w+)?)`", text)
        assert named, page
        assert [path for path in named if not (ROOT / path).exists()] == [], page
