"""What is promised of a model that a person named: where it is looked for, and the sentence where it is nowhere.

The hub itself is not asked here: a server of the test's own, on this machine, stands in for it.
"""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from ingest.embedding.hub import cannot_load, only_from_this_machine
from tests.conftest import is_one_sentence

ROOT = Path(__file__).parents[3]
NAME = "pinpoint-tests/no-such-model"

# Prints whether the model is looked for on this machine alone, and whether anybody was asked.
LOOK = """
import sys

asked = []
asking = {"socket.connect", "socket.getaddrinfo"}
sys.addaudithook(lambda event, _: asked.append(event) if event in asking else None)

from ingest.embedding.hub import only_from_this_machine

print(only_from_this_machine(sys.argv[1]), "asked" if asked else "not asked")
"""


def looking_for(choice: str, **environment: str) -> str:
    """What LOOK prints in a process with this environment: the hub's client reads its own only once."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("HF_")}
    done = subprocess.run(
        [sys.executable, "-c", LOOK, choice],
        cwd=ROOT,
        env={**inherited, "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1", **environment},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return done.stdout.strip()


class Hub(BaseHTTPRequestHandler):
    """Answers as the hub does when it is asked for its front page."""

    def do_HEAD(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *arguments: object) -> None:
        """Keeps quiet."""


@contextmanager
def a_hub_that_answers() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Hub) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def a_hub_that_never_answers() -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


def test_a_folder_is_loaded_without_asking_the_hub(tmp_path: Path) -> None:
    with a_hub_that_answers() as hub:
        assert looking_for(str(tmp_path), HF_ENDPOINT=hub) == "True not asked"


def test_a_named_model_comes_from_the_hub_where_it_answers() -> None:
    with a_hub_that_answers() as hub:
        assert looking_for(NAME, HF_ENDPOINT=hub) == "False asked"


def test_nobody_is_asked_where_the_hub_is_switched_off() -> None:
    with a_hub_that_answers() as hub:
        assert looking_for(NAME, HF_ENDPOINT=hub, HF_HUB_OFFLINE="1") == "True not asked"


def test_a_hub_out_of_reach_leaves_what_is_on_this_machine() -> None:
    with a_hub_that_never_answers() as hub:
        closed = hub  # nobody listens there once the block is left
    assert looking_for(NAME, HF_ENDPOINT=closed) == "True asked"


def test_a_hub_that_never_answers_is_not_waited_for_without_end() -> None:
    with a_hub_that_never_answers() as hub:
        assert looking_for(NAME, HF_ENDPOINT=hub) == "True asked"


def test_a_file_is_no_folder_with_a_model(tmp_path: Path) -> None:
    assert only_from_this_machine(str(tmp_path))
    assert "is not on this machine" in cannot_load(str(tmp_path / "model.bin"), "PINPOINT_BI_ENCODER")


@pytest.mark.parametrize("variable", ["PINPOINT_BI_ENCODER", "PINPOINT_CROSS_ENCODER"])
def test_the_sentence_about_a_model_names_it_and_the_setting(variable: str, tmp_path: Path) -> None:
    for choice in (NAME, str(tmp_path)):
        message = cannot_load(choice, variable)
        assert is_one_sentence(message)
        assert choice in message
        assert f"set {variable} to" in message.replace("Set", "set")
        assert "bundled" in message
