"""The box around whatever works on a stranger's bytes: nothing gets out of it, and it ends with the app.

What became of each attempt is shown by `pytest -n 0 -s tests/ingest/reading/box/test_box.py`.
"""

import json
import os
import platform
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from socket import socket

import pytest
from tokenizers import Tokenizer, models

from ingest.reading import read as read_module
from ingest.reading.box import seccomp
from ingest.reading.box.forked import ForkServer
from ingest.reading.box.landlock import landlock_version
from ingest.reading.box.layers import box_layers
from ingest.reading.box.limits import Limits
from ingest.reading.box.parent import die_with_parent
from ingest.reading.box.readable import readable_paths
from ingest.reading.box.run import fork_server, run_child
from ingest.reading.box.run import written as written_job
from ingest.reading.box.system_calls import ALLOWED, UNKNOWN, conditional_calls
from ingest.reading.read import read
from ingest.reading.split import Cut
from tests.conftest import ROOT, settings_in, until, written

LIMITS = Limits(seconds=60, megabytes=1024, output_bytes=100_000)
FULL_BOX = sys.platform == "linux" and platform.machine() == "x86_64" and landlock_version() > 0
# What is refused may fail with another error where an earlier layer was in the way.
REFUSED = {"EPERM", "EACCES", "ENOSYS"}

START = """
import sys, tempfile
from ingest.reading.box.limits import Limits
from ingest.reading.box.run import run_child
with open(sys.argv[1], "wb") as answer:
    run_child("tests.ingest.reading.box.sleeper", {}, Limits(600, 1024, 100_000), [], answer)
"""

START_FORKED = """
import sys, time
from ingest.reading.box.limits import Limits
from ingest.reading.box.run import fork_server, run_child, written
server = fork_server("tests.ingest.reading.box.sleeper")
server.warm_up(lambda: written({}))
while not server.is_ready():
    time.sleep(0.1)
with open(sys.argv[1], "wb") as answer:
    run_child("tests.ingest.reading.box.sleeper", {}, Limits(600, 1024, 100_000), [], answer, server=server)
"""

# A system without Landlock: the kernel answers its first call as an older one does, to this process and its children.
CHECK_WITHOUT_LANDLOCK = """
import errno
from ingest.reading.box import seccomp
def program(machine, process):
    yield from seccomp._load(seccomp._NUMBER)
    yield from seccomp._rule(444, [seccomp._return(seccomp._FAIL | errno.ENOSYS)])
    yield seccomp._return(seccomp._ALLOW)
seccomp._program = program
assert seccomp.refuse_new_privileges() and seccomp.filter_system_calls()
from ingest.__main__ import main
raise SystemExit(main(["check"]))
"""


@pytest.fixture(scope="module", params=["started", "forked"])
def outcomes(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What became of each attempt to get out, with the table printed; of a child that was started, and a forked one."""
    server = warm("tests.ingest.reading.box.escapes") if request.param == "forked" else None
    folder = tmp_path_factory.mktemp("documents")
    own, other = written(folder, "own.txt", "Its own."), written(folder, "other.txt", "Another's.")
    with socket() as listener, tempfile.TemporaryFile() as answer:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        job = {"own": str(own), "other": str(other), "new": str(folder / "new"), "library": json.__file__}
        job["folder"] = str(folder)
        job["port"] = str(listener.getsockname()[1])
        module = "tests.ingest.reading.box.escapes"
        assert run_child(module, job, LIMITS, [own], answer, server=server) == 0
        answer.seek(0)
        found: dict[str, str] = json.load(answer)
    assert other.read_text() == "Another's."
    assert sorted(path.name for path in folder.iterdir()) == ["other.txt", "own.txt"]
    print("\n" + "\n".join(f"{name:45} {outcome}" for name, outcome in found.items()))
    return found


def warm(module: str) -> ForkServer:
    """A server that is ready to fork children that run this module."""
    server = fork_server(module)
    server.warm_up(lambda: written_job({}))
    until(lambda: server.is_ready() or sys.platform != "linux")
    return server


@pytest.mark.skipif(not FULL_BOX, reason="only Linux on x86_64 with Landlock has every layer")
def test_every_attempt_to_get_out_through_native_code_is_refused(outcomes: dict[str, str]) -> None:
    assert outcomes.pop("read its own file") == "done"
    assert {name: outcome for name, outcome in outcomes.items() if outcome not in REFUSED} == {}
    assert len(outcomes) > 30


@pytest.mark.skipif(not FULL_BOX, reason="only Linux on x86_64 with Landlock has every layer")
def test_this_system_has_every_layer() -> None:
    assert [layer.name for layer in box_layers() if not layer.active] == []


@pytest.mark.skipif(not FULL_BOX, reason="only Linux on x86_64 with Landlock has every layer")
def test_check_names_a_layer_that_the_system_lacks(tmp_path: Path) -> None:
    surroundings = {**os.environ, "PINPOINT_LIBRARY": str(tmp_path / "library")}
    command = [sys.executable, "-c", CHECK_WITHOUT_LANDLOCK]
    checked = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=True)
    lacking = [line for line in checked.stdout.splitlines() if "less protection" in line]
    assert [line.partition("has no ")[2].partition(",")[0] for line in lacking] == ["Landlock"]


def test_a_child_has_hardly_any_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PINPOINT_SECRET", "secret")
    with tempfile.TemporaryFile() as answer:
        assert run_child("tests.ingest.reading.box.sleeper", {}, Limits(3, 1024, 100_000), [], answer) is None
        answer.seek(0)
        names = set(answer.read().decode().split()[1:])
    ours = {"ORT_DISABLE_TELEMETRY", "HF_HUB_DISABLE_TELEMETRY"}  # set by each process that imports our packages
    kept = {"PYTHONPATH", "PYTHONHOME", "PYTHONUTF8", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ"}
    assert names <= kept | ours


@pytest.mark.skipif(not hasattr(os, "fork"), reason="signals of Unix")
@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM])
def test_a_child_ends_with_an_app_that_is_killed(tmp_path: Path, ending: signal.Signals) -> None:
    answer = tmp_path / "answer"
    app = subprocess.Popen([sys.executable, "-c", START, str(answer)], cwd=ROOT)
    until(lambda: answer.exists() and answer.read_bytes().endswith(b"\n"))
    child = int(answer.read_bytes().split()[0])
    assert _runs(child)
    app.send_signal(ending)
    app.wait()
    until(lambda: not _runs(child), seconds=20)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux forks children")
def test_a_forked_child_ends_when_it_is_given_up_when_its_time_is_over_and_with_the_app(tmp_path: Path) -> None:
    sleeper = "tests.ingest.reading.box.sleeper"
    server = warm(sleeper)
    with tempfile.TemporaryFile() as file:
        assert run_child(sleeper, {}, Limits(1, 1024, 100_000), [], file, server=server) is None
        file.seek(0)
        assert not _runs(int(file.read().split()[0]))
    answer = tmp_path / "answer"
    app = subprocess.Popen([sys.executable, "-c", START_FORKED, str(answer)], cwd=ROOT)
    until(lambda: answer.exists() and answer.read_bytes().endswith(b"\n"))
    child = int(answer.read_bytes().split()[0])
    assert Path(f"/proc/{child}/cmdline").read_bytes().count(b"fork_server")
    app.kill()
    app.wait()
    until(lambda: not _runs(child), seconds=20)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux forks children")
@pytest.mark.usefixtures("started_children")  # until it is warmed up: a server of this test's own
def test_a_server_that_has_ended_is_not_asked_and_one_that_is_ready_has_one_thread(tmp_path: Path) -> None:
    note = written(tmp_path, "note.txt", "The office opens at eight.")
    settings, cut = settings_in(tmp_path), Cut(Tokenizer(models.BPE()).to_str(), 100)
    read_module.warm_up(cut)
    until(read_module._server.is_ready)
    process = read_module._server._process
    assert process
    assert len(list(Path(f"/proc/{process.pid}/task").iterdir())) == 1
    assert read(note, note.name, settings, cut=cut).sections[0].text == "The office opens at eight."
    process.kill()
    process.wait()
    for _ in range(2):
        assert read(note, note.name, settings, cut=cut).sections[0].text == "The office opens at eight."


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the way of other systems of Unix")
def test_without_such_a_signal_a_pipe_that_closes_ends_the_child() -> None:
    ours, own = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(own)
        die_with_parent(os.getppid(), ours)
        threading.Event().wait(600)
        os._exit(0)
    os.close(own)
    os.close(ours)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells by a signal")
def test_a_child_whose_parent_has_ended_already_ends_at_once() -> None:
    child = os.fork()
    if child == 0:
        die_with_parent(parent=1 << 22, pipe=None)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 1


def test_the_folder_around_the_package_is_not_readable() -> None:
    assert ROOT not in set(readable_paths())
    assert not {ROOT.parent, Path("/"), Path.home()} & set(readable_paths())


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_the_filter_has_one_rule_a_call_and_no_jump_too_far(machine: str) -> None:
    steps = list(seccomp._program(machine, 4711))
    place = ("x86_64", "aarch64").index(machine)
    listed = [numbers[place] for numbers in (*ALLOWED.values(), *UNKNOWN.values())]
    numbers = [n for n in (*listed, *(call.numbers[place] for call in conditional_calls(4711))) if n is not None]
    assert len(numbers) == len(set(numbers))
    assert len(steps) < 4096  # BPF_MAXINSNS
    assert all(at + 1 + max(true, false) < len(steps) for at, (_, true, false, _) in enumerate(steps[:-1]))
    assert all(max(true, false) < 256 for _, true, false, _ in steps)


def _runs(process: int) -> bool:
    """Whether a process runs, and is not only waiting for somebody to ask how it ended."""
    with suppress(OSError):
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] not in {"Z", "X"}
    return False
